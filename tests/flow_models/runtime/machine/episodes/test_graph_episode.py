"""Walks on a graph: what a way leaves behind is as if the machine had played every step."""

import random

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Episode, Event, Machine, Start
from flow_models.runtime.machine.episodes.graph_episode import LONG, EpisodeGraph, GraphEpisode
from flow_models.runtime.machine.steps.turns import HISTORY_LIMIT

ADDRESSES = ("/books", "/nowhere", "/books", "/elsewhere")


def _machine() -> Machine:
    library = load(resources.path("examples", "three_pages.flow.json"))
    tasks = tuple(task.rebuilt(max_steps=400) for task in library.tasks)
    return Machine(compile_flow(library.rebuilt(tasks=tasks)).program)


def _travels(seed: int) -> list[Event]:
    rng = random.Random(seed)
    ways = [*(Event("goto", value=address) for address in ADDRESSES), Event("back"), Event("forward"), Event("noop")]
    return rng.choices(ways, [5, 5, 5, 5, 3, 2, 1], k=250)


def test_history_clock_and_entries_are_those_of_an_episode_also_where_history_is_full() -> None:
    machine = _machine()
    start = machine.draw("borrow-book", 3)
    graph = EpisodeGraph(machine, start)
    is_full = False
    for seed in (1, 2, 1, 3):
        walk, episode = GraphEpisode(machine, start, lambda *_: graph), Episode(machine, start)
        for event in _travels(seed):
            assert walk.step(event) == episode.step(event)
            assert walk.state == episode.state
            assert (walk.steps, walk.view) == (episode.steps, episode.view)
            is_full |= len(walk.state.history) == HISTORY_LIMIT
    assert is_full
    assert len(graph) < 20


def test_a_graph_that_is_begun_with_a_full_history_says_the_same() -> None:
    machine = _machine()
    start = machine.draw("borrow-book", 3)
    episode = Episode(machine, start)
    for number in range(HISTORY_LIMIT):
        episode.step(Event("goto", value=ADDRESSES[number % 2]))
    graph = EpisodeGraph(machine, start)
    walk = GraphEpisode(machine, start, lambda *_: graph)
    walk.set_state(episode.get_state())
    for event in _travels(4):
        assert walk.step(event) == episode.step(event)
        assert walk.state == episode.state


def test_a_walk_goes_to_another_graph_with_what_was_saved_elsewhere() -> None:
    machine = _machine()
    starts = [machine.draw("borrow-book", seed) for seed in (3, 4)]
    graphs = [EpisodeGraph(machine, start) for start in starts]

    def graph(start: Start, _infeasible: bool) -> EpisodeGraph:
        return graphs[start.seed - 3]

    here, there = (GraphEpisode(machine, start, graph) for start in starts)
    there.step(Event("goto", value="/nowhere"))
    here.set_state(there.get_state())
    assert here.graph is graphs[1]
    assert here.node is there.node
    assert here.get_state() == there.get_state()


def test_whoever_comes_to_a_state_again_finds_how_it_stands_and_what_it_shows() -> None:
    machine = _machine()
    start = machine.draw("borrow-book", 3)
    graph = EpisodeGraph(machine, start)
    for _ in range(2):
        walk = GraphEpisode(machine, start, lambda *_: graph)
        walk.step(Event("goto", value="/nowhere"))
        assert walk.node.state.known_verdict is not None
        assert walk.node.state.known_view is not None


def test_equal_events_leave_one_aftermath() -> None:
    machine = _machine()
    start = machine.draw("borrow-book", 3)
    graph = EpisodeGraph(machine, start)
    walk = GraphEpisode(machine, start, lambda *_: graph)
    nodes = [walk.node]
    for address in ("/nowhere", "/elsewhere", "/nowhere"):
        walk.step(Event("goto", value=address))
        nodes.append(walk.node)
    first, again = ((node.edges or {})[Event("goto", value="/nowhere")] for node in (nodes[0], nodes[2]))
    assert first.aftermath is again.aftermath


def test_nothing_is_kept_of_long_texts() -> None:
    machine = _machine()
    start = machine.draw("borrow-book", 3)
    graph = EpisodeGraph(machine, start)
    walk = GraphEpisode(machine, start, lambda *_: graph)
    before = walk.node
    walk.step(Event("reject", value="x" * (LONG + 1)))
    assert walk.steps == 1
    assert not before.edges
