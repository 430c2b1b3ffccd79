"""A file of walks opens in Chromium from the disk alone: its pages are whole, styled and marked, and nothing runs."""

from pathlib import Path

from playwright.sync_api import Browser

import resources
from exporters.walk_file import Shot, write_walks
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Machine
from flow_models.solver.solving import solve
from flow_models.solver.walk import walk_in


def test_the_pages_of_a_walk_are_there_without_a_server(browser: Browser, tmp_path: Path) -> None:
    flow = load(resources.path("examples", "three_pages.flow.json"))
    machine = Machine(compile_flow(flow).program)
    start = machine.draw("borrow-book", 0)
    walk = walk_in(start, solve(machine, start).events)
    write_walks(tmp_path / "walks.html", flow, machine, [Shot("Shown", walk)])
    page = browser.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("request", lambda request: troubles.append(request.url) if request.url.startswith("http") else None)
    page.goto((tmp_path / "walks.html").as_uri())
    frames = page.locator("iframe")
    assert frames.count() == len(walk.events) + 1
    chosen = page.frame_locator("iframe >> nth=2").locator("[data-film-new]")
    colour = chosen.first.evaluate("one => getComputedStyle(one).outlineStyle")
    sizes = page.evaluate(
        "[...document.querySelectorAll('iframe')]"
        ".map(one => [one.offsetHeight, one.contentDocument.documentElement.scrollHeight])"
    )
    page.close()
    assert colour == "solid"
    assert all(have >= need > 100 for have, need in sizes)
    assert troubles == []
