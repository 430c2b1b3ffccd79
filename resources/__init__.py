"""Data that ships with Gymwright, and the one way to read it.

Templates, looks, icons, wordings, value pools, example flows and the file schema lie beside this module. Code asks
`path` where a file is and `text` for words that a person reads. Bundles never see this package: what they need is
written into their program at export.
"""

import functools
import json
import string
from pathlib import Path

_ROOT = Path(__file__).resolve().parent


class WordingError(LookupError):
    """A message id or one of its arguments does not fit the catalogue; always a fault of the calling code.

    Attributes:
        message_id: The id that was asked for.
    """

    def __init__(self, message_id: str, reason: str) -> None:
        super().__init__(f"{message_id}: {reason}")
        self.message_id = message_id


def path(*parts: str) -> Path:
    """Return where a file or folder of this package lies.

    Raises:
        FileNotFoundError: Nothing is there.
    """
    found = _ROOT.joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"resources has no {'/'.join(parts)}")
    return found


class _Formatter(string.Formatter):
    """Fills in arguments; `{count:row|rows}` is a count with the noun that agrees with it."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return an argument as it is shown."""
        one, bar, other = format_spec.partition("|")
        return (
            f"{value} {one if str(value) == '1' else other}" if bar else str(super().format_field(value, format_spec))
        )


_FORMATTER = _Formatter()


def text(message_id: str, **args: object) -> str:
    """Return the words of a message with its `{name}` arguments filled in; `{count:row|rows}` agrees with its number.

    Raises:
        WordingError: No catalogue has the id, or the message needs an argument that was not given.
    """
    try:
        template = catalogue()[message_id]
    except KeyError:
        raise WordingError(message_id, "no wording has this id") from None
    try:
        return _FORMATTER.vformat(template, (), args)
    except (KeyError, IndexError) as error:
        raise WordingError(message_id, f"the argument {error} is missing") from None


def arguments(message_id: str) -> frozenset[str]:
    """Return the names of the arguments that a message needs.

    Raises:
        WordingError: No catalogue has the id.
    """
    try:
        template = catalogue()[message_id]
    except KeyError:
        raise WordingError(message_id, "no wording has this id") from None
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


@functools.cache
def catalogue() -> dict[str, str]:
    """Return every message by id, merged from the area files of the English wordings; read only once.

    Raises:
        WordingError: Two area files hold the same id.
    """
    return _merged(path("wordings", "ui", "en"))


def _merged(folder: Path) -> dict[str, str]:
    """Return the messages of all area files in a folder."""
    merged: dict[str, str] = {}
    for area in sorted(folder.glob("*.json")):
        for message_id, words in _flattened(json.loads(area.read_text(encoding="utf-8"))):
            if message_id in merged:
                raise WordingError(message_id, f"{area.name} repeats an id of another area")
            merged[message_id] = words
    return merged


def _flattened(messages: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    """Return (dotted id, words) pairs; an area file may nest objects instead of writing dots."""
    pairs: list[tuple[str, str]] = []
    for key, value in messages.items():
        if isinstance(value, dict):
            pairs.extend(_flattened(value, f"{prefix}{key}."))
        elif isinstance(value, str):
            pairs.append((prefix + key, value))
        else:
            raise WordingError(prefix + key, "a wording is a text")
    return pairs
