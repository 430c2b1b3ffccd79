"""What clicks mean: one with the left button uses a control, the right one moves the focus; and two in a row."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from ..machine.base.events import Event
from ..machine.base.values import on_scale
from ..machine.pages.fields import TICKED
from ..machine.pages.uses import LABELLED, giving, scale_of
from .actions import ActionError, Call, failure
from .aiming import Aimed, Page, aimed_at
from .elements import BOX, BUTTON, EXPANDED, LINK, RADIO, SELECT, SLIDER, TICK
from .keyboard import is_open, line_of, selected

_Meaning = Callable[[Aimed, Page], Event]


def click(call: Call, page: Page) -> Event:
    """Return the event of a click.

    Raises:
        ActionError: The element takes none, or not such a one.
    """
    return _clicked(call, page, _CLICKS, _click_into)


def dblclick(call: Call, page: Page) -> Event:
    """Return the event of two clicks in a row.

    The second click meets the document of the first: a button that has been used is used no more, and what has been
    ticked is ticked back, unless the site heard of the first. On a label, the second takes the focus away.

    Raises:
        ActionError: The element takes none, or not such ones.
    """
    return _clicked(call, page, _DOUBLE_CLICKS, _click_twice)


def _clicked(call: Call, page: Page, meanings: Mapping[str, _Meaning], otherwise: _Meaning) -> Event:
    """Return the event of a click or two, by what they mean on each kind of control."""
    aimed = aimed_at(call, page)
    if call.button() == "right":
        return _click_aside(aimed, page)
    if aimed is None:
        return Event("blur")
    return meanings.get(aimed.target.kind, otherwise)(aimed, page)


def _click_into(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click that moves the focus and does nothing else."""
    return Event("focus", aimed.target.block)


def _click_box(aimed: Aimed, page: Page) -> Event:
    """Return the event of a click into a box; one on its label only moves the focus.

    Where the caret goes depends on pixels; it is put behind the text, where it goes if the text is short.
    """
    line = line_of(aimed.field, page.carets)
    return _click_into(aimed, page) if aimed.by_label else selected(aimed.field, line.ended(), page.carets)


def _click_aside(aimed: Aimed | None, page: Page) -> Event:
    """Return the event of a click with the right button: it moves the focus, and not by a label."""
    if aimed is None or aimed.by_label:
        return Event("blur")
    if aimed.target.kind == BOX:
        return _click_box(aimed, page)
    is_list_open = aimed.target.kind == SELECT and is_open(page.view, aimed.target)
    return Event("focus", aimed.target.block, aimed.target.row, EXPANDED if is_list_open else aimed.target.option)


def _click_twice(aimed: Aimed, page: Page) -> Event:
    """Return the event of two clicks of which the second changes nothing but takes the focus from a label."""
    return Event("blur") if aimed.by_label else _CLICKS.get(aimed.target.kind, _click_into)(aimed, page)


def _toggle_twice(aimed: Aimed, page: Page) -> Event:
    """Return the event of two clicks on a checkbox."""
    if aimed.target.block in page.site.listening:
        return _toggle(aimed, page)
    return Event("blur") if aimed.by_label else _click_into(aimed, page)


def _choose_twice(aimed: Aimed, page: Page) -> Event:
    """Return the event of two clicks on a radio button.

    Raises:
        ActionError: Its label would choose it and lose the focus, which no single step does.
    """
    is_chosen = aimed.field.text == aimed.target.option
    if not aimed.by_label or (aimed.target.block in page.site.listening and not is_chosen):
        return _choose(aimed, page)
    if is_chosen:
        return Event("blur")
    raise ActionError(failure("dblclick", LABELLED))


def _open_twice(aimed: Aimed, page: Page) -> Event:
    """Return the event of two clicks on a drop-down: its list is as before."""
    return Event("blur") if aimed.by_label else _click_aside(aimed, page)


def _select_word(aimed: Aimed, page: Page) -> Event:
    """Return the event of two clicks into a box: as for one, the place is that behind the text."""
    if aimed.by_label:
        return Event("blur")
    return selected(aimed.field, line_of(aimed.field, page.carets).last_word(), page.carets)


def _use(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click on a button or link."""
    return Event("use", aimed.target.block, aimed.target.row)


def _toggle(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click on a checkbox."""
    return giving(aimed.field, "" if aimed.field.text == TICKED else TICKED)[0]


def _choose(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click on a radio button."""
    return giving(aimed.field, aimed.target.option)[0]


def _slide(aimed: Aimed, page: Page) -> Event:
    """Return the event of a click on a slider: Playwright clicks in the middle of an element, and there goes the thumb.

    A click on the label only moves the focus.
    """
    scale = scale_of(aimed.field)
    least, most = scale.start, scale.stop - 1
    middle = str(on_scale(str(least + Decimal(most - least) / 2), least, most, scale.step))
    if aimed.by_label or middle == aimed.field.text:
        return _click_into(aimed, page)
    return giving(aimed.field, middle)[0]


def _open(aimed: Aimed, page: Page) -> Event:
    """Return the event of a click on a drop-down: it opens the list or closes it; one on the label does neither."""
    opens = not aimed.by_label and not is_open(page.view, aimed.target)
    return Event("focus", aimed.target.block, value=EXPANDED if opens else "")


_CLICKS: Final[Mapping[str, _Meaning]] = {
    BUTTON: _use,
    LINK: _use,
    TICK: _toggle,
    RADIO: _choose,
    SLIDER: _slide,
    SELECT: _open,
    BOX: _click_box,
}
"""What a click does with a control; with all others it moves the focus there."""

_DOUBLE_CLICKS: Final[Mapping[str, _Meaning]] = {
    BUTTON: _use,
    LINK: _use,
    TICK: _toggle_twice,
    RADIO: _choose_twice,
    SELECT: _open_twice,
    BOX: _select_word,
}
"""What two clicks do with a control where that is not as for one."""
