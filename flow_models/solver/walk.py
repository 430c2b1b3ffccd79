"""A walk: an instance, what is done in it and what is to be looked at; a value that anyone can keep and play again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State, Step
from flow_models.runtime.machine.base.variant import PLAIN, Variant


class Walk(NamedTuple):
    """Something that happened in an instance, so that it can be shown and not only told.

    Attributes:
        task: The task's name.
        seed: What draws the instance.
        events: What was done, step by step.
        variant: How the site appeared.
        look: The id of the block or page to look at once all is done; empty for the whole page.
    """

    task: str
    seed: int
    events: tuple[Event, ...] = ()
    variant: Variant = PLAIN
    look: str = ""

    def start(self, machine: Machine) -> Start:
        """Return the instance as it is drawn.

        Raises:
            DrawError: The flow has no such instance any more.
        """
        return machine.draw(self.task, self.seed, self.variant)

    def played(self, machine: Machine) -> Iterator[Step]:
        """Yield what each event does, until one cannot be done; whoever stopped early finds fewer than `events`.

        Raises:
            DrawError: The flow has no such instance any more.
        """
        start = self.start(machine)
        state = start.state
        for event in self.events:
            step = machine.step(start, state, event)
            yield step
            if step.error or step.fault:
                return
            state = step.state

    def as_data(self) -> dict[str, Any]:
        """Return the walk as JSON tells it; what is as drawn is left out."""
        events = [{name: value for name, value in event._asdict().items() if value} for event in self.events]
        return {
            "task": self.task,
            "seed": self.seed,
            "variant": self.variant.fields,
            "events": events,
            "look": self.look,
        }


def walk_of(data: Mapping[str, Any]) -> Walk:
    """Return the walk that JSON tells.

    Raises:
        KeyError: Something is missing.
        TypeError: Something is not of a walk.
    """
    events = tuple(Event(**event) for event in data["events"])
    return Walk(data["task"], data["seed"], events, Variant(**data.get("variant", {})), data.get("look", ""))


def walk_in(start: Start, events: tuple[Event, ...] = (), look: str = "") -> Walk:
    """Return a walk through an instance that has been drawn."""
    return Walk(start.task, start.seed, events, start.variant, look)


def states_of(machine: Machine, start: Start, events: Sequence[Event]) -> tuple[State, ...]:
    """Return the states from the start through some events; fewer if one of them cannot be done."""
    found = [start.state]
    for event in events:
        step = machine.step(start, found[-1], event)
        if step.error or step.fault:
            break
        found.append(step.state)
    return tuple(found)
