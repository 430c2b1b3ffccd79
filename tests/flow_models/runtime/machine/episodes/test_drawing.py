"""Instances follow from their seed alone, and meet what the task requires."""

from itertools import islice

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.data import (
    ChoiceGenerator,
    FormulaGenerator,
    Generate,
    PatternGenerator,
    PoolGenerator,
    RangeGenerator,
    RowGenerator,
    Table,
)
from flow_models.document.flow import Flow
from flow_models.document.tasks import FormulaSource, Parameter, PoolSource, RangeSource
from flow_models.runtime.machine import DrawError, Machine, ProgramError
from flow_models.runtime.machine.base.randomness import below, numbers, shuffled, weighted
from tests.flow_models.builders import (
    adds,
    arrow,
    flow,
    heading,
    page,
    parameter,
    sets,
    table,
    task,
    value_type,
    variable,
)


def people(count: int = 8) -> Table:
    columns = {
        "people_name": PoolGenerator(pool="person"),
        "people_age": RangeGenerator(minimum="20", maximum="60", step="5"),
        "people_code": PatternGenerator(pattern="@@-##"),
        "people_mood": ChoiceGenerator(values=("glad", "sad"), weights=(1, 0)),
        "people_double": FormulaGenerator(formula="age * 2"),
        "people_town": RowGenerator(where='name != "York"'),
        "people_since": RangeGenerator(minimum="month_start(today())", maximum="today()"),
    }
    return table(
        "people",
        "name:text",
        "age:integer",
        "code:text",
        "mood:text",
        "double:integer",
        "town:row:towns",
        "since:date",
        generate=Generate(minimum=count, maximum=count + 4, columns=columns),
    )


TOWNS = table("towns", "name:text", rows=(("York",), ("Bath",), ("Hull",)))


def drawn(require: str = "") -> tuple[Machine, dict[str, object], Flow]:
    one = task(
        "t", "About {task.who.name}.", parameters=(parameter("who", "row:people", where="age > 20"),), require=require
    )
    whole = flow(page("home", heading("h", "Home")), people(), TOWNS, one)
    machine = Machine(compile_flow(whole).program)
    start = machine.draw("t", 1)
    return machine, {"start": start, "rows": machine.rows(start.state, "people")}, whole


def test_generated_rows_follow_their_generators() -> None:
    _, found, _ = drawn()
    rows = found["rows"]
    assert isinstance(rows, list)
    assert 8 <= len(rows) <= 12
    for row in rows:
        assert row["age"] in range(20, 61, 5)
        assert row["double"] == row["age"] * 2
        assert row["mood"] == "glad"
        assert row["town"] in ("towns_2", "towns_3")
        assert "2027-03-01" <= row["since"] <= "2027-03-15"
    assert len({row["name"] for row in rows}) == len({row["code"] for row in rows}) == len(rows)


def test_the_same_seed_gives_the_same_instance_on_another_machine() -> None:
    _, one, whole = drawn()
    other = Machine(compile_flow(whole).program)
    start = other.draw("t", 1)
    assert other.rows(start.state, "people") == one["rows"]


def test_different_seeds_differ() -> None:
    machine, _, _ = drawn()
    goals = {machine.draw("t", seed).goal for seed in range(30)}
    tables = {str(machine.rows(machine.draw("t", seed).state, "people")) for seed in range(30)}
    assert len(goals) > 10
    assert len(tables) == 30


def test_one_more_column_does_not_shift_the_others() -> None:
    _, one, whole = drawn()
    before = whole.tables_by_id["people"]
    assert before.generate is not None
    more = before.rebuilt(
        columns=(TOWNS.columns[0].rebuilt(id="people_new", name="new"), *before.columns),
        generate=before.generate.rebuilt(
            columns=dict(before.generate.columns) | {"people_new": PoolGenerator(pool="city")}
        ),
    )
    machine = Machine(compile_flow(whole.rebuilt(tables=(more, TOWNS))).program)
    rows = [{k: v for k, v in row.items() if k != "new"} for row in machine.rows(machine.draw("t", 1).state, "people")]
    assert rows == one["rows"]


def test_only_parameters_that_the_task_requires_are_drawn() -> None:
    machine, _, _ = drawn(require="task.who.age == 30")
    for seed in range(10):
        start = machine.draw("t", seed)
        row = next(row for row in machine.rows(start.state, "people") if row["key"] == start.parameters["who"])
        assert row["age"] == 30


def test_a_requirement_that_nothing_meets_is_a_draw_error() -> None:
    with pytest.raises(DrawError):
        drawn(require="task.who.age == 1")


def test_an_unknown_task_is_a_program_error() -> None:
    with pytest.raises(ProgramError):
        drawn()[0].draw("nothing", 1)


def test_parameters_come_from_pools_ranges_and_earlier_parameters() -> None:
    sources = (
        Parameter(id="a", name="town", source=PoolSource(pool="city")),
        Parameter(
            id="b", name="amount", type=value_type("money"), source=RangeSource(minimum="5", maximum="20", step="2.50")
        ),
        Parameter(id="c", name="twice", type=value_type("money"), source=FormulaSource(formula="task.amount * 2")),
    )
    machine = Machine(compile_flow(flow(page("home"), task("t", "{task.amount}", parameters=sources))).program)
    for seed in range(20):
        start = machine.draw("t", seed)
        amount = start.parameters["amount"]
        assert start.parameters["town"]
        assert start.parameters["twice"] == 2 * amount  # type: ignore[operator]
        assert 5 <= amount <= 20  # type: ignore[operator]
        assert amount % 5 in (0, 2.5)  # type: ignore[operator]


def test_before_is_taken_after_setup_and_what_the_start_page_does() -> None:
    log = table("log", "text:text")
    whole = flow(
        page("home"),
        log,
        variable("n", "integer", 0),
        arrow("home", on="enter", do=(sets("n", "n + 1"),)),
        task("t", setup=(adds("log", text='"setup"'), sets("n", "10"))),
    )
    machine = Machine(compile_flow(whole).program)
    start = machine.draw("t", 0)
    assert machine.variables(start.state) == {"n": 11}
    assert machine.data_is_unchanged(start, start.state)
    assert [row["text"] for row in machine.rows(start.state, "log")] == ["setup"]


def test_a_drawn_start_is_kept() -> None:
    machine, found, _ = drawn()
    assert machine.draw("t", 1) is found["start"]


def test_a_shuffle_draws_each_position_once() -> None:
    first, other = (list(islice(shuffled(range(20), seed, "x"), 20)) for seed in (7, 8))
    assert sorted(first) == sorted(other) == list(range(20))
    assert first != other


def test_randomness_is_the_same_on_every_platform() -> None:
    assert [below(100, seed, "purpose") for seed in range(5)] == [12, 9, 3, 66, 64]
    assert numbers(9, 1, "purpose")[:3] == numbers(3, 1, "purpose")
    assert numbers(30, 1, "purpose")[16:] == numbers(14, 1, "purpose", after=16)
    assert [number % 100 for number in numbers(9, 1, "purpose")] == [99, 34, 18, 92, 86, 34, 62, 4, 96]
    assert {weighted((0, 1, 3), seed, "w") for seed in range(40)} == {1, 2}


def test_generated_data_that_cannot_be_computed_are_told() -> None:
    columns = {"people_age": FormulaGenerator(formula="1 // (count(towns) - 3)")}
    broken = table("people", "name:text", "age:integer", generate=Generate(minimum=1, maximum=1, columns=columns))
    one = task("t", "Go.", parameters=(parameter("who", "row:people"),))
    machine = Machine(compile_flow(flow(page("home"), TOWNS, broken, one)).program)
    with pytest.raises(DrawError, match="division by zero"):
        machine.draw("t", 1)
