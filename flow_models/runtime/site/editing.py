"""What keys do to one line of text and its selection, as Chromium on Linux does it.

Everything here is about one box; which box has the focus, and what else a key can do, is in `keyboard`. Where the
caret goes by words and characters is known for the letters of Europe's languages in one direction only; for other
writings it depends on fonts and dictionaries, and such keys are refused.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from ..machine.pages.uses import Refusal
from .strokes import Stroke


class Line(NamedTuple):
    """One line of text with its selection.

    Attributes:
        text: The text.
        anchor: Where the selection began, as a number of characters before it.
        caret: Where it has got to; the same place where nothing is selected.
        purpose: `password`, `search`, or empty for every other.
    """

    text: str
    anchor: int = 0
    caret: int = 0
    purpose: str = ""

    @property
    def start(self) -> int:
        """Where the selection starts."""
        return min(self.anchor, self.caret)

    @property
    def end(self) -> int:
        """Where the selection ends."""
        return max(self.anchor, self.caret)

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected."""
        return self.anchor != self.caret

    def put(self, text: str) -> "Line":
        """Return the line with a text in place of the selection and the caret behind it."""
        caret = self.start + len(text)
        return self._replace(text=self.text[: self.start] + text + self.text[self.end :], anchor=caret, caret=caret)

    def to(self, place: int, *, is_extended: bool = False) -> "Line":
        """Return the line with the caret elsewhere."""
        return self._replace(anchor=self.anchor if is_extended else place, caret=place)

    def whole(self) -> "Line":
        """Return the line with all of it selected."""
        return self._replace(anchor=0, caret=len(self.text))

    def begun(self) -> "Line":
        """Return the line with the caret before it."""
        return self._replace(anchor=0, caret=0)

    def ended(self) -> "Line":
        """Return the line with the caret behind it."""
        return self.to(len(self.text))

    def last_word(self) -> "Line":
        """Return the line with its last word, or what stands behind that, selected."""
        marks = _boundaries(self.text, self.purpose)
        return self if len(marks) < 2 else self._replace(anchor=marks[-2], caret=marks[-1])


UNHELD: Final = frozenset({"Control+v", "Control+V", "Control+z", "Control+Z", "Control+y", "Control+Y"})
"""Commands that need what is not kept: the clipboard, and what was done before."""

_SELECT_ALL: Final = frozenset({"Control+a", "Control+A"})
_CUT: Final = frozenset({"Control+x", "Control+X"})
_COPY: Final = frozenset({"Control+c", "Control+C", "Control+Insert"})
_JUMPS: Final = {
    **dict.fromkeys(("Home", "Control+Home", "ArrowUp", "Control+ArrowUp"), 0),
    **dict.fromkeys(("End", "Control+End", "ArrowDown", "Control+ArrowDown"), 1),
}
_MOVES: Final = frozenset({"ArrowLeft", "ArrowRight", "Control+ArrowLeft", "Control+ArrowRight"})
_DELETIONS: Final = frozenset({"Backspace", "Delete", "Control+Backspace", "Control+Delete"})
_IDLE: Final = frozenset({"", "PageUp", "PageDown", "Control+Enter", "Alt+Enter", "Meta+Enter", "Insert", *_COPY})

_ALIKE: Final = re.compile("[ -~\xa1-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Characters of which each is one place of the caret and all run from left to right."""


def refused(line: Line, stroke: Stroke, *, listens: bool) -> Refusal | None:
    """Return why a key does nothing to a line, or None if it does what Chromium does.

    Args:
        line: The line.
        stroke: The key.
        listens: Whether the site answers while one types there.
    """
    command = stroke.command
    if command in UNHELD or (stroke.is_shifted and command == "Insert"):
        return Refusal("unheld")
    if stroke.is_shifted and command in (*_SELECT_ALL, *_CUT, *_COPY, "Control+Delete"):
        return Refusal("unwritten", stroke.name)
    if not stroke.text and command not in _KNOWN:
        return Refusal("unwritten", stroke.name)
    if command in _MOVES | _DELETIONS and not _is_alike(line.text):
        return Refusal("writing")
    return Refusal("answering") if listens and struck(line, stroke).text != line.text else None


def struck(line: Line, stroke: Stroke) -> Line:
    """Return what becomes of a line when a key is pressed that is not refused."""
    if stroke.text:
        return line.put(stroke.text)
    return _KNOWN[stroke.command](line, stroke)


def _all(line: Line, stroke: Stroke) -> Line:
    """Select all."""
    del stroke
    return line.whole()


def _cut(line: Line, stroke: Stroke) -> Line:
    """Take the selection out; a browser does not give away what is in a box for passwords."""
    del stroke
    return line.put("") if line.has_selection and line.purpose != "password" else line


def _idle(line: Line, stroke: Stroke) -> Line:
    """Do nothing."""
    del stroke
    return line


def _jump(line: Line, stroke: Stroke) -> Line:
    """Go to an end."""
    return line.to(_JUMPS[stroke.command] * len(line.text), is_extended=stroke.is_shifted)


def _move(line: Line, stroke: Stroke) -> Line:
    """Go on by a character or a word; without Shift a selection is left at the side to which one goes."""
    by, is_word = (1 if stroke.key == "ArrowRight" else -1), "Control" in stroke.held
    if line.has_selection and not is_word and not stroke.is_shifted:
        return line.to(line.end if by > 0 else line.start)
    place = _beside(line, by, is_word=is_word)
    if is_word and place == line.caret and by > 0 and line.purpose == "search":
        return line  # the button that empties a box for searching stands behind its text, and the caret stays before it
    return line.to(place, is_extended=stroke.is_shifted)


def _delete(line: Line, stroke: Stroke) -> Line:
    """Take out the selection, or a character or word beside the caret, or all before it."""
    if stroke.is_shifted and stroke.key == "Delete":
        return _cut(line, stroke)
    if line.has_selection:
        return line.put("")
    if stroke.is_shifted and "Control" in stroke.held:
        return line.to(0, is_extended=True).put("")
    by = 1 if stroke.key == "Delete" else -1
    return line.to(_beside(line, by, is_word="Control" in stroke.held), is_extended=True).put("")


def _escape(line: Line, stroke: Stroke) -> Line:
    """Empty a box for searching; any other stays as it is."""
    del stroke
    return Line("", purpose=line.purpose) if line.purpose == "search" and line.text else line


_KNOWN: Final[Mapping[str, Callable[[Line, Stroke], Line]]] = {
    **dict.fromkeys(_SELECT_ALL, _all),
    **dict.fromkeys(_CUT, _cut),
    **dict.fromkeys(_IDLE, _idle),
    **dict.fromkeys(_JUMPS, _jump),
    **dict.fromkeys(_MOVES, _move),
    **dict.fromkeys(_DELETIONS, _delete),
    "Escape": _escape,
}
"""What each key does, by its command."""


def _beside(line: Line, by: int, *, is_word: bool) -> int:
    """Return the place of the caret after one step."""
    if not is_word:
        return min(max(line.caret + by, 0), len(line.text))
    marks = _boundaries(line.text, line.purpose)
    return _next_word(line.text, line.caret, marks) if by > 0 else _last_word(line.text, line.caret, marks)


def _next_word(text: str, place: int, marks: list[int]) -> int:
    """Return the end of the next word, or of the signs in a row that come before it."""
    later = iter([mark for mark in marks if mark > place])
    for mark in later:
        if text[mark - 1] != " ":
            while not _is_word(text[mark - 1]) and mark < len(text) and _is_sign(text[mark]):
                mark = next(later)
            return mark
    return len(text)


def _last_word(text: str, place: int, marks: list[int]) -> int:
    """Return the start of the word before a place, or of the signs in a row that come behind it."""
    earlier = [mark for mark in reversed(marks) if mark < place]
    for number, mark in enumerate(earlier):
        if text[mark] != " ":
            for before in earlier[number + 1 :]:
                if not all(map(_is_sign, (text[mark], text[mark - 1], text[before]))):
                    break
                mark = before
            return mark
    return 0


def _is_word(character: str) -> bool:
    """Say whether a character is a letter or a digit."""
    return unicodedata.category(character)[0] == "L" or character.isdecimal()


def _is_sign(character: str) -> bool:
    """Say whether a character is punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"


_LETTER: Final = "[A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f]"
_WORDS: Final = re.compile(
    f"(?:{_LETTER}|[0-9_]|(?<={_LETTER})['\u2019\xb7](?={_LETTER})|(?<=[0-9])['\u2019.,;](?=[0-9]))+| +|."
)
"""Words by the rules of Unicode (UAX 29) as Chromium's dictionary of them has it, gaps, and every other sign alone."""


def _boundaries(text: str, purpose: str) -> list[int]:
    """Return where words and what is between them begin and end; a browser tells nothing of those in a password."""
    if purpose == "password":
        return [0, len(text)]
    return [0, *(found.end() for found in _WORDS.finditer(text))]


def _is_alike(text: str) -> bool:
    """Say whether the caret goes through a text character by character."""
    return _ALIKE.fullmatch(text) is not None
