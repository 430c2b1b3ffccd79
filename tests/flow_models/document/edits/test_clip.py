"""Copies keep the links among themselves and never share an id or a name with their originals."""

import random

import pytest

from flow_models.document.blocks import FoldOut, Pagination
from flow_models.document.edits import clip as edits
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.storage import dumps, loads
from tests.flow_models.builders import arrow, button, field, flow, form, link, page, rows_of, section, shop


def everything(shop_: Flow) -> list[Element]:
    return [
        *(Element("page", part.id) for part in shop_.pages),
        *(Element("table", part.id) for part in shop_.tables),
        *(Element("variable", part.id) for part in shop_.variables),
        *(Element("task", part.id) for part in shop_.tasks),
    ]


def test_a_whole_flow_pasted_into_an_empty_one_hangs_together() -> None:
    pasted = edits.paste(Flow(id="f"), edits.copy(shop(), everything(shop())))
    assert [part.title for part in pasted.pages] == [part.title for part in shop().pages]
    assert len(pasted.transitions) == len(shop().transitions)
    assert {found.to for found in pasted.transitions} <= set(pasted.pages_by_id)
    assert pasted.pages[1].record == pasted.tables[0].id
    assert pasted.tables[1].columns[0].type.table == pasted.tables[0].id
    assert pasted.tasks[0].success.changes[0].table == pasted.tables[1].id
    assert set(pasted.tasks[0].success.changes[0].values) == {column.id for column in pasted.tables[1].columns}
    assert not set(pasted.owners_by_block) & set(shop().owners_by_block)
    assert loads(dumps(pasted)) == pasted


def test_pasting_into_the_same_flow_gives_free_titles_paths_and_names() -> None:
    pasted = edits.paste(shop(), edits.copy(shop(), everything(shop())))
    assert len({part.title for part in pasted.pages}) == 8
    assert len({part.path for part in pasted.pages}) == 8
    assert [part.name for part in pasted.tables] == ["items", "orders", "items_2", "orders_2"]
    assert [part.name for part in pasted.tasks] == ["buy-item", "buy-item-2"]
    assert loads(dumps(pasted)) == pasted


def test_the_same_seed_pastes_the_same_ids() -> None:
    clip = edits.copy(shop(), [Element("page", "home")])
    first, second = (edits.paste(shop(), clip, rng=random.Random(7)) for _ in range(2))
    assert first == second
    assert edits.paste(shop(), clip, rng=random.Random(8)) != first


def test_a_duplicated_page_links_to_itself_and_to_the_rest() -> None:
    start = flow(
        page("a", link("self"), link("out")), page("b"), section("s", "a"),
        arrow("a", "a", use="self"), arrow("a", "b", use="out"),
    )  # fmt: skip
    changed = edits.duplicate_pages(start, {"a"})
    twin = changed.pages[-1]
    assert [found.to for found in changed.transitions if found.source == twin.id] == [twin.id, "b"]
    assert (twin.title, twin.path, twin.x) == ("A 2", "/a-2", 40.0)
    assert changed.sections[0].pages == ("a", twin.id)
    assert changed.pages[:2] == start.pages
    assert set(start.transitions) <= set(changed.transitions)


def test_an_arrow_to_a_page_that_is_not_there_stays() -> None:
    start = flow(page("a", link("out")), page("b"), arrow("a", "b", use="out"))
    pasted = edits.paste(Flow(id="f"), edits.copy(start, [Element("page", "a")]))
    assert pasted.transitions[0].to == "stay"


def test_blocks_take_their_arrows_to_the_page_where_they_land() -> None:
    start = flow(page("a", form("f", field("x"), button("send", submit=True))), page("b"), arrow("a", "b", use="send"))
    clip = edits.copy(start, [Element("block", "f"), Element("block", "send")])
    changed = edits.paste(start, clip, Slot("page", "b"))
    assert [block.kind for block in changed.blocks_on("b")] == ["form", "text_field", "button"]
    assert (changed.transitions[-1].source, changed.transitions[-1].to) == ("b", "b")


def test_a_clip_survives_the_clipboard_and_other_text_is_no_clip() -> None:
    clip = edits.copy(shop(), everything(shop()))
    assert edits.from_text(edits.to_text(clip)) == clip
    assert edits.from_text("hello") is None
    assert edits.from_text("[1]") is None


def test_a_damaged_clip_is_refused_in_words() -> None:
    clip = edits.copy(shop(), everything(shop()))
    with pytest.raises(EditError, match="not a part of a flow"):
        edits.paste(shop(), {**clip, "pages": [{"id": "p", "kind": "window"}]})
    with pytest.raises(EditError):
        edits.paste(shop(), {"something": "else"})


def test_page_numbers_stay_with_the_list_that_was_copied_with_them() -> None:
    parts = FoldOut(id="fold", blocks=(rows_of("list", "items", page_size=5), Pagination.model_validate(TURNING)))
    pasted = edits.duplicate_pages(flow(page("a", parts)), ["a"])
    copied = list(pasted.pages[1].blocks_by_id.values())
    assert isinstance(copied[2], Pagination)
    assert copied[2].list == copied[1].id != "list"
    alone = edits.paste(pasted, edits.copy(pasted, [Element("block", "pages")]), Slot("page", "a"))
    assert isinstance(alone.pages[0].blocks[-1], Pagination)
    assert alone.pages[0].blocks[-1].list == "list"


TURNING = {"id": "pages", "list": "list"}
