"""`gymwright demonstrate`: a set of demonstrations of a package's tasks, for those who train by imitation."""

from pathlib import Path

from app.commands.console import print_json, print_line, print_table, progress_bars
from exporters.demonstrating.kinds import Wanted
from exporters.demonstrating.making import demonstrate
from exporters.errors import ExportError
from exporters.oracle import check_place
from resources import text


def run(source: Path, out: Path, wanted: Wanted, *, processes: int | None, as_json: bool) -> int:
    """Make the demonstrations, or go on where a run was killed, and say what there is.

    Raises:
        BundleError: The package is incomplete or damaged.
        DocumentError: A file cannot be written.
        ExportError: The set cannot be made.
    """
    check_place(source, out)
    try:
        with progress_bars(quiet=as_json) as advance:
            made = demonstrate(
                source,
                out,
                wanted,
                lambda what, done, of: advance(text(f"cli.demonstrate.{what}"), done, of),
                processes,
            )
    except OSError as error:
        raise ExportError("export.demonstrate.cannot_write", folder=out, reason=error.strerror or error) from error
    if as_json:
        print_json({"folder": str(out), "kinds": dict(made.kinds), "splits": dict(made.splits)})
        return 0
    rows = [
        (text(f"export.demonstrate.kind.{kind}"), count, f"{count / wanted.count:.0%}")
        for kind, count in sorted(made.kinds.items(), key=lambda one: -one[1])
    ]
    print_table([text(f"cli.column.{name}") for name in ("kind", "demonstrations", "share")], rows)
    print_line(text("cli.demonstrate.written", path=out))
    return 0
