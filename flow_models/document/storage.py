"""Flow files: text to flow and back, byte-stable, and safe to open whoever wrote them.

A file may come from anywhere. It is bounded in size and depth, strict in what it accepts, and every refusal says in
words what is wrong and where. What a person may leave half-done is accepted: `flow_models.checks` speaks about that.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from pydantic import ValidationError

from flow_models.document.behaviour import CLOSE, STAY
from flow_models.document.disk import read_bytes, write_text
from flow_models.document.elements import ElementKind
from flow_models.document.errors import BrokenFileError, ForeignFileError, ShapeError, UnsafeFileError
from flow_models.document.flow import Flow
from flow_models.document.foreign import kind_of_bytes, kind_of_json, kind_of_text
from flow_models.document.holding import Items, fields_of, own_ids
from flow_models.document.migrations import migrated
from flow_models.document.reasons import reason
from flow_models.runtime.machine.base import limits
from flow_models.runtime.machine.base.texts import is_writable

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes; a flow of 1,000 pages has about 2 MB."""

DEPTH_LIMIT = 60
"""Objects and lists inside each other; a form in columns in a group needs about 15."""

PARTS_LIMIT = 1_000_000
"""Objects and lists in a file, braces in its texts included; a flow has about one in 45 characters at the most."""

VALUES_LIMIT = 3 * PARTS_LIMIT
"""Commas in a file, which bound its values; a flow has about one in 16 characters at the most."""

SHOWN_LIMIT = 60
"""Characters of a key or value repeated in an error."""


def load(path: Path | str) -> Flow:
    """Read a flow from a file.

    Raises:
        FileAccessError: The file cannot be read.
        DocumentError: The file is not a flow; see `loads`.
    """
    return loads(read_bytes(path, SIZE_LIMIT))


def loads(text: str | bytes) -> Flow:
    """Read a flow from the text of a file.

    Raises:
        BrokenFileError: No JSON, or cut off.
        UnsafeFileError: Too large, too deep, repeated keys, or numbers and characters that do not belong in a flow.
        NewerFormatError: Written by a newer program.
        ShapeError: JSON, but not a flow, or one in which two elements have the same id.
    """
    return flow_of(_parsed(_decoded(text)))


def flow_of(document: object) -> Flow:
    """Return the flow that parsed JSON stands for.

    Raises:
        UnsafeFileError: Too deep, or with characters that do not belong in a flow.
        NewerFormatError: Written by a newer program.
        ShapeError: Not a flow, or one in which two elements have the same id.
    """
    if not isinstance(document, dict):
        raise ShapeError("shape.no_object")
    if "format" not in document:
        _refuse_foreign(kind_of_json(document))
    _check_values(document)
    document = migrated(document)
    try:
        flow = Flow.model_validate(document)
    except ValidationError as error:
        raise _shape_error(error, document) from error
    _check_ids(flow)
    return flow


def dumps(flow: Flow) -> str:
    """Return a flow as the text of its file; the same flow gives the same text, whatever its history."""
    return json.dumps(written(flow), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def written(flow: Flow) -> dict[str, Any]:
    """Return a flow as the plain JSON of its file."""
    return {"format": flow.format, **flow.model_dump(mode="json", by_alias=True, exclude_defaults=True)}


def save(flow: Flow, path: Path | str) -> None:
    """Write a flow to a file, whole or not at all; see `disk.write_bytes`.

    Raises:
        FileAccessError: The file cannot be written; what was there before is still there.
        UnsafeFileError: It could not be read again: it is too large or too deep, or holds what no file can store.
    """
    write_text(_readable(dumps(flow)), path)


def _readable(text: str) -> str:
    """Return the text of a file if `loads` will accept its size, depth, numbers and characters.

    Raises:
        UnsafeFileError: It will not.
    """
    document = _parsed(_decoded(text))
    if isinstance(document, dict):
        _check_values(document)
    return text


def _decoded(text: str | bytes) -> str:
    """Return the text of a file, bounded in size and free of a byte order mark."""
    if len(text) > SIZE_LIMIT:
        raise UnsafeFileError("unsafe.size", limit=SIZE_LIMIT // (1024 * 1024))
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            _refuse_foreign(kind_of_bytes(error.object))
            line = error.object.count(b"\n", 0, error.start) + 1
            raise BrokenFileError("broken.encoding", place=f"line {line}") from error
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise BrokenFileError("broken.empty")
    # Looked at before the tree is built: millions of empty objects take gigabytes.
    if text.count("{") + text.count("[") > PARTS_LIMIT or text.count(",") > VALUES_LIMIT:
        raise UnsafeFileError("unsafe.parts", limit=PARTS_LIMIT)
    return text


def _refuse_foreign(kind: str | None) -> None:
    """Say what a file is that is no flow; where that is not known, go on to say what is wrong with it as a flow."""
    if kind is not None:
        raise ForeignFileError(f"foreign.{kind}")


def _parsed(text: str) -> object:
    """Parse JSON strictly: no repeated keys, no NaN, no numbers beyond reason."""
    try:
        document: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        _refuse_foreign(kind_of_text(text))
        place = f"line {error.lineno}, column {error.colno}"
        is_cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        raise BrokenFileError("broken.truncated" if is_cut_off else "broken.json", place=place) from error
    except RecursionError as error:
        raise UnsafeFileError("unsafe.depth", limit=DEPTH_LIMIT) from error
    return document


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object whose keys are all different."""
    built = dict(pairs)
    if len(built) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise UnsafeFileError("unsafe.repeated_key", key=_shortened(key))
            seen.add(key)
    return built


def _refuse_constant(constant: str) -> NoReturn:
    raise UnsafeFileError("unsafe.number", number=constant)


def _integer(digits: str) -> int:
    """Convert a whole number; longer ones are refused before Python spends time on them."""
    if len(digits) > 17 or abs(int(digits)) > limits.INTEGER:
        raise UnsafeFileError("unsafe.number", number=_shortened(digits))
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if abs(number) > limits.INTEGER:
        raise UnsafeFileError("unsafe.number", number=_shortened(digits))
    return number


def _check_values(document: dict[str, object]) -> None:
    """Refuse what is too deep or holds characters that no file can store; walks without recursion."""
    stack: list[tuple[dict[str, object] | list[object], tuple[str | int, ...]]] = [(document, ())]
    while stack:
        holder, path = stack.pop()
        if len(path) >= DEPTH_LIMIT:
            raise UnsafeFileError("unsafe.depth", limit=DEPTH_LIMIT, place=shown_path(path[:8]))
        items: Iterable[tuple[str | int, object]] = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, value in items:
            if isinstance(key, str):
                _check_text(key, path)
            if isinstance(value, str):
                _check_text(value, (*path, key))
            elif isinstance(value, dict | list):
                stack.append((value, (*path, key)))


def _check_text(text: str, path: tuple[str | int, ...]) -> None:
    """Refuse halves of characters (lone surrogates) and the null character."""
    if not is_writable(text):
        raise UnsafeFileError("unsafe.character", place=shown_path(path))


def _shape_error(error: ValidationError, document: object) -> ShapeError:
    """Say the first thing that pydantic found, in our words, with the path in the file."""
    first = error.errors(include_url=False)[0]
    path = _file_path(first["loc"], document)
    kind = first["type"]
    if kind == "extra_forbidden":
        return ShapeError("shape.unknown_field", place=shown_path(path), name=_shortened(str(first["loc"][-1])))
    if kind == "missing":
        return ShapeError("shape.missing", place=shown_path(path), name=_shortened(str(first["loc"][-1])))
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return ShapeError("shape.unknown_kind", place=shown_path(path))
    return ShapeError("shape.value", place=shown_path(path), reason=reason(first))


def _file_path(location: tuple[str | int, ...], document: object) -> tuple[str | int, ...]:
    """Return where in the file pydantic's location lies; the tags of unions in it are no steps in the file."""
    path: list[str | int] = []
    value = document
    for step in location:
        match value:
            case dict() if step in value:
                value = value[step]
            case list() if isinstance(step, int) and step < len(value):
                value = value[step]
            case _:
                continue
        path.append(step)
    return tuple(path)


def shown_path(path: tuple[str | int, ...]) -> str:
    """Return a path in a file as people read it: `pages[2].blocks[0].title`."""
    shown = ""
    for step in path:
        shown += f"[{step}]" if isinstance(step, int) else f".{_shortened(step)}"
    return shown.removeprefix(".")


def _shortened(text: str) -> str:
    """Return at most `SHOWN_LIMIT` printable characters of a text."""
    cut = text if len(text) <= SHOWN_LIMIT else text[: SHOWN_LIMIT - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in cut)


_SCOPES: Mapping[ElementKind, str] = MappingProxyType(
    {
        "section": "pages",
        "page": "pages",
        "block": "blocks",
        "table": "tables",
        "variable": "tables",
        "column": "columns",
        "row": "rows",
        "transition": "transitions",
        "task": "tasks",
        "parameter": "parameters",
    }
)
"""The scope in which the ids of each kind of element are unique.

Pages and sections share one, because a transition starts at either; tables and variables share one, because a *clear*
effect names either.
"""


def _check_ids(flow: Flow) -> None:
    """Refuse a flow in which one id stands for two elements of a scope; `stay` and `close` are taken among pages."""
    seen = {("pages", STAY), ("pages", CLOSE)}
    for scope, element_id, place in _ids(flow):
        if (scope, element_id) in seen:
            raise ShapeError("shape.repeated_id", id=_shortened(element_id), what=scope, place=place)
        seen.add((scope, element_id))


def _ids(flow: Flow) -> Iterator[tuple[str, str, str]]:
    """Yield scope, id and place of every element."""
    for name, holds in fields_of(Flow):
        for item in getattr(flow, name) if isinstance(holds, Items) else ():
            (kind, item_id), *inner = own_ids(item)
            yield _SCOPES[kind], item_id, f"{name}.{item_id}"
            yield from ((_SCOPES[kind], inner_id, f"{name}.{item_id}.{inner_id}") for kind, inner_id in inner)
