"""In which order Tab goes: as the eye reads, line by line, and through one part of the window before the next.

Qt goes in the order in which widgets were made or put into tabs, which is nobody's order once panels have been moved.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QScrollArea, QWidget

MARGIN = 24
"""Pixels that stay visible around what Tab reaches."""


def reading_order(around: QWidget, gone: QWidget | None = None) -> Iterator[QWidget]:
    """Yield what can have the keyboard inside a widget, itself first, as somebody reads it.

    Args:
        around: What is gone through.
        gone: What was hidden just now; it is yielded in the place where it stood.
    """
    if around is gone or _takes_keys(around):
        yield around
    if around is gone or isinstance(around, QAbstractSpinBox):
        return
    children = [child for child in around.children() if isinstance(child, QWidget) and not child.isWindow()]
    for line in _lines([child for child in children if child is gone or child.isVisible()]):
        for child in line:
            yield from reading_order(child, gone)


def go_on(around: QWidget, focused: QWidget | None, *, is_next: bool) -> bool:
    """Put the keyboard into the next or previous widget, from the last one into the first; say whether there is one.

    Qt asks for this too when the widget with the keyboard is hidden: then it goes on from where that stood.
    """
    gone = _hidden_around(focused)
    order = list(reading_order(around, gone))
    start = focused if gone is None else gone
    step, reason = (1, Qt.FocusReason.TabFocusReason) if is_next else (-1, Qt.FocusReason.BacktabFocusReason)
    here = order.index(start) if start in order else (-1 if is_next else 0)
    target = order[(here + step) % len(order)] if order else gone
    if target is None or target is gone:
        return False
    target.setFocus(reason)
    show_whole(target)
    return True


def first_in(part: QWidget) -> QWidget:
    """Return the first of what can have the keyboard inside a part; the part itself if nothing can."""
    return next(reading_order(part), part)


def hide_part(part: QWidget, instead: QWidget) -> None:
    """Hide a part of a form; the keyboard goes from it to what stands there instead, and the form does not scroll."""
    # Of its window: behind a list that is just closing the application has none.
    focused = part.window().focusWidget()
    if focused is not None and (focused is part or part.isAncestorOf(focused)):
        first_in(instead).setFocus(Qt.FocusReason.OtherFocusReason)
    part.hide()


def show_whole(widget: QWidget) -> None:
    """Scroll all that is around a widget, so that it is seen."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, MARGIN, MARGIN)
        above = above.parentWidget()


def _hidden_around(widget: QWidget | None) -> QWidget | None:
    """Return the outermost widget around one, or itself, that is hidden while what is around it is seen."""
    gone = None
    while widget is not None and not widget.isWindow():
        gone = widget if widget.isHidden() else gone
        widget = widget.parentWidget()
    return gone


def _takes_keys(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes and widget.isEnabled() and widget.isVisible() and not _only_scrolls(widget)


def _only_scrolls(widget: QWidget) -> bool:
    """Say whether an area has nothing to do for the keyboard but to pass it on to what is inside."""
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    return inner is not None and next(reading_order(inner), None) is not None


def _lines(widgets: list[QWidget]) -> list[list[QWidget]]:
    """Return widgets line by line, each from left to right: what begins above the middle of a line belongs to it."""
    lines: list[list[QWidget]] = []
    end = 0
    for widget in sorted(widgets, key=_top):
        middle = _top(widget) + widget.height() // 2
        if not lines or middle > end:
            lines.append([])
            end = _top(widget) + widget.height()
        lines[-1].append(widget)
    return [sorted(line, key=lambda one: one.x()) for line in lines]


def _top(widget: QWidget) -> int:
    return widget.mapToParent(QPoint(0, 0)).y()
