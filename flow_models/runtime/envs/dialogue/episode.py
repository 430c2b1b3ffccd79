"""The text episode: what every adapter stands on. A model's whole answer goes in; what it reads next comes out."""

import reprlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from ...machine.base.results import REWARD_PARTS
from ...machine.episodes.variation import Variation
from ...site.actions import ActionError, parse_action
from ..bundle import Bundle, as_bundle
from ..contents import Asked
from ..given import as_names, as_seed, as_text
from ..interfaces.text import TextEnv
from . import prompts
from .answers import FormatError, action_in, called
from .families import arguments_of
from .offers import Schema, as_tools
from .prompts import LEFT_OUT, Message, PromptStyle
from .rows import options_of
from .shortening import Parts, in_parts, shortened
from .told import in_names

Info = dict[str, Any]


class FaultError(RuntimeError):
    """The site itself broke during an episode; the message says where. Drop the rollout: its reward means nothing."""

    @classmethod
    def of(cls, told: Mapping[str, Any], error: str) -> Self:
        """Return that of an attempt, by what is told of it (see `in_names`) and by what broke."""
        return cls(f"The site broke in {told['task']} {told['instance']}: {error}")


class Turn(NamedTuple):
    """What one answer of a model brought.

    Attributes:
        text: What the model reads next.
        reward: What this answer earned; the rewards of an episode sum to its total.
        terminated: Whether the episode has ended by what was done.
        truncated: Whether it was ended from outside: the step limit, or a fault of the site.
        info: See `TextEpisode.step`.
    """

    text: str
    reward: float
    terminated: bool
    truncated: bool
    info: Info

    @property
    def is_over(self) -> bool:
        """Whether the episode has ended."""
        return self.terminated or self.truncated

    def checked(self) -> "Turn":
        """Return it, unless the site broke.

        Raises:
            FaultError: It did.
        """
        if self.info["is_fault"]:
            raise FaultError.of(self.info, self.info["error"])
        return self


class TextEpisode:
    """One attempt after the other, each as a talk with a language model.

    Args:
        bundle: The exported package, or its folder.
        tasks: The tasks to play; None for all, mixed by weight.
        split: The split that `reset` plays unless it is told another.
        variation: The variation that `reset` plays unless it is told another.
        style: How the attempt is told.

    Attributes:
        style: How the attempt is told.
        tools: The actions as tool schemas.
        info: What is told of the last step, see `step`; after a reset of the start.
        parts: What this attempt has earned so far, by the names of `REWARD_PARTS`.
        messages: What was said so far, as the next call of a model takes it: pages that `style.history` no longer keeps
            are left out.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    def __init__(
        self,
        bundle: Bundle | Path,
        tasks: Sequence[str] | str | None = None,
        split: str = "train",
        variation: Variation = "none",
        style: PromptStyle | None = None,
    ) -> None:
        self._bundle = as_bundle(bundle)
        self._tasks = self._bundle.task_names if tasks is None else as_names(tasks, "Tasks")
        self._wanted = (split, variation)
        self._envs: dict[str, TextEnv] = {}
        self.style = style or PromptStyle()
        self.tools: list[Schema] = as_tools()
        self.messages: list[Message] = []
        self._env = self._env_of(*self._wanted)
        self._observation: dict[str, Any] = {}
        self._parts, self._part = Parts(("",)), 0
        self.info: Info = {}
        self.parts: dict[str, float] = {}

    @property
    def goal(self) -> str:
        """What is wanted in this attempt."""
        return self._env.episode.goal

    @property
    def env(self) -> TextEnv:
        """The environment that plays the present attempt."""
        return self._env

    @property
    def is_over(self) -> bool:
        """Whether no attempt is running: none has begun, or it has ended."""
        return not self.info or bool(self.info["end_reason"])

    @property
    def observation(self) -> dict[str, Any]:
        """The present page as the text interface gives it; not to be changed."""
        return self._observation

    @property
    def total(self) -> float:
        """The sum of this attempt's rewards so far."""
        return sum(self.parts.values())

    def reset(
        self,
        task: str | None = None,
        *,
        instance: int | None = None,
        seed: int | None = None,
        variant: int | Mapping[str, Any] | None = None,
        split: str | None = None,
        variation: Variation | None = None,
    ) -> list[Message]:
        """Begin an attempt and return the first messages: the system prompt, and the goal with the first page.

        Args:
            task: The task; None for one by weight.
            instance: The number of its instance; None for one of the split by the seed.
            seed: Begins a sequence of attempts; None goes on in it.
            variant: The variant, by its seed or its fields; None for one by the seed.
            split: Another split than the usual one.
            variation: Another variation than the usual one.

        Raises:
            BundleError: Something of that does not exist.
        """
        usual_split, usual_variation = self._wanted
        env = self._env_of(split or usual_split, usual_variation if variation is None else variation)
        asked = {"task": task, "instance": instance, "variant": variant}
        options = {name: value for name, value in asked.items() if value is not None}
        observation, info = env.reset(seed=as_seed(seed), options=options)
        self._env, self._observation = env, {}
        self.parts = dict.fromkeys(REWARD_PARTS, 0.0)
        self.info = self._told(info, "", is_format_fault=False)
        self._see(observation)
        first = prompts.asked(observation["goal"], self._page())
        self.messages = [{"role": "system", "content": self.style.system}, {"role": "user", "content": first}]
        return list(self.messages)

    def begin(self, wanted: Asked | Mapping[str, Any]) -> list[Message]:
        """Begin the attempt that `Contents` named, or a row of `rows`.

        Raises:
            BundleError: There is no such instance or variant.
        """
        return self.reset(**(wanted.options if isinstance(wanted, Asked) else options_of(wanted)))

    def step(self, answer: str) -> Turn:
        """Do what a model's whole answer says.

        An answer without an action that could be tried, or that is no text, is a step that changes nothing, and what it
        should have been is the error that the model reads. After the end nothing can be done any more.

        Returns:
            The turn. Its info names: `task`, `instance`, `variant` (its seed), `steps`, `end_reason` (of `END_REASONS`,
            empty while running), `reward_parts` (by the names of `REWARD_PARTS`), `total` (of the rewards so far),
            `error` (what went wrong, empty if nothing), `is_format_fault` (whether the answer held no action) and
            `is_fault` (whether the site itself broke, so that the rollout has to be dropped).

        Raises:
            gymnasium.error.ResetNeeded: No attempt is running.
        """
        said, fault = as_text(answer), ""
        try:
            action = action_in(said, several=self.style.may_be_several)
        except FormatError as error:
            action, fault = reprlib.repr(answer) if said is None else said, str(error)
        turn = self._did(action, fault)
        self._say({"role": "assistant", "content": said or ""}, {"role": "user", "content": turn.text})
        return turn

    def call(self, name: str, arguments: Mapping[str, Any] | str | None, call_id: str | None = None) -> Turn:
        """Do the call of a tool.

        Args:
            name: The name of the action.
            arguments: Its arguments by name, or the same as JSON; what is neither is a format fault.
            call_id: By what the messages tell the call; None for the next number.

        Raises:
            gymnasium.error.ResetNeeded: No attempt is running.
        """
        fault, given = "", arguments_of(arguments)
        try:
            action = called(name, given)
        except FormatError as error:
            action, fault = str(name), str(error)
        turn = self._did(action, fault)
        known = call_id or f"call{len(self.messages):05}"  # nine letters and digits, as Mistral's chat template wants
        function = {"name": name, "arguments": dict(given) if isinstance(given, Mapping) else {}}
        asks = [{"id": known, "type": "function", "function": function}]
        self._say(
            {"role": "assistant", "content": "", "tool_calls": asks},
            {"role": "tool", "tool_call_id": known, "name": name, "content": turn.text},
        )
        return turn

    def call_for(self, action: str) -> tuple[str, dict[str, Any]]:
        """Return the tool call that an action's text means: its name and its arguments."""
        call = parse_action(action)
        return call.name, dict(call.arguments)

    def _env_of(self, split: str, variation: Variation) -> TextEnv:
        """Return the environment of a split and a variation, made when first needed."""
        key = repr((split, variation))
        if key not in self._envs:
            several = self.style.may_be_several
            self._envs[key] = TextEnv(self._bundle, self._tasks, split, variation, multi_action=several)
        return self._envs[key]

    def _did(self, action: str, fault: str) -> Turn:
        """Do an action, or refuse an answer with the words of its fault."""
        env = self._env
        observation, reward, terminated, truncated, info = env.refuse(action, fault) if fault else env.step(action)
        for name, part in zip(REWARD_PARTS, info["reward_parts"], strict=True):
            self.parts[name] += float(part)
        is_over = terminated or truncated
        self._part = max(self._part + _scrolls(action), 0)
        self._see(observation)
        self.info = told = self._told(info, observation["last_action_error"], is_format_fault=bool(fault))
        text = prompts.ended(told["end_reason"], told["error"]) if is_over else self._after(told["error"])
        return Turn(text, float(reward), terminated, truncated, told)

    def _after(self, error: str) -> str:
        """Return what is read after a step."""
        return prompts.answered(error, self._page())

    def _told(self, info: Info, error: str, *, is_format_fault: bool) -> Info:
        """Return the numbers of a step as words and names."""
        return {
            **in_names(self._bundle, info),
            "total": self.total,
            "error": error or self._env.episode.fault,
            "is_format_fault": is_format_fault,
        }

    def _see(self, observation: dict[str, Any]) -> None:
        """Take note of a page; what is told stays where it was scrolled as long as the address is the same."""
        page = observation["axtree_txt"]
        text = page if self.style.pages == "axtree" else shortened(page)
        is_same = self._observation.get("url") == observation["url"]
        self._observation, self._parts = observation, in_parts(text, self.style.page_budget)
        self._part = min(self._part, len(self._parts.texts) - 1) if is_same else 0

    def _page(self) -> str:
        """Return what is said of the present page."""
        head = f"Page: {self._observation['url']}\n"
        return head + self._parts.said(self._part)

    def _say(self, *said: Message) -> None:
        """Add messages, and leave out the pages that are no longer told."""
        self.messages += said
        if self.style.history is None:
            return
        pages = [place for place, one in enumerate(self.messages) if one["role"] in {"user", "tool"}]
        for place in pages[: max(len(pages) - 1 - self.style.history, 0)]:
            message = self.messages[place]
            left = prompts.asked(self.goal, LEFT_OUT) if place == 1 else prompts.left_out(message["content"])
            self.messages[place] = {**message, "content": left}


def _scrolls(action: str) -> int:
    """Return by how many parts of a page an action scrolls: 1 down, -1 up, 0 not at all."""
    if "scroll" not in action:
        return 0
    try:
        call = parse_action(action)
        down = call.numbers()[1] if call.name == "scroll" else 0
    except ActionError:
        return 0
    return (down > 0) - (down < 0)
