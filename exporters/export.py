"""The whole way from a flow to a proven package: compile, solve, vary, measure cheap policies, write, build, verify.

Each stage takes what the stages before it made and changes none of it. Each reports its progress; whoever runs this in
another process cancels it by ending that, and nothing half-made is left under the package's name.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import resources
from exporters.bundle import About, Parts, check_name, check_versions, write_folder
from exporters.card import card_of
from exporters.diagram import to_svg
from exporters.errors import ExportError
from exporters.interfaces import play_interfaces, short
from exporters.promises import Known, promises
from exporters.proving import prove
from exporters.stages import Advance
from exporters.studying import Study, study
from exporters.verification import Verification, verify
from exporters.walks import record_walks
from exporters.wheel import build_wheel
from flow_models import checks
from flow_models.checks.stopping import why_stopped
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Played
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.audit import SEEDS, Audit, audit
from flow_models.solver.shelf import TaskReport
from flow_models.solver.telling import name_of


class Report(NamedTuple):
    """What an export made and found.

    Attributes:
        folder: The bundle's folder.
        wheel: The wheel built from it.
        diagram: The picture of the flow, in the package itself.
        tasks: For each task the numbers of instances, impossible ones, and the longest shortest solution.
        policies: For each task what cheap policies earn, and whether that is little enough.
        study: What walks touch of the site, and how difficult the tasks are.
        remarks: What a person should know, in words, such as a task with too few instances.
        verification: How the package did in a clean environment; `None` if that was not asked for.
        command: What verifies the package on another computer.
    """

    folder: Path
    wheel: Path
    diagram: Path
    tasks: tuple[dict[str, Any], ...]
    policies: Mapping[str, Audit]
    study: Study
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
            "coverage": self.study.touched.as_data(),
            "difficulty": {one.task: one.as_data() for one in self.study.difficulties},
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
        NameTakenError: Another flow has a package of the same name there.
        VersionError: The program changed and a task's version did not.
        ExportError: Nothing to export, errors that checks find, a solution that fails, a variant in which a task
            cannot be done, a file that would give away what only tests ask, or a folder that cannot be written.
    """
    program = _compiled(flow, out, counts, advance)
    proven = prove(program, counts, advance)
    bundle = Bundle(program, proven.instances.listed)
    walks = record_walks(bundle, proven.instances.plans, partial(advance, "walks"))
    played = play_interfaces(bundle, proven.instances.plans, partial(advance, "interfaces"))
    policies = audit(program, proven.instances, seeds=seeds, progress=partial(advance, "audit"))
    learnt = study(bundle, proven.instances.plans, policies, partial(advance, "study"))
    known = Known(bundle=bundle, proofs=proven.proofs, policies=policies, played=played, walks=walks, study=learnt)
    parts = Parts(
        bundle=bundle,
        proofs=proven.proofs,
        played=played,
        walks=walks,
        study=learnt,
        promised=promises(known),
        diagram=to_svg(flow),
        about=About(description=flow.description or flow.title, domain=flow.domain, license=flow.license),
        card=card_of(flow, program, proofs=proven.proofs, policies=policies, played=played),
    )
    folder, wheel = _written(parts, out, advance)
    return Report(
        folder=folder,
        wheel=wheel,
        diagram=folder / bundle.module / "diagram.svg",
        tasks=tuple(_task_facts(program, proven.instances.reports[task], task) for task in bundle.task_names),
        policies=policies,
        study=learnt,
        remarks=(
            *_remarks(program, proven.instances.reports),
            *_led_by_words(policies),
            *map(_shortfall, short(played)),
        ),
        verification=verify(wheel, bundle, walks, advance) if check else None,
        command=f"python -m {bundle.module}.runtime.envs.selfcheck",
    )


def _compiled(flow: Flow, out: Path, counts: tuple[int, int, int], advance: Advance) -> Program:
    """Return the program of a flow that is fit to be exported to a directory.

    Raises:
        CompileError: The flow has mistakes.
        NameTakenError: Another flow has a package of the same name there.
        VersionError: The program changed and a task's version did not.
        ExportError: Nothing to export, or errors that checks find.
    """
    advance("compile", 0, 1)
    program = compile_flow(flow).program
    if not program.tasks:
        raise ExportError("export.no_tasks")
    if counts[0] < 1:
        raise ExportError("export.no_training")
    _see_that_nothing_is_wrong(flow)
    check_name(program, out)
    check_versions(program, out)
    advance("compile", 1, 1)
    return program


def _written(parts: Parts, out: Path, advance: Advance) -> tuple[Path, Path]:
    """Write the folder of a bundle and the wheel, and return where they are."""
    advance("wheel", 0, 1)
    folder = write_folder(parts, out)
    wheel = build_wheel(folder, out)
    advance("wheel", 1, 1)
    return folder, wheel


def _see_that_nothing_is_wrong(flow: Flow) -> None:
    """See that the quick checks find no error: what compiles may still reward too much, or the wrong thing.

    Raises:
        ExportError: They do.
    """
    errors = [found for found in checks.check(flow) if found.severity == "error"]
    if errors:
        raise ExportError("export.has_errors", count=len(errors), first=errors[0].sentence())


def _task_facts(program: Program, report: TaskReport, task: str) -> dict[str, Any]:
    """Return the numbers of one task for the report."""
    return {
        "task": task,
        "instances": report.found,
        "infeasible": report.infeasible,
        "longest": report.longest,
        "max_steps": program.tasks[task].max_steps,
    }


def _led_by_words(policies: Mapping[str, Audit]) -> Iterator[str]:
    """Yield which tasks are mostly done by whoever matches the words of goal and page, which is no mistake."""
    for task, found in policies.items():
        for policy in found.noted:
            shares = {"share": f"{found.share(policy):.0%}", "limit": f"{found.limits[policy]:.0%}"}
            yield resources.text(f"export.noted.{policy}", task=task, **shares)


def _remarks(program: Program, reports: Mapping[str, TaskReport]) -> Iterator[str]:
    """Yield what a person should know of how the instances came about."""
    for task, report in reports.items():
        if report.found < report.asked:
            yield resources.text("export.few_instances", task=task, found=report.found, asked=report.asked)
        if report.untold:
            yield resources.text("export.untold", task=task, count=report.untold)
        if report.gave_up:
            why = "" if report.stopped is None else why_stopped(program, report.stopped)
            yield resources.text("export.gave_up", task=task, count=report.gave_up, why=why)
        if report.twin is not None:
            block, text = report.twin
            count, name = report.unclear, name_of(program, block)
            yield resources.text("export.unclear", task=task, count=count, block=name, text=text)


def _shortfall(played: Played) -> str:
    """Return in words that an interface lacks actions for a task."""
    missing = played.of - played.done
    return resources.text("export.short", task=played.task, interface=played.interface, count=missing, of=played.of)
