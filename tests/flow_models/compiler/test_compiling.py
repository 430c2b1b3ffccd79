"""From flow to program: what is written, what is refused, what is left out."""

import json
from pathlib import Path

import pytest

import resources
from flow_models.compiler import CompileError, compile_flow
from flow_models.document.blocks import FoldOut, Menu, Pagination, Tab, Tabs
from flow_models.document.data import Generate, PoolGenerator
from flow_models.document.flow import Flow, Site
from flow_models.document.storage import load
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.program import program_hash
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    flow,
    heading,
    link,
    page,
    rows_of,
    section,
    sets,
    shop,
    table,
    task,
    variable,
    words,
)


@pytest.mark.parametrize("path", sorted(resources.path("examples").glob("*.flow.json")), ids=lambda path: path.name)
def test_every_example_compiles_and_draws_each_task(path: Path) -> None:
    compiled = compile_flow(load(path))
    machine = Machine(compiled.program)
    for name in machine.tasks:
        assert machine.draw(name, 1).goal


def test_a_program_is_plain_json_and_the_same_each_time() -> None:
    program = compile_flow(shop()).program
    assert json.loads(json.dumps(program.json)) == program.json
    assert program.json == compile_flow(shop()).program.json
    assert program.hash == program_hash(program.json)


def test_the_hash_follows_the_content() -> None:
    base = shop()
    other = base.rebuilt(tasks=(base.tasks[0].rebuilt(max_steps=base.tasks[0].max_steps + 1),))
    assert compile_flow(base).program.hash != compile_flow(other).program.hash


def left_out(broken: Flow) -> list[tuple[str, str]]:
    with pytest.raises(CompileError):
        compile_flow(broken)
    return [(item.element.kind, item.element.id) for item in compile_flow(broken, partial=True).left_out]


def test_a_block_with_a_mistake_is_left_out_and_named() -> None:
    broken = flow(page("home", heading("h", "{nothing}"), words("w", "Fine")))
    assert left_out(broken) == [("block", "h")]
    assert [block.id for block in compile_flow(broken, partial=True).program.pages["home"].blocks] == ["w"]


@pytest.mark.parametrize(
    "bad",
    [
        arrow("home", "nowhere", use="go", name="x"),
        arrow("nowhere", "home", use="go", name="x"),
        arrow("home", use="missing", name="x"),
        arrow("home", use="go", when="1 +", name="x"),
        arrow("home", use="go", do=(sets("missing", "1"),), name="x"),
        arrow("home", use="go", do=(adds("missing"),), name="x"),
        arrow("home", use="go", do=(adds("t", missing="1"),), name="x"),
    ],
    ids=["to", "from", "block", "guard", "variable", "table", "column"],
)
def test_a_transition_that_names_what_is_not_there_is_left_out(bad: object) -> None:
    assert left_out(flow(page("home", button("go")), table("t", "n:integer"), bad)) == [("transition", "x")]  # type: ignore[arg-type]


def test_a_task_with_a_mistake_is_left_out() -> None:
    assert left_out(flow(page("home"), task("t", "For {task.nobody}"))) == [("task", "t")]


def test_a_pool_that_does_not_exist_is_named() -> None:
    names = table(
        "names", "name:text", generate=Generate(maximum=3, columns={"names_name": PoolGenerator(pool="nothing")})
    )
    broken = flow(page("home"), names)
    assert left_out(broken) == [("table", "names")]
    assert "nothing" in compile_flow(broken, partial=True).left_out[0].sentence()


def test_a_value_of_the_wrong_type_is_left_out() -> None:
    bad = table("t", "n:integer", rows=(("many",),))
    assert left_out(flow(page("home"), bad, variable("d", "date", "someday"))) == [("row", "t_1"), ("variable", "d")]


def test_a_flow_without_a_start_begins_at_its_first_page_when_previewed() -> None:
    broken = flow(page("home"), site=Site())
    assert left_out(broken) == [("site", "")]
    assert compile_flow(broken, partial=True).program.site.start == "home"


def test_a_flow_without_pages_is_no_program() -> None:
    with pytest.raises(CompileError):
        compile_flow(flow(), partial=True)


def test_every_sentence_can_be_said() -> None:
    said = {key for key in resources.catalogue() if key.startswith("compiler.")}
    source = "".join(path.read_text() for path in Path(compile_flow.__code__.co_filename).parent.glob("*.py"))
    assert {key for key in said if f'"{key.removeprefix("compiler.")}"' not in source and key not in source} == set()


def opened(whole: Flow) -> set[str]:
    pages = compile_flow(whole).program.pages
    return {page_id for page_id, one in pages.items() if one.open_by_url is True}


def test_pages_open_by_address_if_a_way_without_condition_leads_there() -> None:
    whole = flow(
        page("home", link("a"), link("b"), link("c"), button("d", enabled_if="1 > 0")),
        page("free", link("on")),
        page("guarded"),
        page("bought"),
        page("disabled"),
        page("further"),
        variable("n", "integer", 0),
        arrow("home", "free", use="a"),
        arrow("home", "guarded", use="b", when="n == 0"),
        arrow("home", "bought", use="c", do=(sets("n", "1"),)),
        arrow("home", "disabled", use="d"),
        arrow("free", "further", use="on"),
    )
    assert opened(whole) == {"home", "free", "further"}


def test_only_lists_of_all_rows_open_the_pages_of_their_records() -> None:
    items = table("items", "n:integer", rows=((1,),))
    for where, expected in (("", {"home", "item"}), ("n == 2", {"home"})):
        listing = rows_of("list", "items", "{n}", where=where, row_controls=(button("open"),))
        item = page("item", record="items")
        assert opened(flow(page("home", listing), item, items, arrow("home", "item", use="open"))) == expected


def test_what_can_always_be_unfolded_or_turned_to_leads_to_pages_that_open() -> None:
    rows = rows_of("list", "items", "{x}", page_size=2, row_controls=(button("row"),))
    menu = Menu(id="menu", title="Menu", items=(link("inside"),))
    tabs = Tabs(id="tabs", tabs=(Tab(title="One"), Tab(title="Two", blocks=(FoldOut(id="f", blocks=(link("deep"),)),))))
    pages = (page("b"), page("c"), page("item", record="items", path="/items/{record.x}"))
    arrows = (arrow("a", "b", use="inside"), arrow("a", "c", use="deep"), arrow("a", "item", use="row"))
    turned = flow(page("a", menu, tabs, rows, Pagination.model_validate(TURNING)), *pages, table("items", "x"), *arrows)
    opens = {name: part.open_by_url for name, part in compile_flow(turned).program.pages.items()}
    assert opens == {"a": True, "b": True, "c": True, "item": True}
    fixed = turned.rebuilt(pages=(page("a", menu, tabs, rows), *pages))
    assert not compile_flow(fixed).program.pages["item"].open_by_url


TURNING = {"id": "pages", "list": "list"}


def test_a_page_from_which_a_visitor_is_sent_away_opens_no_further_ones() -> None:
    whole = flow(
        page("home", link("a")),
        page("inside", link("on")),
        page("deep"),
        arrow("home", "inside", use="a"),
        arrow("inside", "home", on="enter", when="1 > 2"),
        arrow("inside", "deep", use="on"),
    )
    assert opened(whole) == {"home", "inside"}


def test_transitions_of_a_section_come_after_those_of_the_page() -> None:
    whole = flow(
        page("home", link("a")),
        section("all", "home"),
        arrow("all", use="a", name="late"),
        arrow("home", use="a", name="early"),
    )
    program = compile_flow(whole).program
    assert [program.transitions[index].id for index in program.pages["home"].transitions] == [
        "early",
        "late",
    ]


def test_which_parts_of_the_clock_are_read_is_noted() -> None:
    assert compile_flow(flow(page("home", words("w", "{clock.date} {today()}")))).program.reads == {"date"}
    assert compile_flow(shop()).program.reads == frozenset()


def test_a_page_without_an_address_gets_one_from_its_title() -> None:
    whole = flow(page("a", title="Über us", path=""), page("b", title="Über us", path=""), page("c", title="", path=""))
    pages = compile_flow(whole).program.pages
    assert [pages[name].path for name in "abc"] == [("/uber-us",), ("/b",), ("/c",)]
