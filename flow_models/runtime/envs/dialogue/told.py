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


def is_truncated(told: Mapping[str, Any]) -> bool:
    """Say whether an attempt was ended from outside: by the step limit, or by a fault of the site."""
    return bool(told["is_fault"]) or told["end_reason"] == "step_limit"
