"""What builds the parts of a page, and what it sees."""

from collections.abc import Callable, Mapping

from ..formulas.context import Context
from . import view


class Scene(Context):
    """A context that also knows what has been typed on the page and what is wrong with it.

    Attributes:
        drafts: The texts of the fields as typed, in the page's order; `texts` are those that the site knows.
        places: Where each field's text stands.
        errors: Validation messages by field name.
    """

    __slots__ = ("drafts", "errors", "places")

    drafts: tuple[str, ...]
    places: Mapping[str, int]
    errors: Mapping[str, str]


Builder = Callable[[Scene], view.Shown | None]
"""What shows one block, or nothing while it is not on the page."""

Shows = Callable[[Scene], tuple[view.Shown, ...]]
"""What shows blocks one after the other, as far as they are on the page now."""

Control = view.Button | view.Link
