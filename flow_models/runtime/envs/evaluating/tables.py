"""The tables of a run as lines of a terminal."""

from collections.abc import Iterator, Sequence

from .figures import Share
from .plan import AXES_ALONE, BY_NAME, titled
from .results import Drop, arms_of, counted, drops, effort, ends, grouped, share, worst
from .running import Record

_WORST = 5


def lines_of(records: Sequence[Record], interface: str) -> Iterator[str]:
    """Yield the tables: shares by task, split and arm; drops; the worst values; ends; effort.

    Args:
        records: The episodes of a run.
        interface: In which they were played: values of the variation that it does not show are no worst ones.
    """
    yield from _shares(records, arms_of(records))
    yield from _drops(drops(records))
    found = worst(records, interface)[:_WORST]
    if found:
        yield ""
        yield "Worst variants:"
        yield from (f"  {titled(one.aspect)} = {one.value}: {said(one.share)}" for one in found)
    yield ""
    yield "Ends: " + ", ".join(f"{name} {count}" for name, count in ends(records).most_common())
    yield _effort(records)
    left_out = len(records) - len(counted(records))
    if left_out:
        yield f"{left_out} episodes count in no share: the site broke, or the policy did not answer."


def _drops(found: Sequence[Drop]) -> Iterator[str]:
    """Yield what each arm costs; nothing where there is nothing to set side by side."""
    if not found:
        return
    yield ""
    yield "Beside the site as drawn, the same instances and seeds:"
    for drop in found:
        low, high = drop.difference.interval
        mark = "  significant" if drop.is_significant else ""
        yield f"  {drop.split:<12}{titled(drop.arm):<28}{drop.difference.change:+.2f}  [{low:+.2f}, {high:+.2f}]{mark}"
    if any(BY_NAME[drop.arm].is_axis_alone for drop in found):
        yield f"  {AXES_ALONE}"


def _effort(records: Sequence[Record]) -> str:
    """Return what episodes took, in a sentence each."""
    took = effort(records)
    about = "" if took.is_exact else "about "
    over = f"successes took {took.over:.2f} times the shortest" if took.over else "no success beside a shortest way"
    over = over if share(records).done else "no success"
    tokens = f"Tokens: {about}{took.tokens_in:,} read, {about}{took.tokens_out:,} written."
    return f"Median steps: {took.steps:g}, {over}. {tokens}"


def _shares(records: Sequence[Record], arms: Sequence[str]) -> Iterator[str]:
    """Yield the shares of success: a row for each split and task, a column for each arm."""
    found = grouped(records, "split", "task", "arm")
    splits = list(dict.fromkeys(one["split"] for one in records))
    for split in splits:
        of_split = [one for one in records if one["split"] == split]
        yield f"{split:<24}" + "".join(f"{arm[:16]:>18}" for arm in arms)
        for task in dict.fromkeys(one["task"] for one in of_split):
            shares = (said(share(found.get((split, task, arm), ()))) for arm in arms)
            yield f"  {task[:21]:<22}" + "".join(f"{one:>18}" for one in shares)
        whole = grouped(of_split, "arm")
        yield f"  {'all':<22}" + "".join(f"{said(share(whole.get((arm,), ()))):>18}" for arm in arms)
        bounds = (share(whole.get((arm,), ())).interval for arm in arms)
        yield f"  {'95 % interval':<22}" + "".join(f"{low:>13.2f}-{high:.2f}" for low, high in bounds)


def said(found: Share) -> str:
    """Return a share as it is told."""
    return f"{found.rate:.2f} ({found.done}/{found.of})" if found.of else "-"
