"""Writes the bundle: a folder that is a Python project, and the wheel built from it. Same flow, same bytes.

What varies between bundles is data (`program.json`, `tasks.json`); the code is `flow_models/runtime`, byte for byte.
Whether the bundle does what it should is not decided here: `verification` installs it and looks.
"""

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

import resources
from exporters import canary
from exporters.card import POLICIES, Card, action_facts, refusal_facts
from exporters.errors import ExportError, NameTakenError, VersionError
from exporters.promises import Promise, counted, listed
from exporters.stacks import stack_facts, stack_files, taskset_of
from exporters.studying import Study, coverage_facts, difficulty_facts
from exporters.templates import filled
from exporters.walks import Record
from flow_models import runtime
from flow_models.document.disk import SMALL_FILE, read_json
from flow_models.document.packages import numbered
from flow_models.runtime.envs import leaks, listing
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance, Played, of_split
from flow_models.runtime.envs.registry import ADAPTERS, CONSUMERS, EVERYWHERE, EXTRAS, INTERFACES, RAY, VECTOR, Entry
from flow_models.runtime.envs.selfcheck import CHECKSUMS
from flow_models.runtime.envs.solutions import DEMONSTRATIONS, SITE_WALKS
from flow_models.runtime.machine import ANSWER_RULES
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.splits import SPLITS
from flow_models.solver.solution import SECOND_LOOK
from flow_models.solver.variants import Proof

Json = dict[str, Any]

RUNTIME = Path(runtime.__file__).parent
SHIPPED_LICENSE = "Apache-2.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the author says of a flow, each in words; `license` as an SPDX expression if it is a known one."""

    description: str
    domain: str
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything that a bundle is made of.

    Attributes:
        bundle: The compiled flow with its instances.
        proofs: How each task came through its variants.
        played: How many solutions could be played in interfaces that may lack an action.
        walks: The solutions as actions; those of training instances become the demonstrations.
        study: What walks touch of the site, and how difficult the tasks are.
        promised: What the field asks of an environment, and how each item stands.
        diagram: The flow as SVG.
        about: What the author says of the flow.
        card: What the environment card tells.
    """

    bundle: Bundle
    proofs: Mapping[str, Proof]
    played: Sequence[Played]
    walks: Sequence[Record]
    study: Study
    promised: Sequence[Promise]
    diagram: str
    about: About
    card: Card

    @property
    def program(self) -> Program:
        """The compiled flow."""
        return self.bundle.program


def write_folder(parts: Parts, out: Path) -> Path:
    """Write the bundle's folder below a directory and return it; an earlier one of the same version is replaced.

    Raises:
        ExportError: The files cannot be written, or would give away what only tests ask.
    """
    program, files = parts.program, _files(parts)
    for leak in leaks.leaks(parts.bundle, files):
        raise ExportError(f"export.leak.{leak.kind}", **leak._asdict())
    folder = out / f"{program.module}-{program.version}"
    made = out / f".{folder.name}.part"
    try:
        out.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(made, ignore_errors=True)
        package = made / program.module
        shutil.copytree(RUNTIME, package / "runtime", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        for name, text in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        (package / CHECKSUMS).write_text(checksums(made, program.module), encoding="utf-8", newline="\n")
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise ExportError("export.cannot_write", folder=out, reason=error.strerror or error) from error
    return folder


def check_name(program: Program, out: Path) -> None:
    """See that no other flow was exported to the same directory under the same name.

    Raises:
        NameTakenError: One was.
    """
    other = _other_flow(program.module, program.id, out)
    if other is None:
        return
    free = numbered(program.module)
    while _other_flow(free, program.id, out) is not None:
        free = numbered(free)
    raise NameTakenError(program.module, other, free, str(out))


def _other_flow(module: str, flow_id: str, out: Path) -> str | None:
    """Return the title of another flow that a directory holds a package of this name of."""
    return next(
        (str(made.get("title")) for made in _earlier(module, out) if made.get("flow", flow_id) != flow_id), None
    )


def _earlier(module: str, out: Path) -> Iterator[Json]:
    """Yield the provenance of the packages of a name in a directory, passing over what is not ours or damaged."""
    # Packages of before have the file beside the package, and not in it.
    places = ("provenance.json", f"{module}/provenance.json")
    folders = (read_json(path) for path in sorted(path for place in places for path in out.glob(f"{module}-*/{place}")))
    # A wheel may have been left without its folder.
    wheels = (_provenance_in(path, module) for path in sorted(out.glob(f"{module}-*.whl")))
    yield from (made for made in (*folders, *wheels) if isinstance(made, dict))


def _provenance_in(wheel: Path, module: str) -> object:
    """Return what a wheel says it was made from, or `None` if that cannot be read; those of before do not say."""
    try:
        if not wheel.is_file():
            return None
        with zipfile.ZipFile(wheel) as packed, packed.open(f"{module}/provenance.json") as stream:
            found: object = json.loads(stream.read(SMALL_FILE))
    except (OSError, ValueError, LookupError, RecursionError, zipfile.BadZipFile, NotImplementedError, zlib.error):
        return None
    return found


def check_versions(program: Program, out: Path) -> None:
    """See that tasks whose program changed since an earlier export to the same directory have a higher version.

    Raises:
        VersionError: Some have not.
    """
    latest: dict[str, tuple[int, str]] = {}
    for earlier in _earlier(program.module, out):
        try:
            for task, version in earlier["tasks"].items():
                if version >= latest.get(task, (0, ""))[0]:
                    latest[task] = (version, earlier["program"])
        except (KeyError, TypeError, AttributeError):
            continue  # not a bundle of ours, or a damaged one: nothing to compare with
    stale = tuple(
        name
        for name, task in program.tasks.items()
        if name in latest and task.version <= latest[name][0] and latest[name][1] != program.hash
    )
    if stale:
        raise VersionError(stale, str(out))


def checksums(folder: Path, module: str) -> str:
    """Return a line `SHA-256  path` for each file of all that is installed, sorted; paths begin in the package."""
    installed = (path for top in (module, taskset_of(module)) for path in (folder / top).rglob("*"))
    return _lines_of(folder / module, (path for path in installed if path.is_file() and path.name != CHECKSUMS))


def _lines_of(folder: Path, files: Iterable[Path]) -> str:
    """Return a line `SHA-256  path` for each file."""
    named = sorted((Path(os.path.relpath(path, folder)).as_posix(), path) for path in files)
    sums = ((hashlib.sha256(path.read_bytes()).hexdigest(), name) for name, path in named)
    return "".join(f"{digest}  {path}\n" for digest, path in sums)


def _files(parts: Parts) -> dict[str, str]:
    """Return the texts of a bundle's files but the runtime, by path; what the card names lies in the package itself."""
    program = parts.program
    facts = _facts(parts)
    package = {
        "__init__.py": filled("__init__.py.jinja", facts),
        "__main__.py": filled("__main__.py.jinja", facts),
        "py.typed": "",
        "program.json": _compact({"canary": facts["canary"], **program.json}),
        "tasks.json": _compact(_listed(parts)),
        DEMONSTRATIONS: _demonstrations(parts),
        SITE_WALKS: _marked(parts, parts.study.walks),
        "diagram.svg": parts.diagram,
        "provenance.json": _dumped(_provenance(program)),
    }
    return {
        "pyproject.toml": filled("pyproject.toml.jinja", facts),
        "README.md": filled("README.md.jinja", facts),
        "LICENSE": _license(parts.about.license),
        "sbom.cdx.json": _dumped(_sbom(program, parts.about.license)),
        **{f"{program.module}/{name}": text for name, text in package.items()},
        **stack_files(facts),
    }


def _listed(parts: Parts) -> Json:
    """Return what `tasks.json` holds."""
    variants = {task: {"played": proof.played, "longest": proof.longest} for task, proof in parts.proofs.items()}
    listed = [instance for task in parts.bundle.task_names for instance in parts.bundle.instances[task]]
    return listing.written(
        parts.program, listed, variants, canary.sentence(parts.program), parts.played, _difficulties(parts)
    )


def _difficulties(parts: Parts) -> dict[str, listing.Difficulty]:
    """Return by task how difficult it is."""
    told = {one.task: one.as_data() for one in parts.study.difficulties}
    return {
        task: listing.Difficulty(**{name: known[name] for name in listing.Difficulty._fields})
        for task, known in told.items()
    }


def _demonstrations(parts: Parts) -> str:
    """Return the solutions of training instances, a line for each walk, all with the canary."""
    training = [record for record in parts.walks if record["split"] == "train"]
    return _marked(parts, ({key: value for key, value in one.items() if key != "split"} for one in training))


def _marked(parts: Parts, records: Iterable[Record]) -> str:
    """Return records, a line for each, all with the canary."""
    mark = canary.guid(parts.program)
    return "".join(f"{json.dumps({**record, 'canary': mark})}\n" for record in records)


def _facts(parts: Parts) -> Json:
    """Return what the templates say."""
    program = parts.program
    tasks = [_task_facts(parts, name, parts.bundle.instances[name]) for name in parts.bundle.task_names]
    title = _one_line(program.title)
    return {
        "module": program.module,
        "canary": canary.sentence(program),
        "title": title,
        "version": program.version,
        "wheel": parts.bundle.wheel,
        "license": _license_id(parts.about.license),
        "summary": f"{title}: a simulated website as a reinforcement-learning environment",
        "description": parts.about.description,
        "domain": parts.about.domain,
        "pages": len(program.pages),
        "transitions": len(program.transitions),
        "tables": len(program.tables),
        "tasks": tasks,
        "solved": _solved(parts),
        "demonstrations": sum(record["split"] == "train" for record in parts.walks),
        "first_id": tasks[0]["id"],
        "answers": ANSWER_RULES,
        "all_version": max(program.tasks[task["name"]].version for task in tasks),
        "actions": action_facts(),
        "refusals": refusal_facts(),
        "audited": parts.card.audited,
        "closed": parts.card.closed,
        "policies": [resources.text(f"export.policy.{policy}") for policy in POLICIES],
        "variation": parts.card.variation,
        "coverage": coverage_facts(parts.study),
        "difficulties": [difficulty_facts(parts.bundle, one) for one in parts.study.difficulties],
        **stack_facts(parts.bundle),
        "promises": listed(parts.promised),
        "standings": counted(parts.promised),
        "interfaces": [
            {
                **_interface_facts(parts.bundle.wheel, entry),
                "proven": parts.card.proven.get(entry.name, ""),
            }
            for entry in (*INTERFACES, VECTOR, *ADAPTERS, *CONSUMERS, RAY)
        ],
        "everywhere": [entry.name for entry in EVERYWHERE],
        "extras": [{**entry._asdict(), "needs": json.dumps(entry.needs)} for entry in EXTRAS],
        "gymwright": version_of("gymwright"),
        "program_hash": program.hash,
    }


def _solved(parts: Parts) -> str:
    """Return what was proven of the instances, in words."""
    can_fail = any(instance.infeasible for listed in parts.bundle.instances.values() for instance in listed)
    if not can_fail:
        return resources.text("export.card.solved")
    return resources.text("export.card.solved_or_not", steps=f"{SECOND_LOOK:,}")


def _interface_facts(wheel: str, entry: Entry) -> Json:
    """Return what the card says of one interface: its name, what it gives, and what has to be installed for it."""
    command = f'`pip install "{wheel}[{entry.name}]"`' + (entry.by_hand and f", then `{entry.by_hand}`")
    return {"name": entry.name, "about": entry.about, "install": command if entry.needs else ""}


def _task_facts(parts: Parts, name: str, instances: Sequence[Instance]) -> Json:
    """Return what the card says of one task."""
    task = parts.program.tasks[name]
    return {
        "id": parts.bundle.env_id(name),
        "name": name,
        "title": _one_line(task.title).replace("|", "\\|"),
        **{split: len(of_split(instances, split)) for split in SPLITS},
        "infeasible": sum(instance.infeasible for instance in instances),
        "longest": max(instance.steps for instance in instances),
        "max_steps": task.max_steps,
        "cheap": parts.card.policies.get(name, ("",) * len(POLICIES)),
    }


def _provenance(program: Program) -> Json:
    """Return what the bundle was made from; nothing of when or where, so that the same flow gives the same bytes."""
    return {
        "flow": program.id,
        "title": program.title,
        "version": program.version,
        "program": program.hash,
        "tasks": {name: task.version for name, task in program.tasks.items()},
        "canary": canary.sentence(program),
        "gymwright": version_of("gymwright"),
        "runtime": hashlib.sha256(checksums_of_runtime().encode()).hexdigest(),
    }


def checksums_of_runtime() -> str:
    """Return the checksums of the runtime's files as they lie in this installation."""
    files = (path for path in RUNTIME.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return _lines_of(RUNTIME, files)


def _sbom(program: Program, license_id: str) -> Json:
    """Return the bill of materials as CycloneDX 1.6: the package, and Gymnasium, the one thing that it needs."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": program.module,
                "name": program.module,
                "version": program.version,
                "licenses": [{"license": {"name": license_id}}],
            },
            "tools": {"components": [{"type": "application", "name": "gymwright", "version": version_of("gymwright")}]},
        },
        "components": [{"type": "library", "bom-ref": "gymnasium", "name": "gymnasium", "purl": "pkg:pypi/gymnasium"}],
        "dependencies": [{"ref": program.module, "dependsOn": ["gymnasium"]}, {"ref": "gymnasium"}],
    }


def _one_line(words: str) -> str:
    """Return a text of the flow's author without line breaks, which would end a heading or a table."""
    return " ".join(words.split())


def _license_id(name: str) -> str:
    """Return a licence as an SPDX expression, which packages must name; any other is in the file LICENSE alone."""
    try:
        return canonicalize_license_expression(name)
    except InvalidLicenseExpression:
        return "LicenseRef-See-LICENSE"


def _license(name: str) -> str:
    """Return the text of the licence that ships with Gymwright, else the licence's name."""
    if _license_id(name) == SHIPPED_LICENSE:
        return resources.path("bundle", f"{SHIPPED_LICENSE}.txt").read_text(encoding="utf-8")
    return f"{name}\n"


def _dumped(data: Json) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _compact(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
