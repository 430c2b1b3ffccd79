"""One episode twice: in the simulation, and in Chromium through our own environment; compared after every step.

Everything is compared: the accessibility text with its element numbers, focus and title, the address, the reward and
its parts, the end, and the whole state, data and history and typed texts. The browser's episode knows only what the
page did, and the simulation's only what the text of the action means, so neither can lead the other.
"""

import difflib
import random
import re
import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.window import Window
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.site import Rendered
from tests.parity.actions import random_action

SHOWN = 600
"""Characters of the HTML at fault that are shown."""


class Pair:
    """Two environments of one bundle that do the same.

    Attributes:
        steps: How many steps have been compared.
        lines: How many lines of accessibility text.
        differences: What differed, each with the walk and the action that led to it.
        seconds: How long Chromium's steps and resets took together.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.ours = TextEnv(bundle, bundle.task_names)
        self.theirs = BrowserEnv(bundle, bundle.task_names)
        self.steps = 0
        self.lines = 0
        self.differences: list[str] = []
        self.seconds = 0.0

    def close(self) -> None:
        """End the browser."""
        self.theirs.close()

    def begin(self, walk: str, task: str, instance: int, variant: Variant) -> bool:
        """Begin an episode in both; say whether they agree."""
        options = {"task": task, "instance": instance, "variant": variant._asdict()}
        ours, our_info = self.ours.reset(options=options)
        began = time.perf_counter()
        theirs, their_info = self.theirs.reset(options=options)
        self.seconds += time.perf_counter() - began
        return self._agree(f"{walk}, at the start", [ours, our_info], [theirs, their_info])

    def do(self, walk: str, action: str) -> bool:
        """Do an action in both; say whether they agree."""
        self.steps += 1
        ours = self.ours.step(action)
        began = time.perf_counter()
        theirs = self.theirs.step(action)
        self.seconds += time.perf_counter() - began
        return self._agree(f"{walk}, step {self.ours.episode.steps}: {action}", list(ours), list(theirs))

    def play(self, walk: str, events: Iterable[Event]) -> bool:
        """Play events, each by its action; say whether both agreed to the end."""
        for event in events:
            if self.ours.episode.end_reason:
                break
            if not self.do(walk, self.ours.action_for(event)):
                return False
        return True

    def roam(self, walk: str, steps: int, rng: random.Random) -> bool:
        """Do random actions until the episode ends; say whether both agreed to the end."""
        for _ in range(steps):
            episode = self.ours.episode
            if episode.end_reason:
                break
            rendered = Rendered(episode.view, self.theirs.window.session.site)
            if not self.do(walk, random_action(rendered, episode.view, rng)):
                return False
        return True

    def _agree(self, where: str, ours: list[Any], theirs: list[Any]) -> bool:
        """Compare what both environments said and know."""
        found = self._observed(ours[0], theirs[0])
        for mine, other in zip(ours[1:], theirs[1:], strict=True):
            if not _same(mine, other):
                found.append(f"result: Chromium {theirs[1:]}, ours {ours[1:]}")
                break
        mine, other = self.ours.episode.get_state(), self.theirs.episode.get_state()
        keys = [
            key for key in mine if key != "log" and not _same(mine[key], other[key])
        ]  # a log names events in two ways
        found += [f"{key}: Chromium {other[key]}, ours {mine[key]}" for key in keys]
        if found:
            self.differences.append("\n".join([f"== {where}", *found]))
        return not found

    def _observed(self, ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
        """Compare two observations; the wording of errors is free, their presence is not."""
        found: list[str] = []
        lines, our_lines = theirs["axtree_txt"].split("\n"), ours["axtree_txt"].split("\n")
        self.lines += len(lines)
        if lines != our_lines:
            found += difflib.unified_diff(lines, our_lines, "Chromium", "ours", n=1, lineterm="")
            found += self._html(found)
        if bool(ours["last_action_error"]) != bool(theirs["last_action_error"]):
            found.append(f"error: Chromium {theirs['last_action_error']!r}, ours {ours['last_action_error']!r}")
        keys = [key for key in ours if key not in ("axtree_txt", "last_action_error") and ours[key] != theirs[key]]
        return found + [f"{key}: Chromium {theirs[key]!r}, ours {ours[key]!r}" for key in keys]

    def _html(self, diff: Sequence[str]) -> list[str]:
        """Return the HTML of the first element that Chromium says otherwise."""
        numbers = [found[1] for line in diff if line.startswith("-") and (found := re.search(r"\[(\d+)\]", line))]
        for number in numbers[:1]:
            html = self.theirs.inside(partial(_outer, number))
            bare = re.sub(r' (aria-(roledescription|description)="browsergym_id_\d+ "|bid="\d+")', "", html)
            return [f"HTML of [{number}]: {bare[:SHOWN]}"]
        return []


def _outer(number: str, window: Window) -> str:
    """Return the HTML of an element."""
    html: str = window.page.locator(f'[bid="{number}"]').evaluate("(element) => element.outerHTML")
    return html


def _same(mine: Any, other: Any) -> bool:
    """Say whether two values are equal, arrays within dicts too."""
    if isinstance(mine, dict):
        return mine.keys() == other.keys() and all(_same(mine[key], other[key]) for key in mine)
    return bool(np.array_equal(mine, other)) if isinstance(mine, np.ndarray) else bool(mine == other)
