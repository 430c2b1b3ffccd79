"""BrowserGym's observations without a browser; `tests/stacks` compares them with those of the browser."""

import json
from collections.abc import Iterator
from typing import Any

import gymnasium as gym
import numpy as np
import pytest

from flow_models.runtime.envs.adapters.browsergym_text import GREETING, BrowserGymText, register
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.dialogue.episode import FaultError
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.machine.episodes.graph_episode import GraphEpisode

KEYS = (
    "active_page_index axtree_object chat_messages dom_object elapsed_time extra_element_properties "
    "focused_element_bid goal goal_object last_action last_action_error open_pages_titles open_pages_urls "
    "screenshot url"
)


@pytest.fixture
def registered(bundle: Bundle) -> Iterator[str]:
    """The id of the only task."""
    (name,) = register(bundle)
    yield name
    del gym.registry[name]


def task_of(bundle: Bundle) -> str:
    """Return the name of the only task."""
    (task,) = bundle.task_names
    return task


def test_it_has_all_keys_of_browsergym_and_they_are_in_the_space(bundle: Bundle) -> None:
    env = BrowserGymText(bundle, task_of(bundle))
    observation, _ = env.reset(seed=1)
    assert " ".join(sorted(observation)) == KEYS
    assert observation in env.observation_space
    assert env.step("noop()")[0] in env.observation_space


def test_agents_get_what_they_ask_for_by_browsergyms_name(bundle: Bundle, registered: str) -> None:
    assert registered == f"browsergym/{bundle.module}.text.{task_of(bundle)}"
    options: dict[str, Any] = {
        "task_kwargs": {"instance": 3, "unknown": 1},
        "headless": True,
        "viewport": {"width": 10, "height": 10},
    }
    env = gym.make(registered, action_mapping=str, max_episode_steps=None, use_raw_page_output=False, **options)
    _, info = env.reset(seed=0)
    assert info["task_info"]["instance"] == 3
    assert info["task_info"]["task"] == task_of(bundle)


def test_it_plays_what_the_text_interface_plays(bundle: Bundle) -> None:
    env, text = (
        BrowserGymText(bundle, task_of(bundle), variation="full"),
        TextEnv(bundle, bundle.task_names, "train", "full"),
    )
    mine, theirs = env.reset(seed=5)[0], text.reset(seed=5)[0]
    for action in ("click('16')", "scroll(0, 100)", "fill('17', 'x')", "what"):
        assert [mine[key] for key in ("goal", "url", "last_action_error")] == [
            theirs[key] for key in ("goal", "url", "last_action_error")
        ]
        mine, reward, *ends, info = env.step(action)
        theirs, reward_there, *ends_there, info_there = text.step(action)
        assert (reward, ends[:2]) == (reward_there, ends_there[:2])
        assert info["steps"] == info_there["steps"]


def test_what_only_a_browser_knows_is_black_or_none(bundle: Bundle) -> None:
    observation, _ = BrowserGymText(bundle, task_of(bundle)).reset(seed=1)
    assert observation["screenshot"].shape == (1, 1, 3)
    assert not observation["screenshot"].any()
    properties = observation["extra_element_properties"]
    assert {one["bbox"] for one in properties.values()} == {None}
    assert any(one["clickable"] for one in properties.values())
    json.dumps([observation["dom_object"], observation["axtree_object"], properties])


def test_the_chat_begins_with_the_goal_and_has_what_is_said(bundle: Bundle) -> None:
    env = BrowserGymText(bundle, task_of(bundle))
    observation, _ = env.reset(seed=1)
    assert [one["message"] for one in observation["chat_messages"]] == [GREETING, observation["goal"]]
    observation, *_, info = env.step("report_infeasible('no such book')")
    last = observation["chat_messages"][-1]
    assert (last["role"], last["message"]) == ("infeasible", "no such book")
    assert info["task_info"]["end_reason"] == "infeasible_reported"


def test_times_of_an_action_are_told_as_agentlab_wants_them(bundle: Bundle) -> None:
    env = BrowserGymText(bundle, task_of(bundle))
    env.reset(seed=1)
    *_, info = env.step("noop()")
    assert info["action_exec_stop"] - info["action_exec_timeout"] >= info["action_exec_start"]


def test_several_actions_of_one_text_are_done(bundle: Bundle) -> None:
    env = BrowserGymText(bundle, task_of(bundle))
    env.reset(seed=1)
    assert env.step("noop()\nnoop()")[4]["task_info"]["steps"] == 2


def test_a_site_that_breaks_raises(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    env = BrowserGymText(bundle, task_of(bundle))
    env.reset(seed=1)
    monkeypatch.setattr(GraphEpisode, "step", lambda self, _: self.break_off("gone"))
    with pytest.raises(FaultError, match="gone"):
        env.step("noop()")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"use_raw_page_output": True}, ValueError),
        ({"task_kwargs": {"split": "tests"}}, BundleError),
        ({"task_kwargs": {"variation": {"colour": True}}}, BundleError),
    ],
)
def test_what_there_is_not_is_refused(bundle: Bundle, options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        BrowserGymText(bundle, task_of(bundle), **options)


def test_the_same_seed_looks_the_same_but_for_the_clock(bundle: Bundle) -> None:
    first, second = (BrowserGymText(bundle, task_of(bundle)).reset(seed=2)[0] for _ in range(2))
    for key in set(KEYS.split()) - {"chat_messages", "elapsed_time"}:
        assert (
            np.array_equal(first[key], second[key]) if isinstance(first[key], np.ndarray) else first[key] == second[key]
        )
