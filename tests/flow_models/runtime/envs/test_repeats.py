"""Attempts in groups look up what others have done, and nobody can tell: the same as the machine alone."""

import copy
import gc
import json
import pickle
import random
import re
from contextlib import suppress
from typing import Any

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.attempt import Attempt
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.envs.repeats import Page, Repeats, TextGraph
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.machine.episodes.graph_episode import GraphEpisode
from flow_models.runtime.machine.pages.uses import is_enabled
from flow_models.solver.policies import random_event
from flow_models.solver.solution import Budget
from flow_models.solver.solving import Solver
from tests.flow_models.runtime.envs.acting import plain
from tests.flow_models.runtime.examples import bundle_of, bundle_of_machine, machine_of

GROUP = 8
STEPS = 70
ODD = (
    *("noop()", "go_back()", "go_back()", "go_forward()", "goto('https://{host}/')", "goto('https://{host}/nowhere')"),
    *("goto('elsewhere')", "click(", "", "scroll(0, 100)", "report_infeasible('no')", "send_msg_to_user('42')"),
    *("press('{n}', 'Tab')", "press('{n}', 'Enter')", "press('{n}', 'ArrowLeft')", "press('{n}', 'x')"),
    *("press('{n}', 'Control+a')", "press('{n}', 'Backspace')", "press('{n}', 'Alt+ArrowLeft')", "focus('{n}')"),
    *("hover('{n}')", "dblclick('{n}')", "clear('{n}')", "fill('{n}', 'abc')", "click('{n}')", "check('{n}')"),
)


def alone(bundle: Bundle, **options: Any) -> TextEnv:
    """Return an environment in which every step is played by the machine."""
    env = TextEnv(bundle, bundle.task_names, variation="full", **options)

    def begin(instance: Instance, variant: Variant) -> GraphEpisode:
        start = bundle.start(instance, variant)
        return GraphEpisode(bundle.machine, start, lambda *_: None, infeasible=instance.infeasible)

    env.attempt = Attempt(bundle, begin, bundle.task_names, "train", "full")
    return env


def some_action(env: TextEnv, rng: random.Random) -> str:
    """Return an action: a random use of the page, or something odd."""
    if rng.random() < 0.3:
        return rng.choice(ODD).format(host=env.bundle.program.site.host, n=rng.randrange(8, 60))
    controls = [one for one in env.episode.view.controls() if is_enabled(one)]
    texts = [str(value) for value in env.episode.start.parameters.values()]
    return env.action_for(random_event(rng.choice(controls), rng, texts) if controls else Event("back"))


def compare(ours: TextEnv, theirs: TextEnv, options: dict[str, Any], rng: random.Random) -> int:
    """Play an episode in both, compare whatever can be seen, and return how many steps were made on a graph."""
    assert plain(ours.reset(options=options)) == plain(theirs.reset(options=options))
    count = 0
    for _ in range(STEPS):
        action = some_action(theirs, rng)
        if ours.multi_action and rng.random() < 0.2:
            action += "\n" + some_action(theirs, rng)
        count += ours.episode.node is not None
        met = ours.step(action)
        assert plain(met) == plain(theirs.step(action)), action
        assert list(ours.episode.log) == list(theirs.episode.log)
        if rng.random() < 0.2:
            state = ours.get_state()
            assert json.loads(json.dumps(state)) == json.loads(json.dumps(theirs.get_state())), action
            if rng.random() < 0.3:
                assert ours.set_state(state) == theirs.set_state(state)
        if met[2] or met[3]:
            break
    return count


def groups_are_equal(name: str, groups: int) -> None:
    """Compare random groups at an example."""
    program = compile_flow(load(resources.path("examples", f"{name}.flow.json"))).program
    listed = [Instance(task, n, n, "train", infeasible=n == 1) for task in program.tasks for n in range(2)]
    for multi_action in (False, True):
        bundle = Bundle(program, listed)
        ours = TextEnv(bundle, bundle.task_names, variation="full", multi_action=multi_action)
        theirs = alone(Bundle(program, listed), multi_action=multi_action)
        on_graph = 0
        for seed in range(groups):
            one = random.Random(seed).choice(listed)
            options = {"task": one.task, "instance": one.n, "variant": seed}
            for place in range(GROUP):
                # Some play alike, some go their own way after a while.
                on_graph += compare(ours, theirs, options, random.Random(100 * seed + place % 5))
                if place == GROUP // 2:
                    ours = copy.deepcopy(ours)
        assert on_graph > groups * GROUP


def test_groups_are_played_as_if_everybody_was_alone() -> None:
    groups_are_equal("three_pages", 8)


@pytest.mark.proof
@pytest.mark.parametrize("name", ["three_pages", "block_zoo", "north_bank", "skylark_air"])
def test_groups_at_all_examples_are_played_as_if_everybody_was_alone(name: str) -> None:
    groups_are_equal(name, 60)


def test_only_what_is_begun_again_gets_a_graph(bundle: Bundle) -> None:
    env = TextEnv(bundle, bundle.task_names, variation="full")
    # A bundle's graphs are those of all who play it in this process, other tests among them.
    ours = 7_000_011
    env.reset(options={"instance": 3, "variant": ours})
    assert env.episode.graph is None
    env.reset(options={"instance": 3, "variant": ours + 1})
    assert env.episode.graph is None
    env.reset(options={"instance": 3, "variant": ours})
    first = env.episode.graph
    env.reset(options={"instance": 3, "variant": ours})
    assert env.episode.graph is first is not None


def test_what_somebody_has_done_is_played_once(bundle: Bundle) -> None:
    env = TextEnv(bundle, bundle.task_names)
    for _ in range(2):
        env.reset(options={"instance": 4})
    env.step("click('31')")
    node, edges = env.episode.node, len(env.episode.graph or ())
    env.reset(options={"instance": 4})
    env.step(" click('31')")
    assert env.episode.node is node
    assert len(env.episode.graph or ()) == edges


def test_where_the_caret_stands_tells_pages_apart() -> None:
    program = compile_flow(load(resources.path("examples", "north_bank.flow.json"))).program
    bundle = Bundle(program, [Instance("pay-payee", 0, 0, "train")])
    env, theirs, texts = TextEnv(bundle, ["pay-payee"]), alone(bundle), []
    for key in ("End", "Home", "End", "Home"):
        for one in (env, theirs):
            observation, _ = one.reset(options={"task": "pay-payee", "instance": 0, "variant": {}})
            observation = one.step(f"click('{_number('link .Send money', observation)}')")[0]
            box = _number("textbox", observation)
            for action in (f"fill('{box}', 'abc')", f"press('{box}', '{key}')", f"press('{box}', 'x')"):
                observation = one.step(action)[0]
            texts.append(observation["axtree_txt"])
    assert texts[::2] == texts[1::2]
    assert texts[0] == texts[4] != texts[2] == texts[6]


def _number(line: str, observation: dict[str, Any]) -> str:
    """Return the number of the first element whose line begins like this."""
    found = re.search(rf"\[(\d+)\] {line}", observation["axtree_txt"])
    assert found is not None
    return found[1]


def test_graphs_hold_no_more_than_their_limit_and_who_stands_on_a_forgotten_one_goes_on(bundle: Bundle) -> None:
    repeats, rng = Repeats(bundle, limit=30), random.Random(5)
    few = TextEnv(bundle, bundle.task_names, variation="full")
    few.attempt = Attempt(bundle, repeats.episode, bundle.task_names, "train", "full")
    theirs = alone(bundle)
    for number in range(24):
        compare(few, theirs, {"instance": 3 * (number % 3), "variant": number % 2}, rng)
        assert repeats.held <= 30


def test_a_pickle_goes_on_where_it_was(bundle: Bundle) -> None:
    env = TextEnv(bundle, bundle.task_names, variation="full")
    for _ in range(3):
        env.reset(options={"instance": 3, "variant": 5})
        env.step("click('31')")
    other: TextEnv = pickle.loads(pickle.dumps(env))
    assert other.get_state() == env.get_state()
    assert plain(other.step("go_back()")) == plain(env.step("go_back()"))


def _at_a_box(limit: int) -> tuple[TextEnv, Repeats, str]:
    """Return an environment on a graph that stands at a box, the graphs, which have a limit, and the box's number."""
    bundle = bundle_of("north_bank", 2)
    repeats, env = Repeats(bundle, limit), TextEnv(bundle, ["pay-payee"])
    env.attempt = Attempt(bundle, repeats.episode, ["pay-payee"], "train", "none")
    for _ in range(2):
        observation, _ = env.reset(options={"instance": 0})
    observation = env.step(f"click('{_number('link .Send money', observation)}')")[0]
    return env, repeats, _number("textbox", observation)


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_whoever_lets_copies_go_on_from_one_place_for_long_holds_no_more(
    monkeypatch: pytest.MonkeyPatch, *, is_forgotten: bool
) -> None:
    monkeypatch.setattr("flow_models.runtime.envs.repeats.ALONE", 150)
    env, repeats, box = _at_a_box(limit=300)
    before = _pages()
    for number in range(100):
        if number == 10 and is_forgotten:
            _begin_another(repeats)
        copied = copy.deepcopy(env)
        for more in ("a", "b"):
            observation = copied.step(f"fill('{box}', '{number}{more}')")[0]
            assert f"{number}{more}" in observation["axtree_txt"]
    assert isinstance(env.episode.graph, TextGraph)
    assert env.episode.graph.is_kept is not is_forgotten
    assert repeats.held <= 300
    assert _pages() - before < 40
    env.step(f"fill('{box}', 'c')")
    assert env.episode.node.is_kept


def _begin_another(repeats: Repeats) -> None:
    """Play another instance until the graph begun before is forgotten."""
    env = TextEnv(repeats.bundle, ["freeze-card"])
    env.attempt = Attempt(repeats.bundle, repeats.episode, ["freeze-card"], "train", "none")
    for number in range(60):
        env.reset(options={"instance": 0})
        env.step(f"goto('https://{repeats.bundle.program.site.host}/{number}')")


def test_long_texts_are_counted_by_their_length_and_what_they_mean_is_not_kept() -> None:
    env, repeats, box = _at_a_box(limit=1000)
    before = repeats.held
    env.step(f"fill('{box}', '{'x' * 9000}')")
    assert before + 30 < repeats.held < 1000


def _pages() -> int:
    """Return how many pages there are in memory."""
    gc.collect()
    return sum(isinstance(one, Page) for one in gc.get_objects())


def solutions_are_equal(name: str) -> None:
    """Let groups do what a solution does, as far as it goes in their variant."""
    bundle, played = bundle_of(name, 2), 0
    ours, theirs = TextEnv(bundle, bundle.task_names, variation="full"), alone(bundle_of_machine(machine_of(name), 2))
    solver = Solver(bundle.machine)
    for one in (bundle.instances[task][0] for task in bundle.task_names):
        events = solver.solve(bundle.start(one), budget=Budget(2000)).events
        for place in range(12):
            options = {"task": one.task, "instance": one.n, "variant": place // 4}
            assert plain(ours.reset(options=options)) == plain(theirs.reset(options=options))
            for event in events:
                with suppress(LookupError):  # what a variant has put elsewhere
                    played += _same(ours, theirs, theirs.action_for(event))
                if theirs.episode.end_reason:
                    break
    assert played > 0


def _same(ours: TextEnv, theirs: TextEnv, action: str) -> int:
    """Do the same in both, compare what it brings, and return how often it ended with success."""
    met = ours.step(action)
    assert plain(met) == plain(theirs.step(action)), action
    return ours.episode.end_reason == "success"


def test_groups_do_what_solutions_do() -> None:
    solutions_are_equal("three_pages")


@pytest.mark.proof
@pytest.mark.parametrize("name", ["block_zoo", "north_bank", "skylark_air"])
def test_groups_do_what_solutions_do_at_all_examples(name: str) -> None:
    solutions_are_equal(name)
