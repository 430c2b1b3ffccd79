"""What the window knows of the preview at one moment: frozen values, made in the preview's thread. No Qt here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.preview.play import Edit, Moment, Origin, Play, Stop
from flow_models.compiler import LeftOut
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Explained
from flow_models.solver.data_lines import Data

Mode = Literal["empty", "page", "play"]


@dataclass(frozen=True)
class StepLine:
    """One line of the log.

    Attributes:
        number: The moment to which one can go back; 0 is the beginning. -1 for what no longer fits.
        action: What was done.
        target: What the used control was called.
        choice: What the chosen option was called.
        page: The page (or dialog) that was shown afterwards.
        transition: The transition that was taken.
        error: Why the step was refused.
        reward: What the step brought.
        end_reason: How the step ended the episode, else empty.
        refused: The title and the message of the first field that the page refused, if any.
    """

    number: int
    action: Event | Edit | None
    target: str
    choice: str
    page: str = ""
    transition: str | None = None
    error: str = ""
    reward: float = 0.0
    end_reason: str = ""
    refused: tuple[str, str] | None = None


@dataclass(frozen=True)
class Snapshot:
    """Everything that the window shows of the preview.

    Attributes:
        serial: Counts up; a later one replaces an earlier one.
        flow: The flow that was compiled.
        mode: `empty` (nothing can be shown), `page` (a picture of the selected page) or `play`.
        wanted: The page that was asked for in mode `page`.
        page: The page or dialog that is shown; empty for the built-in ones.
        title: Its title as shown.
        url: Its address on the site.
        origin: Where the picture or play begins.
        left_out: Parts of the flow that are broken and therefore not there.
        looks: The titles of the site's looks by name.
        trouble: A message id, if nothing can be shown.
        detail: What the message says more.
        is_answered: Whether the browser has this page already, because it asked for it.
        steps: The log.
        at: The shown moment.
        stop: Why later steps no longer fit.
        goal: What the agent is asked.
        max_steps: The step limit of the task; 0 without one.
        made: Steps made so far, as the task counts them.
        total: The reward so far.
        end_reason: How the episode ended, empty while it runs.
        fault: Which formula failed.
        is_question: Whether the task expects an answer.
        explained: Every transition of the shown page, and why it cannot be taken.
        data: The site's data.
    """

    serial: int
    flow: Flow
    mode: Mode
    wanted: str = ""
    page: str = ""
    title: str = ""
    url: str = ""
    origin: Origin = field(default_factory=Origin)
    left_out: tuple[LeftOut, ...] = ()
    looks: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    detail: str = ""
    is_answered: bool = False
    steps: tuple[StepLine, ...] = ()
    at: int = 0
    stop: Stop | None = None
    goal: str = ""
    max_steps: int = 0
    made: int = 0
    total: float = 0.0
    end_reason: str = ""
    fault: str = ""
    is_question: bool = False
    explained: tuple[Explained, ...] = ()
    data: Data = field(default_factory=Data)

    @property
    def last_transition(self) -> str | None:
        """The transition that led to the shown moment."""
        return self.steps[self.at].transition if self.mode == "play" and self.at < len(self.steps) else None


def lines_of(play: Play) -> tuple[StepLine, ...]:
    """Return the log of a play: all moments, then what no longer fits."""
    lost = [StepLine(-1, action, target, choice) for action, target, choice in play.lost]
    return (*(_line(number, moment) for number, moment in enumerate(play.moments)), *lost)


def total_of(play: Play) -> float:
    """Return the reward up to the shown moment."""
    return sum(moment.reward for moment in play.moments[: play.at + 1])


def _line(number: int, moment: Moment) -> StepLine:
    return StepLine(
        number,
        moment.action,
        moment.target,
        moment.choice,
        moment.episode.state.top.page,
        moment.transition,
        moment.error,
        moment.reward,
        moment.episode.end_reason,
        moment.refused,
    )
