"""A run as one HTML file: what it says together in plots and tables, and the episodes step by step.

It holds all that it shows and asks nobody for anything. The episodes lie in it as compressed JSON, which the browser
unpacks; a page that several of them saw is there once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ..bundle import Bundle
from . import plots
from .figures import Share, median
from .plan import AXES_ALONE, BY_NAME, FULL_ARM, HELD_OUT_ARM, PLAIN_ARM, titled
from .replaying import Projector
from .results import Drop, arms_of, counted, drops, effort, ends, format_faults, grouped, mean_reward, share, worst
from .running import Record, Run
from .viewer import packed, viewer

REPORT: Final = "report.html"
"""What the file is called in the folder of a run."""

WORST: Final = 12


def write_report(
    bundle: Bundle, run: Run, solutions: Iterable[Mapping[str, Any]], path: Path, *, shown: int = 200
) -> None:
    """Write the HTML file of a run.

    Args:
        bundle: The package; pages are what it shows now.
        run: The run.
        solutions: Solutions as demonstrations and `gymwright oracle` write them.
        path: Where it is written.
        shown: How many episodes can be stepped through, failures first.
    """
    episodes = packed(Projector(bundle, run, solutions), chosen(run.records, shown))
    title = f"{bundle.program.site.name or bundle.module}: {run.name}"
    path.write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_static('report.css')}</style></head><body><main>"
        + "".join(_sections(run, title, bundle))
        + viewer(len(run.records), episodes)
        + f"</main><script>{_static('report.js')}</script></body></html>",
        encoding="utf-8",
    )


def chosen(records: Sequence[Record], count: int) -> list[Record]:
    """Return the episodes that can be stepped through: of every split, task and arm in turn, failures first."""
    cells = [
        sorted(one, key=lambda record: record["is_success"])
        for one in grouped(records, "split", "task", "arm").values()
    ]
    deepest = max(map(len, cells), default=0)
    turns = [cell[place] for place in range(deepest) for cell in cells if place < len(cell)]
    known = {one["key"] for one in turns[:count]}
    return [one for one in records if one["key"] in known]


def _sections(run: Run, title: str, bundle: Bundle) -> Iterator[str]:
    """Yield the parts of the file before its viewer."""
    records = run.records
    splits, arms = list(dict.fromkeys(one["split"] for one in records)), arms_of(records)
    yield f"<h1>{escape(title)}</h1>"
    yield f'<p class="quiet">{_about(run, bundle)}</p>'
    yield f'<div class="tiles">{"".join(_tiles(records))}</div>'
    yield '<div class="pair">'
    alone = f" {AXES_ALONE}" if any(BY_NAME[arm].is_axis_alone for arm in arms) else ""
    note = f"95 % intervals after Wilson.{alone}"
    yield _section("Success in each arm", note, _legend(splits) + _by_arm(records, splits, arms))
    note = (
        "Change against the site as drawn: the same instances and seeds, in pairs, with Newcombe's 95 % intervals. "
        "Repeats of one instance are not independent: tests and intervals go by instances."
    )
    yield _section("What variation costs", note, _legend(splits) + _by_drop(drops(records), splits))
    yield "</div>"
    for split in splits:
        of_split = [one for one in records if one["split"] == split]
        yield _section(f"Success by task: {split} instances", "Successes of episodes.", _by_task(of_split, arms))
    yield '<div class="pair">'
    yield _section("How episodes ended", "", _legend_of_ends(records) + _by_end(records, arms))
    yield _section("Worst variants", "Over all arms; at least three episodes each.", _worst(run))
    yield "</div>"
    yield _section("Effort and cost", _cost_note(records), _efforts(records))


def _section(title: str, note: str, inner: str) -> str:
    """Return a part with its title."""
    told = f'<p class="quiet">{escape(note)}</p>' if note else ""
    return f'<section><h2>{escape(title)}</h2>{told}<div class="scroll">{inner}</div></section>'


def _about(run: Run, bundle: Bundle) -> str:
    """Return what was played, in a sentence."""
    scope = run.about["scope"]
    of_now = "" if run.about["bundle"] == bundle.hash else " The package has changed since: pages are those of today."
    return escape(
        f"{len(run.records)} episodes of {_counted(len(scope['tasks']), 'task')}, up to {scope['instances']} instances "
        f"of {' and '.join(scope['splits'])} each, in {_counted(len(scope['arms']), 'arm')}, "
        f"repeats {scope['repeats']}; seed {scope['seed']}; {run.about['interface']} interface; "
        f"package {run.about['module']}, {run.about['bundle'][:12]}.{of_now}"
    )


def _counted(count: int, what: str) -> str:
    """Return how many there are of something."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _tiles(records: Sequence[Record]) -> Iterator[str]:
    """Yield the figures that say most."""
    by_arm = grouped(records, "arm")
    for arm in (PLAIN_ARM, FULL_ARM, HELD_OUT_ARM):
        if (arm,) in by_arm:
            found = share(by_arm[arm,])
            low, high = found.interval
            yield _tile(f"{found.rate:.2f}", f"{_name(arm)}: {found.done} of {found.of}, {low:.2f} to {high:.2f}")
    took, left_out = effort(records), len(records) - len(counted(records))
    yield _tile(f"{mean_reward(records):.2f}", "mean reward")
    yield _tile(f"{took.over:.2f} x" if took.over else "-", "steps of the median success over the shortest")
    yield _tile(f"{format_faults(records).rate:.1%}", "answers without an action")
    if left_out:
        yield _tile(str(left_out), "episodes that count in no share: the site broke, or nobody answered")


def _tile(figure: str, words: str) -> str:
    """Return one figure with what it is."""
    return f'<div class="tile"><b>{escape(figure)}</b><span>{escape(words)}</span></div>'


def _name(arm: str) -> str:
    """Return an arm in words."""
    return titled(arm).replace("_", " ")


def _legend(splits: Sequence[str]) -> str:
    """Return which colour means which split."""
    told = (
        f'<span><i style="background:var(--series{place % 3})"></i>{escape(one)}</span>'
        for place, one in enumerate(splits)
    )
    return f'<div class="legend">{"".join(told)}</div>'


def _by_arm(records: Sequence[Record], splits: Sequence[str], arms: Sequence[str]) -> str:
    """Return the plot of shares."""
    found = grouped(records, "split", "arm")
    rows = {
        _name(arm): [
            plots.of_share(place % 3, share(found[split, arm]), f"{_name(arm)}, {split}")
            for place, split in enumerate(splits)
            if (split, arm) in found
        ]
        for arm in arms
    }
    return plots.dots(rows, 0, 1, "share of success")


def _by_drop(found: Sequence[Drop], splits: Sequence[str]) -> str:
    """Return the plot of changes."""
    rows: dict[str, list[plots.Dot]] = {}
    for one in found:
        dot = plots.of_difference(splits.index(one.split) % 3, one.difference, f"{BY_NAME[one.arm].about}, {one.split}")
        starred = dot._replace(number=f"{dot.number} *") if one.is_significant else dot
        rows.setdefault(_name(one.arm), []).append(starred)
    if not rows:
        return '<p class="quiet">Nothing to compare: the arm “plain” and another one are needed.</p>'
    note = '<p class="quiet">* significant on the level of 5 %, after Holm over all of these.</p>'
    return plots.dots(rows, -1, 1, "change of the share of success") + note


def _by_task(records: Sequence[Record], arms: Sequence[str]) -> str:
    """Return the table of one split: a row for each task, a column for each arm."""
    found, whole = grouped(records, "task", "arm"), grouped(records, "arm")
    rows = [
        _row(task, [_cell(share(found.get((task, arm), ()))) for arm in arms])
        for task in dict.fromkeys(one["task"] for one in records)
    ]
    total = _row("all", [_cell(share(whole.get((arm,), ()))) for arm in arms]).replace("<tr>", '<tr class="all">')
    return _table(["task", *map(_name, arms)], [*rows, total])


def _cell(found: Share) -> str:
    """Return a share as a cell."""
    if not found.of:
        return "<td>-</td>"
    told = f"{found.rate:.2f} <small>{found.done}/{found.of}</small>"
    return f'<td class="heat" style="--share:{found.rate:.2f}">{told}</td>'


def _legend_of_ends(records: Sequence[Record]) -> str:
    """Return which colour means which end."""
    told = (
        f'<span><i style="background:var(--end-{name})"></i>{escape(name.replace("_", " "))} {count}</span>'
        for name, count in ends(records).most_common()
    )
    return f'<div class="legend">{"".join(told)}</div>'


def _by_end(records: Sequence[Record], arms: Sequence[str]) -> str:
    """Return the plot of ends."""
    order = [name for name, _ in ends(records).most_common()]
    by_arm = {arm: ends(listed) for (arm,), listed in grouped(records, "arm").items()}
    rows = {_name(arm): {name: by_arm[arm][name] for name in order if by_arm[arm][name]} for arm in arms}
    return plots.bars(rows, "parts of the episodes of each arm")


def _worst(run: Run) -> str:
    """Return the table of the values with which the fewest episodes succeeded."""
    found = worst(run.records, run.about["interface"])[:WORST]
    rows = [_row(f"{titled(one.aspect)}: {one.value}", [_cell(one.share)]) for one in found]
    return _table(["value", "success"], rows) if rows else '<p class="quiet">Nothing was varied that could be seen.</p>'


def _cost_note(records: Sequence[Record]) -> str:
    """Return where the counts of tokens come from."""
    is_exact = effort(records).is_exact
    return "Tokens as they were counted." if is_exact else "Tokens where nobody counted them: four characters each."


def _efforts(records: Sequence[Record]) -> str:
    """Return the table of effort: a row for each task."""
    by_task = [(task, listed) for (task,), listed in grouped(records, "task").items()]
    rows = [_row(task, _effort(listed)) for task, listed in [*by_task, ("all", list(records))]]
    names = [
        "task",
        "episodes",
        "steps (median)",
        "over the shortest",
        "tokens read",
        "written",
        "seconds",
        "mean reward",
    ]
    return _table(names, [*rows[:-1], rows[-1].replace("<tr>", '<tr class="all">')])


def _effort(records: Sequence[Record]) -> list[str]:
    """Return the cells of one row, tokens and seconds for an episode."""
    took, count = effort(records), len(records) or 1
    cells = [str(len(records)), f"{took.steps:g}", f"{took.over:.2f} x" if took.over else "-"]
    cells += [f"{took.tokens_in / count:,.0f}", f"{took.tokens_out / count:,.0f}"]
    cells += [f"{median([one['seconds'] for one in records]):.2f}", f"{mean_reward(records):.2f}"]
    return [f"<td>{escape(cell)}</td>" for cell in cells]


def _row(name: str, cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f"<tr><td>{escape(name)}</td>{''.join(cells)}</tr>"


def _table(names: Sequence[str], rows: Iterable[str]) -> str:
    """Return a table."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _static(name: str) -> str:
    """Return the text of a file beside this module."""
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")
