"""Ways with one mistake that is put right: a wrong input, or a wrong page.

A mistake never changes data. What comes after it is confirmed by going on to success, so nothing here has to know what
a site does with a wrong value.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from exporters.demonstrating.trail import Dice, Trail, Way
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.pages.view import Button, Field, Link, View
from flow_models.solver.variants import BlockedError

_PLACES: Final = 3
_WRONGS: Final = 3
_FILLED: Final = ("fill", "select")
_INPUTS: Final = (*_FILLED, "check", "uncheck")


def corrected(begun: Trail, plan: Sequence[Event], dice: Dice) -> Way | None:
    """Return a way on which a wrong input is put right, None if none was found."""
    places = [place for place, event in enumerate(plan) if event.kind in _FILLED]
    for place in dice.some(places, _PLACES):
        for put_right in dice.some((_at_once, _too_early, _too_late), 3):
            with suppress(BlockedError):
                found = put_right(begun.copy(), plan, place, dice)
                if found is not None:
                    return found
    return None


def left(begun: Trail, plan: Sequence[Event], dice: Dice) -> Way | None:
    """Return a way on which a wrong page is left again, None if none was found."""
    places = [place for place in range(len(plan)) if place == 0 or plan[place - 1].kind == "use"]
    for place in dice.some(places, _PLACES):
        with suppress(BlockedError):
            trail = begun.copy().follow(plan[:place])
            for wrong in dice.some(_ways_off(trail.view, plan[place], dice), _WRONGS):
                with suppress(BlockedError):
                    found = _returned(trail.copy(), wrong, plan[place:], dice)
                    if found is not None:
                        return found
    return None


def _at_once(trail: Trail, plan: Sequence[Event], place: int, dice: Dice) -> Way | None:
    """Return a way on which a field is filled wrongly, and rightly in the next step."""
    trail.follow(plan[:place])
    wrong = _wrong_input(trail.view, plan[place], dice)
    return None if wrong is None else trail.err(wrong).follow(plan[place:]).way


def _too_early(trail: Trail, plan: Sequence[Event], place: int, dice: Dice) -> Way | None:
    """Return a way on which a form is sent while a field is empty, so that the site complains."""
    del dice
    sent = _next_use(plan, place)
    trail.follow(plan[:place])
    before = trail.state
    field = trail.view.control(plan[place].block)
    if sent is None or not isinstance(field, Field) or field.text:
        return None
    trail.follow(plan[place + 1 : sent]).err(plan[sent])
    if trail.is_elsewhere(before) or trail.has_changed(before) or not trail.view.top.errors:
        return None
    return _sent_again(trail, plan, sent)


def _too_late(trail: Trail, plan: Sequence[Event], place: int, dice: Dice) -> Way | None:
    """Return a way on which a wrong input is noticed when the form was sent: the site complains, or shows it."""
    sent = _next_use(plan, place)
    trail.follow(plan[:place])
    wrong, before = _wrong_input(trail.view, plan[place], dice), trail.state
    if sent is None or wrong is None:
        return None
    trail.err(wrong).follow(plan[place + 1 : sent]).err(plan[sent])
    if trail.has_changed(before):
        return None
    if trail.is_elsewhere(before):
        trail.follow([Event("back")])
        if trail.is_elsewhere(before):
            return None
    elif not trail.view.top.errors and trail.state.notices == before.notices:
        return None
    return _sent_again(trail, plan, sent)


def _sent_again(trail: Trail, plan: Sequence[Event], sent: int) -> Way | None:
    """Return a way on which all fields of a form are made right, and it is sent again."""
    first = next((place + 1 for place in reversed(range(sent)) if plan[place].kind not in _INPUTS), 0)
    for event in plan[first:sent]:
        if not trail.holds(event):
            trail.follow([event])
    return trail.follow(plan[sent:]).way


def _next_use(plan: Sequence[Event], place: int) -> int | None:
    """Return where the form is sent to which an input belongs."""
    return next((later for later in range(place + 1, len(plan)) if plan[later].kind == "use"), None)


def _wrong_input(view: View, right: Event, dice: Dice) -> Event | None:
    """Return an input like one who errs makes it: another choice, or a slip of the keys."""
    field = view.control(right.block)
    if not isinstance(field, Field):
        return None
    texts = _slips(right.value) if right.kind == "fill" else (key for key, _ in field.options if key)
    wrong = [text for text in texts if text not in ("", right.value, field.text)]
    found = next(dice.some(wrong, 1), None)
    return None if found is None else right._replace(value=found)


def _slips(text: str) -> Iterator[str]:
    """Yield what somebody may type instead of a text: a character left out, or two in the other order."""
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]
        yield text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def _ways_off(view: View, right: Event, dice: Dice) -> list[Event]:
    """Return what leads to another page than the right one: the same thing of other rows, or else links."""
    controls = [one for one in view.controls() if isinstance(one, Button | Link)]
    rows = [one for one in controls if one.id == right.block and one.row not in ("", right.row)]
    links = [one for one in controls if isinstance(one, Link) and one.href not in ("", view.path)]
    chosen = rows if rows and dice.is_heads() else links
    return [Event("use", one.id, one.row) for one in chosen if (one.id, one.row) != right[1:3]]


def _returned(trail: Trail, wrong: Event, rest: Sequence[Event], dice: Dice) -> Way | None:
    """Return a way on which a wrong page is opened and left: by what leads on from there too, or by going back."""
    before = trail.state
    trail.err(wrong)
    if not trail.is_elsewhere(before) or trail.has_changed(before):
        return None
    leads_on = rest[0].kind == "use" and trail.view.control(rest[0].block, rest[0].row) is not None
    if not leads_on or dice.is_heads():
        trail.follow([Event("back")])
        if trail.is_elsewhere(before):
            return None
    return trail.follow(rest).way
