"""Wild sites solved in two ways: by the solver, and by somebody who tries everything without any reasoning.

Pages tell nothing that the solver has to wait for here: what an honest player needs is tested elsewhere.
"""

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.blocks import Form
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.program import Page
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.pages.state import Surface
from flow_models.runtime.machine.pages.view import Field
from flow_models.solver.goals import Goal
from flow_models.solver.solution import Budget, Solution
from flow_models.solver.solving import Solver, TaskPlan
from flow_models.solver.variants import single_cases
from tests.flow_models.solver.brute import Tried, tried
from tests.flow_models.solver.sites import machine_of
from tests.flow_models.solver.wild import DAYS, LUCKY, NUMBERS, PRICES, TIMES, WORDS, wild

STEPS = 25
"""The length that solutions may have, where a site has more states than somebody who tries everything can visit."""

_TYPED = {"number_field": NUMBERS, "money_field": PRICES, "date_field": DAYS, "time_field": TIMES}


class Knowing(Solver):
    """A solver to whom no page has to tell anything, and whose proofs stand without a second search.

    That would find what a wrong rule has ruled out, so that nobody noticed the rule.
    """

    def _goal(self, plan: TaskPlan, start: Start, *, is_asked: bool = True) -> Goal:
        del is_asked
        return super()._goal(plan, start, is_asked=False)

    def _second_look(self, plan: TaskPlan, start: Start, budget: Budget, limit: int) -> None:
        del plan, start, budget, limit

    def _mistaken(self, start: Start, events: tuple[Event, ...]) -> tuple[Start, ...]:
        del start, events
        return ()


class Compared(NamedTuple):
    """What two ways of solving said of one site."""

    outcome: str
    disagrees: bool
    solution: Solution
    plain: Tried


def compare(seed: int, most: int, patience: int) -> Compared:
    """Solve a wild site in both ways.

    Args:
        seed: Which site.
        most: The moves that each may try.
        patience: How many times more the other may where the solver has an answer.
    """
    machine = machine_of(wild(seed))
    start = machine.draw("do", seed, _variant(machine, seed))
    solution = Knowing(machine).solve(start, max_steps=STEPS, budget=Budget(most))
    if solution.status == "infeasible":
        plain = tried(
            machine, start, typed_in, most * patience, with_addresses=True, by_forms=True, keys=Alike(machine)
        )
    else:
        patient = most * (patience if solution.status == "solved" else 1)
        by_address = any(event.kind == "goto" for event in solution.events)
        plain = tried(machine, start, typed_in, patient, limit=STEPS, with_addresses=by_address, by_forms=True)
    return Compared(_outcome(solution, plain), _disagree(solution, plain), solution, plain)


class Alike:
    """What tells states of a wild site apart for somebody who may take as many steps as it takes.

    Rows that a wild site adds are counted, and judged by what stands in them, so neither their order nor their keys
    matter. What has been typed into a form is of use to its own button alone, before which it can be typed again,
    unless it was blank; and where a list looks for it. How often luck was tried matters as long as there may be some.
    """

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._added = {machine.schema.table(name).index for name in ("log", "bag")}
        self._luck = machine.schema.variables["luck"]
        self._typed = {page: frozenset(_typed_again(one)) for page, one in machine.program.pages.items()}

    def __call__(self, start: Start, state: State) -> Hashable:
        """Return what tells a state from others."""
        plain = state.replaced(
            base=self._untyped(state.base),
            dialog=None if state.dialog is None else self._untyped(state.dialog),
            tables=tuple(one for place, one in enumerate(state.tables) if place not in self._added),
            tries=state.tries if state.variables[self._luck] in range(LUCKY) else (),
            notices=(),
        )
        rows = [sorted(repr(row[1:]) for row in state.tables[place].rows) for place in sorted(self._added)]
        return self._machine.key(start, plain, focus=False), repr(rows)

    def _untyped(self, surface: Surface) -> Surface:
        """Return a page without what can be typed there again, and without what it says about it."""
        page = self._machine.plan.page(surface.page)
        again = self._typed.get(surface.page, frozenset())
        if page is None or not again:
            return surface._replace(errors=())
        typed, posted = (
            tuple("*" if text and field.id in again else text for field, text in zip(page.fields, texts, strict=True))
            for texts in (surface.fields, surface.posted)
        )
        return surface._replace(fields=typed, posted=posted, errors=())


def _typed_again(page: Page) -> Iterator[str]:
    """Yield the fields of a page that only the button of their form reads."""
    for form in walk(page.blocks):
        if isinstance(form, Form):
            yield from (
                block.id
                for block in walk(form.blocks)
                if isinstance(block, FieldBlock) and getattr(block, "purpose", "") != "search"
            )


def _variant(machine: Machine, seed: int) -> Variant:
    """Return the variant in which a site is visited: every third time something comes in between."""
    if seed % 3:
        return PLAIN
    cases = [case.variant for case in single_cases(machine.program) if case.aspect in ("interruption", "conduct")]
    return cases[seed // 3 % len(cases)]


def typed_in(field: Field) -> tuple[str, ...]:
    """Return the texts that are worth typing into a field of a wild site."""
    if field.offered:
        return ("", "?", *(label for _, label in field.offered))
    own = ("", *WORDS, "a text")
    return _TYPED.get(field.kind, own)


def _outcome(solution: Solution, plain: Tried) -> str:
    if solution.status == "gave_up":
        return f"gave_up {solution.reason}"
    is_known = plain.is_all or plain.length is not None or plain.depth >= solution.steps > 0
    return solution.status if is_known else f"{solution.status}, not checked"


def _disagree(solution: Solution, plain: Tried) -> bool:
    """Say whether the two contradict each other, as far as each has come."""
    match solution.status:
        case "solved":
            if plain.length is None:
                return plain.is_all or plain.depth >= solution.steps
            return plain.length != solution.steps
        case "infeasible":
            return plain.length is not None
        case _:
            return solution.status == "untold" or (plain.length is not None and solution.reason == "max_steps")
