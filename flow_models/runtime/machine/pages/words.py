"""The fixed texts of a program that can be said in several ways, each made once."""

import hashlib
from typing import Any, Final

from ..base.program import Json
from ..base.variant import Word

_SAID: Final = frozenset({"title", "titles"})
"""The keys of pages, blocks, columns and items under which texts stand that name something."""


class Words:
    """The words of one program."""

    def __init__(self, program: Json) -> None:
        listed: Json = program["variation"]["words"]
        self._words = {
            text: Word(text, _key(text), tuple(said["ways"]), tuple(said["held_out"])) for text, said in listed.items()
        }

    def word(self, text: str) -> str:
        """Return a text, as a `Word` if it can be said in several ways."""
        return self._words.get(text, text)

    def worded(self, tree: Any) -> Any:
        """Return blocks or a page of a program with words in place of such texts; formulas and data stay as they are.

        Those are titles, and the texts of headings; other texts are content.
        """
        if isinstance(tree, list):
            return [self.worded(one) for one in tree]
        if not isinstance(tree, dict) or "op" in tree or not self._words:
            return tree
        is_heading = tree.get("kind") == "heading"
        return {
            key: self._said(value) if key in _SAID or (is_heading and key == "text") else self.worded(value)
            for key, value in tree.items()
        }

    def _said(self, value: Any) -> Any:
        """Return a text or the parts of a template with words in it."""
        if isinstance(value, str):
            return self.word(value)
        return [self._said(one) for one in value] if isinstance(value, list) else value


def _key(text: str) -> int:
    """Return a number of a text's own."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")
