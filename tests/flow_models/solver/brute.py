"""The slow way to the same answers: breadth first over single steps, with a given set of texts to type."""

from collections import deque
from collections.abc import Iterator, Sequence

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages.view import Button, Field


def shortest(
    machine: Machine,
    start: Start,
    texts: Sequence[str],
    most: int = 60_000,
    *,
    with_addresses: bool = False,
    deepest: int = 1_000,
) -> int | None:
    """Return the length of a shortest way to success, or None if every state was visited without it.

    States that take `deepest` steps are not gone on from.

    Raises:
        AssertionError: There are more states than a test should visit.
    """
    seen = {machine.key(start, start.state, focus=False)}
    waiting: deque[tuple[State, int]] = deque([(start.state, 0)])
    while waiting:
        state, steps = waiting.popleft()
        if steps >= deepest:
            return None
        for event in _events(machine, start, state, texts, with_addresses=with_addresses):
            step = machine.step(start, state, event)
            if step.error or step.fault:
                continue
            verdict = machine.verdict(start, step.state)
            if verdict.failure >= 0:
                continue
            if verdict.success:
                return steps + 1
            key = machine.key(start, step.state, focus=False)
            if key not in seen:
                seen.add(key)
                assert len(seen) < most, "too many states for a test"
                waiting.append((step.state, steps + 1))
    return None


def _events(
    machine: Machine, start: Start, state: State, texts: Sequence[str], *, with_addresses: bool
) -> Iterator[Event]:
    """Yield every single step that could matter."""
    yield Event("noop")
    for page in machine.program.pages:
        path = machine.address(start, state, page) if with_addresses else ""
        if path:
            yield Event("goto", value=path)
    for control in machine.view(start, state).controls():
        if not isinstance(control, Field):
            if not isinstance(control, Button) or control.enabled:
                yield Event("use", control.id, control.row)
        elif control.kind == "choice_field":
            yield from (Event("select", control.id, "", key) for key, _ in control.options)
        elif control.kind == "checkbox":
            yield Event("uncheck" if control.text else "check", control.id)
        else:
            yield from (Event("fill", control.id, "", text) for text in texts)
