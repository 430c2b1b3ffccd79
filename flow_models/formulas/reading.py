"""From source text to Python's syntax tree, with positions in characters and errors as values.

Tokens are checked against an allow-list first, so that nothing but plain names, numbers, texts and operators reaches
`ast`; `TABLE as NAME` is rewritten to `TABLE, NAME` of the same length. Names and types are not looked at here.
"""

import ast
import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from flow_models.runtime.machine.base import limits

DEPTH = 40
"""Levels of nesting in a formula."""

SIGNS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
"""How the operators of arithmetic are written."""

_TOKEN = re.compile(
    r"(?P<space>[ ]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r'|(?P<text>"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)*')"
    r"|(?P<sign>==|!=|<=|>=|//|[-+*/%<>()\[\],.=])"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BLANKS = str.maketrans("\n\r\t", "   ")
_CLOSING = {")": "(", "]": "["}


class Better(NamedTuple):
    """What could be written in place of a part of the source, from `start` to `end`."""

    start: int
    end: int
    source: str


class Error(NamedTuple):
    """One mistake in a formula: a message id of the area `formulas` with its arguments, and where it is.

    `start` and `end` count characters of the source. A warning leaves the tree usable. `better` mends it, if known.
    """

    message_id: str
    args: tuple[tuple[str, str], ...]
    start: int
    end: int
    severity: Literal["error", "warning"] = "error"
    better: Better | None = None

    def moved(self, offset: int) -> "Error":
        """Return the error as found `offset` characters further on."""
        better = self.better
        if better is not None:
            better = better._replace(start=better.start + offset, end=better.end + offset)
        return self._replace(start=self.start + offset, end=self.end + offset, better=better)


def error(mistake: str, start: int, end: int, /, *, warning: bool = False, **args: str) -> Error:
    """Return an error by the last part of its message id."""
    severity: Literal["error", "warning"] = "warning" if warning else "error"
    return Error(f"formulas.error.{mistake}", tuple(sorted(args.items())), start, end, severity)


class Token(NamedTuple):
    """One word, number, text or operator and where it is."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends."""
        return self.start + len(self.text)


class Read(NamedTuple):
    """A formula as Python's syntax tree; `expression` is `None` exactly if there is an error."""

    source: str
    expression: ast.expr | None
    error: Error | None
    aliases: frozenset[int]
    """Where names stand that bind the row of an aggregate."""
    start: int
    columns: tuple[int, ...] | None
    """Character of each UTF-8 byte of the stripped source; `None` if they are the same."""

    def span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        """Return where a part of the syntax tree begins and ends."""
        first, last = node.col_offset, node.end_col_offset or node.col_offset
        if self.columns is not None:
            first, last = self.columns[first], self.columns[last]
        return self.start + first, self.start + last

    def text(self, node: ast.expr) -> str:
        """Return a part of the formula as it was written."""
        first, last = self.span(node)
        return self.source[first:last]


@lru_cache(maxsize=16384)
def read(source: str) -> Read:
    """Return the syntax tree of a formula, or its first mistake of form; never raises."""
    most = limits.FORMULA
    if len(source) > most:
        return _failed(source, error("too_long", most, len(source), limit=str(most)))
    found = tokens(source)
    if isinstance(found, Error):
        return _failed(source, found)
    mistake = _brackets(found) or _equals(found)
    if mistake is not None:
        return _failed(source, mistake)
    aliases = {
        found[index + 1].start: found[index].start
        for index in range(1, len(found) - 1)
        if found[index].text == "as" and found[index + 1].kind == "name"
    }
    characters = list(source.translate(_BLANKS))
    for at in aliases.values():
        characters[at : at + 2] = ", "
    return _parsed(source, "".join(characters), frozenset(aliases))


def tokens(source: str) -> tuple[Token, ...] | Error:
    """Return the tokens of a formula, or an error at the first character that cannot be in one."""
    plain = source.translate(_BLANKS)
    found: list[Token] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            name = "unclosed_text" if plain[at] in "\"'" else "unexpected_character"
            return error(name, at, at + 1, character=_shown(plain[at]))
        token = Token(match.lastgroup or "", match.group(), at)
        mistake = _token_mistake(token, found, at)
        if mistake is not None:
            return mistake
        if token.kind != "space":
            found.append(token)
        at = match.end()
    return tuple(found)


def _token_mistake(token: Token, before: list[Token], at: int) -> Error | None:
    """Say what is wrong with a token that follows others."""
    touching = before[-1] if before and before[-1].end == at else None
    if token.kind == "text":
        if touching is not None and touching.kind in ("name", "text", "number"):
            return error("unexpected_character", at, at + 1, character=token.text[0])
        return _text_mistake(token)
    if token.kind == "name" and touching is not None and touching.kind in ("number", "text"):
        return error("unexpected_character", at, at + 1, character=token.text[0])
    return None


def _text_mistake(token: Token) -> Error | None:
    """Say what is wrong inside a text literal: only the escapes of quotes, backslash, new line and tab exist."""
    for match in _ESCAPE.finditer(token.text):
        if match.group(1) not in "\\\"'nt":
            return error("bad_escape", token.start + match.start(), token.start + match.end(), escape=match.group())
    if token.text.isprintable():
        return None
    for index, character in enumerate(token.text):
        if character < " " or not (character.isprintable() or character.isspace()):
            at = token.start + index
            return error("unexpected_character", at, at + 1, character=_shown(character))
    return None


def _shown(character: str) -> str:
    """Return a character as it can be shown in a sentence."""
    return character if character.isprintable() else f"U+{ord(character):04X}"


def _brackets(found: tuple[Token, ...]) -> Error | None:
    """Return the first bracket without its partner, or nesting that is too deep."""
    waiting: list[Token] = []
    for token in found:
        if token.text in ("(", "["):
            waiting.append(token)
            if len(waiting) > DEPTH:
                return error("too_deep", token.start, token.end, limit=str(DEPTH))
        elif token.text in _CLOSING:
            if not waiting or waiting[-1].text != _CLOSING[token.text]:
                return error("extra_bracket", token.start, token.end, bracket=token.text)
            waiting.pop()
    if waiting:
        return error("unclosed_bracket", waiting[-1].start, waiting[-1].end, bracket=waiting[-1].text)
    return None


def _equals(found: tuple[Token, ...]) -> Error | None:
    """Return an error for `=` that is neither `==` nor names an argument."""
    for index, token in enumerate(found):
        if token.text != "=":
            continue
        opening = found[index - 2].text if index > 1 else ""
        if opening not in ("(", ",") or found[index - 1].kind != "name":
            return error("single_equals", token.start, token.end)
    return None


def _parsed(source: str, plain: str, aliases: frozenset[int]) -> Read:
    """Return the syntax tree of checked source."""
    stripped = plain.strip()
    start = len(plain) - len(plain.lstrip())
    if not stripped:
        return _failed(source, error("nothing", 0, len(source)))
    try:
        expression = ast.parse(stripped, mode="eval").body
    except SyntaxError as failure:
        at = min(start + max((failure.offset or 1) - 1, 0), len(source))
        return _failed(source, error("syntax", at, max(at, min(at + 1, len(source)))))
    except (ValueError, RecursionError, MemoryError):
        return _failed(source, error("too_deep", 0, len(source), limit=str(DEPTH)))
    columns = None if stripped.isascii() else _columns(stripped)
    return Read(source, expression, None, aliases, start, columns)


def _columns(text: str) -> tuple[int, ...]:
    """Return the character of each UTF-8 byte of a text, and of its end."""
    found = [index for index, character in enumerate(text) for _ in character.encode()]
    return (*found, len(text))


def _failed(source: str, mistake: Error) -> Read:
    return Read(source, None, mistake, frozenset(), 0, None)


class Hole(NamedTuple):
    """One `{formula}` of a template; `start` is where the formula begins, behind the brace."""

    source: str
    start: int


@lru_cache(maxsize=16384)
def holes(template: str) -> tuple[tuple[str | Hole, ...], tuple[Error, ...]]:
    """Split a template into plain texts and holes; `{{` and `}}` are braces. Never raises."""
    parts: list[str | Hole] = []
    plain = ""
    at = 0
    while at < len(template):
        character = template[at]
        if character not in "{}":
            plain += character
            at += 1
        elif template[at : at + 2] == character * 2:
            plain += character
            at += 2
        elif character == "}":
            return (), (error("extra_brace", at, at + 1),)
        else:
            end = _hole_end(template, at + 1)
            if end is None:
                return (), (error("unclosed_brace", at, at + 1),)
            if plain:
                parts.append(plain)
                plain = ""
            parts.append(Hole(template[at + 1 : end], at + 1))
            at = end + 1
    if plain:
        parts.append(plain)
    return tuple(parts), ()


def _hole_end(template: str, at: int) -> int | None:
    """Return where the brace that closes a hole stands; braces inside text literals do not count."""
    quote = ""
    while at < len(template):
        character = template[at]
        if quote:
            if character == "\\":
                at += 1
            elif character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
        elif character == "}":
            return at
        elif character == "{":
            return None
        at += 1
    return None
