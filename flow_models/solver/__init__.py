"""The solver: shortest solutions, proofs that there are none, the instances of a bundle, coverage and cheap policies.

It runs the same machine that bundles ship. `Solver.solve` answers for one instance: `outline` knows the program,
`influence` says what data matters to a task and `copies` which fields only matter as a whole, `candidates` and `moves`
what is worth trying, `demands` and `undoing` what formulas ask of a field and whether that is all that matters.
`tracing` finds what a task needs, `grouping` puts together what comes together, and `bounds` says how many steps are
left at least: by a `table` over the `terrain`, and by `landmarks` where there are many needs. `search` walks,
`stopping` says what was open where it gave up, `slice_proof` shows that there is nothing to find. `honesty` compares
what was found with `lookalikes`, starts that nobody could tell from the instance by then; those in which it would be
wrong are taken along by the next search, as its `company`. `instances` makes what a package lists.

Where a comment says what a heuristic buys, that is measured: one instance of each task of the three larger examples, 29
in all, with at most 1,500 steps of the machine for each. As it is, all of them are answered after 3,100 steps in all.
Where examples tell nothing, 37 mazes do, small sites of the tests that are full of traps, with 8,000 steps for each.
"""

from flow_models.solver.instances import Instances, build_instances
from flow_models.solver.shelf import TaskReport
from flow_models.solver.solution import Budget, Solution
from flow_models.solver.solving import Solver, SolverError, solve

__all__ = ["Budget", "Instances", "Solution", "Solver", "SolverError", "TaskReport", "build_instances", "solve"]
