"""One play: an episode with its whole past, so that one can go back, branch, and play it again on another program.

No Qt and no threads here; `backstage` sees to it that one thread at a time is inside.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from app.preview.following import Misfit, follow, is_aside, let_through, make_way, misfit_of
from flow_models.runtime.machine import Episode, Event, FormulaFaultError, Machine, Result, Start, State
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.pages.view import Field, View
from flow_models.solver.doing import called


@dataclass(frozen=True)
class Origin:
    """Where a play or a picture begins.

    Attributes:
        task: The task's name; empty for a visit.
        seed: The seed of the task's instance.
        rules: Whether the task is what is played; else it only lends its data.
        way: What has been done before the play begins.
        page: The page that is then shown by hand; empty if the way leads there.
        data: Data changed by hand before that, variables by name and stored values by (table, row key, column).
        variant: How the site appears.
    """

    task: str = ""
    seed: int = 0
    rules: bool = False
    way: tuple[Event, ...] = ()
    page: str = ""
    data: "Edit | None" = None
    variant: Variant = PLAIN


class Edit(NamedTuple):
    """Data changed by hand: values by variable, and by (table, row key, column)."""

    variables: tuple[tuple[str, object], ...] = ()
    cells: tuple[tuple[str, str, str, object], ...] = ()

    def joined(self, other: "Edit") -> "Edit":
        """Return both changes as one; the other one comes later."""
        variables = {**dict(self.variables), **dict(other.variables)}
        cells = {cell[:3]: cell for cell in (*self.cells, *other.cells)}
        return Edit(tuple(variables.items()), tuple(cells.values()))

    def applied(self, machine: Machine, state: State) -> State:
        """Return the state with the changes.

        Raises:
            FormulaFaultError: A value is not one of its type.
            KeyError: What should change is not there.
        """
        rows: dict[str, dict[str, dict[str, object]]] = {}
        for table, key, column, value in self.cells:
            rows.setdefault(table, {}).setdefault(key, {})[column] = value
        return machine.edited(state, dict(self.variables), rows)


class Stop(NamedTuple):
    """Why a play could not be played again to its end: the number of the step, what is wrong, and the site's words."""

    number: int
    why: Misfit
    detail: str = ""


@dataclass(frozen=True)
class Moment:
    """One step of a play with everything that held after it.

    Attributes:
        action: What was done; None for the beginning.
        target: What the used control was called.
        choice: What the chosen option was called.
        transition: The transition that was taken.
        error: Why the step was refused.
        reward: What the step brought.
        episode: The attempt as it then was; nobody steps it.
        refused: The title and the message of the first field that the page refused, if any.
    """

    action: "Event | Edit | None"
    target: str
    choice: str
    transition: str | None
    error: str
    reward: float
    episode: Episode
    refused: tuple[str, str] | None = None


def begun(machine: Machine, origin: Origin) -> tuple[Start, State]:
    """Return the instance and the state where something begins.

    Raises:
        MachineError: The task is not there or has no instance for this seed.
        KeyError: Data that was changed by hand is not there.
        FormulaFaultError: Data that was changed by hand is of another type.
    """
    variant = origin.variant
    start = machine.draw(origin.task, origin.seed, variant) if origin.task else machine.visit(variant)
    if not origin.rules:
        start = start._replace(task="", goal="")
    walker = Walker(machine, start)
    for event in origin.way:
        follow(walker, event)
    state = walker.state
    if origin.data is not None:
        state = origin.data.applied(machine, state)
    if origin.page and state.top.page != origin.page:
        state = machine.placed(start, state, origin.page)
    if not origin.rules:
        start = start._replace(state=state, before=state.tables)
    return start, state


class Walker:
    """Goes through a site from the start of an instance, without an attempt that is scored.

    Attributes:
        state: The present state.
        events: What has been done.
    """

    end_reason = ""

    def __init__(self, machine: Machine, start: Start) -> None:
        self._machine = machine
        self._start = start
        self.state = start.state
        self.events: list[Event] = []

    @property
    def view(self) -> View:
        """What the page shows."""
        return self._machine.view(self._start, self.state)

    def step(self, event: Event) -> None:
        """Do one event."""
        self.events.append(event)
        self.state = self._machine.step(self._start, self.state, event).state


class Play:
    """An episode in the browser; what `site.web` needs of an episode, and the past besides.

    Attributes:
        moments: The beginning and every step; those behind `at` were taken back and can be taken again.
        at: The moment that is shown.
        lost: Actions that no longer fit after the flow was edited; they are tried again with the next edit.
        stop: Why they do not fit.
    """

    def __init__(self, machine: Machine, origin: Origin) -> None:
        """Begin a play.

        Raises:
            MachineError: The task is not there or has no instance for this seed.
            KeyError: Data that was changed by hand is not there.
            FormulaFaultError: Data that was changed by hand is of another type.
        """
        self.machine = machine
        self.origin = origin
        self.start, state = begun(machine, origin)
        self.moments = [Moment(None, "", "", None, "", 0.0, Episode(machine, self.start).at(state))]
        self.at = 0
        self.lost: tuple[tuple[Event | Edit, str, str], ...] = ()
        self.stop: Stop | None = None

    @property
    def moment(self) -> Moment:
        """The moment that is shown."""
        return self.moments[self.at]

    @property
    def view(self) -> View:
        """What the page shows now."""
        return self.moment.episode.view

    @property
    def state(self) -> State:
        """The present state."""
        return self.moment.episode.state

    @property
    def end_reason(self) -> str:
        """Why the episode has ended, empty while it runs."""
        return self.moment.episode.end_reason

    def step(self, event: Event) -> Result:
        """Do one event; what had been taken back is forgotten.

        Typing on in the same field counts as one step, as it is for an agent.
        """
        self._forget()
        if event.kind == "fill" and self._is_typing_on(event):
            self.at -= 1
            self.moments.pop()
        target, choice = called(self.view, event)
        episode = self.moment.episode.copy()
        result = episode.step(event)
        refused = None if result.transition else _refused(episode.view, event)
        self._add(Moment(event, target, choice, result.transition, result.error, result.reward, episode, refused))
        return result

    def edit(self, edit: Edit) -> None:
        """Change data by hand.

        Raises:
            FormulaFaultError: A value is not one of its type.
            KeyError: What should change is not there.
        """
        episode = self.moment.episode.at(edit.applied(self.machine, self.state))
        self._forget()
        self._add(Moment(edit, "", "", None, "", 0.0, episode))

    def jump(self, number: int) -> None:
        """Show another moment; the steps after it stay to be taken again until something else is done."""
        self.at = min(max(number, 0), len(self.moments) - 1)

    def make_infeasible(self) -> None:
        """Take note that the instance cannot be done, so that reporting this is right."""
        self.moments = [replace(moment, episode=moment.episode.known_infeasible()) for moment in self.moments]

    def on(self, machine: Machine, variant: Variant | None = None) -> "Play":
        """Return the same play on another program, or in another variant: all that was done, as far as it still fits.

        Raises:
            MachineError: The task is not there any more or has no instance for this seed.
            KeyError: Data that was changed by hand is not there.
            FormulaFaultError: Data that was changed by hand is of another type.
        """
        origin = self.origin if variant is None else replace(self.origin, variant=variant)
        again = Play(machine, origin)
        script = [
            (moment.action, moment.target, moment.choice) for moment in self.moments[1:] if moment.action is not None
        ] + list(self.lost)
        is_at_end = bool(self.lost) or self.at == len(self.moments) - 1
        for number, (action, *_) in enumerate(script):
            again.stop = again.retry(action)
            if again.stop is not None:
                again.lost = tuple(script[number:])
                break
        again.jump(len(again.moments) if is_at_end else self.at)
        return again

    def retry(self, action: Event | Edit) -> Stop | None:
        """Do an action again, with what it takes to be able to in this variant, or return why it does not fit."""
        if isinstance(action, Edit):
            try:
                self.edit(action)
            except (KeyError, FormulaFaultError):
                return Stop(len(self.moments), "data")
            return None
        if is_aside(self.view, action):
            return None
        make_way(self, action)
        misfit = misfit_of(self.view, action, is_over=bool(self.end_reason))
        if misfit is not None:
            return Stop(len(self.moments), misfit)
        result = self.step(action)
        if result.error and action.kind != "reject":
            self.moments.pop()
            self.at -= 1
            return Stop(len(self.moments), "refused", result.error)
        let_through(self, action)
        return None

    def _add(self, moment: Moment) -> None:
        self.moments.append(moment)
        self.at += 1

    def _forget(self) -> None:
        """Drop what was taken back, and what no longer fitted."""
        del self.moments[self.at + 1 :]
        self.lost, self.stop = (), None

    def _is_typing_on(self, event: Event) -> bool:
        last = self.moment.action
        return isinstance(last, Event) and last.kind == "fill" and last.block == event.block and not self.end_reason


def _refused(view: View, event: Event) -> tuple[str, str] | None:
    """Return the title of the first field that a page refuses when a button is used, and its message."""
    fields = (control for control in view.controls() if isinstance(control, Field) and control.error)
    first = next(fields, None) if event.kind == "use" else None
    return None if first is None else (first.title, first.error)


class Picture:
    """A page to look at: nothing that is done there has an effect."""

    end_reason = "picture"

    def __init__(self, machine: Machine, start: Start, state: State) -> None:
        self.machine = machine
        self.start = start
        self.state = state

    @property
    def view(self) -> View:
        """What the page shows."""
        return self.machine.view(self.start, self.state)

    def step(self, event: Event) -> Result:
        """Do nothing; the session asks for no step once there is an end reason."""
        del event
        return Result(0.0, False, False, self.end_reason, "", None, (0.0, 0.0, 0.0))
