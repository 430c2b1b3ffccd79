"""What a page says of transitions that were refused because a formula left the range of values.

It stands beside the fields that the formula reads, as far as they are on the page and hold something, else in a notice.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ..base.errors import OutOfRangeError
from ..base.nodes import FieldValue, nodes_in
from ..base.schema import Schema
from ..pages.state import Start, State
from ..pages.view import Field
from ..pages.viewing import Views


class Refused(NamedTuple):
    """A transition that was refused.

    Attributes:
        page: The page on which it was tried.
        fields: The names of the fields that the formula reads which left the range.
        beside: What the site says beside these.
        alone: What it says where none of them is shown.
        reason: Why, for people who draw and check.
    """

    page: str
    fields: frozenset[str]
    beside: str
    alone: str
    reason: str


def refused(fault: OutOfRangeError, page: str, schema: Schema) -> Refused:
    """Return why a transition of a page was refused."""
    fields = {node.name for node in nodes_in(fault.tree) if isinstance(node, FieldValue)}
    words = schema.said(fault.sentence)
    return Refused(page, frozenset(fields), words, schema.said("refused", reason=words), str(fault))


def reason_of(refusals: Sequence[Refused]) -> str:
    """Return why the first transition was refused that was; empty if none was."""
    return refusals[0].reason if refusals else ""


def told(refusals: Sequence[Refused], start: Start, state: State, views: Views) -> State:
    """Return a state whose page says what was refused on the way to it."""
    if not refusals:
        return state
    top = state.top
    filled = {one.name for one in views.view(start, state).controls() if isinstance(one, Field) and one.text}
    errors, notices = dict(top.errors), list(state.notices)
    for refusal in refusals:
        beside = refusal.fields & filled if refusal.page == top.page else frozenset()
        errors.update(dict.fromkeys(sorted(beside), refusal.beside))
        if not beside:
            notices.append(("error", refusal.alone))
    top = top._replace(errors=tuple(errors.items()))
    changes: dict[str, object] = {"base" if state.dialog is None else "dialog": top}
    return state.replaced(notices=tuple(notices), **changes)
