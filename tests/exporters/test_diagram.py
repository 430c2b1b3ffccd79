"""The diagram as SVG and PNG."""

import subprocess
import sys
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

import resources
from exporters import diagram
from exporters.diagram import PictureError, size_of, to_png, to_svg
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.geometry.marks import Mark, MarkKind
from flow_models.geometry.shapes import Rect
from flow_models.runtime.envs.chromium.find import has_chromium
from tests.flow_models.geometry.samples import page, shop

_TEXT = "{http://www.w3.org/2000/svg}text"
_TITLE = "{http://www.w3.org/2000/svg}title"


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(_TEXT)]


def test_the_diagram_names_pages_sections_triggers_and_guards() -> None:
    svg = to_svg(shop())
    said = words(svg)
    assert {"Home", "Checkout", "Done", "Buying"} <= set(said)
    assert any(", if " in line for line in said)
    assert any("other c" in line for line in said)
    whole = [element.text or "" for element in ET.fromstring(svg).iter(_TITLE)]
    assert "Order, in all other cases" in whole
    assert any("Order, only if" in line for line in whole)


def test_the_same_flow_gives_the_same_bytes() -> None:
    assert to_svg(shop()) == to_svg(shop())


def test_every_kind_of_mark_is_drawn_in_one_way() -> None:
    kinds = get_args(MarkKind)
    assert sorted([*diagram._LINES, *diagram._STROKES]) == sorted(kinds)
    assert all(diagram._mark(Mark(kind, Rect(0, 0, 90, 40), "words")).startswith("<") for kind in kinds)


def test_titles_are_escaped() -> None:
    svg = to_svg(Flow(id="f", title="<b>&", pages=(page("home", title='A < B & "C"'),)))
    assert 'A < B & "C"' in words(svg)


def test_an_empty_flow_gives_an_empty_picture() -> None:
    assert words(to_svg(Flow(id="f"))) == []


@pytest.mark.parametrize("example", ["north_bank", "three_pages"])
def test_everything_drawn_lies_inside_the_picture(example: str) -> None:
    flow = storage.load(resources.path("examples", f"{example}.flow.json"))
    root = ET.fromstring(to_svg(flow))
    x, y, width, height = (float(part) for part in root.attrib["viewBox"].split())
    assert (round(width), round(height)) == size_of(flow)
    for text in root.findall(_TEXT):
        assert x < float(text.attrib["x"]) < x + width
        assert y < float(text.attrib["y"]) < y + height


def test_svg_needs_no_qt() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from exporters.diagram import to_svg; from flow_models.document.flow import Flow\n"
        "print(to_svg(Flow(id='f'))[:4])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "<svg"


def test_png_without_a_browser_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(PictureError) as caught:
        to_png(shop(), tmp_path / "out.png")
    assert caught.value.reason == "no_browser"


@pytest.mark.skipif(not has_chromium(), reason="needs a Chromium")
def test_png_has_the_size_of_the_diagram(tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    to_png(shop(), target, scale=2.0)
    header = target.read_bytes()[:24]
    width, height = (int.from_bytes(header[start : start + 4]) for start in (16, 20))
    assert (width, height) == tuple(2 * side for side in size_of(shop()))
