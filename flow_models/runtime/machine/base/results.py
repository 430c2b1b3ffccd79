"""What an episode tells its driver after each step."""

from collections.abc import Sequence
from typing import Final, NamedTuple

END_REASONS: Final = (
    "",
    "success",
    "failure",
    "answered_wrong",
    "infeasible_reported",
    "step_limit",
    "environment_error",
)
"""Why an episode ended, in the order of their numbers in infos; 0 means that it still runs."""

REWARD_PARTS: Final = ("success", "milestones", "step_cost")
"""What a reward is made of, in the order of `Result.reward_parts`."""


class Verdict(NamedTuple):
    """How a state stands with respect to its task: the number of the first holding failure rule or -1, and so on."""

    failure: int
    success: bool
    milestones: tuple[bool, ...]
    fault: str = ""


class Result(NamedTuple):
    """What one step of an episode brought; `reward` is the sum of `reward_parts`."""

    reward: float
    terminated: bool
    truncated: bool
    end_reason: str
    error: str
    transition: str | None
    reward_parts: tuple[float, ...]


def together(results: Sequence[Result]) -> Result:
    """Return what several steps brought as one."""
    if len(results) == 1:
        return results[0]
    parts = tuple(sum(part) for part in zip(*(result.reward_parts for result in results), strict=True))
    return results[-1]._replace(reward=sum(result.reward for result in results), reward_parts=parts)
