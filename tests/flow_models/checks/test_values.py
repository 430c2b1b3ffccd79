"""Stored values and their types."""

import pytest

from flow_models.document.base import Literal_
from flow_models.document.data import ChoiceGenerator, Generate
from flow_models.document.flow import Flow
from flow_models.document.values import fits
from flow_models.runtime.machine.base import limits
from tests.flow_models.builders import flow, page, parameter, table, task, value_type, variable
from tests.flow_models.checks.asking import assert_case


def generated(**fields: object) -> Flow:
    return flow(page("a"), table("t", "x", generate=Generate.model_validate(fields)))


def chosen(*values: Literal_, weights: tuple[int, ...] = ()) -> Flow:
    return generated(maximum=3, columns={"t_x": ChoiceGenerator(values=values, weights=weights)})


def asking(*values: Literal_) -> Flow:
    return flow(page("a"), task("t", "Do {task.p}.", parameters=(parameter("p", "money", *values),)))


def holding(text: str) -> Flow:
    return flow(page("a"), table("t", "x", rows=((text,),)))


def counting(number: int) -> Flow:
    return flow(page("a"), table("t", "x:integer", rows=((number,),)))


def many(rows: int) -> Flow:
    return flow(page("a"), table("t", "x", rows=(("a",),) * rows))


STRAY = table("t", "x", rows=(("a",),))
CASES = {
    "table.no_columns": (flow(page("a"), table("t")), flow(page("a"), table("t", "x"))),
    "type.no_choices": (flow(page("a"), variable("v", "choice")), flow(page("a"), variable("v", "choice:a|b"))),
    "type.no_table": (
        flow(page("a"), table("t", "x:row:gone")),
        flow(page("a"), table("t", "x:row:s"), table("s", "y")),
    ),
    "cell.value": (
        flow(page("a"), table("t", "x:money", rows=(("1.005",),))),
        flow(page("a"), table("t", "x:money", rows=(("1.05",),))),
    ),
    "cell.no_column": (flow(page("a"), STRAY.rebuilt(columns=table("t", "y").columns)), flow(page("a"), STRAY)),
    "value.initial": (flow(page("a"), variable("v", "integer", "x")), flow(page("a"), variable("v", "integer", 5))),
    "parameter.no_values": (asking(), asking("1.00")),
    "parameter.value": (asking("1.00", "lots"), asking("1.00", "2")),
    "value.too_long": (holding("x" * (limits.TEXT + 1)), holding("x" * limits.TEXT)),
    "value.too_large": (counting(limits.INTEGER + 1), counting(limits.INTEGER)),
    "table.many_rows": (many(limits.ROWS + 1), many(limits.ROWS)),
    "generate.range": (generated(minimum=3, maximum=1), generated(minimum=1, maximum=3)),
    "generate.choice": (chosen("a", "b", weights=(1,)), chosen("a", "b", weights=(1, 0))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "x", 5),
        ("integer", -3, True),
        ("decimal", "1.25", "1.255"),
        ("money", "-0.50", "1,000.00"),
        ("boolean", False, 0),
        ("date", "2027-02-28", "2027-02-30"),
        ("time", "23:59", "24:00"),
        ("choice:a|b", "a", "c"),
        ("row:t", "t_1", "t_2"),
    ],
)
def test_a_value_fits_its_type_exactly(kind: str, good: Literal_, bad: Literal_) -> None:
    start = flow(page("a"), table("t", "x", rows=(("one",),)))
    assert fits(start, value_type(kind), good)
    assert not fits(start, value_type(kind), bad)
    assert fits(start, value_type(kind), None)
