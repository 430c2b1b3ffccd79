"""Contact sheets: one page of an example in many looks, and all its pages in one look, side by side to be judged.

Pages are found by random play and on the way of solutions. The sheets are put together by the same Chromium that took
the pictures.
"""

import base64
import html
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.envs.chromium.find import find_chromium
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.site.site import Site
from flow_models.runtime.site.web import Session
from flow_models.solver import Solver
from tests.parity.places import Place, places
from tests.parity.wearing import opened

PLAIN_LOOK = "plain"
EXAMPLES = sorted(file.name.removesuffix(".flow.json") for file in resources.path("examples").glob("*.flow.json"))
SEED = 1
SHOWN = ("north_bank", "p_accounts")
SHEET_WIDTH = 2000

Picture = tuple[str, bytes]
"""A caption and a PNG."""


class Example:
    """An example's pages, to be seen in any look.

    Attributes:
        machine: The machine of its program.
        site: Its site as drawn.
        looks: The names of all looks, the plain one first.
        places: The pages to be seen, each once, with and without messages.
    """

    def __init__(self, name: str) -> None:
        flow = storage.load(resources.path("examples", f"{name}.flow.json"))
        self.machine = Machine(compile_flow(flow).program)
        folder = resources.path("looks", "sites")
        looks = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}
        self.site = Site.of(self.machine.program)
        self.looks = [PLAIN_LOOK, *looks]
        found = {place["name"]: place for place in places(self.machine, episodes=6)}
        for place in self._solved_places():
            found.setdefault(place["name"], place)
        self.places = [found[name] for name in sorted(found)]

    def _solved_places(self) -> Iterator[Place]:
        """Yield the places on the way of one solution of each task: where a careless visitor does not get to."""
        solver = Solver(self.machine)
        for task in self.machine.tasks:
            start = self.machine.draw(task, SEED)
            episode = Episode(self.machine, start)
            for event in solver.solve(start).events:
                episode.step(event)
                shown = episode.view.dialog or episode.view
                events = [list(made) for made in episode.log]
                yield {"name": shown.page, "task": task, "seed": SEED, "events": events}

    def session(self, place: Place, variant: Variant) -> Session:
        """Return a session that is at a place, as it appears in a variant."""
        episode = Episode(self.machine, self.machine.draw(place["task"], place["seed"]))
        for event in place["events"]:
            episode.step(Event(*event))
        return Session(episode, self.site.dressed(variant))


@cache
def example(name: str) -> Example:
    """Return an example, found through once."""
    return Example(name)


def picture(browser: Browser, session: Session, width: int, *, is_whole: bool = True) -> bytes:
    """Return the page that a session shows at a width of the window, whole or as far as the window shows it."""
    page = opened(browser, session, width, round(width * 0.7))
    taken = page.screenshot(full_page=is_whole, animations="disabled")
    page.close()
    return taken


def sheet(browser: Browser, pictures: Iterable[Picture], columns: int = 4) -> bytes:
    """Return pictures with captions side by side as one picture."""
    figures = "".join(
        f'<figure><figcaption>{html.escape(caption)}</figcaption><img src="data:image/png;base64,'
        f'{base64.b64encode(png).decode()}"></figure>'
        for caption, png in pictures
    )
    style = (
        f"body{{margin:16px;display:grid;grid-template-columns:repeat({columns},minmax(0,1fr));gap:16px;"
        "background:#888;font:13px sans-serif;align-items:start}figure{margin:0;max-height:900px;overflow:hidden}"
        "figcaption{padding:2px 0}img{display:block;width:100%}"
    )
    page = browser.new_page(viewport=ViewportSize(width=SHEET_WIDTH, height=600))
    page.set_content(f"<!doctype html><style>{style}</style>{figures}")
    taken = page.screenshot(full_page=True)
    page.close()
    return taken


def take_looks(folder: Path) -> None:
    """Take the picture of the README that shows one page in every look but the plain one."""
    at = example(SHOWN[0])
    place = next(place for place in at.places if place["name"] == SHOWN[1])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        shown = [
            (look, picture(browser, at.session(place, _variant(look)), 1120, is_whole=False)) for look in at.looks[1:]
        ]
        (folder / "site_looks.png").write_bytes(sheet(browser, shown, columns=6))
        browser.close()


def take_sheets(folder: Path, name: str, looks: list[str], pages: list[str], width: int) -> None:
    """Write a sheet for each look named, and one for each page named that shows it in all looks."""
    folder.mkdir(parents=True, exist_ok=True)
    at = example(name)

    def seen(place: Place, look: str) -> bytes:
        return picture(browser, at.session(place, _variant(look)), width)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        for look in looks:
            shown = [(place["name"], seen(place, look)) for place in at.places]
            (folder / f"{name}_{look}_{width}.png").write_bytes(sheet(browser, shown))
        for place in at.places:
            if place["name"] in pages:
                shown = [(look, seen(place, look)) for look in at.looks]
                file = folder / f"{name}_{place['name'].replace(' ', '_')}_{width}.png"
                file.write_bytes(sheet(browser, shown))
        browser.close()


def _variant(look: str) -> Variant:
    """Return the variant that differs in nothing but its look."""
    return Variant(look="" if look == PLAIN_LOOK else look)
