"""What is kept of the accessibility text of parts, and when it is forgotten."""

import pytest

from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.base.words import Word
from flow_models.runtime.machine.pages.view import Shown, Text
from flow_models.runtime.site import kept_text as kept
from flow_models.runtime.site.kept_text import KEPT, Kept
from flow_models.runtime.site.page_text import PageWriter
from flow_models.runtime.site.writer import Writer
from tests.flow_models.runtime.site.samples import SITE


def wrote(written: list[Shown], shown: Text, variant: Variant = PLAIN) -> str:
    """Return a page's text; parts that had to be written are added to the list."""

    def describe(w: Writer, part: Shown) -> None:
        written.append(part)
        w.leaf("p", w.said(getattr(part, "text", "")), (), "paragraph ''")

    writer = PageWriter(SITE.dressed(variant), None, describe, frozenset())
    writer.part(shown)
    return writer.axtree


def test_a_part_is_written_once_and_numbered_anew_where_it_begins_elsewhere() -> None:
    part = Text("t", "Daily", "plain")
    writer = PageWriter(SITE, None, lambda w, _part: w.leaf("p", "x", (), "paragraph ''"), frozenset())
    writer.part(part)
    writer.part(part)
    assert writer.axtree == "\n[0] paragraph ''\n\tStaticText 'x'\n[1] paragraph ''\n\tStaticText 'x'"
    assert writer.chunks[0] is writer.chunks[1]


def test_a_part_without_words_is_the_same_in_every_wording() -> None:
    written: list[Shown] = []
    part = Text("t", "Daily", "plain")
    wrote(written, part)
    wrote(written, part, Variant(wording=5))
    assert len(written) == 1


def test_a_part_with_words_is_written_for_each_wording() -> None:
    written: list[Shown] = []
    part = Text("t", Word("Pay", 640, ("Pay", "Send")), "plain")
    texts = [wrote(written, part, Variant(wording=wording)) for wording in (0, 1, 0, 1)]
    assert texts[0] == texts[2] == "\n[0] paragraph ''\n\tStaticText 'Pay'"
    assert texts[1] == texts[3] == "\n[0] paragraph ''\n\tStaticText 'Send'"
    assert len(written) == 2


def test_a_part_keeps_the_latest_of_its_texts_only() -> None:
    ways = tuple(f"Way {number}" for number in range(3 * KEPT))
    part = Text("t", Word("Pay", 128, ways), "plain")
    written: list[Shown] = []
    variants = [Variant(wording=number) for number in range(1, 3 * KEPT)]
    texts = [wrote(written, part, variant) for variant in variants]
    assert len(set(texts)) == len(written) == len(variants)
    assert isinstance(part.cache, Kept)
    assert len(part.cache) == KEPT
    assert [wrote(written, part, variant) for variant in variants[-KEPT:]] == texts[-KEPT:]
    assert len(written) == len(variants)


def test_a_part_at_another_depth_is_written_anew() -> None:
    part = Text("t", "Daily", "plain")
    flat = wrote([], part)
    writer = PageWriter(SITE, None, lambda w, _part: w.leaf("p", "Daily", (), "paragraph ''"), frozenset())
    writer.open("main", (), "main ''")
    writer.part(part)
    writer.close()
    assert writer.axtree == "\n[0] main ''" + flat.replace("\n", "\n\t").replace("[0]", "[1]")


def test_a_site_forgets_what_its_parts_keep_before_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "CHUNKS_KEPT", 5)
    written: list[Shown] = []
    parts = [Text("t", f"Day {number}", "plain") for number in range(12)]
    texts = [wrote(written, part) for part in parts]
    assert sum(isinstance(part.cache, Kept) and part.cache.mark is not None for part in parts) <= 5
    assert [wrote(written, part) for part in parts] == texts
    assert len(written) > len(parts)
