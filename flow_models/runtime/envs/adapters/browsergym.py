"""BrowserGym: a task class for each task of a package, over the real Chromium that BrowserGym drives.

The site answers inside that browser, without a socket; the browser reaches nothing else. What an action was is not
looked at: the requests of the page, the texts of its fields and the messages of the chat tell which events it made, and
one that made none is a step that did nothing. An ended task is `done` whatever ended it, as BrowserGym knows no
truncation; `info["task_info"]` says what. A site that breaks raises `FaultError` out of `step`: drop that rollout.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import browsergym.core
import gymnasium as gym
import numpy as np
from browsergym.core.registration import register_task
from browsergym.core.task import AbstractBrowserTask

from ...machine.base.events import Event
from ...machine.base.results import REWARD_PARTS
from ...machine.episodes.episode import Episode
from ...machine.episodes.variation import Variation
from ...site.actions import Call, parse_action
from ...site.web import Session
from ..attempt import Attempt
from ..bundle import Bundle
from ..chromium.find import VARIABLE, find_chromium
from ..chromium.routes import first_page_script, routed
from ..dialogue.episode import FaultError
from ..dialogue.told import in_task_info
from ..listing import BundleError
from ..solutions import Solutions

if TYPE_CHECKING:
    from ...machine.base.results import Result

SOLUTIONS: Final = "GYMWRIGHT_SOLUTIONS"
"""The environment variable that names a file of `gymwright oracle`, for `cheat` outside training."""

PATIENCE_MS: Final = 30_000
"""How long the site's own pages may take to load on a busy computer."""

_ALREADY_SAID: Final = 2
"""Messages of a chat before the agent's first: BrowserGym's greeting and the goal."""

_NOTED: Final = """
(() => {
  const texts = () => {
    const found = new Map();
    for (const field of document.querySelectorAll("input[name], select[name], textarea[name]")) {
      if (field.type === "checkbox") found.set(field.name, field.checked ? "1" : "");
      else if (field.type !== "radio") found.set(field.name, field.value);
      else if (field.checked) found.set(field.name, field.value);
    }
    return found;
  };
  let known = new Map();
  const changed = () => {
    const now = texts();
    const others = [...now].filter(([name, text]) => known.get(name) !== text);
    known = now;
    return others;
  };
  document.addEventListener("DOMContentLoaded", changed);
  Object.defineProperty(window, "__changed", { value: changed });
})();
"""
"""Tells which fields have another text than when it was asked last; nothing that the page can show."""

_ELEMENT: Final = "(number) => document.querySelectorAll('*')[number]"


def register(
    bundle: Bundle, split: str = "train", variation: Variation = "none", solutions: Path | str | None = None
) -> tuple[str, ...]:
    """Register the tasks of a package as `browsergym/MODULE.TASK` and return these ids, in the order of its tasks.

    Args:
        bundle: The exported package.
        split: Which instances are played, unless `task_kwargs` name another split.
        variation: In which variants they appear, unless `task_kwargs` name another variation.
        solutions: A file of `gymwright oracle`, by which `cheat` knows more than the solutions of training; None for
            the one that the environment variable `GYMWRIGHT_SOLUTIONS` names.

    Raises:
        BundleError: A split or variation does not exist.
    """
    Attempt(bundle, bundle.episode, bundle.task_names, split, variation)
    usual = {"split": split, "variation": variation, "solutions": solutions}
    ids = []
    for task in bundle.task_names:
        name = f"{bundle.module}.{task}"
        made = type(task.title().replace("-", ""), (SiteTask,), {"bundle": bundle, "task": task})
        gym.registry.pop(f"browsergym/{name}", None)
        register_task(name, made, default_task_kwargs=usual)
        ids.append(f"browsergym/{name}")
    return tuple(ids)


class SiteTask(AbstractBrowserTask):
    """One task of a package; `register` makes a class of each.

    Args:
        seed: What the instance and its variant follow from, as of `reset(seed=)` of every other interface; None for
            any.
        split: Which instances are played.
        variation: In which variants they appear.
        instance: The number of the instance; None for one by the seed.
        variant: The variant, by its seed or its fields; None for one by the seed.
        solutions: See `register`.
        _others: What frameworks pass to tasks of every kind; it means nothing here.

    Raises:
        BundleError: Something of that does not exist.
        BrowserMissingError: There is no Chromium.
    """

    bundle: Bundle
    task: str

    def __init__(
        self,
        seed: int | None,
        split: str = "train",
        variation: Variation = "none",
        instance: int | None = None,
        variant: int | Mapping[str, Any] | None = None,
        solutions: Path | str | None = None,
        **_others: Any,
    ) -> None:
        super().__init__(seed)
        self.slow_mo = 0
        self.timeout = PATIENCE_MS
        asked = {"instance": instance, "variant": variant}
        self._attempt = Attempt(self.bundle, self.bundle.episode, (self.task,), split, variation)
        self._attempt.reset(
            int(self.random.randint(2**31)) if seed is None else seed,
            {name: value for name, value in asked.items() if value is not None},
            np.random.default_rng(),
        )
        self._solutions = solutions or os.environ.get(SOLUTIONS)
        self._results: list[Result] = []
        self._stepped = 0
        self._heard = _ALREADY_SAID
        self._session: Session
        _find_browsers()

    @classmethod
    def get_task_id(cls) -> str:
        """Return the name under which it is registered."""
        return f"{cls.bundle.module}.{cls.task}"

    @property
    def episode(self) -> Episode:
        """The attempt that is played."""
        return self._attempt.played

    def setup(self, page: Any) -> tuple[str, dict[str, Any]]:
        """Open the site in a page; return the goal, and what is told of the attempt."""
        site = self._attempt.site
        self._session = Session(self.episode, site, listener=lambda _, result: self._results.append(result))
        page.context.route("**/*", routed(self._session))
        page.context.add_init_script(_NOTED)
        page.evaluate(first_page_script(self._session))
        page.wait_for_url(site.url(self.episode.view.path), timeout=PATIENCE_MS)
        return self.episode.goal, self._told(())

    def validate(self, page: Any, chat_messages: list[Any]) -> tuple[float, bool, str, dict[str, Any]]:
        """Return what has been earned since the last call, whether the task has ended, no message, and the info.

        The info is that of `in_task_info`; its `reward_parts` are of the steps since the last call.

        Raises:
            FaultError: The site broke.
        """
        self._follow(page, chat_messages)
        results, self._results, self._stepped = self._results, [], 0
        info = self._told(results)
        if info["is_fault"]:
            raise FaultError.of(info, self.episode.fault)
        return sum(result.reward for result in results), bool(self.episode.end_reason), "", info

    def cheat(self, page: Any, chat_messages: list[Any]) -> None:
        """Do the known solution with mouse and keyboard; messages are added to those of the chat.

        Raises:
            BundleError: No solution of this instance in this variant is known.
        """
        for action in self._known():
            _do(parse_action(action), page, chat_messages)
            self._follow(page, chat_messages)

    def teardown(self) -> None:
        """Keep nothing: the browser's context goes, and the site with it."""

    def _told(self, results: Sequence["Result"]) -> dict[str, Any]:
        """Return what is told of steps."""
        parts = np.zeros(len(REWARD_PARTS))
        for result in results:
            parts += result.reward_parts
        return in_task_info(self.bundle, self._attempt.info(parts))

    def _known(self) -> tuple[str, ...]:
        """Return the actions of the known solution."""
        file = None if self._solutions is None else Path(self._solutions)
        row = self._told(())
        variant = self.episode.variant.fields
        found = Solutions(self.bundle, file).of({**row, "variant": variant})
        if found is None:
            raise BundleError(
                f"No solution of {self.task} {row['instance']} in variant {variant} is known; let `gymwright oracle` "
                f"write a file of them and name it in {SOLUTIONS} or in task_kwargs, as `solutions`"
            )
        return found

    def _follow(self, page: Any, chat_messages: list[Any]) -> None:
        """Let the episode take the steps that an action was, and show anew what the site has changed by itself."""
        page.wait_for_load_state("load", timeout=PATIENCE_MS)
        session = self._session
        if _is_on(page, session):
            for name, text in page.evaluate("window.__changed?.() ?? []"):
                session.drafted([(name, text)])
        heard, self._heard = chat_messages[self._heard :], max(self._heard, len(chat_messages))
        for said in heard:
            kind = {"assistant": "message", "infeasible": "infeasible"}.get(said["role"])
            if kind is not None:
                session.step(Event(kind, value=said["message"]))
        if len(self._results) == self._stepped:
            session.step(Event("noop"))
        if session.is_stale:
            with page.expect_navigation(timeout=PATIENCE_MS):
                page.evaluate(first_page_script(session))
        self._stepped = len(self._results)


def _is_on(page: Any, session: Session) -> bool:
    """Say whether a page shows the site, and not an error of the browser or another tab."""
    return str(page.url).startswith(session.site.url("/"))


def _do(call: Call, page: Any, chat_messages: list[Any]) -> None:
    """Do an action of a solution in a page."""
    element: Any = page.evaluate_handle(_ELEMENT, call.element).as_element() if call.names_element else None
    match call.name:
        case "send_msg_to_user" | "report_infeasible":
            role = "assistant" if call.name == "send_msg_to_user" else "infeasible"
            chat_messages.append({"role": role, "timestamp": 0.0, "message": call.said().value})
        case "goto":
            page.goto(call.text("url"))
        case "go_back" | "go_forward":
            getattr(page, call.name)()
        case "fill":
            element.fill(call.text("value"))
        case "press":
            element.press(call.text("key_comb"))
        case "select_option":
            element.select_option(call.options())
        case "noop" | "scroll":
            pass
        case "clear":
            element.fill("")
        case name:
            getattr(element, name)()


def _find_browsers() -> None:
    """Let BrowserGym's browsers be found where Chromium is; its chat's cannot be told otherwise.

    Playwright's own is used where it has been downloaded and no other is named.
    """
    chromium = browsergym.core._get_global_playwright().chromium  # noqa: SLF001  # there is no other way to it
    launch = chromium.launch
    if getattr(launch, "is_finding", False) or (
        not os.environ.get(VARIABLE) and Path(chromium.executable_path).exists()
    ):
        return

    def found(**options: Any) -> Any:
        place = {"executable_path": find_chromium(with_window=not options.get("headless", True))}
        return launch(**{**place, **options})

    found.is_finding = True  # type: ignore[attr-defined]  # by which the next task knows that it was done
    chromium.launch = found
