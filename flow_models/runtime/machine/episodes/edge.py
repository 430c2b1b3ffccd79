"""What an event brings at a node of a graph; the nodes are in `graph`."""

from typing import Any, NamedTuple

from ..base.results import Result
from .aftermath import Aftermath


class Edge(NamedTuple):
    """What an event brings: the node behind it, and the result, which all edges with an equal one share.

    `aftermath` is what it leaves behind besides, None for a step that leaves nothing, or where nobody remembers.
    """

    node: Any
    result: Result
    aftermath: Aftermath | None = None

    @property
    def reward(self) -> float:
        """The sum of the reward's parts."""
        return self.result.reward

    @property
    def terminated(self) -> bool:
        """Whether the task is over."""
        return self.result.terminated

    @property
    def truncated(self) -> bool:
        """Whether the episode is broken off; the step limit is counted by whoever walks."""
        return self.result.truncated

    @property
    def end_reason(self) -> str:
        """Why it ends there, empty if it goes on."""
        return self.result.end_reason

    @property
    def reward_parts(self) -> tuple[float, ...]:
        """The parts of the reward, in the order of `REWARD_PARTS`."""
        return self.result.reward_parts
