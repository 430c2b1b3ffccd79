"""The chance of whoever guesses the answer of a question that itself says what can be answered."""

from collections.abc import Sequence
from typing import Final

from flow_models.runtime.machine.base.behaviour import Parameter
from flow_models.runtime.machine.base.data import Column
from flow_models.runtime.machine.base.nodes import Choice, ColumnValue, Constant, Node, TaskValue, table_of
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.episodes.rivals import unwrapped

MARGIN: Final = 1.2
"""How many times as often as by its own chance a closed question may be answered rightly by somebody who guesses: its
instances are drawn, so no answer is exactly as frequent as the others."""


def own_chance(program: Program, task: str) -> float:
    """Return the chance of one answer among those that a question offers, yes or no or its choices; 0 for open ones."""
    answer = program.tasks[task].answer
    if answer is None:
        return 0.0
    answer = unwrapped(answer)
    if answer.type == "boolean":
        return 0.5
    choices = _choices(program, task, answer) if answer.type == "choice" else frozenset()
    return 1 / len(choices) if choices else 0.0


def _offered(parts: Sequence[Column] | Sequence[Parameter], name: str) -> frozenset[str]:
    """Return the choices of the column or parameter with a name, empty if there is none."""
    return frozenset(next((one.choices for one in parts if one.name == name), ()))


def _choices(program: Program, task: str, node: Node) -> frozenset[str]:
    """Return the choices of a formula that is a choice, empty where they are not known."""
    match node:
        case Constant(value=str() as value):
            return frozenset({value})
        case Choice(then=then, other=other):
            return _choices(program, task, then) | _choices(program, task, other)
        case ColumnValue():
            table = program.tables[table_of(node.of.type) or ""]
            return _offered(table.columns, node.name)
        case TaskValue():
            parameters = program.tasks[task].parameters
            return _offered(parameters, node.name)
        case _:
            return frozenset()
