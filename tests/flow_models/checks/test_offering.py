"""Blocks that offer, unfold, turn or count something, and lack what they need for that."""

import pytest

from flow_models.document.blocks import AnyBlock, FoldOut, Image, Menu, Pagination, Steps, Tab, Tabs
from flow_models.document.field_blocks import ChoiceGrid, FileField, Slider, SuggestField
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, button, field, flow, page, rows_of, table
from tests.flow_models.checks.asking import assert_case, problems_of

T = table("t", "x", rows=(("Rome",), ("Paris",)))
TWINS = table("t", "x", rows=(("Rome",), ("rome",)))


def on_page(*blocks: AnyBlock, data: object = T) -> Flow:
    """Return a flow of one page with these blocks."""
    return flow(page("a", *blocks), data)  # type: ignore[arg-type]  # a table


def suggest(**fields: object) -> SuggestField:
    return SuggestField.model_validate({"id": "s", "name": "s", "title": "S", **fields})


def grid(**fields: object) -> ChoiceGrid:
    return ChoiceGrid.model_validate({"id": "g", "name": "g", "title": "G", **fields})


def files(*names: str) -> FileField:
    return FileField(id="f", name="f", title="F", files=names)


def slider(minimum: int, maximum: int, step: int = 1) -> Slider:
    return Slider(id="s", name="s", title="S", minimum=minimum, maximum=maximum, step=step)


def tabs(*titles: str) -> Tabs:
    return Tabs(id="t", tabs=tuple(Tab(title=title) for title in titles))


def pages(list_id: str | None = "l") -> Pagination:
    return Pagination.model_validate({"id": "p", "list": list_id})


SHORT = rows_of("l", "t", "{x}", page_size=5)
WHOLE = rows_of("l", "t", "{x}")
CASES = {
    "pagination.no_list": (on_page(SHORT, pages(None)), on_page(SHORT, pages())),
    "pagination.not_paged": (on_page(WHOLE, pages()), on_page(SHORT, pages())),
    "list.no_pagination": (on_page(SHORT), on_page(SHORT, pages())),
    "suggest.no_table": (on_page(suggest()), on_page(suggest(table="t"))),
    "suggest.same_label": (
        on_page(suggest(table="t"), data=TWINS),
        on_page(suggest(table="t", label="{x} {row.x}"), data=TWINS),
    ),
    "grid.no_table": (on_page(grid(table="gone")), on_page(grid(table="t"))),
    "file.empty": (on_page(files()), on_page(files("a.pdf"))),
    "file.repeated": (on_page(files("a.pdf", "a.pdf")), on_page(files("a.pdf", "b.pdf"))),
    "slider.bounds": (on_page(slider(5, 1)), on_page(slider(1, 5))),
    "slider.step": (on_page(slider(1, 5, 10)), on_page(slider(1, 5, 4))),
    "steps.empty": (on_page(Steps(id="s")), on_page(Steps(id="s", titles=("One",)))),
    "steps.current": (
        on_page(Steps(id="s", titles=("One",), current=2)),
        on_page(Steps(id="s", titles=("One", "Two"), current=2)),
    ),
    "tabs.empty": (on_page(tabs()), on_page(tabs("One"))),
    "tabs.untitled": (on_page(tabs("One", " ")), on_page(tabs("One", "Two"))),
    "tabs.repeated": (on_page(tabs("One", "One")), on_page(tabs("One", "Two"))),
    "menu.empty": (on_page(Menu(id="m", title="M")), on_page(Menu(id="m", title="M", items=(button("b"),)))),
    "fold_out.empty": (
        on_page(FoldOut(id="o", title="O")),
        on_page(FoldOut(id="o", title="O", blocks=(field("x"),))),
    ),
    "image.no_text": (on_page(Image(id="i")), on_page(Image(id="i", text="A hill"))),
    "control.untitled": (on_page(Menu(id="m")), on_page(Menu(id="m", title="M"))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_page_numbers_may_belong_to_no_list_of_another_page() -> None:
    built = flow(page("a", SHORT), page("b", pages()), T)
    assert len(problems_of("pagination.no_list", built)) == 1


@pytest.mark.parametrize("block", [suggest(table="t"), grid(table="t"), files("a"), slider(1, 5)], ids=lambda b: b.kind)
def test_a_change_of_every_field_but_plain_text_is_noticed(block: AnyBlock) -> None:
    built = on_page(block)
    listening = built.rebuilt(transitions=(arrow("a", change=block.id, notice="Changed"),))
    assert problems_of("transition.not_changing", listening) == []
