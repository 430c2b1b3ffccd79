"""One page that shows one session after another."""

from collections.abc import Iterator

import pytest

from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.envs.chromium.launch import Chromium
from flow_models.runtime.envs.chromium.window import Window
from flow_models.runtime.machine.steps.turns import HISTORY_LIMIT
from flow_models.runtime.site.web import Session
from tests.flow_models.runtime.site.samples import SITE, everything
from tests.parity.test_chromium import Still

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")


@pytest.fixture
def window() -> Iterator[Window]:
    chromium = Chromium()
    made = Window(chromium)
    made.open(Session(Still(everything()), SITE))
    yield made
    chromium.close()


@pytest.mark.proof
def test_a_long_history_is_gone_through_to_its_end(window: Window) -> None:
    for number in range(HISTORY_LIMIT + 5):
        window.go(f"/other/{number}")
    assert window.page.evaluate("history.length") == HISTORY_LIMIT
    assert [window.travel(-1) for _ in range(HISTORY_LIMIT)] == [True] * (HISTORY_LIMIT - 1) + [False]
    assert window.travel(1)


def test_a_page_cannot_open_another_or_leave(window: Window) -> None:
    address = window.page.url
    window.page.evaluate("window.open('https://elsewhere.test/'); location.href = 'https://elsewhere.test/'")
    window.page.wait_for_function("document.readyState === 'complete'")
    assert window.page.url == address
    assert window.page.context.pages == [window.page]


def test_the_wheel_has_turned_when_the_page_is_at_rest(window: Window) -> None:
    window.page.mouse.wheel(0, 100)
    window.settle()
    assert window.page.evaluate("scrollY") == 100


@pytest.mark.proof
def test_a_page_has_the_focus_again_that_tab_has_left(window: Window) -> None:
    presses = 0
    while window.reading().is_focused and presses < 100:
        window.page.keyboard.press("Tab")
        presses += 1
    assert not window.reading().is_focused
    window.open(window.session)
    assert window.reading().is_focused
