"""Walks as one file: it holds all it needs, shows the pages as the site has them, and marks what changed."""

import base64
import hashlib
import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import resources
from exporters.walk_file import Shot, html_of, write_walks
from flow_models.compiler import compile_flow
from flow_models.document.errors import FileAccessError
from flow_models.document.storage import load
from flow_models.runtime.machine import Event, Machine
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.solver.film import film
from flow_models.solver.solving import solve
from flow_models.solver.walk import Walk, walk_in

FLOW = load(resources.path("examples", "north_bank.flow.json"))
MACHINE = Machine(compile_flow(FLOW).program)
PAYING = walk_in(MACHINE.draw("pay-payee", 0), solve(MACHINE, MACHINE.draw("pay-payee", 0)).events)
NEW, LOOK = "data-film-new", "data-film-look"


def pages(document: str) -> list[str]:
    return [html.unescape(page) for page in re.findall(r'data-page="([^"]*)"', document)]


class Marked(HTMLParser):
    """Collects the elements that carry a mark."""

    def __init__(self, mark: str, page: str) -> None:
        super().__init__()
        self._mark = mark
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._mark in dict(attrs):
            self.tags.append(tag)


def test_there_is_a_page_for_each_step_and_nothing_lies_elsewhere() -> None:
    document = html_of(FLOW, MACHINE, [Shot("Shown", PAYING, "error")])
    assert len(pages(document)) == len(PAYING.events) + 1
    assert not re.findall(r'(?:src|href)="(?!data:)[^"]*\.(?:css|js)|<link|url\(http', document)
    for page in pages(document):
        assert "<script" not in page
        assert '<link rel="stylesheet"' not in page
        assert page.count("<!--style-->") == 1


def test_only_its_own_script_may_run() -> None:
    document = html_of(FLOW, MACHINE, [Shot("", PAYING)])
    [script] = re.findall(r"<script>(.*?)</script>", document, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in document
    assert "default-src 'none'" in document


def test_what_changed_is_marked_and_nothing_else() -> None:
    shown = pages(html_of(FLOW, MACHINE, [Shot("", PAYING)]))
    frames = film(MACHINE, PAYING)
    marked = [Marked(NEW, page).tags for page in shown]
    assert [bool(tags) for tags in marked] == [not frame.is_new_page for frame in frames]
    typed = next(number for number, frame in enumerate(frames) if frame.words.startswith("Typed"))
    assert marked[typed] == ["input"]
    chosen = next(number for number, frame in enumerate(frames) if frame.words.startswith("Chose"))
    assert marked[chosen] == ["select"]


def test_what_to_look_at_is_framed_on_the_last_page() -> None:
    start = MACHINE.draw("pay-payee", 0)
    block = next(line.block for line in film(MACHINE, walk_in(start))[0].lines if "Savings" in line.text)
    shown = pages(html_of(FLOW, MACHINE, [Shot("", walk_in(start, (Event("noop"),), block))]))
    assert [len(Marked(LOOK, page).tags) for page in shown] == [0, 1]


def test_sites_in_one_look_share_a_style_and_others_have_their_own() -> None:
    other = PAYING._replace(variant=PLAIN._replace(look=next(iter(MACHINE.program.variation.looks))))
    document = html_of(FLOW, MACHINE, [Shot("", PAYING), Shot("", PAYING), Shot("", other)])
    assert set(re.findall(r'data-look="(\d)"', document)) == {"0", "1"}


def test_titles_and_texts_are_escaped_and_a_walk_that_is_lost_is_said() -> None:
    lost = Walk("gone", 0)
    document = html_of(
        FLOW.rebuilt(title="<b>&"), MACHINE, [Shot("<i>", lost), Shot("", PAYING._replace(events=(Event("use", "x"),)))]
    )
    assert "&lt;b&gt;&amp;" in document
    assert "&lt;i&gt;" in document
    assert resources.text("walk.file.lost") in document


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError):
        write_walks(tmp_path / "nowhere" / "deep" / "x.html", FLOW, MACHINE, [])
