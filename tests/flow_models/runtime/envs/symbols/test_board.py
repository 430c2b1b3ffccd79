"""A board says the same as the machine played step by step, though most of its steps are not played."""

import random
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.envs.symbols.board import Node
from flow_models.runtime.envs.symbols.boards import BoardEpisode, Boards
from flow_models.runtime.envs.symbols.reading import reading
from flow_models.runtime.envs.symbols.vocabulary import VALUES, Vocabulary
from flow_models.runtime.machine import Episode, Event, Machine, Result
from flow_models.runtime.machine.episodes.graph import Graph
from flow_models.runtime.machine.episodes.variation import Variants, Variation, named
from flow_models.runtime.machine.pages.state import Start, State, Step
from flow_models.runtime.machine.pages.view import Link, View
from tests.daily import without
from tests.flow_models import builders as make

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


def assert_says_what_stands_there(observation: np.ndarray, view: View, boards: Boards, vocabulary: Vocabulary) -> None:
    """Compare what is put together from parts that were looked at before with the whole page, looked at anew."""
    split, top = boards.encoding.layout.split(observation), view.top
    whole = "\n".join(
        [*(text for _, text in top.notices), *(text for part in top.parts for text in reading(part).texts)]
    )
    shown, answers = (text in whole for text in vocabulary.shown), (text in whole for text in vocabulary.answers)
    for name, told in (("shown", [*shown]), ("answers", [*answers])):
        assert split[name].tolist() == [*told, *[False] * (len(split[name]) - len(told))]
    assert split["used"].tolist() == [min(len(view.controls()), boards.encoding.slots)]


def assert_equal_to_the_machine(bundle: Bundle, variation: Variation, steps: int) -> None:
    """Play at random and compare everything that an agent sees, and what tells states apart."""
    for boards, node, result, episode, expected in walks(bundle, variation, steps):
        assert result == expected
        machine, start = bundle.machine, episode.start
        view, vocabulary = episode.view, node.page.seen.board.vocabulary
        np.testing.assert_array_equal(node.observation, boards.encoding.observe(start.task, view, vocabulary))
        np.testing.assert_array_equal(node.mask, boards.encoding.mask(view, vocabulary))
        assert_says_what_stands_there(node.observation, view, boards, vocabulary)
        assert machine.key(start, node.state) == machine.key(start, episode.state)
        assert node.reached == episode.reached
        assert machine.view(start, node.state).controls() == view.controls()


@pytest.mark.parametrize("example", EXAMPLES)
def test_random_play_sees_and_earns_what_the_machine_says(example: str) -> None:
    assert_equal_to_the_machine(played_bundle(example), "none", 30)


@pytest.mark.parametrize("example", without(EXAMPLES[2:], ["skylark_air"]))
def test_random_play_of_variants_too(example: str) -> None:
    assert_equal_to_the_machine(played_bundle(example), "full", 15)


@pytest.mark.parametrize("waited", [0, 1, 12])
def test_an_interruption_by_steps_comes_after_the_steps_of_this_episode(waited: int) -> None:
    bundle = played_bundle("north_bank")
    instance = bundle.instances[bundle.task_names[0]][0]
    variant = named(bundle.program, {"interruption": "session"})
    boards = Boards(bundle)
    for steps in (0, waited):
        on_board, alone = boards.episode(instance, variant), bundle.episode(instance, variant)
        links = (control for control in alone.view.controls() if isinstance(control, Link))
        link = next(link for link in links if link.href not in ("", alone.view.path))
        for event in (*[Event("noop")] * steps, Event("use", link.id, link.row)):
            action = boards.encoding.action(event, alone.view, on_board.board.vocabulary)
            assert action is not None
            on_board.step(action)
            alone.step(event)
        assert on_board.node.state.interference == alone.state.interference


def boxes(boards: Boards, episode: BoardEpisode) -> list[int]:
    """Return the actions that put one of many values into a box."""
    allowed = np.flatnonzero(episode.node.mask).tolist()
    slots = Counter(boards.encoding.layout.meaning(action).slot for action in allowed)
    return [action for action in allowed if slots[boards.encoding.layout.meaning(action).slot] == VALUES]


def test_typing_is_not_played_and_makes_no_nodes_to_keep() -> None:
    bundle = played_bundle("north_bank")
    boards, rng = Boards(bundle), random.Random(2)
    episode = boards.episode(bundle.instances[bundle.task_names[0]][0])
    fills = boxes(boards, episode)
    while not fills:
        allowed = np.flatnonzero(episode.node.mask)
        episode.step(rng.choice(allowed[allowed >= boards.encoding.layout.first_use].tolist()))
        fills = boxes(boards, episode)
    first, count = episode.node, len(boards)
    seen = {episode.step(rng.choice(fills)).node.observation.tobytes() for _ in range(20)}
    assert len(seen) > 10
    assert len(boards) == count
    assert episode.node.page is first.page


def test_of_links_to_one_page_one_is_played_and_each_says_its_own_transition(monkeypatch: pytest.MonkeyPatch) -> None:
    links = ("l1", "l2", "l3")
    arrows = [make.arrow("home", "end", use=link) for link in links]
    home = make.page("home", *map(make.link, links))
    machine = Machine(compile_flow(make.flow(home, make.page("end"), *arrows, make.task("t"))).program)
    start = machine.draw("t", 0)
    played: list[Event] = []
    graph = Graph(machine, start, Node)
    expected = [Episode(machine, start).step(Event("use", link)) for link in links]
    plays = machine.step

    def counted(start: Start, state: State, event: Event) -> Step:
        played.append(event)
        return plays(start, state, event)

    monkeypatch.setattr(machine, "step", counted)
    edges = [graph.after(graph.first(), Event("use", link)) for link in links]
    assert [edge.result for edge in edges] == expected
    assert len({edge.result.transition for edge in edges}) == len(links)
    assert len({id(edge.node) for edge in edges}) == len(played) == 1


@pytest.mark.proof
@pytest.mark.parametrize("variation", ["none", "full"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_long_random_play_sees_and_earns_what_the_machine_says(example: str, variation: Variation) -> None:
    assert_equal_to_the_machine(played_bundle(example), variation, 400)
