"""Spaces of texts that Gymnasium's own `Text` is too narrow for: any characters, the empty text too."""

from typing import Any, Final

from gymnasium.spaces import Text

SAMPLES: Final = ("noop()", "go_back()", "scroll(0, 200)", "press('{}', 'Tab')", "click('{}')", "fill('{}', 'word')")
"""What a random action is made of; `{}` is a number."""


class UnicodeText(Text):
    """Any text up to a length; samples are of letters and digits."""

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length, min_length=0)

    def contains(self, x: Any) -> bool:
        """Say whether something is a text that is not too long."""
        return isinstance(x, str) and len(x) <= self.max_length

    def __eq__(self, other: object) -> bool:
        """Spaces of the same kind and length are equal."""
        return type(other) is type(self) and self.max_length == other.max_length

    __hash__ = None  # type: ignore[assignment]  # spaces are mutable: they hold a random generator


class ActionText(UnicodeText):
    """Actions as strings; samples are calls of BrowserGym's set with random element numbers."""

    def __init__(self) -> None:
        super().__init__(10_000)

    def sample(self, mask: Any = None, probability: Any = None) -> str:
        """Return a random action; masks have no meaning here."""
        del mask, probability
        template = SAMPLES[int(self.np_random.integers(len(SAMPLES)))]
        return template.format(int(self.np_random.integers(120)))
