"""The text episode plays as the text environment does, and says what a model needs and nothing wrong."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import gymnasium as gym
import pytest

from flow_models.compiler import compile_flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.contents import Contents
from flow_models.runtime.envs.dialogue.episode import FaultError, TextEpisode
from flow_models.runtime.envs.dialogue.prompts import LEFT_OUT, PromptStyle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import BundleError, Instance
from flow_models.solver import build_instances
from tests.daily import without
from tests.flow_models.builders import arrow, button, flow, page, task
from tests.flow_models.runtime.examples import EXAMPLES, machine_of

Solved = tuple[Bundle, dict[tuple[str, int], Any]]

WITH_TASKS = [name for name in EXAMPLES if machine_of(name).tasks]


@pytest.fixture(scope="module", params=without(WITH_TASKS, ["skylark_air"]))
def solved(request: pytest.FixtureRequest) -> Solved:
    """An example with one proven instance a task."""
    program = machine_of(request.param).program
    made = build_instances(program, (1, 0, 0))
    return Bundle(program, made.listed), dict(made.plans)


def played(episode: TextEpisode, plan: Any) -> Iterator[tuple[str, Any]]:
    """Yield each action of a solution with the turn that it brought."""
    for event in plan:
        action = episode.env.action_for(event)
        yield action, episode.step(action)


def test_solutions_act_on_what_the_short_pages_say(solved: Solved) -> None:
    bundle, plans = solved
    episode = TextEpisode(bundle)
    for (name, number), plan in plans.items():
        said = episode.reset(name, instance=number)[-1]["content"]
        assert episode.goal in said
        turn = None
        for action, turn in played(episode, plan):
            for bid in re.findall(r"'(\d+)'", action.partition(",")[0]):
                assert f"[{bid}] " in said
            said = turn.text
        assert turn is not None
        assert (turn.info["end_reason"], turn.terminated) == ("success", True)
        assert turn.info["total"] == pytest.approx(1, abs=0.2)
        assert "success" in turn.text


@pytest.mark.parametrize("speech", ["calls", "tools"])
def test_a_talk_earns_what_the_text_environment_gives(solved: Solved, speech: Any) -> None:
    bundle, plans = solved
    (name, number), plan = next(iter(plans.items()))
    episode = TextEpisode(bundle, name, variation="full", style=PromptStyle(speech=speech))
    env = TextEnv(bundle, [name], variation="full")
    episode.reset(instance=number, variant={"look": ""})
    env.reset(options={"instance": number, "variant": {"look": ""}})
    for event in plan:
        action = env.action_for(event)
        _, reward, terminated, truncated, info = env.step(action)
        turn = episode.step(f"Well. {action}") if speech == "calls" else episode.call(*episode.call_for(action))
        assert (turn.reward, turn.terminated, turn.truncated) == (reward, terminated, truncated)
        assert list(turn.info["reward_parts"].values()) == list(info["reward_parts"])
    roles = [one["role"] for one in episode.messages]
    other = "user" if speech == "calls" else "tool"
    assert roles == ["system", "user", *["assistant", other] * len(plan)]
    assert json.loads(json.dumps(episode.messages)) == episode.messages


def test_pages_as_browsergym_gives_them(bundle: Bundle) -> None:
    episode = TextEpisode(bundle, style=PromptStyle(pages="axtree"))
    messages = episode.reset(seed=3)
    env = TextEnv(bundle, bundle.task_names)
    assert env.reset(seed=3)[0]["axtree_txt"] in messages[-1]["content"]


def test_what_is_no_text_is_refused_in_words(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    episode.reset(seed=1)
    for answer in (None, 7, [{"type": "text", "text": "noop()"}]):
        turn = episode.step(answer)  # type: ignore[arg-type]
        assert turn.info["is_format_fault"]
        assert turn.text.startswith("Error: Your answer is no text: give one with a call in it, such as click('12').")
        assert episode.messages[-2] == {"role": "assistant", "content": ""}
    assert turn.info["steps"] == 3


def test_a_fault_of_the_format_is_a_step_that_says_what_to_do(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    episode.reset(seed=1)
    turn = episode.step("I do not know.")
    assert turn.info["is_format_fault"]
    assert turn.text.startswith(
        "Error: Your answer holds no action: end it with one call, such as click('12').\n\nPage:"
    )
    assert turn.info["steps"] == 1
    assert episode.call("buy", {}).info["error"].startswith("There is no action 'buy'")
    assert not episode.step("click('900')").info["is_format_fault"]
    assert episode.info["error"].startswith("ValueError: Could not find element")


def test_many_actions_in_one_answer_where_that_is_wanted(bundle: Bundle) -> None:
    episode = TextEpisode(bundle, style=PromptStyle(actions_per_answer="many"))
    episode.reset(seed=1)
    assert episode.step("noop() noop() noop()").info["steps"] == 3
    assert TextEpisode(bundle).style.system != episode.style.system


def test_old_pages_are_left_out_and_the_goal_stays(bundle: Bundle) -> None:
    episode = TextEpisode(bundle, style=PromptStyle(history=1))
    episode.reset(seed=1)
    for _ in range(3):
        episode.step("noop()")
    pages = [one["content"] for one in episode.messages if one["role"] == "user"]
    assert [LEFT_OUT in page for page in pages] == [True, True, False, False]
    assert episode.goal in pages[0]
    assert [one["content"] for one in episode.messages if one["role"] == "assistant"] == ["noop()"] * 3


def test_what_went_wrong_stays_when_its_page_is_left_out(bundle: Bundle) -> None:
    episode = TextEpisode(bundle, style=PromptStyle(history=0))
    episode.reset(seed=1)
    error = episode.step("click('900')").info["error"]
    episode.call("noop", {})
    episode.call("noop", {})
    told = [one["content"] for one in episode.messages if one["role"] in {"user", "tool"}]
    assert told[1:3] == [f"Error: {error}\n\n{LEFT_OUT}", LEFT_OUT]
    assert "Page: " in told[3]


def test_a_call_may_come_as_json_and_a_broken_one_is_a_format_fault(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    episode.reset(seed=1)
    for arguments in ('{"bid": "900"}', {"bid": 900}):
        assert not episode.call("functions.click", arguments).info["is_format_fault"]
    for name, given in (("click", "{"), ("click", ["900"]), (None, {}), ("click", {1: 2})):
        assert episode.call(name, given).info["is_format_fault"]  # type: ignore[arg-type]
    assert not episode.call("noop", None).info["error"]


def test_calls_are_named_as_strict_chat_templates_want(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    episode.reset(seed=1)
    for _ in range(3):
        episode.call("noop", {})
    asked = [one["tool_calls"][0]["id"] for one in episode.messages if "tool_calls" in one]
    assert asked == [one["tool_call_id"] for one in episode.messages if one["role"] == "tool"]
    assert len(set(asked)) == 3
    assert all(len(one) == 9 and one.isalnum() for one in asked)


def test_scrolling_shows_the_parts_of_a_long_page(bundle: Bundle) -> None:
    whole = TextEpisode(bundle).reset(seed=1)[-1]["content"]
    episode = TextEpisode(bundle, style=PromptStyle(page_budget=200))
    said = [episode.reset(seed=1)[-1]["content"]]
    while "shows the next" in said[-1]:
        said.append(episode.step("scroll(0, 600)").text)
    assert len(said) > 2
    for line in whole.split("\n"):
        assert any(line in one for one in said)
    assert episode.step("noop()").text == said[-1]
    assert episode.step("scroll(0, -600)").text == said[-2]
    assert "Part 1 of" in episode.reset(seed=1)[-1]["content"]


def test_what_can_be_asked_for(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    asked = Contents(bundle).instances(bundle.task_names[0], "test", "full", seed=5)[1]
    assert asked.goal in episode.begin(asked)[-1]["content"]
    assert (episode.info["instance"], episode.info["variant"]) == (asked.instance, asked.variant.seed)
    first = [episode.reset(seed=4)[1]["content"], episode.reset()[1]["content"]]
    assert [episode.reset(seed=4)[1]["content"], episode.reset()[1]["content"]] == first
    assert episode.reset(seed=2, split="validation")[1] != episode.reset(seed=2, split="test", variation="full")[1]
    for wrong in ({"task": "none"}, {"split": "none"}, {"variation": "none such"}, {"instance": 999}):
        with pytest.raises(BundleError):
            episode.reset(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"speech": "song"}, {"page_budget": 3}, {"page_budget": True}, {"history": -1}, {"pages": ""}]
)
def test_a_style_that_does_not_exist_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BundleError, match=f"^{next(iter(wrong))} is "):
        PromptStyle(**wrong)


def test_nothing_can_be_done_before_a_start_or_after_the_end(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    stood = [episode.is_over]
    with pytest.raises(gym.error.ResetNeeded):
        episode.step("noop()")
    episode.reset(seed=1)
    stood += [episode.is_over, episode.step("report_infeasible('no')").is_over, episode.is_over]
    assert stood == [True, False, True, True]
    with pytest.raises(gym.error.ResetNeeded):
        episode.step("noop()")


def test_a_copy_goes_its_own_way(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    episode.reset(seed=1)
    other = copy.deepcopy(episode)
    assert other.step("noop()").text == episode.step("noop()").text
    other.step("go_back()")
    assert (episode.info["steps"], other.info["steps"]) == (1, 2)


def test_a_site_that_breaks_is_no_failure_of_the_agent() -> None:
    ring = (arrow("a", "b", on="enter"), arrow("b", "a", on="enter"))
    home = page("home", button("go"))
    drawn = flow(home, page("a"), page("b"), arrow("home", "a", use="go"), *ring, task("t"))
    bundle = Bundle(compile_flow(drawn).program, [Instance("t", 0, 1, "train")])
    episode = TextEpisode(bundle)
    episode.reset()
    turn = episode.step("click('14')")
    assert (turn.truncated, turn.terminated, turn.info["is_fault"]) == (True, False, True)
    with pytest.raises(FaultError, match=r"The site broke in t 0: .*more than"):
        turn.checked()
