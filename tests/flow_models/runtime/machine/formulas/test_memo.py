"""Values that are kept until something that they read has changed."""

from flow_models.compiler import compile_flow
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.formulas.memo import EQUALS, kept, same_if_equal
from flow_models.runtime.machine.formulas.reads import NOTHING, Reads
from tests.flow_models.builders import flow, page, table, variable

FLOW = flow(page("home"), table("owners", "name:text", rows=(("Ada",),)), variable("n", "integer", 3))
MACHINE = Machine(compile_flow(FLOW).program)
STATE = MACHINE.visit().state


def context(n: int = 3) -> Context:
    return Context(MACHINE.schema, STATE.tables, (n,))


def numbers(reads: Reads) -> tuple[int, ...]:
    """Return what a function computes that counts its calls: twice with one variable, once with another."""
    calls: list[Context] = []

    def compute(seen: Context) -> int:
        calls.append(seen)
        return len(calls)

    find = kept(MACHINE.schema, reads, compute)
    return tuple(find(context(n)) for n in (3, 3, 4))


def test_what_reads_a_variable_is_computed_anew_when_that_changes() -> None:
    assert numbers(Reads(variables=frozenset({"n"}))) == (1, 1, 2)


def test_what_reads_nothing_is_computed_once() -> None:
    assert numbers(NOTHING) == (1, 1, 1)


def test_what_reads_the_task_is_never_kept() -> None:
    assert numbers(Reads(flags=frozenset({"task"}))) == (1, 2, 3)


def test_an_equal_value_is_the_same_object_as_an_earlier_one() -> None:
    find = same_if_equal(lambda seen: [seen.variables[0]], tuple)
    first, other = find(context(3)), find(context(4))
    assert find(context(3)) is first
    assert find(context(4)) is other
    assert other is not first


def test_values_are_forgotten_when_there_are_too_many() -> None:
    find = same_if_equal(lambda seen: [seen.variables[0]], tuple)
    first = find(context(0))
    for number in range(1, EQUALS + 1):
        find(context(number))
    assert find(context(0)) == first
    assert find(context(0)) is not first
