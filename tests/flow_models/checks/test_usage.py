"""Data that nothing reads or nothing writes."""

import pytest

from flow_models.checks.context import Context
from flow_models.checks.data_graph import column_node, table_node
from flow_models.document.field_blocks import ChoiceField
from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, field, flow, link, page, rows_of, sets, shop, table, variable, words
from tests.flow_models.checks.asking import assert_case, problems_of

FILLED = table("t", "x", rows=(("one",),))
SHOWN = page("a", rows_of("l", "t", "{x}"))
GO = page("a", link("go"), words("w", "{v}"))
CASES = {
    "table.unused": (flow(page("a"), FILLED), flow(SHOWN, FILLED)),
    "column.never_read": (flow(page("a", rows_of("l", "t", "row")), FILLED), flow(SHOWN, FILLED)),
    "column.never_written": (flow(SHOWN, table("t", "x")), flow(SHOWN, FILLED)),
    "variable.never_read": (
        flow(page("a", link("go")), variable("v"), arrow("a", use="go", do=(sets("v", "'x'"),))),
        flow(GO, variable("v"), arrow("a", use="go", do=(sets("v", "'x'"),))),
    ),
    "variable.never_written": (flow(GO, variable("v")), flow(GO, variable("v", "text", "constant"))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_an_effect_writes_and_a_default_label_reads() -> None:
    choice = ChoiceField(id="c", name="c", title="C", table="t")
    start = flow(page("a", choice, link("go")), table("t", "x"), arrow("a", use="go", do=(adds("t", x="'1'"),)))
    assert problems_of("column.never_written", start) == []
    assert problems_of("column.never_read", start) == []


def test_the_data_graph_says_who_reads_and_who_writes() -> None:
    graph = Context(shop()).data
    assert set(graph.successors(column_node("orders", "note"))) == {
        ("part", "page", "orders_page"),
        ("part", "task", "buy-item"),
    }
    assert set(graph.predecessors(table_node("orders"))) == {("part", "transition", "item-buy-done")}


def test_what_a_visitor_typed_is_not_deleted_because_nothing_reads_it() -> None:
    def asked(given: str) -> Flow:
        sending = (adds("t", x=given, y="'1'"), sets("v", given))
        parts = (table("t", "x", "y"), variable("v"), arrow("a", use="go", do=sending, notice="Sent."))
        return flow(page("a", field("note"), link("go"), rows_of("l", "t", "{y}")), *parts)

    for code in ("column.never_read", "variable.never_read"):
        assert [found.fix for found in problems_of(code, asked("field.note"))] == [None]
        assert [found.fix is None for found in problems_of(code, asked("'fixed'"))] == [False]
