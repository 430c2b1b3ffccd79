"""Tasks behind fold-outs, tabs, menus, pages of lists, suggestions, files, sliders and plans of places."""

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.blocks import AnyBlock, FoldOut, Menu, Pagination, Tab, Tabs
from flow_models.document.field_blocks import ChoiceGrid, FileField, Slider, SuggestField, TimeField
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine
from flow_models.solver import Solver
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    field,
    flow,
    form,
    page,
    parameter,
    rows_of,
    table,
    task,
)

ITEMS = table("items", "label", "price:integer", rows=tuple((f"Item {number}", number) for number in range(1, 24)))


def ordering(*blocks: AnyBlock, item: str = "field.item", wants: str = "task.wanted", kind: str = "text") -> Flow:
    """Return a flow whose one page adds an order by the button `order`, with a task to do so."""
    orders = table("orders", f"item:{kind}")
    wanted = task(
        "order",
        "Order {task.wanted}." if kind == "text" else "Order {task.wanted.label}.",
        parameters=(parameter("wanted", kind, *(("a", "b") if kind == "text" else ())),),
        expect=(expect_added("orders", item=wants),),
    )
    return flow(
        page("home", *blocks), ITEMS, orders, arrow("home", use="order", do=(adds("orders", item=item),)), wanted
    )


def steps(built: Flow, seed: int = 1) -> tuple[Event, ...]:
    """Return the solution of one instance."""
    machine = Machine(compile_flow(built).program)
    solution = Solver(machine).solve(machine.draw("order", seed))
    assert solution.status == "solved", solution
    return solution.events


def test_a_fold_out_is_opened_for_the_field_inside() -> None:
    built = ordering(FoldOut(id="fold", title="More", blocks=(field("item"),)), button("order"))
    assert [event[:3] for event in steps(built)] == [
        ("use", "fold", "fold"),
        ("fill", "f_item", ""),
        ("use", "order", ""),
    ]


def test_a_fold_out_without_anything_of_use_stays_closed() -> None:
    built = ordering(FoldOut(id="fold", title="More", blocks=(field("note"),)), field("item"), button("order"))
    assert all(event.block != "fold" for event in steps(built))


def test_a_menu_is_opened_for_its_button() -> None:
    built = ordering(field("item"), Menu(id="menu", title="Menu", items=(button("order"),)))
    assert {event[:3] for event in steps(built)} == {
        ("use", "menu", "menu"),
        ("fill", "f_item", ""),
        ("use", "order", ""),
    }


def test_fields_behind_two_tabs_are_filled_one_tab_after_the_other() -> None:
    tabs = (Tab(title="One", blocks=(field("first"),)), Tab(title="Two", blocks=(field("item"),)))
    built = ordering(Tabs(id="tabs", tabs=tabs), button("order"), item="field.first + field.item", wants='"xy"')
    guarded = arrow(
        "home", use="order", when='field.first == "x" and field.item == "y"', do=(adds("orders", item='"xy"'),)
    )
    built = built.rebuilt(transitions=(guarded,))
    assert [event[:3] for event in steps(built)] == [
        ("fill", "f_first", ""), ("use", "tabs", "2"), ("fill", "f_item", ""), ("use", "order", "")
    ]  # fmt: skip


def test_the_pages_of_a_list_are_turned_for_a_row() -> None:
    items = rows_of("list", "items", "{label}", page_size=5, row_controls=(button("order"),))
    built = ordering(items, Pagination(id="pages", list="list"), item="row", kind="row:items")
    lengths = {len(steps(built, seed)) for seed in range(20)}
    assert lengths == {1, 2}


@pytest.mark.proof
def test_a_row_on_a_page_that_nothing_turns_to_cannot_be_had() -> None:
    items = rows_of("list", "items", "{label}", page_size=5, row_controls=(button("order"),))
    built = ordering(items, item="row", kind="row:items")
    machine = Machine(compile_flow(built).program)
    statuses = {Solver(machine).solve(machine.draw("order", seed)).status for seed in range(20)}
    assert statuses == {"solved", "infeasible"}


@pytest.mark.parametrize("sent", [False, True])
def test_a_suggestion_is_typed_whole(sent: bool) -> None:
    suggest = SuggestField(id="f_item", name="item", title="Item", table="items", required=True)
    blocks = (form("form", suggest, button("order", submit=True)),) if sent else (suggest, button("order"))
    built = ordering(*blocks, kind="row:items")
    first, last = steps(built)
    assert first.kind == "fill"
    assert first.value.startswith("Item ")
    assert last.block == "order"


def test_a_place_is_selected_and_a_taken_one_is_not() -> None:
    grid = ChoiceGrid(id="f_item", name="item", title="Item", table="items", free_if="price != 3")
    machine = Machine(compile_flow(ordering(grid, button("order"), kind="row:items")).program)
    solver = Solver(machine)
    for seed in range(12):
        start = machine.draw("order", seed)
        solution = solver.solve(start)
        if start.parameters["wanted"] == "items_3":
            assert solution.status == "infeasible"
        else:
            assert [event.kind for event in solution.events] == ["select", "use"]


def test_a_file_is_chosen_in_two_steps() -> None:
    built = ordering(FileField(id="f_item", name="item", title="File", files=("a", "b")), button("order"))
    assert [event.row[:4] for event in steps(built)] == ["brow", "pick", ""]


def test_a_change_of_a_file_is_noticed() -> None:
    built = ordering(FileField(id="f_item", name="item", title="File", files=("a", "b")))
    listening = arrow("home", change="f_item", do=(adds("orders", item="field.item"),))
    assert len(steps(built.rebuilt(transitions=(listening,)))) == 2


def test_a_slider_and_a_time_are_set_to_what_a_guard_compares() -> None:
    slider = Slider(id="f_size", name="size", title="Size", maximum=100, step=5)
    time = TimeField(id="f_at", name="at", title="At")
    built = ordering(slider, time, button("order"), wants='"x"')
    guard = 'field.size > 40 and field.size < 50 and field.at >= "14:30"'
    guarded = arrow("home", use="order", when=guard, do=(adds("orders", item='"x"'),))
    assert [event.value for event in steps(built.rebuilt(transitions=(guarded,)))] == ["45", "14:30", ""]


def test_a_way_to_a_page_behind_a_menu_is_found_on_a_visit_without_a_task() -> None:
    built = flow(
        page("home", Menu(id="menu", title="Menu", items=(button("go"),))),
        page("away"),
        arrow("home", "away", use="go"),
    )
    machine = Machine(compile_flow(built).program)
    way = Solver(machine).way_to(machine.visit(), "away")
    assert way == (Event("use", "menu", "menu"), Event("use", "go"))
