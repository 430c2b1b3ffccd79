"""The browser interface: what it shows, and that it survives its browser; `tests/parity` compares it with the text."""

import copy
import os
import pickle
import signal
from collections.abc import Callable, Iterator

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from gymnasium.wrappers import OrderEnforcing

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.errors import BrowserMissingError
from flow_models.runtime.envs.chromium.find import VARIABLE, has_chromium
from flow_models.runtime.envs.chromium.window import Window
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine.base.results import END_REASONS
from flow_models.runtime.site import Rendered

BROKEN = END_REASONS.index("environment_error")

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")


@pytest.fixture(scope="module")
def played(bundle: Bundle) -> Iterator[BrowserEnv]:
    env = BrowserEnv(bundle, bundle.task_names, render_mode="rgb_array", observe=("axtree_txt",))
    yield env
    env.close()


@pytest.fixture
def fresh(bundle: Bundle) -> Iterator[BrowserEnv]:
    env = BrowserEnv(bundle, bundle.task_names, timeout_s=2)
    env.reset(seed=1)
    yield env
    env.close()


def number_of(env: BrowserEnv, kind: str) -> int:
    """Return the number of the first control of a kind."""
    targets = Rendered(env.episode.view, env.window.session.site).targets
    return next(number for number, target in targets.items() if target.kind == kind)


def process_of(window: Window, kind: str) -> int:
    """Return the number of a browser's process of a kind."""
    session = window.chromium.browser.new_browser_cdp_session()
    listed = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return next(int(one["id"]) for one in listed if one["type"] == kind)


def test_an_episode_begins_and_goes_on_as_in_the_simulation(bundle: Bundle, played: BrowserEnv) -> None:
    text = TextEnv(bundle, bundle.task_names)
    assert played.reset(seed=3)[0] == text.reset(seed=3)[0]
    action = f"click('{number_of(played, 'link')}')"
    for done in (action, "go_back()", "go_forward()", "goto('https://library.test/nowhere')", "noop()"):
        mine, theirs = played.step(done), text.step(done)
        assert mine[0] == theirs[0]
        assert mine[1:4] == theirs[1:4]
    assert played.episode.state == text.episode.state


def test_nothing_of_an_episode_is_left_in_the_next(played: BrowserEnv) -> None:
    first, _ = played.reset(seed=3)
    played.step(f"click('{number_of(played, 'link')}')")
    again, _ = played.reset(seed=3)
    assert again == first
    assert played.step("go_back()")[0]["url"] == first["url"]
    assert played.step("go_forward()")[0]["url"] == first["url"]
    left = "[history.length, scrollY, document.cookie, localStorage.length]"
    assert played.inside(lambda window: window.page.evaluate(left)) == [1, 0, "", 0]


def test_every_action_is_one_step(played: BrowserEnv) -> None:
    played.reset(seed=4)
    actions = ["noop()", "scroll(0, 50)", "click('9999')", "click('0')", "what", "hover('18')", "press('18', 'Tab')"]
    steps = [played.step(action)[4]["steps"] for action in actions]
    assert steps == list(range(1, len(actions) + 1))


@pytest.mark.parametrize(
    "action",
    [
        "click('999')",
        "click('1')",
        "fill('18', 'x')",
        "check('18')",
        "clear('18')",
        "select_option('18', 'x')",
        "press('18', 'Alt+Enter')",
        "press('18', 'Foo')",
        "press('18', 'Control+v')",
        "goto('https://elsewhere.test/')",
        "click('18', button='middle')",
        "click('18', modifiers=['Shift'])",
        "dblclick('999')",
        "drag_and_drop('18', '20')",
        "upload_file('18', '/etc/passwd')",
        "new_tab()",
        "tab_close()",
        "tab_focus(0)",
        "noop('x')",
        "hover('2')",
    ],
)
def test_what_cannot_be_done_is_said_as_in_the_simulation(bundle: Bundle, played: BrowserEnv, action: str) -> None:
    text = TextEnv(bundle, bundle.task_names)
    before, _ = played.reset(seed=5)
    text.reset(seed=5)
    after = played.step(action)[0]
    assert after["last_action_error"]
    assert bool(text.step(action)[0]["last_action_error"])
    assert after["axtree_txt"] == before["axtree_txt"]


def test_gymnasiums_checker_agrees(fresh: BrowserEnv) -> None:
    check_env(fresh, skip_render_check=True)


def test_screenshots_and_html_come_on_request(bundle: Bundle) -> None:
    env = BrowserEnv(bundle, bundle.task_names, observe=("screenshot", "pruned_html"))
    seen, _ = env.reset(seed=1)
    assert env.observation_space.contains(seen)
    assert "axtree_txt" not in seen
    assert seen["screenshot"].shape == (720, 1280, 3)
    assert len(np.unique(seen["screenshot"].reshape(-1, 3), axis=0)) > 20
    assert '<main bid="17">' in seen["pruned_html"]
    assert "<script" not in seen["pruned_html"]
    assert "browsergym_id" not in seen["pruned_html"]
    env.close()


def test_the_picture_is_rendered(played: BrowserEnv) -> None:
    played.reset(seed=1)
    picture = played.render()
    assert picture.shape == (720, 1280, 3)
    assert picture.dtype == np.uint8


def test_a_state_is_shown_again(played: BrowserEnv) -> None:
    played.reset(seed=6)
    kept = played.get_state()
    before = played.step(f"click('{number_of(played, 'link')}')")[0]
    played.reset(seed=7)
    played.set_state(kept)
    assert played.step(before["last_action"])[0] == before


@pytest.mark.parametrize("kind", ["renderer", "browser"])
def test_a_crash_ends_the_episode_and_the_next_has_a_new_browser(fresh: BrowserEnv, kind: str) -> None:
    os.kill(fresh.inside(lambda window: process_of(window, kind)), signal.SIGKILL)
    action = f"click('{number_of(fresh, 'link')}')"
    _, reward, terminated, truncated, info = fresh.step(action)
    assert (reward, terminated, truncated, info["end_reason"]) == (0.0, False, True, BROKEN)
    with pytest.raises(gym.error.ResetNeeded, match="environment_error"):
        fresh.step("noop()")
    fresh.reset(seed=1)
    assert not fresh.step(action)[3]


@pytest.mark.proof
def test_a_page_that_does_not_answer_is_given_up(fresh: BrowserEnv) -> None:
    browser = fresh.window.chromium.process
    os.killpg(os.getpgid(browser), signal.SIGSTOP)
    seen, _, _, truncated, info = fresh.step(f"click('{number_of(fresh, 'link')}')")
    assert (truncated, info["end_reason"]) == (True, BROKEN)
    assert "did not answer within 2 seconds" in seen["last_action_error"]
    fresh.reset(seed=1)
    assert fresh.window.chromium.process != browser


def test_it_is_closed_twice_and_used_again(fresh: BrowserEnv) -> None:
    fresh.close()
    fresh.close()
    with pytest.raises(gym.error.ResetNeeded):
        fresh.step("noop()")
    assert fresh.reset(seed=1)[0]["axtree_txt"]


def test_a_window_needs_a_display(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    env = BrowserEnv(bundle, bundle.task_names, render_mode="human")
    with pytest.raises(BrowserMissingError, match="no display here"):
        env.reset(seed=1)


def test_a_browser_that_is_none_is_said(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/nowhere/chrome")
    env = BrowserEnv(bundle, bundle.task_names)
    with pytest.raises(BrowserMissingError, match="/nowhere/chrome"):
        env.reset(seed=1)
    monkeypatch.delenv(VARIABLE)
    env.reset(seed=1)
    env.close()


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, pickle.dumps])
def test_a_browser_is_neither_copied_nor_pickled_and_says_so(
    bundle: Bundle, copied: Callable[[object], object]
) -> None:
    with pytest.raises(TypeError, match="get_state"):
        copied(BrowserEnv(bundle, bundle.task_names))


def test_a_wrapped_browser_is_not_copied_either(bundle: Bundle) -> None:
    with pytest.raises(TypeError, match="get_state"):
        copy.deepcopy(OrderEnforcing(BrowserEnv(bundle, bundle.task_names)))


def test_after_the_end_a_step_asks_for_a_reset_and_a_state_leads_back(played: BrowserEnv) -> None:
    played.reset(seed=3)
    saved = played.get_state()
    assert played.step("report_infeasible('no')")[2]
    with pytest.raises(gym.error.ResetNeeded, match="infeasible_reported"):
        played.step("noop()")
    played.set_state(saved)
    assert played.step("noop()")[4]["end_reason"] == 0
