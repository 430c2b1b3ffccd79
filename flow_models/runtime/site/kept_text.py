"""What is kept of the accessibility text of a part, so that it need not be written again for the next page or variant.

Little is kept: most parts are asked for again by the same episode and seldom by another one, and what fills the memory
costs as much as it saves. Without anything kept, steps as text take nearly twice as long.
"""

from typing import TYPE_CHECKING, Any, Final

from .part_text import Chunk, LineWriter
from .site import Site
from .writer import WORDS

if TYPE_CHECKING:
    from ..machine.base.words import Word

KEPT: Final = 8
"""Chunks that one part keeps for variants, by what of a variant they depend on; the oldest goes."""

CHUNKS_KEPT: Final = 16_384
"""Chunks that a site keeps on all parts together, a few KiB each; when there are more, all are forgotten."""

FEW_WORDS: Final = 3
"""How many words a part may have to be known by them."""

ALWAYS: Final = object()
"""The mark of a text that is the same on the site in all variants."""


class Kept(dict[tuple[object, ...], Chunk]):
    """The chunks of one part by what of the variant they depend on, the latest few.

    A part with few words is known by how they are said, so that it is found again in other variants that say them
    alike; one with many is known by the wording as a whole.

    Attributes:
        depth: How deep the part stands.
        mark: That of the site that asked last, which is most often the one that asks next, or `ALWAYS`; None if there
            is none. `last` is what it got, and is there only with a mark.
        facets: What of the variant the chunks depend on, as bits.
        words: The words that they depend on; none where they depend on the wording as a whole.
    """

    __slots__ = ("depth", "facets", "last", "mark", "words")

    last: Chunk

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.depth = depth
        self.facets = 0
        self.words: tuple[Word, ...] = ()
        self.mark: object = None

    def known(self, site: Site) -> Chunk | None:
        """Return the chunk in the variant of a site, if there is one."""
        if self.mark is ALWAYS:
            return self.last
        found = self.get(self._key(site)) if self else None
        if found is not None:
            self.mark, self.last = site.mark, found
        return found

    def _key(self, site: Site) -> tuple[object, ...]:
        """Return what a chunk of the part depends on in the variant of a site."""
        facets = site.facets[self.facets] if self.facets else ()
        if not self.words:
            return facets
        spoken = site.spoken
        return (facets, *[spoken.get(word) or word.said(site.variant) for word in self.words])

    def keep(self, chunk: Chunk, writer: LineWriter) -> None:
        """Remember a chunk; once one depends on more of the variant than the others did, those are forgotten."""
        site = writer.site
        if len(site.kept) >= CHUNKS_KEPT:
            _forget(site.kept)
        site.kept.append(self)
        if writer.words or writer.facets:
            self._widen(writer)
        if not self.words and not self.facets:
            self.mark, self.last = ALWAYS, chunk
            return
        self.mark, self.last = site.mark, chunk
        if len(self) >= KEPT:
            del self[next(iter(self))]
        self[self._key(site)] = chunk

    def _widen(self, writer: LineWriter) -> None:
        """Take note of what of the variant a text depends on."""
        facets = self.facets | writer.facets
        words = self.words
        for word in writer.words:
            if word not in words:
                words += (word,)
        if len(words) > FEW_WORDS or facets & WORDS:
            facets, words = facets | WORDS, ()
        if facets != self.facets or words != self.words:
            self.clear()
            self.facets, self.words = facets, words


def _forget(everything: list[Any]) -> None:
    """Forget all chunks that parts keep."""
    for kept in everything:
        kept.clear()
        if kept.mark is not None:
            del kept.mark, kept.last
            kept.mark = None
    everything.clear()
