"""The `gymwright` command line: reads arguments, calls `app.commands`, prints, and says by its exit code how it went.

0: done; 1: the flow has errors, or something failed, said in words; 2: the command was not understood. Every command
but `app` runs where PySide6 is absent. Modules are imported when a command needs them, so that `--help` is quick.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from flow_models.processes.child import serve_if_asked
from resources import text

SPLITS = ("train", "validation", "test")
FLOW = click.argument("flow", type=click.Path(exists=True, dir_okay=False, path_type=Path))
HTML = click.option("--html", default=None, type=click.Path(dir_okay=False, path_type=Path), help=text("cli.html"))
AS_JSON = click.option("--json", "as_json", is_flag=True, help=text("cli.json"))


def _counts(words: str) -> Callable[[Any], Any]:
    """Return the option for how many instances of each split a command makes; `words` are its help."""
    split = click.IntRange(0, 10_000)
    return click.option("--instances", nargs=3, default=(200, 50, 50), show_default=True, type=split, help=words)


@click.group(help=text("cli.about"))
@click.version_option(package_name="gymwright")
def gymwright() -> None:
    """Hold the commands together."""


@gymwright.command(help=text("cli.check.help"))
@FLOW
@click.option("--running", is_flag=True, help=text("cli.check.running"))
@AS_JSON
def check(flow: Path, running: bool, as_json: bool) -> None:  # click passes flags like this
    """List the problems of a flow."""
    from app.commands import checking

    sys.exit(checking.run(flow, running=running, as_json=as_json))


@gymwright.command(help=text("cli.audit.help"))
@FLOW
@click.option(
    "--instances", default=20, show_default=True, type=click.IntRange(1, 1000), help=text("cli.audit.instances")
)
@click.option("--task", default=None, help=text("cli.solve.task"))
@HTML
@AS_JSON
def audit(flow: Path, instances: int, task: str | None, html: Path | None, as_json: bool) -> None:
    """Check a flow and try its tasks out deep."""
    from app.commands import auditing

    sys.exit(auditing.run(flow, instances=instances, task=task, html=html, as_json=as_json))


@gymwright.command(help=text("cli.solve.help"))
@FLOW
@click.option(
    "--instances", default=20, show_default=True, type=click.IntRange(1, 1000), help=text("cli.solve.instances")
)
@click.option("--task", default=None, help=text("cli.solve.task"))
@AS_JSON
def solve(flow: Path, instances: int, task: str | None, as_json: bool) -> None:
    """Solve instances of each task."""
    from app.commands import solving

    sys.exit(solving.run(flow, instances=instances, task=task, as_json=as_json))


@gymwright.command(help=text("cli.play.help"))
@FLOW
@click.option("--task", default=None, help=text("cli.solve.task"))
@click.option("--policy", type=click.Choice(["solution", "random"]), default="solution", help=text("cli.play.policy"))
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help=text("cli.play.seed"))
@click.option("--pages", is_flag=True, help=text("cli.play.pages"))
@click.option("--walk", default=None, help=text("cli.play.walk"))
@HTML
@AS_JSON
def play(
    flow: Path,
    task: str | None,
    policy: str,
    seed: int,
    pages: bool,
    walk: str | None,
    html: Path | None,
    as_json: bool,
) -> None:
    """Play one instance, or a walk."""
    from app.commands import playing, walking

    if walk is not None:
        sys.exit(walking.run(flow, walk, html=html, as_json=as_json))
    if html is not None:
        raise click.UsageError(text("cli.play.html_alone"))
    sys.exit(playing.run(flow, task=task, policy=policy, seed=seed, pages=pages, as_json=as_json))


@gymwright.command(help=text("cli.coverage.help"))
@FLOW
@click.option(
    "--instances", default=3, show_default=True, type=click.IntRange(1, 100), help=text("cli.solve.instances")
)
@AS_JSON
def coverage(flow: Path, instances: int, as_json: bool) -> None:
    """Say what walks touch of a site, and how difficult its tasks are."""
    from app.commands import surveying

    sys.exit(surveying.run(flow, instances=instances, as_json=as_json))


@gymwright.command(help=text("cli.variants.help"))
@FLOW
@click.option(
    "--variants", default=100, show_default=True, type=click.IntRange(1, 100_000), help=text("cli.variants.variants")
)
@click.option("--no-pixels", is_flag=True, help=text("cli.variants.no_pixels"))
@AS_JSON
def variants(flow: Path, variants: int, no_pixels: bool, as_json: bool) -> None:
    """Say what varies, and as how many sites a flow appears."""
    from app.commands import varying

    sys.exit(varying.run(flow, variants=variants, pixels=not no_pixels, as_json=as_json))


@gymwright.command(help=text("cli.export.help"))
@FLOW
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help=text("cli.export.out"))
@_counts(text("cli.export.instances"))
@click.option("--bump", is_flag=True, help=text("cli.export.bump"))
@click.option("--no-verify", is_flag=True, help=text("cli.export.no_verify"))
@AS_JSON
def export(
    flow: Path,
    out: Path,
    instances: tuple[int, int, int],
    bump: bool,
    no_verify: bool,
    as_json: bool,
) -> None:
    """Export a flow as a package."""
    from app.commands import exporting

    sys.exit(exporting.run(flow, out, counts=instances, bump=bump, verify=not no_verify, as_json=as_json))


@gymwright.command(help=text("cli.oracle.help"))
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=text("cli.oracle.out"))
@click.option(
    "--split",
    "splits",
    multiple=True,
    default=SPLITS,
    show_default=True,
    type=click.Choice(SPLITS),
    help=text("cli.oracle.split"),
)
@click.option("--task", default=None, help=text("cli.solve.task"))
@_counts(text("cli.oracle.instances"))
@AS_JSON
def oracle(
    source: Path,
    out: Path,
    splits: tuple[str, ...],
    task: str | None,
    instances: tuple[int, int, int],
    as_json: bool,
) -> None:
    """Write the solutions of instances."""
    from app.commands import revealing

    sys.exit(revealing.run(source, out, counts=instances, splits=splits, task=task, as_json=as_json))


@gymwright.command(help=text("cli.demonstrate.help"))
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--count", required=True, type=click.IntRange(1, 10_000_000), help=text("cli.demonstrate.count"))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help=text("cli.demonstrate.out")
)
@click.option(
    "--format",
    "format_",
    default="chat",
    show_default=True,
    type=click.Choice(["chat", "parquet", "minari", "browsergym"]),
    help=text("cli.demonstrate.format"),
)
@click.option("--splits", default="train,validation", show_default=True, help=text("cli.demonstrate.splits"))
@click.option(
    "--variation",
    default="full",
    show_default=True,
    type=click.Choice(["none", "light", "full"]),
    help=text("cli.demonstrate.variation"),
)
@click.option("--kinds", default=None, help=text("cli.demonstrate.kinds"))
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help=text("cli.demonstrate.seed"))
@click.option("--processes", default=None, type=click.IntRange(1, 64), help=text("cli.demonstrate.processes"))
@AS_JSON
def demonstrate(
    source: Path,
    count: int,
    out: Path,
    format_: str,
    splits: str,
    variation: str,
    kinds: str | None,
    seed: int,
    processes: int | None,
    as_json: bool,
) -> None:
    """Write demonstrations of a package's tasks."""
    from app.commands import demonstrating
    from exporters.demonstrating.kinds import SHARES, Wanted, as_shares

    shares = dict(SHARES) if kinds is None else as_shares(kinds)
    named = tuple(dict.fromkeys(split.strip() for split in splits.split(",")))
    wanted = Wanted(count, named, variation, format_, seed, shares)
    sys.exit(demonstrating.run(source, out, wanted, processes=processes, as_json=as_json))


@gymwright.command(help=text("cli.diagram.help"))
@FLOW
@click.option("--out", default=None, type=click.Path(dir_okay=False, path_type=Path), help=text("cli.diagram.out"))
@AS_JSON
def diagram(flow: Path, out: Path | None, as_json: bool) -> None:
    """Draw a flow."""
    from app.commands import drawing

    sys.exit(drawing.run(flow, out, as_json=as_json))


@gymwright.command(help=text("cli.bench.help"))
@click.argument("flow", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--instances", default=20, show_default=True, type=click.IntRange(3, 1000), help=text("cli.bench.instances")
)
@click.option(
    "--seconds", default=4.0, show_default=True, type=click.FloatRange(0.1, 120), help=text("cli.bench.seconds")
)
@click.option("--quick", is_flag=True, help=text("cli.bench.quick"))
@AS_JSON
def bench(flow: Path | None, instances: int, seconds: float, quick: bool, as_json: bool) -> None:
    """Measure speed."""
    from app.commands import benching

    sys.exit(benching.run(flow, instances=instances, seconds=seconds, quick=quick, as_json=as_json))


@gymwright.command(help=text("cli.app.help"), context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def app(arguments: tuple[str, ...]) -> None:
    """Open the window."""
    try:
        from app import main as window
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        raise click.ClickException(text("cli.app.no_qt")) from error
    sys.exit(window.main(arguments))


def main() -> None:
    """Run the command line; expected failures are said in words, on the error stream, with exit code 1."""
    serve_if_asked()
    _in_words(gymwright)


def _in_words(command: Callable[..., Any]) -> None:
    """Call the command group and turn the failures that people can do something about into words."""
    from exporters.failures import FAILURES, words

    try:
        command()
    except FAILURES as error:
        click.echo(words(error), err=True)
        sys.exit(1)
