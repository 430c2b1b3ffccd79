"""What BrowserGym's two adapters tell of a step as `info["task_info"]`: in names, where environments have numbers."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from ...machine.base.results import END_REASONS, REWARD_PARTS
from ..attempt import Attempt
from ..dialogue.episode import FAULTS


def task_info(attempt: Attempt[Any], parts: Iterable[tuple[float, ...]]) -> dict[str, Any]:
    """Return what is told of a step of an attempt.

    Args:
        attempt: The attempt.
        parts: The reward parts of what happened since the last call, in the order of `REWARD_PARTS`.

    Returns:
        `task`, `instance`, `variant` (its seed), `steps`, `end_reason` (of `END_REASONS`, empty while running),
        `reward_parts` (by the names of `REWARD_PARTS`), `is_truncated` (whether it was ended from outside: the step
        limit, or a fault of the site) and `is_fault`.
    """
    summed = np.zeros(len(REWARD_PARTS))
    for one in parts:
        summed += np.array(one)
    told = attempt.info(summed)
    reason = END_REASONS[told["end_reason"]]
    return {
        "task": attempt.bundle.task_names[told["task"]],
        "instance": told["instance"],
        "variant": told["variant"],
        "steps": told["steps"],
        "end_reason": reason,
        "reward_parts": dict(zip(REWARD_PARTS, map(float, summed), strict=True)),
        "is_truncated": reason in FAULTS | {"step_limit"},
        "is_fault": reason in FAULTS,
    }
