"""Finds the calls in what an agent writes, exactly those that BrowserGym 0.14.3 finds.

Its parser looks for calls such as `click('12')` anywhere in a text, between prose, fences and comments; their arguments
are literals, those without a name first. Here the same is done with the standard library alone, in one pass. Nothing is
evaluated; what the calls mean is said in `actions`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeVar

from ..machine.base.texts import has_halves

Literal = str | float | int | bool | None | list["Literal"] | tuple["Literal", ...] | dict[str, "Literal"]


class Written(NamedTuple):
    """A call as it stands in a text."""

    name: str
    given: tuple[Literal, ...]
    named: tuple[tuple[str, Literal], ...]


class UnreadableError(Exception):
    """A text holds something that looks like an argument and has no value; the message says what."""


NESTING_LIMIT: Final = 20
"""Lists within lists; no action takes any."""

_ESCAPED: Final = r"\\(?:[^x]|x[0-9a-fA-F]+)"
_LONG: Final = (r'"""(?:[^"\\]|""(?!")|"(?!"")|\\.)*"""', r"'''(?:[^'\\]|''(?!')|'(?!'')|\\.)*'''")
_STRING: Final = re.compile("|".join((*_LONG, rf'"(?:[^"\n\r\\]|{_ESCAPED})*"', rf"'(?:[^'\n\r\\]|{_ESCAPED})*'")))
_BROKEN_STRING: Final = re.compile("|".join((*_LONG, rf'"(?:[^"\\]|{_ESCAPED})*"', rf"'(?:[^'\\]|{_ESCAPED})*'")))
"""Texts in quotes; the second pattern lets lines break in them."""

_FLOAT: Final = re.compile(r"[+-]?(?:\d+[eE][+-]?\d+|(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_INT: Final = re.compile(r"[+-]?\d+")
_NAMED_VALUE: Final = re.compile(r"(True|False|None)(?![A-Za-z0-9_$])")
_NAMED_VALUES: Final = {"True": True, "False": False, "None": None}
_GAP: Final = re.compile(r"(?:[ \n\r]+|#[^\n]*)*")
_LETTERS: Final = "A-Za-z_\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\xff"
"""What names begin with there: letters of Latin-1 only."""

_NAME: Final = re.compile(f"[{_LETTERS}][{_LETTERS}0-9\xb7]*")
_START: Final = re.compile(f"[{_LETTERS}#]")
_ESCAPE: Final = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|([\s\S]))"
)
_PLAIN_ESCAPES: Final[Mapping[str, str]] = dict(
    zip("\n\\'\"abfnrtv", ("", "\\", "'", '"', *"\a\b\f\n\r\t\v"), strict=True)
)

One = TypeVar("One")


class _OtherError(Exception):
    """Something else stands here."""


def calls_in(text: str) -> list[Written]:
    """Return the calls in a text, in order.

    Raises:
        UnreadableError: An argument has no value.
    """
    return _found(text, _STRING)


def is_broken(text: str) -> bool:
    """Say whether a text without a call has one if lines may break inside quotes."""
    try:
        return bool(_found(text, _BROKEN_STRING))
    except UnreadableError:
        return False


def _found(text: str, strings: re.Pattern[str]) -> list[Written]:
    """Return the calls in a text whose strings have a form."""
    # BrowserGym's parser widens tabs before it reads, those inside quotes too.
    reader, found = _Reader(text.expandtabs(), strings), list[Written]()
    while (name := reader.next_name()) is not None:
        behind = reader.place
        try:
            found.append(reader.call(name))
        except _OtherError:
            reader.place = behind
    return found


class _Reader:
    """Reads a text from a place on, which each reading moves.

    A reading that finds something else raises `_OtherError` and leaves the place anywhere.
    """

    def __init__(self, text: str, strings: re.Pattern[str]) -> None:
        self.text = text
        self.place = 0
        self._strings = strings
        self._depth = 0

    def next_name(self) -> str | None:
        """Return the next word that can be a name, or None if there is none; comments are passed by."""
        while (start := _START.search(self.text, self.place)) is not None:
            self.place = start.start()
            if start[0] != "#":
                return self._matched(_NAME)
            self._skip()
        return None

    def call(self, name: str) -> Written:
        """Read the arguments of a call."""
        self._expect("(")
        given = self._listed(self._literal)
        named = self._listed(self._argument)
        self._expect(")")
        return Written(name, tuple(given), tuple(named))

    def _skip(self) -> None:
        """Pass by blanks, line breaks and comments."""
        gap = _GAP.match(self.text, self.place)
        self.place = self.place if gap is None else gap.end()

    def _has(self, sign: str) -> bool:
        """Say whether a sign comes next, and pass it by."""
        self._skip()
        is_next = self.text.startswith(sign, self.place)
        self.place += len(sign) * is_next
        return is_next

    def _expect(self, sign: str) -> None:
        """Pass by a sign that must come next."""
        if not self._has(sign):
            raise _OtherError

    def _matched(self, pattern: re.Pattern[str]) -> str | None:
        """Return what comes next if it is of a form, and pass it by."""
        found = pattern.match(self.text, self.place)
        if found is None:
            return None
        self.place = found.end()
        return found[0]

    def _listed(self, read: Callable[[], One]) -> list[One]:
        """Read things between commas, none at all too; the last may have a comma behind it."""
        found: list[One] = []
        while True:
            before = self.place
            try:
                found.append(read())
            except _OtherError:
                self.place = before
                return found
            if not self._has(","):
                return found

    def _argument(self) -> tuple[str, Literal]:
        """Read an argument with its name."""
        self._skip()
        name = self._matched(_NAME)
        if name is None:
            raise _OtherError
        self._expect("=")
        return name, self._literal()

    def _literal(self) -> Literal:
        """Read a value."""
        string = self._string()
        if string is not None:
            return string
        for sign, read in (("[", self._list), ("(", self._tuple), ("{", self._dict)):
            if self._has(sign):
                return self._nested(read)
        return self._atom()

    def _atom(self) -> Literal:
        """Read a number, a truth value or None."""
        number = self._matched(_FLOAT)
        if number is not None:
            return float(number)
        number = self._matched(_INT)
        if number is not None:
            return _whole(number)
        name = self._matched(_NAMED_VALUE)
        if name is None:
            raise _OtherError
        return _NAMED_VALUES[name]

    def _string(self) -> str | None:
        """Read a text in quotes, if one comes next."""
        self._skip()
        found = self._matched(self._strings)
        return None if found is None else _meant(found)

    def _nested(self, read: Callable[[], Literal]) -> Literal:
        """Read what stands in brackets, not too deep."""
        if self._depth == NESTING_LIMIT:
            raise UnreadableError("ValueError: Arguments are nested too deeply.")
        self._depth += 1
        try:
            return read()
        finally:
            self._depth -= 1

    def _list(self) -> Literal:
        """Read the rest of a list."""
        found = self._listed(self._literal)
        self._expect("]")
        return found

    def _tuple(self) -> Literal:
        """Read the rest of a tuple."""
        found = self._listed(self._literal)
        self._expect(")")
        return tuple(found)

    def _dict(self) -> Literal:
        """Read the rest of a dict."""
        found = self._listed(self._item)
        self._expect("}")
        return dict(found)

    def _item(self) -> tuple[str, Literal]:
        """Read an entry of a dict."""
        key = self._string()
        if key is None:
            raise _OtherError
        self._expect(":")
        return key, self._literal()


def _whole(digits: str) -> int:
    """Return a whole number.

    Raises:
        UnreadableError: It is longer than Python reads.
    """
    try:
        return int(digits)
    except ValueError:
        raise UnreadableError("ValueError: An argument has too many digits.") from None


def _meant(quoted: str) -> str:
    """Return what a text in quotes means.

    Raises:
        UnreadableError: It holds what has no meaning in a text of Python.
    """
    if has_halves(quoted):
        raise UnreadableError("UnicodeEncodeError: A text holds half of a character (a surrogate).")
    if "\0" in quoted:
        raise UnreadableError("SyntaxError: A text holds the character with the number 0; write \\x00.")
    width = 3 if quoted[:3] in ('"""', "'''") and len(quoted) > 5 else 1
    text = quoted[width:-width].replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    """Return the character that an escape stands for."""
    octal, short, middle, long, name, other = map(str, found.groups(""))
    if octal:
        return chr(int(octal, 8))
    if found[0][1] == "N" and not other:
        return _called(name)
    code = short or middle or long
    if not code:
        if other in "xuUN":
            raise UnreadableError(f"SyntaxError: A text holds an escape \\{other} that is cut short.")
        return _PLAIN_ESCAPES.get(other, found[0])
    if int(code, 16) > 0x10FFFF:
        raise UnreadableError(f"SyntaxError: There is no character with the number {code}.")
    return chr(int(code, 16))


def _called(name: str) -> str:
    """Return the character that Unicode calls so."""
    try:
        character = unicodedata.lookup(name)
    except KeyError:
        character = ""
    if len(character) != 1:
        raise UnreadableError("SyntaxError: A text names a character that does not exist.")
    return character
