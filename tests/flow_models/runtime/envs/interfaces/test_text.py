"""The text interface."""

import json
import warnings

import gymnasium as gym
import pytest
from gymnasium.utils.env_checker import check_env

from flow_models.compiler import compile_flow
from flow_models.document.field_blocks import LongText
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import LENGTHS, TextEnv
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.results import END_REASONS
from flow_models.runtime.machine.pages.view import Link
from tests.flow_models.builders import arrow, button, flow, form, page, sets, task, variable, words
from tests.flow_models.runtime.examples import bundle_of_machine


@pytest.fixture
def env(bundle: Bundle) -> TextEnv:
    return TextEnv(bundle, bundle.task_names)


def test_gymnasiums_checker_has_nothing_to_say(env: TextEnv) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(env, skip_render_check=True)


def test_one_seed_gives_equal_rollouts_and_other_seeds_differ(bundle: Bundle) -> None:
    def rollout(seed: int) -> list[object]:
        env = TextEnv(bundle, bundle.task_names)
        env.action_space.seed(1)
        seen: list[object] = [env.reset(seed=seed)[0]]
        for _ in range(15):
            observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
            seen.append((observation, reward, terminated, truncated, info["end_reason"]))
        return seen

    assert rollout(3) == rollout(3)
    assert len({json.dumps(rollout(seed)) for seed in range(4)}) > 1


def test_a_malformed_action_counts_and_says_why(env: TextEnv) -> None:
    before, _ = env.reset(seed=1)
    observation, reward, *_, info = env.step("click(")
    assert info["steps"] == 1
    assert reward <= 0
    assert observation["last_action_error"]
    assert observation["axtree_txt"] == before["axtree_txt"]


def test_the_step_limit_truncates(env: TextEnv) -> None:
    env.reset(seed=1)
    truncated, steps = False, 0
    info: dict[str, int] = {}
    while not truncated:
        *_, terminated, truncated, info = env.step("noop()")
        steps += 1
        assert not terminated
    limit = max(task.max_steps for task in env.bundle.program.tasks.values())
    assert steps <= limit
    assert END_REASONS[info["end_reason"]] == "step_limit"


def test_reporting_an_impossible_instance_is_right_and_a_possible_one_wrong(env: TextEnv) -> None:
    env.reset(options={"instance": 11})
    _, reward, terminated, _, info = env.step("report_infeasible('cannot be done')")
    assert (terminated, END_REASONS[info["end_reason"]]) == (True, "success")
    assert reward == pytest.approx(1.0, abs=0.1)
    env.reset(options={"instance": 0})
    _, reward, terminated, _, info = env.step("report_infeasible('cannot be done')")
    assert END_REASONS[info["end_reason"]] == "infeasible_reported"
    assert reward <= 0


def test_a_state_is_plain_json_and_leads_back(env: TextEnv) -> None:
    env.reset(seed=5)
    link = next(control for control in env.episode.view.controls() if control.id)
    env.step(env.action_for(Event("use", link.id, getattr(link, "row", ""))))
    saved = json.loads(json.dumps(env.get_state()))
    onwards = [env.step(action)[0] for action in ("noop()", "go_back()")]
    env.set_state(saved)
    assert [env.step(action)[0] for action in ("noop()", "go_back()")] == onwards


def test_the_focused_element_is_named(env: TextEnv) -> None:
    observation, _ = env.reset(seed=5)
    body = observation["focused_element_bid"]
    assert f"[{body}] banner" not in observation["axtree_txt"]
    observation, *_ = env.step("focus('16')")
    assert observation["focused_element_bid"] != body
    assert f"[{observation['focused_element_bid']}] link" in observation["axtree_txt"]


def test_stepping_before_reset_is_refused(bundle: Bundle) -> None:
    with pytest.raises(gym.error.ResetNeeded):
        TextEnv(bundle, bundle.task_names).step("noop()")


def test_any_text_gives_an_observation_of_its_space(env: TextEnv) -> None:
    env.reset(seed=1)
    for action in ("x" * 20_000, "fill('1', '\ud800')", "goto('/" + "y" * 9_000 + "')", ""):
        observation, *_ = env.step(action)
        assert env.observation_space.contains(observation)
        assert "".join(observation.values()).encode()


def test_a_variant_changes_what_is_said_and_comes_between_and_nothing_else(env: TextEnv) -> None:
    drawn, _ = env.reset(seed=1, options={"instance": 0})
    worded, info = env.reset(options={"instance": 0, "variant": {"seed": 9, "wording": 3, "new_words": True}})
    assert drawn["axtree_txt"] != worded["axtree_txt"]
    assert (drawn["goal"], drawn["url"], info["variant"]) == (worded["goal"], worded["url"], 9)
    looked, _ = env.reset(options={"instance": 0, "variant": {"look": "airy", "align": "end", "labels": "beside"}})
    assert looked["axtree_txt"] == drawn["axtree_txt"]


def test_escape_puts_a_modal_interruption_away(env: TextEnv) -> None:
    env.reset(seed=1, options={"instance": 0, "variant": {"interruption": "newsletter"}})
    for number in range(12):
        if env.episode.view.interruption is not None:
            break
        links = [one for one in env.episode.view.controls() if isinstance(one, Link)]
        link = links[number % len(links)]
        env.step(env.action_for(Event("use", link.id, link.row)))
    shown = env.step("noop()")[0]["axtree_txt"]
    observation = env.step("press('0', 'Escape')")[0]
    assert "dialog " in shown
    assert "dialog " not in observation["axtree_txt"]
    assert observation["last_action_error"] == ""


def test_a_saved_state_brings_its_variant_back(env: TextEnv, bundle: Bundle) -> None:
    env.reset(seed=1, options={"instance": 0, "variant": {"seed": 4, "interruption": "cookies", "order": 7}})
    before = env.step("noop()")[0]
    other = TextEnv(bundle, bundle.task_names)
    assert other.set_state(json.loads(json.dumps(env.get_state()))) == before
    assert other.episode.start.variant == env.episode.start.variant


class TestSeveralActions:
    """One text may hold several actions where that was asked for."""

    @pytest.fixture
    def several(self, bundle: Bundle) -> TextEnv:
        env = TextEnv(bundle, bundle.task_names, multi_action=True)
        env.reset(seed=1)
        return env

    def test_each_is_a_step_with_its_cost(self, several: TextEnv, env: TextEnv) -> None:
        env.reset(seed=1)
        together = several.step("First wait.\n```\nnoop()\nscroll(0, 100)\n```\nnoop(5)")
        parts = [env.step(action)[1] for action in ("noop()", "scroll(0, 100)", "noop(5)")]
        assert together[1] == pytest.approx(sum(parts))
        assert together[4]["steps"] == 3
        assert together[4]["reward_parts"].sum() == pytest.approx(sum(parts))

    def test_the_first_that_cannot_be_done_ends_them(self, several: TextEnv) -> None:
        seen, *_, info = several.step("noop() click('999') noop() noop()")
        assert "999" in seen["last_action_error"]
        assert info["steps"] == 2

    @pytest.mark.parametrize("second", ["jump()", "click('1', bid='2', bid='3')", "fill('1', '\\x4')"])
    def test_none_is_done_if_one_cannot_be_read(self, several: TextEnv, second: str) -> None:
        seen, *_, info = several.step(f"noop() {second}")
        assert seen["last_action_error"]
        assert info["steps"] == 1

    def test_numbers_of_a_page_that_has_gone_name_nothing(self, several: TextEnv) -> None:
        link = (
            next(line for line in several.reset(seed=1)[0]["axtree_txt"].split("\n") if "] link" in line)
            .split("]")[0]
            .split("[")[1]
        )
        seen, *_, info = several.step(f"click('{link}') click('{link}')")
        assert "Could not find" in seen["last_action_error"]
        assert info["steps"] == 2

    def test_the_end_of_the_episode_ends_them(self, several: TextEnv) -> None:
        *_, ended, _, info = several.step("report_infeasible('no') noop() noop()")
        assert ended
        assert info["steps"] == 1


def test_several_actions_are_refused_where_they_were_not_asked_for(env: TextEnv) -> None:
    env.reset(seed=1)
    seen, *_, info = env.step("noop() noop()")
    assert "multi-action" in seen["last_action_error"]
    assert info["steps"] == 1


def test_a_state_saved_before_there_were_selections_still_opens(env: TextEnv) -> None:
    before = env.reset(seed=1)[0]
    saved = env.get_state()
    del saved["episode"]["state"]["carets"]
    assert env.set_state(saved) == before


def test_what_an_agent_makes_longer_than_an_observation_ends_there() -> None:
    text = "x" * 10_000
    written = LongText(id="f_word", name="word", title="Word", max_length=5_000)
    home = page("home", form("f", written, button("send", submit=True)), *(words(f"w{n}", "{all}") for n in range(110)))
    sent = arrow("home", use="send", do=(sets("all", "field.word + field.word"),))
    site = flow(home, variable("all"), sent, task("t", max_steps=90))
    bundle = bundle_of_machine(Machine(compile_flow(site).program), 4)
    env = TextEnv(bundle, ["t"])
    env.reset(seed=1)
    env.step(env.action_for(Event("fill", "f_word", value=text[:5_000])))
    page_text = env.step(env.action_for(Event("use", "send")))[0]
    assert len(page_text["axtree_txt"]) == LENGTHS["axtree_txt"]
    address = env.step(f"goto('https://{bundle.program.site.host}/{'ΐ' * 9_000}')")[0]
    assert len(address["url"]) == LENGTHS["url"]
    assert page_text in env.observation_space
    assert address in env.observation_space
