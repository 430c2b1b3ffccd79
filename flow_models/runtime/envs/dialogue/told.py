"""What is told of a step in names, where the infos of environments have numbers."""

from collections.abc import Mapping
from typing import Any, Final

from ...machine.base.results import END_REASONS, REWARD_PARTS
from ..bundle import Bundle

FAULTS: Final = frozenset({"environment_error"})
"""Ends that say nothing about the agent: such a rollout is dropped, never counted as a failure."""


def in_names(bundle: Bundle, info: Mapping[str, Any]) -> dict[str, Any]:
    """Return the info of an environment in names.

    Returns:
        `task`, `instance`, `variant` (its seed), `steps`, `end_reason` (of `END_REASONS`, empty while running),
        `reward_parts` (by the names of `REWARD_PARTS`) and `is_fault` (whether the site itself broke, so that the
        rollout has to be dropped).
    """
    reason = END_REASONS[info["end_reason"]]
    return {
        "task": bundle.task_names[info["task"]],
        "instance": info["instance"],
        "variant": info["variant"],
        "steps": info["steps"],
        "end_reason": reason,
        "reward_parts": dict(zip(REWARD_PARTS, map(float, info["reward_parts"]), strict=True)),
        "is_fault": reason in FAULTS,
    }


def in_task_info(bundle: Bundle, info: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same for BrowserGym's `task_info`, with `is_truncated`, since its tasks can only end.

    An attempt is truncated by the step limit, and by a fault of the site.
    """
    told = in_names(bundle, info)
    return {**told, "is_truncated": told["is_fault"] or told["end_reason"] == "step_limit"}
