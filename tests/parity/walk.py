"""Plays walks in Chromium through BrowserGym and in our own runtime, and compares every page; runs beside pytest.

Started by test_browsergym.py in an environment of its own, where only browsergym-core is installed and our runtime is
on the path. Reads a JSON file {"program", "rests", "walks"}: `rests` are places, each a task, a seed and the events
that lead there, of which only the last page is compared; `walks` are the same, played event by event in the browser;
a walk with "random": N is played by N random actions. A place with "variant" appears in that one. Beside the browser's
episode runs one that nothing but the texts of the actions reaches; states, rewards and ends must be the same. Writes
{"compared", "lines", "steps", "speed", "differences", "pruned"}, the last of them the `pruned_html` of each place.
"""

import difflib
import json
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browsergym.core
from browsergym.core.action.functions import check, uncheck
from browsergym.core.action.highlevel import HighLevelActionSet
from browsergym.core.env import BrowserEnv
from browsergym.core.task import AbstractBrowserTask
from browsergym.utils.obs import flatten_axtree_to_str, flatten_dom_to_str, prune_html

from flow_models.runtime.envs.chromium.routes import first_page_script, routed
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.program import Program, read_program
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.runtime.machine.episodes.variation import named
from flow_models.runtime.machine.pages.view import Field
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.phrasing import to_action
from flow_models.runtime.site.resolve import resolve
from flow_models.runtime.site.web import Session
from tests.parity.actions import random_action

if TYPE_CHECKING:
    from flow_models.runtime.machine.base.results import Result


class Stage:
    """One browser window, on which one session after another is shown."""

    def __init__(self, program: Program, browser: str) -> None:
        self.program = program
        self.machine = Machine(program)
        self.drawn = self.site = Site.of(program)
        self.session: Session
        self.episode: Episode
        self.shadow: Episode
        self.results: list[Result] = []
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

    def show(self, place: dict[str, Any], events: list[list[str]]) -> None:
        """Put a place on the stage: an episode after some events, freshly opened."""
        variant = named(self.program, place["variant"]) if "variant" in place else PLAIN
        start = self.machine.draw(place["task"], place["seed"], variant)
        self.site = self.drawn.dressed(variant)
        self.episode, self.shadow = Episode(self.machine, start), Episode(self.machine, start)
        for event in events:
            self.episode.step(Event(*event))
            self.shadow.step(Event(*event))
        self.session = Session(self.episode, self.site, listener=lambda _, result: self.results.append(result))
        page = self.env.page
        page.goto("about:blank")
        page.evaluate(first_page_script(self.session))
        page.wait_for_url(self.site.url(self.episode.view.path))
        self.seen = None

    def play(self, action: str) -> str:
        """Do an action in both worlds; return what went wrong in BrowserGym, or what came of it otherwise than ours."""
        view = self.shadow.view
        expected = self.shadow.step(resolve(action, Rendered(view, self.site), view, self.site))
        self.results.clear()
        error = self._done(action)
        if self.results != [expected]:
            return f"{error} BrowserGym's result: {self.results}, ours: {expected}"
        if self.episode.state != self.shadow.state:
            met, ours = self.episode.get_state()["state"], self.shadow.get_state()["state"]
            return f"{error} BrowserGym's state: {met}, ours: {ours}"
        return error

    def _done(self, action: str) -> str:
        """Do an action in the browser; return what BrowserGym says went wrong."""
        view = self.episode.view
        event = resolve(action, Rendered(view, self.site), view, self.site)
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
            self.seen = self.env.step(action)[0]
        error = self.env.last_action_error
        if "waiting for scheduled navigations" in error or error.rstrip().endswith("performing click action"):
            # The click was done; that, or the answer, took longer than BrowserGym's half second on a busy computer.
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
        field = self.episode.view.control(event.block)
        is_suggesting = isinstance(field, Field) and field.kind == "suggest_field"
        if event.kind == "use" or not (is_suggesting or event.block in self.site.listening):
            return event.kind == "use"
        text = {"select": event.value, "fill": event.value, "check": "true", "uncheck": ""}.get(event.kind)
        return text is not None and isinstance(field, Field) and field.text != text

    def differences(self) -> tuple[int, list[str]]:
        """Return how many lines the page has, and the lines that differ as a diff."""
        said = flatten_axtree_to_str(self._look()["axtree_object"]).split("\n")
        said = [line for line in said if not line.lstrip("\t").startswith("InlineTextBox ")]
        ours = Rendered(self.episode.view, self.site).axtree.split("\n")
        return len(said), list(difflib.unified_diff(said, ours, "browsergym", "ours", n=1, lineterm=""))

    def pruned(self) -> str:
        """Return the page as HTML for agents."""
        html: str = prune_html(flatten_dom_to_str(self._look()["dom_object"]))
        return html

    def _look(self) -> Any:
        """Return what BrowserGym observes of the page."""
        if self.seen is None:
            self.seen = self.env._get_obs()
        return self.seen


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


def main() -> None:
    """Compare everything that the given file asks for."""
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    stage = Stage(read_program(asked["program"]), asked["browser"])
    report: dict[str, Any] = {"compared": 0, "lines": 0, "steps": 0, "differences": [], "pruned": []}
    report["seconds"] = 0.0

    def compare(where: str) -> None:
        lines, diff = stage.differences()
        report["compared"] += 1
        report["lines"] += lines
        if diff:
            report["differences"].append("\n".join([where, *diff]))

    for place in asked["rests"]:
        stage.show(place, place["events"])
        compare(f"at rest: {place['name']}")
        report["pruned"].append(stage.pruned())
    for walk in asked["walks"]:
        stage.show(walk, [])
        rng = random.Random(walk["name"])
        compare(f"{walk['name']}, at the start")
        for number in range(walk.get("random") or len(walk["events"])):
            if stage.episode.end_reason:
                break
            if walk.get("random"):
                action = random_action(Rendered(stage.episode.view, stage.site), stage.episode.view, rng)
            else:
                event = Event(*walk["events"][number])
                action = to_action(event, Rendered(stage.episode.view, stage.site), stage.site)
            began = time.monotonic()
            error = stage.play(action)
            report["seconds"] += time.monotonic() - began
            report["steps"] += 1
            where = f"{walk['name']}, step {number + 1}: {action}"
            if error:
                report["differences"].append(f"{where}\nBrowserGym: {error}")
            compare(where)
    stage.env.close()
    report["speed"] = report["steps"] / max(report["seconds"], 1e-9)
    Path(sys.argv[2]).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()
