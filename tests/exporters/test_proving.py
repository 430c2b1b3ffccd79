"""What an export proves of solutions: that none of them does what nothing has told."""

from collections.abc import Callable

import pytest

from exporters.errors import ExportError, GuessError
from exporters.proving import prove
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine, Start
from flow_models.solver.solving import Solver
from tests.exporters.conftest import silent
from tests.flow_models.solver import secrets

GUESSES: dict[str, tuple[Callable[[], Flow], str, Event]] = {
    "typed": (secrets.code_in_mail, "export.guess.text", Event("fill", "f_code", "", "4711")),
    "chosen": (lambda: secrets.order_of(is_shown=False), "export.guess.choice", Event("use", "cancel", "orders_2")),
    "answered": (secrets.reds_in_pages, "export.guess.answer", Event("message", value="1")),
}


def _believing(_solver: Solver, _start: Start, _events: tuple[Event, ...]) -> tuple[Start, ...]:
    """Stand for a solver that believes whatever it types, chooses or answers."""
    return ()


@pytest.mark.parametrize("name", GUESSES)
def test_a_solution_that_guesses_is_an_error_with_the_way_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    flow, code, event = GUESSES[name]
    monkeypatch.setattr(Solver, "_mistaken", _believing)
    monkeypatch.setattr("flow_models.solver.instances.SAMPLED", 200)
    program = compile_flow(flow()).program
    with pytest.raises(GuessError) as refused:
        prove(program, (1, 0, 0), silent)
    assert refused.value.message_id == code
    walk = refused.value.walk
    assert walk.events[-1] == event
    steps = list(walk.played(Machine(program)))
    assert (len(steps), [step.error for step in steps]) == (len(walk.events), [""] * len(steps))


def test_a_solution_that_reads_before_it_types_is_none() -> None:
    proven = prove(compile_flow(secrets.code_in_mail()).program, (1, 0, 0), silent)
    assert [report.guess for report in proven.instances.reports.values()] == [None]


def test_a_task_that_only_luck_can_do_has_nothing_to_train_on() -> None:
    with pytest.raises(ExportError) as refused:
        prove(compile_flow(secrets.code_nowhere()).program, (1, 0, 0), silent)
    assert refused.value.message_id == "export.all_untold"
