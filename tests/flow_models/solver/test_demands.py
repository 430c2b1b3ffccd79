"""Values that nothing names but that follow from formulas are typed; where none is found, nothing is impossible."""

import pytest

from flow_models.document.base import Literal_
from flow_models.document.behaviour import Effect
from flow_models.document.blocks import AnyBlock
from flow_models.document.field_blocks import DateField, NumberField
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.solver.solution import Budget, Solution
from flow_models.solver.solving import Solver
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import changed, machine_of


def _number(name: str, **fields: object) -> NumberField:
    return NumberField.model_validate({"id": f"f_{name}", "name": name, "title": name, **fields})


def _day(name: str) -> DateField:
    return DateField(id=f"f_{name}", name=name, title=name)


def _solved(flow: Flow) -> Solution:
    machine = Machine(machine_of(flow).program)
    return Solver(machine).solve(machine.draw("do", 0), budget=Budget(3_000))


def _asking(when: str, *fields: AnyBlock) -> Flow:
    """Return a site that opens a box if what is typed meets a condition."""
    return make.flow(
        make.page("home", make.form("ask", *fields, make.button("send", submit=True))),
        make.table("boxes", "label:text", "open:boolean", "price:money", rows=(("Red", False, "3.00"),)),
        make.variable("code", "text", "ox-4"),
        make.variable("limit", "integer", 12),
        make.arrow("home", use="send", when=when, do=(make.changes("boxes", "true", open="true"),)),
        make.task("do", "Open it.", expect=(changed("boxes", "true", open="true"),)),
    )


ONE = (
    ("field.n * 3 >= 100 and field.n < 35", _number("n")),
    ("field.n + limit == 40", _number("n")),
    ("limit - field.n == 15", _number("n")),
    ("-field.n == limit", _number("n")),
    ("field.n // 7 == 6 and field.n != 42", _number("n")),
    ("field.n % 7 == 3", _number("n")),
    ("field.n / 4 == 5", _number("n")),
    ("abs(field.n) == 9 and field.n < 0", _number("n")),
    ("any(boxes, price * field.n == 21)", _number("n")),
    ('text(field.n) == "77"', _number("n")),
    ("(field.n if limit > 3 else 0) == 8", _number("n")),
    ("field.word == code", make.field("word")),
    ('field.word == "a-" + code', make.field("word")),
    ('"a-" + field.word == "a-" + code', make.field("word")),
    ("upper(field.word) == upper(code)", make.field("word")),
    ("len(field.word) >= 18", make.field("word")),
    ("number(field.word) == limit", make.field("word")),
    ("contains(field.word, code)", make.field("word")),
    ("weekday(field.d) == 6", _day("d")),
    ("month(field.d) == 2 and field.d > today()", _day("d")),
    ("year(field.d) == 1999", _day("d")),
    ("days(today(), field.d) == 30", _day("d")),
)


@pytest.mark.parametrize(("when", "block"), ONE, ids=[when for when, _ in ONE])
def test_a_value_that_follows_from_a_condition_is_typed(when: str, block: AnyBlock) -> None:
    assert _solved(_asking(when, block)).steps == 2


@pytest.mark.parametrize(
    ("when", "blocks"),
    [
        ("field.a < field.b", (_number("a"), _number("b"))),
        ("field.a + field.b == limit", (_number("a"), _number("b"))),
        ("field.until > field.since", (_day("since"), _day("until"))),
        ("days(field.since, field.until) == 3", (_day("since"), _day("until"))),
    ],
)
def test_two_fields_are_typed_so_that_they_fit_each_other(when: str, blocks: tuple[AnyBlock, ...]) -> None:
    assert _solved(_asking(when, *blocks)).steps == 3


@pytest.mark.parametrize("when", ["field.n % 7 == 3 and field.n % 5 == 2", "field.n * field.n == 49"])
def test_what_is_not_found_by_a_formula_that_cannot_be_read_backwards_is_not_called_impossible(when: str) -> None:
    solution = _solved(_asking(when, _number("n")))
    assert (solution.status, solution.reason) == ("gave_up", "typed")


@pytest.mark.parametrize("when", ["field.n % 7 == 3 and field.n % 5 == 2", "field.n * field.n == 49"])
def test_a_field_that_takes_few_values_is_tried_with_all_of_them(when: str) -> None:
    few = _number("n", required=True, minimum="1", maximum="9")
    assert _solved(_asking(when, few)).status == ("solved" if "49" in when else "infeasible")


@pytest.mark.parametrize("when", ["field.n > 3 and field.n < 2", "field.n + limit < 4 and field.n >= 0"])
def test_borders_that_contradict_each_other_are_proven_impossible(when: str) -> None:
    assert _solved(_asking(when, _number("n"))).status == "infeasible"


def _shop(start: Literal_, wanted: str, *effects: Effect, **more: object) -> Flow:
    """Return a site that does something with a typed amount, to come to a wanted stock."""
    return make.flow(
        make.page(
            "home",
            make.form("ask", _number("n", required=True), make.button("send", submit=True)),
            make.rows_of("held", "stock", "{amount}"),
        ),
        make.table("stock", "label:text", "amount:integer", rows=(("Red", start),)),
        make.table("notes", "count:integer", durable=False),
        make.variable("draft", "integer", 0),
        make.arrow("home", use="send", do=effects),
        make.task(
            "do",
            "Do {task.d}.",
            parameters=(make.parameter("d", "integer", 7),),
            expect=(changed("stock", "true", amount=wanted),),
        ),
    )


@pytest.mark.parametrize(
    ("wanted", "effects"),
    [
        ("row.amount - task.d", (make.changes("stock", "true", amount="field.n"),)),
        ("row.amount * 2 + 1", (make.changes("stock", "true", amount="field.n"),)),
        ("3", (make.changes("stock", "true", amount="amount - field.n"),)),
        ("row.amount + task.d", (make.changes("stock", "true", amount="amount + 2 * field.n - 1"),)),
        ("task.d", (make.sets("draft", "field.n + 1"), make.changes("stock", "true", amount="draft"))),
        (
            "row.amount - task.d",
            (make.adds("notes", count="field.n"), make.changes("stock", "true", amount="sum(notes, count)")),
        ),
    ],
)
def test_a_computed_value_is_reached_through_computed_effects(wanted: str, effects: tuple[Effect, ...]) -> None:
    assert _solved(_shop(50, wanted, *effects)).steps == 2


def test_a_stock_that_no_whole_number_brings_about_is_not_called_possible() -> None:
    solution = _solved(_shop(50, "3", make.changes("stock", "true", amount="amount - 2 * field.n")))
    assert solution.status != "solved"
