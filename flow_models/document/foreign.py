"""Which format a file has that is no flow, so that nobody is told that a sound file is damaged.

Each kind is the id of its sentence among the wordings (`document.foreign.KIND`). What this leaves out: reading any of
them.
"""

import re
from collections.abc import Mapping
from typing import Any

LOOKED_AT = 4096
"""Characters of a text in which what it is shows."""

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x7fELF", "machine_code"),
    (b"MZ", "machine_code"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"PK\x03\x04", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"SQLite format 3", "database"),
    (b"\xff\xfe", "utf16"),
    (b"\xfe\xff", "utf16"),
)

_TEXTS = (
    ("mermaid", r"(?:%%[^\n]*\n\s*|---\n.*?\n---\s*)*(?:graph|flowchart)\s+(?:TB|TD|BT|RL|LR)\b"),
    ("mermaid", r"(?:%%[^\n]*\n\s*|---\n.*?\n---\s*)*(?:stateDiagram(?:-v2)?|sequenceDiagram|journey|classDiagram)\b"),
    ("markdown_mermaid", r".*?^```mermaid\b"),
    ("plantuml", r".*?^@start[a-z]+"),
    ("graphviz", r"(?:(?://|#)[^\n]*\n\s*)*(?:strict\s+)?(?:di)?graph\b[^{\n]*\{"),
    ("xstate", r".*?\b(?:createMachine|setup)\s*\(\s*\{"),
    ("openapi", r"(?:#[^\n]*\n\s*)*(?:openapi|swagger)\s*:"),
    ("journal", r"[0-9a-f]{16} \{\"journal\""),
    ("journal", r"\{\"journal\":"),
    ("code", r".*?^(?:import|from|export|const|let|var|function|class|def|async|package|#include|#!)\b"),
)
"""Kinds of text by how they begin; `.*?^` looks for a line that begins so."""

_ROOTS = (
    ("scxml", "scxml", ""),
    ("bpmn", "definitions", "BPMN"),
    ("bpmn", "definitions", "bpmn"),
    ("dmn", "definitions", "DMN"),
    ("drawio", "mxfile", ""),
    ("drawio", "mxGraphModel", ""),
    ("svg", "svg", ""),
    ("html", "html", ""),
    ("graphml", "graphml", ""),
    ("uml", "XMI", ""),
    ("uml", "xmi", ""),
)
"""Kinds of XML by the name of the root and a part of what stands in its tag."""

_KEYS: tuple[tuple[str, frozenset[str]], ...] = (
    ("program", frozenset({"meaning", "pages", "tables"})),
    ("xstate", frozenset({"initial", "states"})),
    ("state_language", frozenset({"StartAt", "States"})),
    ("excalidraw", frozenset({"elements", "appState"})),
    ("openapi", frozenset({"openapi", "paths"})),
    ("openapi", frozenset({"swagger", "paths"})),
    ("json_schema", frozenset({"$schema"})),
    ("har", frozenset({"log"})),
    ("recording", frozenset({"title", "steps"})),
    ("figma", frozenset({"document", "schemaVersion"})),
    ("package", frozenset({"name", "dependencies"})),
)
"""Kinds of JSON objects by keys that all stand at the top."""


def kind_of_bytes(content: bytes) -> str | None:
    """Return the kind of a file that is no text in UTF-8."""
    if content.startswith(b"RIFF"):
        return {b"WEBP": "picture", b"WAVE": "sound"}.get(content[8:12], "film")
    if content[4:8] == b"ftyp":
        return "film"
    found = next((kind for signature, kind in _SIGNATURES if content.startswith(signature)), None)
    # What begins as a flow does is a damaged one; what holds zeros is no text of any kind.
    is_text = content.lstrip()[:1] in (b"{", b"[") or b"\0" not in content[:LOOKED_AT]
    return found or (None if is_text else "binary")


def kind_of_text(text: str) -> str | None:
    """Return the kind of a text that is no JSON."""
    start = text[:LOOKED_AT].lstrip("\ufeff \t\r\n")
    if start.startswith("%PDF"):
        return "pdf"
    if start.startswith("<"):
        return _kind_of_markup(start)
    if start.startswith(("{", "[")) and not start.startswith('{"journal":'):
        # JSON with a fault, whatever its texts hold.
        return None
    known = (kind for kind, pattern in _TEXTS if re.match(pattern, start, re.DOTALL | re.MULTILINE))
    return next(known, "text" if any(letter.isalpha() for letter in start) else None)


def kind_of_json(document: Mapping[str, Any]) -> str | None:
    """Return the kind of a JSON object that does not say the format of a flow."""
    return next((kind for kind, keys in _KEYS if keys <= document.keys()), None)


def _kind_of_markup(start: str) -> str:
    if re.match(r"<!doctype html", start, re.IGNORECASE):
        return "html"
    start = re.sub(r"<!--.*?(?:-->|\Z)", "", start, flags=re.DOTALL)
    root = re.search(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)/?>", start)
    if root is None:
        return "xml"
    name, rest = root.groups()
    # A prefix is declared in the tag too, so its name space stands there.
    return next((kind for kind, tag, part in _ROOTS if tag == name and part in rest), "xml")
