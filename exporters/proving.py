"""The proof of an export: instances with their solutions, and every task played in its variants.

What is proven here is what the later stages write, measure and verify; they add nothing to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from exporters.errors import ExportError, GuessError
from exporters.stages import Advance
from flow_models.checks.running import LIMIT_FACTOR
from flow_models.runtime.envs.listing import by_task, of_split
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.instances import Instances, build_instances
from flow_models.solver.telling import name_of
from flow_models.solver.variants import Proof, prove_variants


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What an export has proven of a program.

    Attributes:
        instances: The instances with their solutions.
        proofs: How each task came through its variants, by task.
    """

    instances: Instances
    proofs: Mapping[str, Proof]


def prove(program: Program, counts: tuple[int, int, int], advance: Advance) -> Proven:
    """Make and solve the instances of a program, and play its tasks in their variants.

    Args:
        program: The compiled flow.
        counts: How many training, validation and test instances of each task are wanted.
        advance: Told how far it is, in the stages `instances` and `variants`.

    Raises:
        GuessError: A solution does what nothing has told.
        ExportError: A task has nothing to train on, cannot be done in a variant, or has too low a limit.
    """
    instances = build_instances(program, counts, progress=partial(advance, "instances"))
    _see_that_nothing_is_guessed(program, instances)
    _see_that_all_tasks_train(program, instances)
    proofs = prove_variants(program, instances, progress=partial(advance, "variants"))
    for task, proof in proofs.items():
        _see_that_no_variant_breaks(proof)
        _see_that_the_limit_suffices(proof, program.tasks[task].max_steps)
    return Proven(instances=instances, proofs=proofs)


def _see_that_all_tasks_train(program: Program, instances: Instances) -> None:
    """See that every task has training instances, without which nobody can make its environment.

    Raises:
        ExportError: One has none.
    """
    listed = by_task(instances.listed)
    for task, report in instances.reports.items():
        if not of_split(listed.get(task, ()), "train"):
            if report.untold:
                raise ExportError("export.all_untold", task=task, count=report.untold)
            if report.twin is not None:
                block, text = report.twin
                count, name = report.unclear, name_of(program, block)
                raise ExportError("export.all_unclear", task=task, count=count, block=name, text=text)
            raise ExportError(
                "export.no_instances", task=task, drawn=report.drawn, refused=report.refused, gave_up=report.gave_up
            )


def _see_that_nothing_is_guessed(program: Program, instances: Instances) -> None:
    """See that no solution types, chooses or answers what neither the goal nor a page before has told.

    Raises:
        GuessError: One does.
    """
    for task, report in instances.reports.items():
        if report.guess is not None:
            event = report.guess.events[-1]
            name = name_of(program, event.block) if event.block else ""
            raise GuessError(task, report.guess, name, event.value)


def _see_that_no_variant_breaks(proof: Proof) -> None:
    """See that a task can be done in all variants tried.

    Raises:
        ExportError: It cannot be done in one.
    """
    if proof.broken:
        first, count = proof.broken[0], len(proof.broken)
        value = f"{first.axis}: {first.aspect} {first.value}" if first.axis else f"seed {first.variant.seed}"
        raise ExportError("export.variant_breaks", task=proof.task, count=count, value=value, reason=first.reason)


def _see_that_the_limit_suffices(proof: Proof, limit: int) -> None:
    """See that the step limit of a task leaves room for its longest variant.

    Raises:
        ExportError: It does not.
    """
    least = LIMIT_FACTOR * proof.longest
    if limit < least:
        raise ExportError("export.low_limit", task=proof.task, steps=proof.longest, limit=limit, least=least)
