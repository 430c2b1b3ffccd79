"""What an agent holds down over several actions: keys, and buttons of the mouse.

Playwright keeps them for the page; here is noted which they are, so that a press with a key held is judged by both, as
the combination that it is, and an episode begins with free hands.
"""

from typing import TYPE_CHECKING

from ...site.strokes import Stroke, stroke_of

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Held:
    """The keys and buttons that are held down on a page."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self._keys: set[str] = set()
        self._buttons: set[str] = set()

    @property
    def modifiers(self) -> tuple[str, ...]:
        """Which of Shift, Control, Alt and Meta are held."""
        return tuple(sorted(name for name in self._keys if not stroke_of(name).key))

    def with_held(self, combination: str) -> Stroke:
        """Return what a key or combination presses, together with what is held.

        Raises:
            ActionError: There is no such key.
        """
        stroke_of(combination)
        return stroke_of("+".join((*self.modifiers, combination)))

    def press(self, stroke: Stroke) -> None:
        """Press a combination; what it holds is released after it, if it was held before too."""
        self._page.keyboard.press(stroke.name)
        self._keys -= {*stroke.held}

    def key_down(self, name: str) -> None:
        """Hold a key."""
        self._page.keyboard.down(name)
        self._keys.add(name)

    def key_up(self, name: str) -> None:
        """Release a key."""
        self._page.keyboard.up(name)
        self._keys.discard(name)

    def button_down(self, name: str) -> None:
        """Hold a button of the mouse where it is."""
        self._page.mouse.down(button="right" if name == "right" else "left")
        self._buttons.add(name)

    def button_up(self, name: str) -> None:
        """Release a button of the mouse where it is."""
        self._page.mouse.up(button="right" if name == "right" else "left")
        self._buttons.discard(name)

    def release(self) -> None:
        """Release everything."""
        for key in sorted(self._keys):
            self.key_up(key)
        for button in sorted(self._buttons):
            self.button_up(button)
