"""The simulation and Chromium side by side, step by step, on every example and in many variants."""

import random
import time

import pytest

from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from tests.parity.pair import Pair
from tests.parity.walks import EXAMPLES, Example

STEPS = 11_000
"""Steps of the proof over all examples, half of them random."""

VARIANTS = 120
"""Variants of the proof over all examples."""

ROUND = 40
"""Steps of one random walk."""

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")


def roam(flow: Example, pair: Pair, variant: Variant, steps: int, name: str) -> None:
    """Walk at random through tasks in turn until so many steps have been made."""
    rng = random.Random(name)
    until, tasks = pair.steps + steps, flow.bundle.task_names
    for number in range(steps):
        if pair.steps >= until:
            return
        walk = f"{flow.name}, random walk {number} in {variant}"
        if pair.begin(walk, tasks[number % len(tasks)], rng.randrange(10), variant):
            pair.roam(walk, min(ROUND, until - pair.steps), rng)


def solve(flow: Example, pair: Pair, variant: Variant, steps: int, first: int) -> None:
    """Play solutions in turn until so many steps have been made."""
    until, tasks = pair.steps + steps, flow.bundle.task_names
    for number in range(len(tasks)):
        if pair.steps >= until:
            return
        oracle = flow.oracle_of(tasks[(first + number) % len(tasks)])
        if oracle is None:
            continue
        walk = f"{flow.name}, oracle of {oracle.task} in {variant}"
        if pair.begin(walk, oracle.task, oracle.instance, variant):
            pair.play(walk, flow.adapted(oracle, variant))


def report(pair: Pair, what: str, began: float) -> str:
    """Return what was compared and how quickly; fail with the first differences."""
    seconds = time.monotonic() - began
    said = f"{what}: {pair.steps} steps, {pair.lines} lines, {len(pair.differences)} differences, {seconds:.0f} s"
    assert not pair.differences, "\n\n".join([said, *pair.differences[:10]])
    return f"\n{said}; our browser environment made {pair.steps / pair.seconds:.1f} steps/s, resets included"


def test_a_sample_of_steps_agrees(played: tuple[Example, Pair]) -> None:
    flow, pair = played
    began = time.monotonic()
    for number, variant in enumerate([PLAIN, *flow.variants(2)]):
        roam(flow, pair, variant, 20, f"sample {number}")
        solve(flow, pair, variant, 8, number)
    report(pair, flow.name, began)


@pytest.mark.proof
@pytest.mark.timeout(3000)
def test_thousands_of_steps_agree(played: tuple[Example, Pair], capsys: pytest.CaptureFixture[str]) -> None:
    flow, pair = played
    began = time.monotonic()
    variants = [PLAIN, *flow.variants(VARIANTS // len(EXAMPLES))]
    share = STEPS // len(EXAMPLES) // len(variants) + 1
    for number, variant in enumerate(variants):
        until = pair.steps + share
        solve(flow, pair, variant, share // 2, number)
        roam(flow, pair, variant, until - pair.steps, f"proof {number}")
    said = report(pair, f"{flow.name} in {len(set(variants))} variants", began)
    with capsys.disabled():
        print(said)
