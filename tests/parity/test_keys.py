"""Keys, selections and clicks of all sorts, in the simulation and in Chromium, and in a bare box of Chromium's."""

import random
import time

import pytest
from playwright.sync_api import Browser

from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.site import Rendered
from flow_models.runtime.site.editing import Line, refused, struck
from flow_models.runtime.site.strokes import stroke_of
from tests.parity.keys import KEYS, random_use
from tests.parity.pair import Pair
from tests.parity.walks import EXAMPLES, Example

STEPS = 3_000
"""Steps of the proof over all examples."""

STROKES = 20_000
"""Keys of the proof in bare boxes."""

ROUND = 25
SIGNS = "ab12  .,'_-;:!?()[]{}<>/\\\"#$%&*+=@^`|~"
SIGNS += "\xe9\xc0\xdf\xf1\u2019\u201c\u201d\u2013\u2014\u2026\u20ac\xb7\xd7\xbd\xb2\xaa"
PURPOSES = ("", "", "", "search", "password")
BOXES = "".join(f"<input type='{purpose or 'text'}' id='b{purpose}'>" for purpose in dict.fromkeys(PURPOSES))
SET = """([id, text]) => {
  const box = document.getElementById(id); box.focus(); box.value = text; box.setSelectionRange(0, 0); }"""
READ = """id => {
  const {value, selectionStart: start, selectionEnd: end, selectionDirection: way} = document.getElementById(id);
  return way === "backward" ? [value, end, start] : [value, start, end]; }"""

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")


def roam(flow: Example, pair: Pair, variant: Variant, steps: int, name: str) -> None:
    """Press and click at random until so many steps have been made."""
    rng, tasks, until = random.Random(name), flow.bundle.task_names, pair.steps + steps
    for number in range(steps):
        walk = f"{flow.name}, keys {number} of {name} in {variant}"
        if pair.steps >= until or not pair.begin(walk, tasks[number % len(tasks)], rng.randrange(10), variant):
            return
        for _ in range(ROUND):
            episode = pair.ours.episode
            if episode.end_reason or pair.steps >= until:
                break
            if not pair.do(walk, random_use(Rendered(episode.view, pair.theirs.window.session.site), rng)):
                break


def type_at_random(browser: Browser, strokes: int, seed: int) -> list[str]:
    """Press keys in bare boxes until so many have been pressed; return what differed."""
    page, rng, done, found = browser.new_page(), random.Random(seed), 0, list[str]()
    page.set_content(BOXES)
    while done < strokes:
        purpose, text = rng.choice(PURPOSES), "".join(rng.choice(SIGNS) for _ in range(rng.randrange(14)))
        page.evaluate(SET, [f"b{purpose}", text])
        line = Line(text, purpose=purpose)
        for key in rng.choices(KEYS, k=8):
            if key in ("Tab", "Shift+Tab") or refused(line, stroke_of(key), listens=False):
                continue
            before, line, done = line, struck(line, stroke_of(key)), done + 1
            page.keyboard.press(stroke_of(key).name)
            seen = page.evaluate(READ, f"b{purpose}")
            if seen != list(line[:3]):
                found.append(f"{before} and {key}: Chromium {seen}, ours {line}")
                break
    page.close()
    return found


def test_a_sample_of_keys_and_clicks_agrees(played: tuple[Example, Pair]) -> None:
    flow, pair = played
    roam(flow, pair, PLAIN, 40, "sample")
    assert not pair.differences, "\n\n".join(pair.differences)


def test_a_state_brings_its_selection_back_into_the_browser(played: tuple[Example, Pair]) -> None:
    flow, pair = played
    for task in flow.bundle.task_names:
        pair.begin("selection", task, 0, PLAIN)
        targets = Rendered(pair.ours.episode.view, pair.theirs.window.session.site).targets.items()
        boxes = [number for number, target in targets if target.kind == "text"]
        for box in boxes[:1]:
            pair.do("selection", f"fill('{box}', 'one two')")
            pair.do("selection", f"press('{box}', 'Shift+ArrowLeft')")
            saved = pair.theirs.get_state()
            pair.do("selection", f"press('{box}', 'Home')")
            assert pair.theirs.set_state(saved)["axtree_txt"] == pair.ours.set_state(saved)["axtree_txt"]
            pair.do("selection", f"press('{box}', 'Backspace')")
    assert not pair.differences, "\n\n".join(pair.differences)


def test_several_actions_in_one_text_agree(played: tuple[Example, Pair]) -> None:
    flow, pair = played
    pair.ours.multi_action = pair.theirs.multi_action = True
    rng = random.Random(5)
    for task in flow.bundle.task_names[:3]:
        pair.begin("several", task, 0, PLAIN)
        for _ in range(4):
            if not pair.ours.episode.end_reason:
                rendered = Rendered(pair.ours.episode.view, pair.theirs.window.session.site)
                pair.do("several", "\n".join(random_use(rendered, rng) for _ in range(3)))
    assert not pair.differences, "\n\n".join(pair.differences)


def test_a_sample_of_keys_in_a_box_agrees(browser: Browser) -> None:
    assert not type_at_random(browser, 300, 1)


@pytest.mark.proof
@pytest.mark.timeout(3000)
def test_thousands_of_keys_and_clicks_agree(played: tuple[Example, Pair], capsys: pytest.CaptureFixture[str]) -> None:
    flow, pair = played
    began, share = time.monotonic(), STEPS // len(EXAMPLES) // 6 + 1
    for number, variant in enumerate([PLAIN, PLAIN, PLAIN, *flow.variants(3)]):
        roam(flow, pair, variant, share, f"proof {number}")
    said = f"{flow.name}: {pair.steps} keys and clicks, {len(pair.differences)} differences"
    assert not pair.differences, "\n\n".join([said, *pair.differences[:10]])
    with capsys.disabled():
        print(f"\n{said}, {time.monotonic() - began:.0f} s")


@pytest.mark.proof
@pytest.mark.timeout(3000)
def test_thousands_of_keys_in_a_box_agree(browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    found = type_at_random(browser, STROKES, 20_261_130)
    assert not found, "\n".join(found[:20])
    with capsys.disabled():
        print(f"\n{STROKES} keys in bare boxes (seed 20261130), {len(found)} differences")
