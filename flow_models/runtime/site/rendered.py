"""One rendering of a view: its accessibility text, what can be used in it, and its HTML."""

import hashlib
from bisect import bisect_right
from typing import NamedTuple

from ..machine.pages.view import View
from .blocks import CONTAINERS, describe
from .document import BODY_NUMBER, focus_of, write_document
from .elements import EXPANDED, FRAME, LABEL, Focus, Target, Tokens
from .markup import HtmlWriter
from .page_text import PageWriter
from .site import Site


class Spot(NamedTuple):
    """What an element of the page is: what it stands for, if anything, and whether it is out of reach."""

    target: Target | None
    is_hidden: bool


class Written:
    """What is written of a view on a site, without the view: it is kept there, and both go without Python's collector.

    Attributes:
        site: The website, in the variant in which it appears.
        axtree, count, url, focused_number: As of `Rendered`.
    """

    __slots__ = (
        "_chunks",
        "_hidden",
        "_numbers",
        "_starts",
        "_targets",
        "axtree",
        "count",
        "focused_number",
        "site",
        "url",
    )

    def __init__(self, view: View, site: Site) -> None:
        focus = focus_of(view)
        writer = PageWriter(site, focus, describe, CONTAINERS)
        write_document(writer, view)
        self.site = site
        self.axtree: str = writer.axtree
        self.count = writer.count
        # Tuples, because Python's collector stops to look at those of numbers.
        self._starts = tuple(writer.starts)
        self._chunks = tuple(writer.chunks)
        self._hidden = tuple(writer.hidden)
        self.url = site.url(view.path)
        self.focused_number = self._focused_number(writer.focused, focus)
        self._targets: dict[int, Target] | None = None
        self._numbers: dict[Target, int] | None = None

    @classmethod
    def of(cls, view: View, site: Site) -> "Written":
        """Return what is written of a view on a site, what was written last where it fits.

        It is kept on the view, by the site as dressed, until another site asks; a fifth of steps as text, as what is
        acted on has just been looked at.
        """
        kept = view.cache
        if isinstance(kept, Written) and kept.site is site:
            return kept
        made = cls(view, site)
        view.cache = made
        return made

    def at(self, number: int) -> Spot | None:
        """Return what the element with a number is, or None if there is none."""
        if not 0 <= number < self.count:
            return None
        for first, last in self._hidden:
            if first <= number <= last:
                return _HIDDEN
        place = bisect_right(self._starts, number) - 1
        aim = None if place < 0 else self._chunks[place].aim(number - self._starts[place])
        return _PLAIN if aim is None else Spot(Target(*aim), is_hidden=False)

    @property
    def targets(self) -> dict[int, Target]:
        """What can be used, by element number, in document order; nothing that is inert."""
        if self._targets is None:
            self._targets = {
                start + place: Target(*aim)
                for start, chunk in zip(self._starts, self._chunks, strict=True)
                for place, aim in zip(chunk.places, chunk.aims, strict=True)
                if aim[3] != FRAME
            }
        return self._targets

    def number_of(self, target: Target) -> int | None:
        """Return the number of the first element with a target, or None if the page does not have it."""
        if self._numbers is None:
            numbers: dict[Target, int] = {}
            for number, found in self.targets.items():
                numbers.setdefault(found, number)
            self._numbers = numbers
        return self._numbers.get(target)

    def _focused_number(self, place: int, focus: Focus) -> int:
        """Return the number of the control that has the focus, which is in the chunk at a place, else of the body."""
        if place < 0 or focus is None:
            return BODY_NUMBER
        block, row, option = focus
        chunk = self._chunks[place]
        for offset, aim in zip(chunk.places, chunk.aims, strict=True):
            # A list that is open leaves the focus on its field.
            if aim[:3] == (block, row, "" if option == EXPANDED else option) and aim[3] not in (LABEL, FRAME):
                return self._starts[place] + offset
        return BODY_NUMBER


class Rendered:
    """One rendering of a view: what is written of it on a site, written now unless it is given.

    Attributes:
        view: The view.
        site: The website, in the variant in which it appears.
        axtree: The accessibility text.
        count: How many elements the document has.
        url: The full address.
        focused_number: The number of the control that has the focus, else of the body.
    """

    __slots__ = ("_written", "axtree", "count", "focused_number", "site", "url", "view")

    def __init__(self, view: View, site: Site, written: Written | None = None) -> None:
        self.view = view
        self.site = site
        written = self._written = Written.of(view, site) if written is None else written
        self.axtree = written.axtree
        self.count = written.count
        self.url = written.url
        self.focused_number = written.focused_number

    def at(self, number: int) -> Spot | None:
        """Return what the element with a number is, or None if there is none."""
        return self._written.at(number)

    @property
    def targets(self) -> dict[int, Target]:
        """What can be used, by element number, in document order; nothing that is inert."""
        return self._written.targets

    def number_of(self, target: Target) -> int | None:
        """Return the number of the first element with a target, or None if the page does not have it."""
        return self._written.number_of(target)

    def html(self, seed: bytes, *, reports_drafts: bool = False) -> str:
        """Write the HTML with names for fields and buttons that follow from a secret seed."""
        writer = HtmlWriter(self.site, focus_of(self.view), describe, token_maker(seed))
        write_document(writer, self.view, reports_drafts=reports_drafts)
        return writer.html


_PLAIN = Spot(None, is_hidden=False)
_HIDDEN = Spot(None, is_hidden=True)


def token_maker(seed: bytes) -> Tokens:
    """Return the function from element numbers to the names that only holders of the seed can know."""

    def token(number: int) -> str:
        return "t" + hashlib.blake2s(str(number).encode(), key=seed[:32], digest_size=9).hexdigest()

    return token
