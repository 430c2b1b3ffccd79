"""Solutions done otherwise: what is tried, and how ends are told apart."""

from functools import cache

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.machine import Event, Machine, Start
from flow_models.solver.mutations import Known, mutants, shortened
from flow_models.solver.outcomes import outcome_differences
from flow_models.solver.solving import Solver
from flow_models.solver.walk import states_of
from tests.flow_models.builders import adds, arrow, button, expect_added, field, flow, form, page, table, task

NOTHING_KNOWN = Known({}, frozenset())


@cache
def borrowed() -> tuple[Machine, Start, tuple[Event, ...]]:
    """A solution of the library's task."""
    machine = Machine(compile_flow(storage.load(resources.path("examples", "three_pages.flow.json"))).program)
    start = machine.draw("borrow-book", 0)
    return machine, start, Solver(machine).solve(start).events


def typed() -> tuple[Machine, Start, tuple[Event, ...]]:
    """A solution that types a text."""
    machine = Machine(
        compile_flow(
            flow(
                page("a", form("f", field("name", required=True), button("put", submit=True))),
                table("guests", "name"),
                arrow("a", use="put", do=(adds("guests", name="field.name"),)),
                task("put", expect=(expect_added("guests", name="'Ann Lee'"),)),
            )
        ).program
    )
    start = machine.draw("put", 0)
    return machine, start, Solver(machine).solve(start).events


def test_every_choice_of_a_solution_is_made_otherwise() -> None:
    machine, start, events = borrowed()
    found = list(mutants(machine, start, events, NOTHING_KNOWN))
    chosen = {event.block for event in events if event.kind == "select" or event.row}
    assert chosen
    assert chosen <= {one.block for one in found}
    assert all(one.events != events for one in found)


def test_what_the_goal_means_is_tried_besides() -> None:
    machine, start, events = borrowed()
    place, opening = next((place, event) for place, event in enumerate(events) if event.row)
    others = [one.row for one in machine.view(start, states_of(machine, start, events)[place]).controls() if one.row]
    meant = next(row for row in others[len(others) // 2 :] if row != opening.row)
    known = NOTHING_KNOWN._replace(told=frozenset({meant}))
    tried = {one.events[place].row for one in mutants(machine, start, events, known) if one.place == place}
    assert meant in tried


def test_ends_differ_in_what_was_done_otherwise_and_in_nothing_else() -> None:
    machine, start, events = borrowed()
    end = states_of(machine, start, events)[-1]
    assert outcome_differences(machine, start, end, end) == ()
    place = next(place for place, event in enumerate(events) if event.block == "f_branch" or event.kind == "select")
    other = next(one for one in mutants(machine, start, events, NOTHING_KNOWN) if one.place == place)
    states = states_of(machine, start, other.events)
    [found] = outcome_differences(machine, start, end, states[-1])
    assert found.table == "loans"
    assert found.value != found.other


def test_a_row_in_place_of_another_is_one_difference() -> None:
    machine, start, events = borrowed()
    end = states_of(machine, start, events)[-1]
    place = next(place for place, event in enumerate(events) if event.row)
    every = NOTHING_KNOWN._replace(told=frozenset(str(row["key"]) for row in machine.rows(start.state, "books")))
    others = [one for one in mutants(machine, start, events, every) if one.place == place]
    ends = [states_of(machine, start, one.events)[-1] for one in others]
    other = next(one for one in ends if len(one.tables[1]) == len(end.tables[1]))
    found = outcome_differences(machine, start, end, other)
    assert {(one.table, one.column) for one in found} == {("loans", "book"), ("books", "")}


def test_a_way_is_shortened_to_what_it_needs() -> None:
    machine, start, events = borrowed()
    longer = tuple(event for one in events for event in (Event("noop"), one))
    assert shortened(machine, start, longer, lambda state: machine.verdict(start, state).success) == events


def test_a_text_is_tried_without_its_end_and_with_another_letter() -> None:
    machine, start, events = typed()
    [(place, text)] = [(place, event.value) for place, event in enumerate(events) if event.kind == "fill"]
    tried = {one.events[place].value for one in mutants(machine, start, events, NOTHING_KNOWN) if one.place == place}
    assert text[:-1] in tried
    assert any(len(other) == len(text) and other != text for other in tried)
