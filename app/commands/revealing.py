"""`gymwright oracle`: the solutions of a flow's or a package's instances, written to a file of their own."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from app.commands.console import print_json, print_line, print_table, progress_bars
from exporters.oracle import check_place, solutions
from flow_models.document.disk import write_text
from resources import text


def run(
    source: Path, out: Path, *, counts: tuple[int, int, int], splits: Sequence[str], task: str | None, as_json: bool
) -> int:
    """Solve afresh and write one line of JSON for each solution.

    Raises:
        DocumentError: The file is not a flow, or the solutions cannot be written.
        CompileError: The flow has mistakes.
        BundleError: The package is incomplete or damaged.
        ExportError: The package is none that can be solved here, or the file would lie in it.
    """
    check_place(source, out)
    with progress_bars(quiet=as_json) as advance:

        def named(stage: str, done: int, of: int, _task: str = "", /) -> None:
            advance(text(f"export.doing.{stage}"), done, of)

        found = solutions(source, counts, splits, task, named)
    write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in found), out)
    written = Counter((record["task"], record["split"]) for record in found)
    if as_json:
        print_json({"file": str(out), "solutions": [[*place, count] for place, count in written.items()]})
    else:
        print_table([text(f"cli.column.{name}") for name in ("task", "split", "solutions")], _rows(written))
        print_line(text("cli.oracle.written", path=out))
    return 0


def _rows(written: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Return a row for each task and split."""
    return [(task, split, count) for (task, split), count in written.items()]
