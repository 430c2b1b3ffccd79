"""Rows that cannot be told apart although a visitor chooses among them: of starting rows, and of drawn ones."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_models.checks.twin_rows import LIKELY
from flow_models.compiler import compile_flow
from flow_models.document.blocks import AnyBlock, Link, ListBlock, ListColumn
from flow_models.document.data import Generate, Table
from flow_models.document.field_blocks import ChoiceField, ChoiceGrid, SuggestField
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.solver.telling import twins
from tests.flow_models.builders import button, flow, page, rows_of, table, task
from tests.flow_models.checks.asking import assert_case, problems_of

ROWS = (("Ann", "Rome", 1), ("Ann", "Oslo", 2), ("Bob", "Rome", 2))
PEOPLE = table("people", "name", "city", "n:integer", rows=ROWS)


def offering(kind: type[AnyBlock], **fields: object) -> AnyBlock:
    return kind.model_validate({"id": "c", "name": "c", "title": "Who", "table": "people", **fields})


def on_page(block: AnyBlock, shown: Table = PEOPLE) -> Flow:
    return flow(page("a", block), shown)


def listed(*texts: str, **fields: object) -> AnyBlock:
    return rows_of("l", "people", *texts, **{"row_controls": (button("choose"),), **fields})


def chosen(label: str = "{row.name}", **fields: object) -> Flow:
    return on_page(offering(ChoiceField, label=label, **fields))


BOTH = "{row.name}, {row.city}"
APART = {
    "a drop-down": (chosen(), chosen(BOTH)),
    "a drop-down without a label": (
        chosen(""),
        on_page(offering(ChoiceField), table("people", "x", rows=(("A",), ("B",)))),
    ),
    "radio buttons": (chosen(style="radio"), chosen(BOTH, style="radio")),
    "suggestions": (on_page(offering(SuggestField, label="{name}")), on_page(offering(SuggestField, label=BOTH))),
    "places of a plan": (
        on_page(offering(ChoiceGrid, label="{name}")),
        on_page(offering(ChoiceGrid, label="{name}", line="city")),
    ),
    "buttons of rows": (on_page(listed("{name}")), on_page(listed("{name}", "{city}"))),
    "buttons of rows that say it": (
        on_page(listed("{name}")),
        on_page(listed("{name}", row_controls=(button("choose", title="Choose {row.city}"),))),
    ),
    "links of rows": (
        on_page(ListBlock(id="l", table="people", columns=(ListColumn(text="{name}", link=Link(id="k")),))),
        on_page(ListBlock(id="l", table="people", columns=(ListColumn(text="{name}"),))),
    ),
    "rows under a condition": (chosen("{n}", where="n < 3"), chosen(where="n == 2")),
    "rows of which a formula says the same": (chosen("{lower(row.name)}"), chosen("{lower(row.city + row.name)}")),
    "rows that equal the placeholder": (chosen(BOTH, placeholder="Bob,  Rome"), chosen(BOTH, placeholder="Choose")),
}


BLANK = table("people", "name", rows=(("Rome",), ("  ",)))
CASES = {
    "twins.rows": APART["a drop-down"],
    "twins.some_rows": (chosen(where="n < 3"), chosen(where='n == 2 and city != ""')),
    "twins.unnamed": (
        on_page(offering(ChoiceField), BLANK),
        on_page(offering(ChoiceField, label="-{name}"), BLANK),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize("case", APART)
def test_starting_rows_that_read_alike_are_found(case: str) -> None:
    assert_case("twins.rows", *APART[case])


def test_rows_that_a_condition_may_keep_apart_are_no_error() -> None:
    """Which of them are shown is not known before the site runs; equal values of what is compared are."""
    assert problems_of("twins.rows", chosen(where="n < 3")) == []


def test_capitals_tell_options_apart_but_not_suggestions() -> None:
    people = table("people", "name", rows=(("Rome",), ("rome",)))
    assert problems_of("twins.rows", on_page(offering(ChoiceField), people)) == []
    assert problems_of("twins.rows", on_page(offering(SuggestField), people))


def test_the_problem_names_block_page_and_text() -> None:
    [problem] = problems_of("twins.rows", on_page(listed("{name}", "{1 + 1}", title="People")))
    assert all(word in problem.sentence() for word in ("People", "“A”", "“Ann"))


def drawn(count: int, label: str = "{name}", **generators: dict[str, object]) -> Flow:
    """Return a flow that offers drawn rows by their names; `city` is drawn too."""
    columns = {f"people_{name}": one for name, one in generators.items()}
    generate = Generate.model_validate({"minimum": count, "maximum": count, "columns": columns})
    return on_page(offering(ChoiceField, label=label), table("people", "name", "city", generate=generate))


POOL = {"kind": "pool", "pool": "person", "unique": False}
DRAWN = {
    "a pool": (drawn(9, name=POOL), drawn(9, name={**POOL, "unique": True})),
    "a pool of too few": (drawn(900, name={**POOL, "unique": True}), drawn(9, name={**POOL, "unique": True})),
    "listed values": (
        drawn(2, name={"kind": "choice", "values": ["A", "B"]}),
        drawn(1, name={"kind": "choice", "values": ["A", "B"]}),
    ),
    "a mask": (
        drawn(5, name={"kind": "pattern", "pattern": "#", "unique": False}),
        drawn(5, name={"kind": "pattern", "pattern": "@@@###", "unique": False}),
    ),
    "a column that is never filled": (drawn(2), drawn(1)),
    "a formula over another column": (
        drawn(9, name=POOL, city={"kind": "formula", "formula": "upper(name)"}, label="{city}"),
        drawn(9, name={**POOL, "unique": True}, city={"kind": "formula", "formula": "upper(name)"}, label="{city}"),
    ),
}


CASES["twins.drawn"] = DRAWN["a pool"]


@pytest.mark.parametrize("case", DRAWN)
def test_drawn_rows_that_may_read_alike_are_found(case: str) -> None:
    assert_case("twins.drawn", *DRAWN[case])


def test_the_chance_is_told() -> None:
    [problem] = problems_of("twins.drawn", drawn(2, name={"kind": "choice", "values": [str(n) for n in range(10)]}))
    assert "in about 10 % of the instances" in problem.sentence()
    assert LIKELY == 0.01


TEXTS = st.lists(st.sampled_from(["a", "A", " ", "\t", "\n", "e\u0301", "\u00e9", "\u00a0", "1"]), max_size=3).map(
    "".join
)
PLAIN = ("{name}", "{row.city}", "{name}{city}", "{name} {city}", " {name}, {n} ")
OFFERING = (
    lambda label: offering(ChoiceField, label=label),
    lambda label: offering(ChoiceField, label=label, style="radio"),
    lambda label: offering(SuggestField, label=label),
    lambda label: offering(ChoiceGrid, label=label),
    lambda label: offering(ChoiceGrid, label="{name}", line="city"),
    lambda label: listed(label),
    lambda label: listed("{city}", label),
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 2)), min_size=1, max_size=5),
    label=st.sampled_from(PLAIN),
    block=st.sampled_from(OFFERING),
)
def test_what_is_found_in_a_flow_is_what_its_page_shows(
    rows: list[tuple[str, str, int]], label: str, block: Callable[[str], AnyBlock]
) -> None:
    """Of texts with plain columns the quick check knows to the letter what stands on the page."""
    people = table("people", "name", "city", "n:integer", rows=tuple(rows))
    made = on_page(block(label), people).rebuilt(tasks=(task("t", answer='"x"'),))
    machine = Machine(compile_flow(made).program)
    start = machine.draw("t", 0)
    alike = bool(twins(machine.view(start, start.state)))
    assert problems_of("twins.unnamed", made) or alike == bool(problems_of("twins.rows", made))
