"""Blocks are put into any slot, moved, replaced and removed with the transitions that they trigger."""

import pytest

from flow_models.document.blocks import Columns, FoldOut, Menu, Navigation, Tab, Tabs
from flow_models.document.edits import blocks as edits
from flow_models.document.edits.tree import Slot
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, button, field, flow, form, heading, link, page, section, shop


def nested() -> Flow:
    """A page with a form in columns, a section with a navigation, and arrows from inside both."""
    inner = form("form", field("who"), button("send", submit=True))
    return flow(
        page("a", heading("h"), Columns(id="cols", columns=((inner,), ()))),
        page("b", field("who").rebuilt(id="f_b")),
        section("s", "a", header=(Navigation(id="nav", links=(link("l1"), link("l2"))),)),
        arrow("a", "b", use="send"),
        arrow("s", "b", use="l1"),
    )


def ids_on(flow_: Flow, page_id: str) -> list[str]:
    return [block.id for block in flow_.blocks_on(page_id)]


@pytest.mark.parametrize(
    ("where", "index", "expected"),
    [
        (Slot("page", "a"), 0, ["nav", "l1", "l2", "new", "h", "cols", "form", "f_who", "send"]),
        (Slot("block", "form"), 1, ["nav", "l1", "l2", "h", "cols", "form", "f_who", "new", "send"]),
        (Slot("block", "cols", "columns.1"), None, ["nav", "l1", "l2", "h", "cols", "form", "f_who", "send", "new"]),
        (Slot("block", "nav", "links"), 1, ["nav", "l1", "new", "l2", "h", "cols", "form", "f_who", "send"]),
        (Slot("section", "s", "footer"), None, ["nav", "l1", "l2", "h", "cols", "form", "f_who", "send", "new"]),
    ],
)
def test_a_block_is_put_into_any_slot(where: Slot, index: int | None, expected: list[str]) -> None:
    changed = edits.insert_block(nested(), where, index, link("new"))
    assert ids_on(changed, "a") == expected
    slot, position = edits.slot_of(changed, "new")
    assert slot == where
    assert index is None or position == index


def folded() -> Flow:
    """A page with a fold-out, two tabs and a menu."""
    tabs = (Tab(title="One", blocks=(heading("h"),)), Tab(title="Two"))
    menu = Menu(id="menu", title="Menu", items=(button("item"),))
    return flow(page("a", FoldOut(id="fold", title="More", blocks=(link("l"),)), Tabs(id="tabs", tabs=tabs), menu))


@pytest.mark.parametrize(
    ("where", "index", "expected"),
    [
        (Slot("block", "fold"), 0, ["fold", "new", "l", "tabs", "h", "menu", "item"]),
        (Slot("block", "tabs", "tabs.0.blocks"), None, ["fold", "l", "tabs", "h", "new", "menu", "item"]),
        (Slot("block", "tabs", "tabs.1.blocks"), 0, ["fold", "l", "tabs", "h", "new", "menu", "item"]),
        (Slot("block", "menu", "items"), 0, ["fold", "l", "tabs", "h", "menu", "new", "item"]),
    ],
)
def test_a_block_is_put_into_what_a_visitor_unfolds(where: Slot, index: int | None, expected: list[str]) -> None:
    changed = edits.insert_block(folded(), where, index, link("new"))
    assert ids_on(changed, "a") == expected
    assert edits.slot_of(changed, "new")[0] == where
    assert ids_on(edits.remove_blocks(changed, ["new"]), "a") == ids_on(folded(), "a")


def test_a_block_moves_from_a_fold_out_behind_a_tab_and_only_buttons_and_links_into_a_menu() -> None:
    changed = edits.move_block(folded(), "l", Slot("block", "tabs", "tabs.1.blocks"), None)
    assert ids_on(changed, "a") == ["fold", "tabs", "h", "l", "menu", "item"]
    with pytest.raises(EditError):
        edits.move_block(folded(), "h", Slot("block", "menu", "items"), None)
    with pytest.raises(EditError, match="no place"):
        edits.insert_block(folded(), Slot("block", "tabs", "tabs.2.blocks"), None, link("new"))


def test_only_links_stand_in_a_navigation() -> None:
    with pytest.raises(EditError, match="Only links"):
        edits.insert_block(nested(), Slot("block", "nav", "links"), None, heading("new"))
    with pytest.raises(EditError, match="no place"):
        edits.insert_block(nested(), Slot("block", "h"), None, heading("new"))


def test_removing_a_container_removes_the_arrows_of_what_is_inside() -> None:
    changed = edits.remove_blocks(nested(), ["cols", "send"])
    assert ids_on(changed, "a") == ["nav", "l1", "l2", "h"]
    assert [found.id for found in changed.transitions] == ["s-l1-b"]


def test_replacing_a_container_keeps_arrows_of_kept_blocks() -> None:
    smaller = form("form", button("send", submit=True))
    assert len(edits.replace_block(nested(), smaller).transitions) == 2
    assert len(edits.replace_block(nested(), form("form")).transitions) == 1


def test_a_block_moves_within_its_slot() -> None:
    changed = edits.move_block(nested(), "send", Slot("block", "form"), 0)
    assert ids_on(changed, "a")[-2:] == ["send", "f_who"]


def test_a_block_takes_its_arrows_to_another_page() -> None:
    changed = edits.move_block(nested(), "form", Slot("page", "b"), None)
    assert changed.transitions_by_id["a-send-b"].source == "b"
    names = [block.name for block in changed.blocks_on("b") if block.kind == "text_field"]
    assert names == ["who", "who_2"]


def test_a_block_cannot_be_moved_into_itself() -> None:
    with pytest.raises(EditError, match="into itself"):
        edits.move_block(nested(), "cols", Slot("block", "form"), 0)
    with pytest.raises(UnknownElementError):
        edits.move_block(nested(), "nothing", Slot("page", "b"), 0)


def test_a_link_of_a_list_column_is_removed_and_the_text_stays() -> None:
    start = shop()
    listing = start.pages_by_id["home"].blocks_by_id["list"]
    linked = listing.columns[0].rebuilt(link=link("cell"))  # type: ignore[union-attr]
    start = edits.replace_block(start, listing.rebuilt(columns=(linked,)))
    assert edits.slot_of(start, "cell") == (Slot("block", "list", "columns.0.link"), 0)
    changed = edits.remove_blocks(start, ["cell"])
    assert changed.pages_by_id["home"].blocks_by_id["list"].columns[0].text == "{label}"  # type: ignore[union-attr]
