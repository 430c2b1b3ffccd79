"""Properties that style sheets read: Qt reads them once, when it polishes a widget."""

from PySide6.QtWidgets import QWidget


def set_look(widget: QWidget, name: str, value: object, *inside: QWidget) -> None:
    """Give a widget's property another value and let the style sheet see it, for widgets inside that depend on it too.

    A property that was never set counts as the empty text.
    """
    if (widget.property(name) or "") == value:
        return
    widget.setProperty(name, value)
    for one in (widget, *inside):
        one.style().unpolish(one)
        one.style().polish(one)
