"""What has to be done first where a variant puts something in the way: a menu, an interruption, an event held back."""

from ..base.events import Event
from . import view as shown
from .interruptions import GOES_ON, PAUSE


def first_to_do(view: shown.View, event: Event) -> Event | None:
    """Return what has to be done before an event can be done in a variant; None if nothing stands before it."""
    interruption = view.interruption
    if interruption is not None and interruption.is_modal:
        return Event("use", interruption.id, interruption.buttons[0].row)
    if event.block and view.control(event.block, event.row) is None:
        return _opened_menu(view)
    return None


def way_on(view: shown.View) -> Event | None:
    """Return what leads on from a page that holds an event back, letting it go where that is possible."""
    buttons = [part for part in view.controls() if isinstance(part, shown.Button) and part.id == PAUSE]
    chosen = next((button for button in buttons if button.row in GOES_ON), buttons[0] if buttons else None)
    return None if chosen is None else Event("use", PAUSE, chosen.row)


def goes_on(event: Event) -> bool:
    """Say whether an event that leads on does the one that was held back."""
    return event.block == PAUSE and event.row in GOES_ON


def _opened_menu(view: shown.View) -> Event | None:
    """Return the opening of the header's menu behind which a variant puts links; None if there is none to open."""
    menus = (part for part in view.header if isinstance(part, shown.Menu) and part.title and not part.is_open)
    button = next((menu.button for menu in menus), None)
    return None if button is None else Event("use", button.id, button.row)
