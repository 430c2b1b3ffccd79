"""The tables of a run as lines of a terminal."""

from collections.abc import Iterator, Sequence

from .figures import Share
from .results import arms_of, counted, drops, effort, ends, grouped, share, worst
from .running import Record

_WORST = 5


def lines_of(records: Sequence[Record]) -> Iterator[str]:
    """Yield the tables: shares by task, split and arm; drops; the worst values; ends; effort."""
    arms = arms_of(records)
    yield from _shares(records, arms)
    yield ""
    yield "Beside the site as drawn, the same instances and seeds:"
    for drop in drops(records):
        low, high = drop.difference.interval
        mark = "  significant" if drop.is_significant else ""
        yield f"  {drop.split:<12}{drop.arm:<24}{drop.difference.change:+.2f}  [{low:+.2f}, {high:+.2f}]{mark}"
    if worst(records):
        yield ""
        yield "Worst variants:"
        yield from (f"  {one.aspect} = {one.value}: {said(one.share)}" for one in worst(records)[:_WORST])
    yield ""
    yield "Ends: " + ", ".join(f"{name} {count}" for name, count in ends(records).most_common())
    took = effort(records)
    about = "" if took.is_exact else "about "
    yield (
        f"Steps: {took.steps:g} in the middle, successes {took.over:.2f} times the shortest. "
        f"Tokens: {about}{took.tokens_in:,} read, {about}{took.tokens_out:,} written."
    )
    left_out = len(records) - len(counted(records))
    if left_out:
        yield f"{left_out} episodes count in no share: the site broke, or the policy did not answer."


def _shares(records: Sequence[Record], arms: Sequence[str]) -> Iterator[str]:
    """Yield the shares of success: a row for each split and task, a column for each arm."""
    found = grouped(records, "split", "task", "arm")
    splits = list(dict.fromkeys(one["split"] for one in records))
    for split in splits:
        of_split = [one for one in records if one["split"] == split]
        yield f"{split:<24}" + "".join(f"{arm[:13]:>14}" for arm in arms)
        for task in dict.fromkeys(one["task"] for one in of_split):
            shares = (said(share(found.get((split, task, arm), ()))) for arm in arms)
            yield f"  {task[:21]:<22}" + "".join(f"{one:>14}" for one in shares)
        whole = grouped(of_split, "arm")
        yield f"  {'all':<22}" + "".join(f"{said(share(whole.get((arm,), ()))):>14}" for arm in arms)
        bounds = (share(whole.get((arm,), ())).interval for arm in arms)
        yield f"  {'95 % interval':<22}" + "".join(f"{low:>9.2f}-{high:.2f}" for low, high in bounds)


def said(found: Share) -> str:
    """Return a share as it is told."""
    return f"{found.rate:.2f} ({found.done}/{found.of})" if found.of else "-"
