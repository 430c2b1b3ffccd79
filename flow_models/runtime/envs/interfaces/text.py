"""The text interface: the agent reads the text that Chromium would give and acts with BrowserGym's actions."""

import reprlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import gymnasium as gym
import numpy as np

from ...machine.base.errors import SavedStateError
from ...machine.base.events import Event
from ...machine.base.results import Result, together
from ...machine.episodes.graph_episode import GraphEpisode
from ...machine.episodes.variation import Variation
from ...site import Rendered, Written
from ...site.actions import ActionError, Call, parsed
from ...site.aiming import Page
from ...site.phrasing import to_action
from ...site.resolve import event_of
from ..attempt import Attempt, Info
from ..bundle import Bundle, as_bundle
from ..given import as_flag, as_mode, as_seed, as_text
from ..repeats import Repeats, TextGraph
from ..spaces import ActionText, UnicodeText

Observation = dict[str, Any]

ECHOED: Final = 10_000
"""Characters of an action that the next observation repeats."""

LENGTHS: Final = {
    "goal": 10_000,
    "axtree_txt": 1_000_000,
    "url": 20_000,
    "last_action": ECHOED,
    "last_action_error": ECHOED,
    "focused_element_bid": 20,
}
"""Characters of each text of an observation; what an agent makes longer (an address, a page) ends there."""


class TextEnv(gym.Env[Observation, str]):
    """One task of a simulated website, read and acted on as text.

    Task:
        The goal is in the observation, in words. Episodes of one environment differ in their instance (who is to be
        paid, how much, which rows the site has) and in their variant: how the site looks, what it says, and what
        comes between.

    Actions:
        A text with one call of BrowserGym's set in it, as its `HighLevelActionSet` finds it in prose and fences:
        `click('14')`, `dblclick`, `fill('17', '25.00')`, `select_option('21', 'Ana Silva')`, `check`, `uncheck`,
        `clear`, `press('17', 'Control+a')`, `focus`, `hover`, `scroll`, `go_back()`, `go_forward()`,
        `goto('https://...')`, `noop()`, `send_msg_to_user('...')`, `report_infeasible('...')`. Numbers are those in
        `axtree_txt`. An action that cannot be done changes nothing, counts as a step, and says why in
        `last_action_error`; so does whatever is no text. What depends on pixels, timing, other tabs or this
        computer's files is answered so as well: `drag_and_drop`, `upload_file`, `new_tab`, `tab_close`, `tab_focus`,
        clicks with the middle button or with keys held down, pasting and undoing, typing into several lines or into a
        field that the site answers meanwhile. With `multi_action=True` the calls of one text are done in turn, each
        for its step and cost, until one cannot be done or the episode ends; numbers hold as long as the page does.
        A site takes what is typed as its pages show it: without spaces at the ends and what nobody sees, in Unicode's
        form NFC; all characters of a password count.

    Answers:
        In a question `send_msg_to_user` ends the episode. A message is understood wholly, or it is wrong: it gives the
        one expected value, once, and what else it says are words without value, without negation, doubt, question or
        alternative. `ANSWER_RULES` of the package `machine` says it for each type of answer.

    Observations:
        A dict of texts: `goal`, `axtree_txt`, `url`, `last_action`, `last_action_error`, `focused_element_bid`. One
        that would be longer than its space ends there.

    Start:
        `reset(seed=s)` chooses an instance of the split and a variant by the seed; further resets go on in the same
        sequence. `reset(options={"instance": n, "variant": v})` names them (with `"task"` where several are mixed);
        a variant is named by its seed or by a mapping of its fields.

    Rewards:
        Success makes the total 1, less `step_cost` a step; milestones pay a part of it early.

    End of episode:
        `terminated` on success, failure, a wrong answer or a report of infeasibility; `truncated` at the task's step
        limit and when the site itself breaks. `info["end_reason"]` is the position in `END_REASONS`, 0 while running.
        After the end, `step` raises `gymnasium.error.ResetNeeded`.

    Info:
        `end_reason` (int), `reward_parts` (float64 array in the order of `REWARD_PARTS`), `task` (int, position in the
        bundle's tasks), `instance` (int), `variant` (int, its seed), `steps` (int).

    Version history:
        The `-vN` of an id rises whenever the site, the task, rewards or spaces change.

    Args:
        bundle: The exported package, or its folder.
        tasks: The tasks to play; several are mixed by weight.
        split: `train`, `validation`, `test`, `test:instances` or `test:AXIS`, see `InstanceChooser`.
        variation: `none`, `light`, `full`, or a mapping of axes and aspects, see `InstanceChooser`.
        render_mode: None, or `ansi` for the page as text.
        multi_action: Whether one text may hold several actions, as with BrowserGym's `multiaction`.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    metadata = {"render_modes": ["ansi"], "render_fps": 15}

    def __init__(
        self,
        bundle: Bundle | Path,
        tasks: Sequence[str],
        split: str = "train",
        variation: Variation = "none",
        render_mode: str | None = None,
        *,
        multi_action: bool = False,
    ) -> None:
        bundle = as_bundle(bundle)
        self.attempt = Attempt(bundle, Repeats.of(bundle).episode, tasks, split, variation)
        self.render_mode = as_mode(render_mode, self.metadata["render_modes"])
        self.multi_action = as_flag(multi_action, "multi_action")
        self.observation_space = gym.spaces.Dict({name: UnicodeText(length) for name, length in LENGTHS.items()})
        self.action_space = ActionText()
        self._actions = "bid"
        self._last = ("", "")

    @property
    def bundle(self) -> Bundle:
        """The exported package."""
        return self.attempt.bundle

    @property
    def episode(self) -> GraphEpisode:
        """The running episode.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
        """
        return self.attempt.played

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, Info]:
        """Begin an episode."""
        seed = as_seed(seed)
        super().reset(seed=seed)
        info = self.attempt.reset(seed, options, self.np_random)
        self._last = ("", "")
        self._begun()
        return self._observation(), info

    def step(self, action: str) -> tuple[Observation, float, bool, bool, Info]:
        """Do one action.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the episode has ended.
        """
        text = as_text(action)
        said = reprlib.repr(action) if text is None else text
        return self._brought(said, self._done(text, self.attempt.running))

    def refuse(self, said: str, why: str) -> tuple[Observation, float, bool, bool, Info]:
        """Refuse what an agent said: a step that changes nothing, with the reason as `last_action_error`.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the episode has ended.
        """
        return self._brought(said, self._did(ActionError(why), self.attempt.running))

    def _brought(self, said: str, result: Result) -> tuple[Observation, float, bool, bool, Info]:
        """Return what a step brought."""
        self._last = (_echo(said), _echo(result.error))
        info = self.attempt.info(np.array(result.reward_parts, dtype=np.float64))
        return self._observation(), result.reward, result.terminated, result.truncated, info

    def action_for(self, event: Event) -> str:
        """Return the action string that performs an event on the page as it is now."""
        rendered = self._rendered(self.episode)
        return to_action(event, rendered, rendered.site)

    def render(self) -> str | None:
        """Return the page as text, if the render mode is `ansi`."""
        return self._written(self.episode).axtree if self.render_mode == "ansi" else None

    def get_state(self) -> dict[str, Any]:
        """Return the running episode as plain JSON, to go back to it or to branch from it."""
        return {**self.attempt.get_state(), "last": list(self._last)}

    def set_state(self, state: dict[str, Any]) -> Observation:
        """Go back to a state and return what the agent sees there.

        Raises:
            SavedStateError: It belongs to another program or is damaged.
        """
        try:
            action, error = map(str, state["last"])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise SavedStateError(f"this saved state is damaged: {error}") from None
        self.attempt.set_state(state)
        self._last = (action, error)
        self._begun()
        return self._observation()

    def _begun(self) -> None:
        """Take note that another episode, or another state, has been put in place; here nothing depends on it."""

    def _done(self, action: str | None, episode: GraphEpisode) -> Result:
        """Do an action, which is None if it was no text, and return what it brought."""
        try:
            calls = parsed(action, several=self.multi_action, actions=self._actions)
        except ActionError as error:
            return self._did(error, episode)
        if len(calls) == 1:
            return self._did(calls[0], episode)
        return self._did_in_turn(calls, episode)

    def _did_in_turn(self, calls: Sequence[Call | ActionError], episode: GraphEpisode) -> Result:
        """Do actions until one cannot be done or the episode ends; the numbers of a page that has gone name nothing."""
        results, answered = list[Result](), episode.state.answered
        for call in calls:
            is_stale = episode.state.answered != answered and isinstance(call, Call) and call.names_element
            results.append(self._did(call.astray() if is_stale and isinstance(call, Call) else call, episode))
            if results[-1].error or episode.end_reason:
                break
        return together(results)

    def _did(self, call: Call | ActionError, episode: GraphEpisode) -> Result:
        """Do one action, or refuse it, and return what it brought."""
        return episode.step(self._event(call, episode))

    def _event(self, call: Call | ActionError, episode: GraphEpisode) -> Event:
        """Return what an action means on the page as it is now."""
        if isinstance(call, ActionError):
            return Event("reject", value=str(call))
        graph = episode.graph
        if not isinstance(graph, TextGraph):
            rendered = Rendered(episode.view, self.attempt.site)
            return event_of(call, Page(rendered, rendered.view, rendered.site, episode.carets))
        node = episode.node
        event = graph.meaning(node, call)
        if event is None:
            rendered = graph.rendered(node)
            event = event_of(call, Page(rendered, rendered.view, rendered.site, node.carets))
            graph.note(episode.node, call, event)
        return event

    def _rendered(self, episode: GraphEpisode) -> Rendered:
        """Return the page as it is now."""
        graph = episode.graph
        if isinstance(graph, TextGraph):
            return graph.rendered(episode.node)
        return Rendered(episode.view, self.attempt.site)

    def _written(self, episode: GraphEpisode) -> Written:
        """Return what is written of the page as it is now."""
        graph = episode.graph
        if isinstance(graph, TextGraph):
            return graph.written(episode.node)
        return Written.of(episode.view, self.attempt.site)

    def _observation(self) -> Observation:
        """Return what the agent sees now."""
        episode = self.attempt.played
        action, error = self._last
        written = self._written(episode)
        return {
            "goal": episode.goal[: LENGTHS["goal"]],
            "axtree_txt": written.axtree[: LENGTHS["axtree_txt"]],
            "url": written.url[: LENGTHS["url"]],
            "last_action": action,
            "last_action_error": error,
            "focused_element_bid": str(written.focused_number),
        }


def _echo(text: str) -> str:
    """Return an action, or an error that quotes it, within the observations' space and without halves of characters."""
    return text if len(text) <= ECHOED and text.isascii() else text[:ECHOED].encode(errors="replace").decode()
