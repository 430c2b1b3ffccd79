"""The browser interface for agents that see: places instead of elements, marks, screens of other sizes and a phone."""

from collections.abc import Iterator
from typing import Any

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.machine import Machine
from flow_models.runtime.site import Rendered
from tests.flow_models.runtime.examples import bundle_of_machine

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")


@pytest.fixture(scope="module")
def seen(bundle: Bundle) -> Iterator[BrowserEnv]:
    """An environment that takes all actions."""
    env = BrowserEnv(bundle, bundle.task_names, actions="both")
    yield env
    env.close()


@pytest.fixture(scope="module")
def bank() -> Iterator[BrowserEnv]:
    """The bank's page for signing in, which has boxes."""
    program = compile_flow(load(resources.path("examples", "north_bank.flow.json"))).program
    env = BrowserEnv(bundle_of_machine(Machine(program), 1), ("change-phone",), actions="coord")
    yield env
    env.close()


@pytest.fixture(scope="module")
def phone(bundle: Bundle) -> Iterator[BrowserEnv]:
    """A phone with small pixels, by its pictures and places."""
    observe = ("screenshot", "screenshot_som")
    env = BrowserEnv(bundle, bundle.task_names, observe=observe, actions="coord", phone=True, device_scale=2)
    yield env
    env.close()


def number_of(env: BrowserEnv, kind: str, *, is_first: bool = False) -> int:
    """Return the number of the last control of a kind, or of the first."""
    targets = Rendered(env.episode.view, env.window.session.site).targets
    numbers = sorted(number for number, target in targets.items() if target.kind == kind)
    return numbers[0 if is_first else -1]


def place_of(env: BrowserEnv, kind: str, *, is_first: bool = False) -> str:
    """Return where such a control is, as an action's arguments."""
    number = number_of(env, kind, is_first=is_first)
    told = env.inside(lambda window: window.reach(str(number)))
    return f"{told['x']}, {told['y']}"


def after(env: BrowserEnv, *actions: str) -> dict[str, Any]:
    """Return what is seen after actions, none of which fails."""
    for action in actions:
        observation, *_ = env.step(action)
        assert observation["last_action_error"] == ""
    return observation


def test_a_place_is_clicked_as_what_is_there(seen: BrowserEnv) -> None:
    seen.reset(seed=3)
    there = after(seen, f"mouse_click({place_of(seen, 'link')})")
    seen.reset(seed=3)
    assert after(seen, f"click('{number_of(seen, 'link')}')")["axtree_txt"] == there["axtree_txt"]


def test_what_is_typed_stands_where_the_focus_is(bank: BrowserEnv) -> None:
    bank.reset(seed=3)
    found = after(bank, f"mouse_click({place_of(bank, 'text', is_first=True)})", "keyboard_type('12 abc')")
    assert "value='12 abc'" in found["axtree_txt"]
    found = after(bank, "keyboard_press('Backspace')", "keyboard_press('Control+a')", "keyboard_type('x')")
    assert "value='x'" in found["axtree_txt"]


def test_a_button_that_is_held_and_released_clicks(seen: BrowserEnv) -> None:
    place = place_of(seen, "link")
    seen.reset(seed=3)
    there = after(seen, f"mouse_click({place})")
    first, _ = seen.reset(seed=3)
    assert after(seen, f"mouse_down({place})")["url"] == first["url"]
    assert after(seen, f"mouse_up({place})")["axtree_txt"] == there["axtree_txt"]


def test_keys_that_are_held_go_with_those_that_are_pressed(bank: BrowserEnv) -> None:
    bank.reset(seed=3)
    after(bank, f"mouse_click({place_of(bank, 'text', is_first=True)})", "keyboard_insert_text('old')")
    found = after(
        bank, "keyboard_down('Control')", "keyboard_press('a')", "keyboard_up('Control')", "keyboard_down('x')"
    )
    assert "value='x'" in found["axtree_txt"]
    after(bank, "keyboard_down('Control')")
    for action in ("keyboard_press('v')", "keyboard_down('v')", "keyboard_type('v')"):
        assert "clipboard" in bank.step(action)[0]["last_action_error"]
    assert "keys held down" in bank.step("mouse_click(9, 9)")[0]["last_action_error"]


def test_what_was_held_is_let_go_at_a_reset(bank: BrowserEnv) -> None:
    bank.reset(seed=3)
    place = place_of(bank, "text", is_first=True)
    after(bank, "keyboard_down('Control')")
    first, _ = bank.reset(seed=3)
    assert after(bank, f"mouse_click({place})", "keyboard_type('v')")["axtree_txt"].count("value='v'") == 1
    after(bank, "mouse_down(5, 5)")
    assert bank.reset(seed=3)[0]["axtree_txt"] == first["axtree_txt"]
    held = bank.inside(lambda window: (window.held.modifiers, window.held._buttons))
    assert held == ((), set())


def test_moving_and_dragging_over_nothing_are_steps_that_change_nothing(seen: BrowserEnv) -> None:
    first, _ = seen.reset(seed=3)
    found = after(seen, "mouse_move(2, 2)", "mouse_drag_and_drop(2, 2, 5, 5)", "scroll_at(9, 9, 0, 100)")
    assert found["axtree_txt"] == first["axtree_txt"]
    assert seen.episode.steps == 3


@pytest.mark.parametrize(
    "action",
    [
        "keyboard_press('Control+v')",
        "keyboard_press('Nokey')",
        "mouse_click(1, 2, 'middle')",
        "mouse_upload_file(1, 2, 'x')",
    ],
)
def test_what_leaves_the_page_is_refused_and_a_step(seen: BrowserEnv, action: str) -> None:
    seen.reset(seed=3)
    assert seen.step(action)[0]["last_action_error"]
    assert seen.episode.steps == 1


def test_a_phone_is_touched_and_shows_pictures_in_its_own_pixels(phone: BrowserEnv) -> None:
    first, _ = phone.reset(seed=3)
    assert first in phone.observation_space
    assert first["screenshot"].shape == (1688, 780, 3)
    told = phone.inside(lambda window: window.page.evaluate("[innerWidth, navigator.maxTouchPoints > 0]"))
    assert told == [390, True]
    assert after(phone, f"mouse_click({place_of(phone, 'link')})")["url"] != first["url"]


def test_marks_are_drawn_over_what_can_be_used(phone: BrowserEnv) -> None:
    observation, _ = phone.reset(seed=3)
    differing = (observation["screenshot_som"] != observation["screenshot"]).any(axis=2)
    assert 0.002 < differing.mean() < 0.2
    marks = phone.inside(lambda window: window.page.evaluate("__visit.marks()"))
    targets = Rendered(phone.episode.view, phone.window.session.site).targets
    assert marks
    assert {int(bid) for bid, *_ in marks} <= targets.keys()


def test_elements_are_not_named_where_places_are(phone: BrowserEnv) -> None:
    phone.reset(seed=3)
    assert "Invalid action type 'click'" in phone.step("click('16')")[0]["last_action_error"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"actions": "smell"}, "no actions 'smell'; there are bid, coord, both"),
        ({"viewport": (1280,)}, "viewport"),
        ({"viewport": (100, 720)}, "viewport"),
        ({"viewport": (1280, 72000)}, "viewport"),
        ({"device_scale": 0}, "device_scale"),
        ({"device_scale": True}, "device_scale"),
    ],
)
def test_a_screen_that_there_is_not_is_refused(bundle: Bundle, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        BrowserEnv(bundle, bundle.task_names, **options)


def test_a_screen_may_be_of_any_size(bundle: Bundle) -> None:
    env = BrowserEnv(bundle, bundle.task_names, observe=("screenshot",), viewport=(800, 600), device_scale=1.5)
    assert env.observation_space["screenshot"].shape == (900, 1200, 3)  # type: ignore[index]
