"""The whole way from a flow to a proven package: compile, solve, vary, measure cheap policies, write, build, verify.

Every stage reports its progress; whoever runs this in a worker process cancels it by ending that process, and nothing
half-made is left under the package's name.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import resources
from exporters.bundle import Contents, check_versions, write_folder
from exporters.card import variation_facts
from exporters.diagram import to_svg
from exporters.errors import ExportError
from exporters.sites import VARIANTS, distinct_by_text
from exporters.verification import Verification, verify
from exporters.walks import record_walks
from exporters.wheel import build_wheel
from flow_models import checks
from flow_models.checks.running import LIMIT_FACTOR
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.solver.audit import SEEDS, Audit, audit
from flow_models.solver.instances import Instances, build_instances
from flow_models.solver.variants import Proof, prove_variants

Advance = Callable[[str, int, int], None]
"""Called with the stage (`instances`, `walks`, ...), how much of it is done, and how much there is."""

POLICIES = ("nothing", "random", "infeasible", "frequent", "first_row", "replay")
"""The cheap policies, in the order of the card's columns."""


class Report(NamedTuple):
    """What an export made and found.

    Attributes:
        folder: The bundle's folder.
        wheel: The wheel built from it.
        tasks: For each task the numbers of instances, impossible ones, and the longest shortest solution.
        policies: For each task what cheap policies earn, and whether that is little enough.
        remarks: What a person should know, in words, such as a task with too few instances.
        verification: How the package did in a clean environment; `None` if that was not asked for.
        command: What verifies the package on another computer.
    """

    folder: Path
    wheel: Path
    tasks: tuple[dict[str, Any], ...]
    policies: Mapping[str, Audit]
    remarks: tuple[str, ...]
    verification: Verification | None
    command: str

    @property
    def is_held_down(self) -> bool:
        """Whether no cheap policy earns more than it should."""
        return all(found.passed for found in self.policies.values())

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain JSON; `place` says in words where a verification failed, empty if nowhere."""
        found = self.verification
        verified = None
        if found is not None:
            verified = {**found._asdict(), "checks": list(found.checks), "walks": found.walks, "place": found.place()}
        return {
            "folder": str(self.folder),
            "wheel": str(self.wheel),
            "tasks": list(self.tasks),
            "policies": {task: audit.as_data() for task, audit in self.policies.items()},
            "held_down": self.is_held_down,
            "remarks": list(self.remarks),
            "verification": verified,
            "command": self.command,
        }


def export(
    flow: Flow, out: Path, counts: tuple[int, int, int], advance: Advance, *, check: bool = True, seeds: int = SEEDS
) -> Report:
    """Export a flow below a directory.

    Args:
        flow: What to export.
        out: The directory for the folder and the wheel.
        counts: How many training, validation and test instances of each task are wanted.
        advance: Told how far it is.
        check: Whether to install the package into a clean environment and compare.
        seeds: Attempts of each cheap policy at each task.

    Raises:
        CompileError: The flow has mistakes.
        VersionError: The program changed and a task's version did not.
        ExportError: Nothing to export, errors that checks find, a solution that fails, a variant in which a task
            cannot be done, or a folder that cannot be written.
    """
    advance("compile", 0, 1)
    program = compile_flow(flow).program
    if not program["tasks"]:
        raise ExportError("export.no_tasks")
    if counts[0] < 1:
        raise ExportError("export.no_training")
    _see_that_nothing_is_wrong(flow)
    check_versions(program, out)
    advance("compile", 1, 1)
    instances = build_instances(program, counts, progress=lambda done, of: advance("instances", done, of))
    _see_that_all_tasks_train(instances)
    bundle = Bundle(program, instances.tasks)
    proofs = _variants_proven(program, instances, advance)
    walks = record_walks(bundle, instances.plans, lambda done, of: advance("walks", done, of))
    policies = audit(program, instances, seeds=seeds, progress=lambda done, of: advance("audit", done, of))
    contents = Contents(
        program,
        instances.tasks,
        walks,
        to_svg(flow),
        {task: found.shares(POLICIES) for task, found in policies.items()},
        resources.text("export.audited", seeds=max(found.seeds for found in policies.values())),
        variation_facts(flow, program, proofs, distinct_by_text(program), VARIANTS),
        flow.description or flow.title,
        flow.domain,
        flow.license,
    )
    advance("wheel", 0, 1)
    folder = write_folder(contents, out)
    wheel = build_wheel(folder, out)
    advance("wheel", 1, 1)
    return Report(
        folder,
        wheel,
        tuple(_task_facts(program, instances, task) for task in bundle.task_names),
        policies,
        tuple(_remarks(instances)),
        verify(wheel, bundle, walks, advance) if check else None,
        f"python -m {bundle.module}.runtime.envs.selfcheck",
    )


def _variants_proven(program: dict[str, Any], instances: Instances, advance: Advance) -> dict[str, Proof]:
    """Prove every task in its variants, and note with its instances how that came out.

    Raises:
        ExportError: A task cannot be done in a variant, or its limit is too low.
    """
    proofs = prove_variants(
        program,
        instances,
        progress=lambda done, of: advance("variants", done, of),
        processes=os.cpu_count() or 1,
    )
    _see_that_variants_break_nothing(program, proofs)
    _note_variants(instances, proofs)
    return proofs


def _see_that_nothing_is_wrong(flow: Flow) -> None:
    """See that the quick checks find no error: what compiles may still reward too much, or the wrong thing.

    Raises:
        ExportError: They do.
    """
    errors = [found for found in checks.check(flow) if found.severity == "error"]
    if errors:
        raise ExportError("export.has_errors", count=len(errors), first=errors[0].sentence())


def _see_that_all_tasks_train(instances: Instances) -> None:
    """See that every task has training instances, without which nobody can make its environment.

    Raises:
        ExportError: One has none.
    """
    for task, listed in instances.tasks["tasks"].items():
        if not any(entry["split"] == "train" for entry in listed["instances"]):
            report = instances.reports[task]
            raise ExportError(
                "export.no_instances", task=task, drawn=report.drawn, refused=report.refused, gave_up=report.gave_up
            )


def _see_that_variants_break_nothing(program: dict[str, Any], proofs: Mapping[str, Proof]) -> None:
    """See that every task can be done in all variants tried, and that its step limit leaves room for the longest.

    Raises:
        ExportError: A task cannot be done in a variant, or its limit is too low.
    """
    for task, proof in proofs.items():
        if proof.broken:
            first = proof.broken[0]
            value = f"{first.axis}: {first.aspect} {first.value}" if first.axis else f"seed {first.variant.seed}"
            raise ExportError(
                "export.variant_breaks", task=task, count=len(proof.broken), value=value, reason=first.reason
            )
        limit: int = program["tasks"][task]["max_steps"]
        if limit < LIMIT_FACTOR * proof.longest:
            least = LIMIT_FACTOR * proof.longest
            raise ExportError("export.low_limit", task=task, steps=proof.longest, limit=limit, least=least)


def _note_variants(instances: Instances, proofs: Mapping[str, Proof]) -> None:
    """Write into what `tasks.json` holds how many variants of each task were played, and the steps of the longest."""
    for task, proof in proofs.items():
        played = proof.replayed + proof.searched
        instances.tasks["tasks"][task]["variants"] = {"played": played, "longest": proof.longest}


def _task_facts(program: dict[str, Any], instances: Instances, task: str) -> dict[str, Any]:
    """Return the numbers of one task for the report."""
    report = instances.reports[task]
    return {
        "task": task,
        "instances": report.found,
        "infeasible": report.infeasible,
        "longest": report.longest,
        "max_steps": program["tasks"][task]["max_steps"],
    }


def _remarks(instances: Instances) -> Iterator[str]:
    """Yield what a person should know of how the instances came about."""
    for task, report in instances.reports.items():
        if report.found < report.asked:
            yield resources.text("export.few_instances", task=task, found=report.found, asked=report.asked)
        if report.gave_up:
            yield resources.text("export.gave_up", task=task, count=report.gave_up)
