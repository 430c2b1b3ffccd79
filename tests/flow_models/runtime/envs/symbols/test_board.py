"""A board says the same as the machine played step by step, though most of its steps are not played."""

import random
from collections.abc import Iterator

import numpy as np
import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.envs.symbols.board import Node
from flow_models.runtime.envs.symbols.boards import Boards
from flow_models.runtime.machine import Episode, Result
from flow_models.runtime.machine.episodes.variation import Variants, Variation

EXAMPLES = ("three_pages", "block_zoo", "north_bank", "skylark_air")


def played_bundle(example: str) -> Bundle:
    """Return an example with two instances of each task, one of which counts as impossible."""
    program = compile_flow(load(resources.path("examples", f"{example}.flow.json"))).program
    return Bundle(
        program, [Instance(task, n, n, "train", infeasible=n == 1) for task in program.tasks for n in range(2)]
    )


def walks(bundle: Bundle, variation: Variation, steps: int) -> Iterator[tuple[Boards, Node, Result, Episode, Result]]:
    """Yield what random legal play meets: a node and its result, and the same of an episode of the machine."""
    boards, rng = Boards(bundle), random.Random(5)
    variants = Variants(bundle.program, variation)
    for task in bundle.task_names:
        for instance in bundle.instances[task]:
            variant = variants.draw(instance.n)
            left = steps
            while left > 0:
                on_board, alone = boards.episode(instance, variant), bundle.episode(instance, variant)
                while not on_board.end_reason and left > 0:
                    allowed = np.flatnonzero(on_board.node.mask)
                    # Reports and answers end the episode: seldom, so that it comes far.
                    uses = allowed[allowed >= boards.encoding.layout.first_use]
                    action = int(rng.choice(uses if len(uses) and rng.random() < 0.9 else allowed))
                    event = boards.encoding.event(action, alone.view, on_board.board.vocabulary)
                    edge = on_board.step(action)
                    yield boards, on_board.node, edge.result, alone, alone.step(event)
                    left -= 1


def assert_equal_to_the_machine(bundle: Bundle, variation: Variation, steps: int) -> None:
    """Play at random and compare everything that an agent sees, and what tells states apart."""
    for boards, node, result, episode, expected in walks(bundle, variation, steps):
        assert result == expected
        machine, start = bundle.machine, episode.start
        view, vocabulary = episode.view, node.frame.seen.board.vocabulary
        np.testing.assert_array_equal(node.observation, boards.encoding.observe(start.task, view, vocabulary))
        np.testing.assert_array_equal(node.mask, boards.encoding.mask(view, vocabulary))
        assert machine.key(start, node.state) == machine.key(start, episode.state)
        assert node.reached == episode.reached
        assert machine.view(start, node.state).controls() == view.controls()


@pytest.mark.parametrize("example", EXAMPLES)
def test_random_play_sees_and_earns_what_the_machine_says(example: str) -> None:
    assert_equal_to_the_machine(played_bundle(example), "none", 30)


@pytest.mark.parametrize("example", EXAMPLES[2:])
def test_random_play_of_variants_too(example: str) -> None:
    assert_equal_to_the_machine(played_bundle(example), "full", 15)


@pytest.mark.proof
@pytest.mark.parametrize("variation", ["none", "full"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_long_random_play_sees_and_earns_what_the_machine_says(example: str, variation: Variation) -> None:
    assert_equal_to_the_machine(played_bundle(example), variation, 1500)
