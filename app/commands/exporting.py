"""`gymwright export`: a package with its proof, as a short report or JSON."""

from pathlib import Path

from app.commands.console import print_json, print_line, print_table, progress_bars
from exporters.card import POLICIES
from exporters.errors import VersionError
from exporters.export import Report, export
from flow_models.document.edits.tasks import raise_versions
from flow_models.document.flow import Flow
from flow_models.document.storage import load, save
from resources import text


def run(path: Path, target: Path, *, counts: tuple[int, int, int], bump: bool, verify: bool, as_json: bool) -> int:
    """Export a flow; return 1 if the package failed its verification or a cheap policy earns too much.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
        ExportError: The export could not be finished.
    """
    flow = load(path)
    report = _exported(path, flow, target, counts, bump=bump, verify=verify, quiet=as_json)
    if as_json:
        print_json(report.as_data())
    else:
        show(report)
    has_failed = report.verification is not None and report.verification.status == "failed"
    return int(has_failed or not report.is_held_down)


def _exported(
    path: Path, flow: Flow, target: Path, counts: tuple[int, int, int], *, bump: bool, verify: bool, quiet: bool
) -> Report:
    """Export, and if that was asked for, once more with raised versions, which are saved."""
    with progress_bars(quiet=quiet) as advance:

        def named(stage: str, done: int, of: int, _task: str = "", /) -> None:
            advance(text(f"export.doing.{stage}"), done, of)

        try:
            return export(flow, target, counts, named, check=verify)
        except VersionError as error:
            if not bump:
                raise
            raised = raise_versions(flow, error.tasks)
            report = export(raised, target, counts, named, check=verify)
            save(raised, path)
            return report


def show(report: Report) -> None:
    """Print what was exported, what cheap policies earn, and how verification went."""
    titles = [text("cli.column.task"), *(text(f"export.policy.{name}") for name in POLICIES)]
    print_table(titles, [(task, *found.shares(POLICIES)) for task, found in report.policies.items()])
    for remark in report.remarks:
        print_line(remark)
    if not report.is_held_down:
        print_line(text("export.loose"))
    print_line(text("export.folder", path=report.folder))
    print_line(text("export.wheel", path=report.wheel))
    show_verification(report)


def show_verification(report: Report) -> None:
    """Print how a package did in a clean environment."""
    found = report.verification
    if found is None:
        return
    match found.status:
        case "verified":
            print_line(text("export.verified", walks=found.walks))
        case "not verified":
            print_line(text("export.not_verified", reason=found.detail))
            print_line(text("export.verify_with", command=report.command))
        case "failed":
            print_line(" ".join([text("export.failed", detail=found.detail), found.place()]).strip())
