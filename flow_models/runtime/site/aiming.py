"""What an action is done to: the element of a page that a call names, and the control that this is or labels.

Whether something can be done with it is the machine's answer (`uses`); here an element is found, or is absent, hidden
or of another kind than an action takes.
"""

from typing import NamedTuple

from ..machine.base.field_blocks import ChoiceGrid
from ..machine.pages.state import Carets
from ..machine.pages.uses import INERT, Refusal, misfit_of, reached
from ..machine.pages.view import Control, Field, View
from .actions import Call
from .elements import FRAME, LABEL, LINK, OPTION, Target
from .fields import control_kind
from .rendered import Rendered, Spot
from .site import Site


class Page(NamedTuple):
    """The page on which an action is done, and what is selected in its boxes."""

    rendered: Rendered
    view: View
    site: Site
    carets: Carets = ()


class Aimed(NamedTuple):
    """A control that an action means.

    Attributes:
        target: How it is used.
        control: What the page shows of it.
        by_label: Whether its label is named in place of it.
    """

    target: Target
    control: Control
    by_label: bool

    @property
    def field(self) -> Field:
        """The control of a field, as which its target marks it.

        Raises:
            TypeError: It is none, which is a bug of whoever has written the page.
        """
        if not isinstance(self.control, Field):
            raise TypeError(self.control)
        return self.control


def spot_at(call: Call, page: Page) -> Spot:
    """Return what the element is that a call names.

    Raises:
        ActionError: There is none.
    """
    spot = page.rendered.at(call.element)
    if spot is None:
        raise call.astray()
    return spot


def visible_at(call: Call, page: Page) -> Target | None:
    """Return what the named element stands for, or None for plain content.

    An option of a drop-down is no element that Chromium shows: its list is a window of its own.

    Raises:
        ActionError: The element is absent, not shown, or inert.
    """
    spot = spot_at(call, page)
    if spot.is_hidden or (spot.target is not None and spot.target.kind == OPTION):
        raise call.refused(INERT)
    return spot.target


def aimed_at(call: Call, page: Page) -> Aimed | None:
    """Return the control that the named element is or labels, or None for plain content.

    Raises:
        ActionError: The element is absent or out of reach.
    """
    target = visible_at(call, page)
    if target is None:
        return None
    control = reached(page.view, target.block, target.row, target.option)
    if isinstance(control, Refusal):
        raise call.refused(control)
    return Aimed(controlled(target, control), control, target.kind == LABEL and not _fills(control))


def _fills(control: Control) -> bool:
    """Say whether a control fills its label, so that a click on that hits the control itself."""
    return isinstance(control, Field) and control.kind == ChoiceGrid.kind


def controlled(target: Target, control: Control) -> Target:
    """Return what a label labels or what fills a frame; any other target as it is.

    Chromium passes a click on a label on to its control; one on an element that a link fills hits that link.
    """
    if target.kind == FRAME:
        return target._replace(kind=LINK)
    if target.kind != LABEL or not isinstance(control, Field):
        return target
    return Target(target.block, option=target.option, kind=control_kind(control))


def taking(kind: str, aimed: Aimed | None, call: Call) -> Target:
    """Return the control that an action means if it takes events of a kind.

    Raises:
        ActionError: It is of another kind, or no control.
    """
    misfit = misfit_of(kind, None if aimed is None else aimed.control)
    if aimed is None or misfit is not None:
        raise call.refused(misfit or INERT)
    return aimed.target
