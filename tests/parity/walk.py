"""Plays walks in Chromium through BrowserGym and in our own runtime, and compares every page; runs beside pytest.

Started by test_browsergym.py in an environment of its own, where only browsergym-core is installed and our runtime is
on the path. Reads a JSON file {"program", "rests", "walks"}: `rests` are places, each a task, a seed and the events
that lead there, of which only the last page is compared; `walks` are the same, played event by event in the browser;
a walk with "random": N is played by N random actions. Writes {"compared", "lines", "steps", "differences"}.
"""

import difflib
import json
import random
import re
import sys
from itertools import takewhile
from pathlib import Path
from typing import Any

import browsergym.core
from browsergym.core.action.functions import check, uncheck
from browsergym.core.action.highlevel import HighLevelActionSet
from browsergym.core.env import BrowserEnv
from browsergym.core.task import AbstractBrowserTask
from browsergym.utils.obs import flatten_axtree_to_str

from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.view import Field
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.elements import flat
from flow_models.runtime.site.resolve import resolve, to_action
from flow_models.runtime.site.routed import first_page_script, routed
from flow_models.runtime.site.web import Session

TEXTS = ("12.50", "Ana O'Neil", "  a  b ", "", "2027-03-20", "x" * 90)
PLAIN = re.compile(r"(\t*)\[(\d+)\] (paragraph|heading|cell|columnheader|listitem|term|definition) ['\"](.*)['\"]$")
KEYS = ("Tab", "Shift+Tab", "Enter", "ArrowDown", "ArrowUp", "Escape", "Space")


class Stage:
    """One browser window, on which one session after another is shown."""

    def __init__(self, program: dict[str, Any], browser: str) -> None:
        self.machine = Machine(program)
        self.site = Site.of(program)
        self.session: Session
        self.episode: Episode
        self.seen: Any = None
        chromium = browsergym.core._get_global_playwright().chromium
        launch = chromium.launch
        # The chat window starts a second browser that cannot be told where Chromium is.
        chromium.launch = lambda **options: launch(executable_path=browser, **options)
        # Its default set leaves out `check` and `uncheck`.
        actions = HighLevelActionSet(["chat", "infeas", "bid", "nav", "custom"], custom_actions=[check, uncheck])
        self.env = BrowserEnv(
            lambda seed: Blank(seed), slow_mo=0, pre_observation_delay=0.1, action_mapping=actions.to_python_code
        )
        self.env.reset(seed=0)
        self.env.context.route("**/*", lambda route: routed(self.session)(route))

    def show(self, task: str, seed: int, events: list[list[str]]) -> None:
        """Put a place on the stage: an episode after some events, freshly opened."""
        start = self.machine.draw(task, seed)
        self.episode = Episode(self.machine, start)
        for event in events:
            self.episode.step(Event(*event))
        self.session = Session(self.episode, self.site)
        page = self.env.page
        page.goto("about:blank")
        page.evaluate(first_page_script(self.session))
        page.wait_for_url(self.site.url(self.episode.view.path))
        self.seen = None

    def play(self, action: str) -> str:
        """Do an action in both worlds; return what BrowserGym says went wrong."""
        view = self.episode.view
        event = resolve(action, Rendered.of(view, self.site), view, self.site)
        steps = self.episode.steps
        self.seen = None
        is_answered = self._is_answered(event)
        if event.kind in ("back", "forward", "goto"):
            if not self._has_entry(event):
                self.session.step(event)
                return ""
            self.session.announce(event)
        elif not is_answered:
            self.session.step(event)
        if is_answered and event.kind != "use":
            # Playwright waits for the page after a click, but not after a change of a field.
            with self.env.page.expect_navigation():
                self.env.step(action)
        else:
            self.seen = self.env.step(action)[0]["axtree_object"]
        error = self.env.last_action_error
        if "waiting for scheduled navigations" in error:
            # The click was done; the answer took longer than BrowserGym's half second, on a busy computer.
            self.env.page.wait_for_load_state("load")
            error, self.seen = "", None
        if self.episode.steps == steps:
            return error or "the browser asked for nothing"
        if self.session.is_stale:
            with self.env.page.expect_navigation():
                self.env.page.evaluate(first_page_script(self.session))
            self.seen = None
        return "" if event.kind == "reject" else error

    def _has_entry(self, event: Event) -> bool:
        state = self.episode.state
        return event.kind == "goto" or 0 <= state.position + (1 if event.kind == "forward" else -1) < len(state.history)

    def _is_answered(self, event: Event) -> bool:
        """Say whether the browser will ask the site for a page."""
        if event.block not in self.site.listening:
            return event.kind == "use"
        field = self.episode.view.control(event.block)
        text = {"select": event.value, "fill": event.value, "check": "true", "uncheck": ""}.get(event.kind)
        return text is not None and isinstance(field, Field) and field.text != text

    def differences(self) -> tuple[int, list[str]]:
        """Return how many lines the page has, and the lines that differ as a diff."""
        seen = self.env._get_obs()["axtree_object"] if self.seen is None else self.seen
        said = flatten_axtree_to_str(seen).split("\n")
        said = [line for line in said if not line.lstrip("\t").startswith("InlineTextBox ")]
        ours = Rendered.of(self.episode.view, self.site).axtree.split("\n")
        return len(said), list(difflib.unified_diff(said, ours, "browsergym", "ours", n=1, lineterm=""))


class Blank(AbstractBrowserTask):  # type: ignore[misc]  # not installed where types are checked
    """A task that leaves everything to the stage."""

    @classmethod
    def get_task_id(cls) -> str:
        return "stage"

    def setup(self, page: Any) -> tuple[str, dict[str, Any]]:
        return "", {}

    def validate(self, page: Any, chat_messages: Any) -> tuple[float, bool, str, dict[str, Any]]:
        return 0.0, False, "", {}

    def teardown(self) -> None:
        """Keep everything: the stage is closed as a whole."""


def random_action(stage: Stage, rng: random.Random) -> str:
    """Return some action that makes sense on the present page, or nearly."""
    rendered = Rendered.of(stage.episode.view, stage.site)
    chance = rng.random()
    if chance < 0.08:
        return rng.choice(["go_back()", "go_forward()", "noop(1)", "scroll(0, 100)"])
    if chance < 0.13:
        return f"click('{rng.choice(plain_numbers(rendered))}')"
    number, target = rng.choice([*rendered.targets.items()])
    if chance < 0.25 and target.kind in ("text", "select", "radio", "checkbox", "button", "link"):
        # Space in a text box types a blank, which is refused in our runtime.
        return f"press('{number}', {rng.choice(KEYS[:6] if target.kind == 'text' else KEYS)!r})"
    if chance < 0.3:
        return f"focus('{number}')"
    if target.kind in ("text", "area"):
        return f"fill('{number}', {rng.choice(TEXTS)!r})"
    if target.kind == "select":
        field = stage.episode.view.control(target.block)
        labels = [flat(label) for _, label in field.options] if isinstance(field, Field) else []
        return f"select_option('{number}', {rng.choice(labels)!r})" if labels else "noop(1)"
    if target.kind in ("checkbox", "radio"):
        return f"{rng.choice(['check', 'click'])}('{number}')"
    return "noop(1)" if target.kind == "option" else f"click('{number}')"


def plain_numbers(rendered: Rendered) -> list[int]:
    """Return the numbers of elements that hold only text or a lone link."""
    found = []
    lines = rendered.axtree.split("\n")
    for place, line in enumerate(lines):
        match = PLAIN.match(line)
        if match is None:
            continue
        inner = takewhile(re.compile(match[1] + "\t").match, lines[place + 1 :])
        roles = [below.strip("\t").partition("] ")[2] or "StaticText" for below in inner]
        spot = rendered.at(int(match[2]))
        is_framed = spot is not None and spot.target is not None
        is_text = not is_framed and all(role == "StaticText" for role in roles) and bool(match[4] or roles)
        if is_text or (is_framed and len(roles) == 1):
            found.append(int(match[2]))
    return found or [0]


def main() -> None:
    """Compare everything that the given file asks for."""
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    stage = Stage(asked["program"], asked["browser"])
    report: dict[str, Any] = {"compared": 0, "lines": 0, "steps": 0, "differences": []}

    def compare(where: str) -> None:
        lines, diff = stage.differences()
        report["compared"] += 1
        report["lines"] += lines
        if diff:
            report["differences"].append("\n".join([where, *diff]))

    for place in asked["rests"]:
        stage.show(place["task"], place["seed"], place["events"])
        compare(f"at rest: {place['name']}")
    for walk in asked["walks"]:
        stage.show(walk["task"], walk["seed"], [])
        rng = random.Random(walk["name"])
        compare(f"{walk['name']}, at the start")
        for number in range(walk.get("random") or len(walk["events"])):
            if stage.episode.end_reason:
                break
            if walk.get("random"):
                action = random_action(stage, rng)
            else:
                event = Event(*walk["events"][number])
                action = to_action(event, Rendered.of(stage.episode.view, stage.site), stage.site)
            error = stage.play(action)
            report["steps"] += 1
            where = f"{walk['name']}, step {number + 1}: {action}"
            if error:
                report["differences"].append(f"{where}\nBrowserGym: {error}")
            compare(where)
    stage.env.close()
    Path(sys.argv[2]).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()
