"""Success although nothing that lasts has changed: the rule looks at what a visitor has only begun."""

from collections.abc import Iterator

from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Machine, Start, State
from flow_models.solver.walk import states_of, walk_in


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield that a solution leaves all data that counts for tasks as it was."""
    if trial.task.answer.strip():
        return
    for start, solution in trial.solutions:
        if is_untouched(trial.machine, start, states_of(trial.machine, start, solution.events)[-1]):
            yield trial.problem("success_unchanged", "error", "success", walk=walk_in(start, solution.events))
            return


def is_untouched(machine: Machine, start: Start, state: State) -> bool:
    """Say whether no durable table differs from the start, not even by a consequence of something else."""
    tables = (schema for schema in machine.schema.table_list if schema.durable)
    return all(state.tables[schema.index] == start.before[schema.index] for schema in tables)
