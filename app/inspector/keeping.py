"""Where the keyboard is in a form, in words that hold for the next form too: edits make forms anew under it."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.inspector.blocktree import BlockTree
from app.inspector.form import Column, FoldWidget
from app.inspector.grid import RowGrid
from app.inspector.lists import ItemsWidget
from app.inspector.rows import RowWidget

Place = RowWidget | BlockTree | RowGrid | ItemsWidget | FoldWidget


class Spot(NamedTuple):
    """What the keyboard was in: its sort, which of its sort, and the number of the button in it."""

    kind: type
    key: object
    number: int
    button: int
    name: str


def spot_of(widget: QWidget | None, column: Column) -> Spot | None:
    """Return the spot of a widget in a form; `None` outside it."""
    place = widget
    while place is not None and not isinstance(place, Place):
        place = place.parentWidget()
    if widget is None or place is None or not column.isAncestorOf(place):
        return None
    same = column.findChildren(type(place))
    buttons = _buttons(place)
    number = buttons.index(widget) if widget in buttons else -1
    return Spot(type(place), _key(place), same.index(place), number, widget.accessibleName())


def go_to(spot: Spot, column: Column) -> bool:
    """Put the keyboard into what is at a spot now, or next to it; return whether there is such a thing."""
    every: list[QWidget] = column.findChildren(spot.kind)
    same = [part for part in every if part.isVisibleTo(column)]
    found = next((part for part in same if _key(part) == spot.key), None)
    if found is None and same:
        found = same[min(spot.number, len(same) - 1)]
    target = None if found is None else _target(found, spot)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def _target(place: QWidget, spot: Spot) -> QWidget | None:
    if isinstance(place, RowWidget):
        return place.editor.target()
    buttons = _buttons(place)
    if spot.button >= 0:
        # A thing that was moved took its buttons along.
        named = (number for number, one in enumerate(buttons) if one.accessibleName() == spot.name)
        wanted = next(named, spot.button)
        usable = [number for number, one in enumerate(buttons) if one.isEnabled()]
        return buttons[min(usable, key=lambda number: abs(number - wanted))] if usable else None
    if isinstance(place, BlockTree):
        return place.tree
    return place.view if isinstance(place, RowGrid) else next((one for one in buttons if one.isEnabled()), None)


def _key(place: QWidget) -> object:
    if isinstance(place, RowWidget):
        return place.row.at
    if isinstance(place, ItemsWidget):
        return place.key
    return place.node.key if isinstance(place, FoldWidget) else type(place)


def _buttons(place: QWidget) -> list[QAbstractButton]:
    """Return the buttons that are a place's own; a section's are those in its heading."""
    if isinstance(place, FoldWidget):
        return [place.title, *(one for one in place.buttons if isinstance(one, QAbstractButton))]
    if isinstance(place, RowWidget):
        return []
    return [one for one in place.findChildren(QAbstractButton) if one.isVisibleTo(place)]
