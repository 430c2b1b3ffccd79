"""Files of other programs are called what they are; damaged flows are called damaged."""

import json
from pathlib import Path

import pytest

from flow_models.document import foreign, storage
from flow_models.document.errors import BrokenFileError, DocumentError, ForeignFileError
from flow_models.document.flow import Flow

XML = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by <hand> -->\n'

FOREIGN: tuple[tuple[str, str | bytes], ...] = (
    ("bpmn", XML + '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"/>'),
    ("bpmn", '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process/></definitions>'),
    ("dmn", '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"></definitions>'),
    ("scxml", XML + '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="a"></scxml>'),
    ("drawio", '<mxfile host="app.diagrams.net"><diagram/></mxfile>'),
    ("svg", XML + '<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    ("html", "<!DOCTYPE html>\n<html></html>"),
    ("html", '<html lang="en"><body></body></html>'),
    ("graphml", XML + "<graphml></graphml>"),
    ("xml", XML + "<shop><item/></shop>"),
    ("mermaid", "graph TD\n  A --> B\n"),
    ("mermaid", "%% a comment\nflowchart LR\n  A --> B\n"),
    ("mermaid", "---\ntitle: Shop\n---\nstateDiagram-v2\n  [*] --> Cart\n"),
    ("markdown_mermaid", "# Shop\n\n```mermaid\ngraph TD\n```\n"),
    ("plantuml", "\n@startuml\n[*] --> Cart\n@enduml\n"),
    ("graphviz", "digraph shop { a -> b }"),
    (
        "xstate",
        "import { createMachine } from 'xstate';\nexport const m = createMachine({ initial: 'a' });",
    ),
    ("xstate", json.dumps({"id": "m", "initial": "a", "states": {"a": {}}})),
    ("state_language", json.dumps({"StartAt": "A", "States": {}})),
    ("excalidraw", json.dumps({"type": "excalidraw", "elements": [], "appState": {}})),
    ("openapi", "openapi: 3.1.0\npaths: {}\n"),
    ("openapi", json.dumps({"openapi": "3.1.0", "paths": {}})),
    ("har", json.dumps({"log": {"entries": []}})),
    ("recording", json.dumps({"title": "Buy", "steps": []})),
    ("code", "from playwright.sync_api import sync_playwright\n"),
    ("journal", '0123456789abcdef {"journal":2,"flow":{}}\n'),
    ("journal", '{"journal":1,"flow":{}}\n{"delta":{}}\n'),
    ("pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3"),
    ("picture", b"\x89PNG\r\n\x1a\n\x00"),
    ("archive", b"PK\x03\x04\x14\x00\xff"),
    ("utf16", "{}".encode("utf-16")),
)


@pytest.mark.parametrize(
    ("kind", "content"), FOREIGN, ids=[f"{kind}-{number}" for number, (kind, _) in enumerate(FOREIGN)]
)
def test_a_file_of_another_format_is_called_what_it_is(kind: str, content: str | bytes) -> None:
    with pytest.raises(ForeignFileError) as caught:
        storage.loads(content)
    assert caught.value.message_id == f"foreign.{kind}"
    assert "not a flow" in caught.value.sentence() or "UTF-8" in caught.value.sentence()
    assert caught.value.next_step()


def test_every_kind_has_words() -> None:
    kinds = {kind for _, kind in foreign._SIGNATURES} | {kind for kind, _ in foreign._TEXTS}
    kinds |= {kind for kind, _, _ in foreign._ROOTS} | {kind for kind, _ in foreign._KEYS} | {"xml"}
    assert all(ForeignFileError(f"foreign.{kind}").sentence() for kind in kinds)


def test_the_program_of_a_package_is_not_called_a_damaged_flow() -> None:
    with pytest.raises(DocumentError):
        storage.loads(json.dumps({"format": 2, "meaning": 2, "pages": [], "tables": []}))


def test_a_damaged_flow_is_called_damaged_whatever_its_texts_hold() -> None:
    flow = Flow(id="f", title="graph TD", description="x\nimport this\n```mermaid\n@startuml createMachine({ <svg>")
    text = storage.dumps(flow)
    for place in range(1, len(text) - 1):
        with pytest.raises(BrokenFileError):
            storage.loads(text[:place])


def test_a_flow_in_a_folder_of_flows_is_a_flow(tmp_path: Path) -> None:
    storage.save(Flow(id="f", title="<html>"), tmp_path / "digraph.flow.json")
    assert storage.load(tmp_path / "digraph.flow.json").title == "<html>"
