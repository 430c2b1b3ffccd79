"""Where each number stands: as the spaces say, as the guide lists it, and as the encoding writes it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.field_blocks import ChoiceField, SuggestField
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.envs.symbols.encoding import Encoding
from flow_models.runtime.envs.symbols.layout import Layout, Part
from flow_models.runtime.envs.symbols.vocabulary import VALUES, Vocabulary
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.events import Event
from tests.flow_models import builders as make

GUIDE = (Path(__file__).resolve().parents[5] / "docs" / "symbolic.md").read_text(encoding="utf-8")
EXAMPLES = ("three_pages", "north_bank", "skylark_air", "block_zoo")


def listed(parts: tuple[Part, ...]) -> str:
    """Return parts as the guide lists them."""
    return "\n".join(f"| `{part.name}` | {part.length} | {part.kind} | {part.about} |" for part in parts)


def test_the_guide_lists_every_part_of_an_observation_and_of_a_slot() -> None:
    layout = Layout.of(tasks=1, pages=1, controls=1, slots=1)
    assert f"|---|---|---|---|\n{listed(layout.observation)}\n\n" in GUIDE
    assert f"|---|---|---|---|\n{listed(layout.slot)}\n\n" in GUIDE
    assert f"| 2 … {layout.first_use - 1} | answers" in GUIDE
    assert f"| {layout.first_use} + {layout.values} · slot + v |" in GUIDE


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_number_that_is_met_is_within_its_size(name: str) -> None:
    """Random play over all tasks; what no part says would be an embedding without a row."""
    program = compile_flow(load(resources.path("examples", f"{name}.flow.json"))).program
    listed = [Instance(task, n, n, "train", steps=1) for task in program.tasks for n in range(2)]
    env = SymbolicEnv(Bundle(program, listed), list(program.tasks))
    rng, layout = np.random.default_rng(1), env.layout
    observation, _ = env.reset(seed=1)
    for _ in range(250):
        for part, numbers in parts_of(layout, observation["observations"]):
            size = 2**part.size if part.kind == "bits" else part.size
            assert numbers.min() >= 0
            assert numbers.max() < size, part
        action = rng.choice(np.flatnonzero(observation["action_mask"]))
        observation, _, terminated, truncated, _ = env.step(action)
        if terminated or truncated:
            observation, _ = env.reset()


def parts_of(layout: Layout, observation: np.ndarray) -> list[tuple[Part, np.ndarray]]:
    """Return each part with its numbers, those of all slots together."""
    split = layout.split(observation)
    slots = split["slots"]
    inner = [(part, slots[:, part.start : part.start + part.length]) for part in layout.slot]
    return [*((part, split[part.name]) for part in layout.observation), *inner]


def test_parts_stand_side_by_side_and_fill_the_observation(bundle: Bundle) -> None:
    env = SymbolicEnv(bundle, bundle.task_names)
    layout = env.layout
    ends = [part.start + part.length for part in layout.observation]
    assert [part.start for part in layout.observation] == [0, *ends[:-1]]
    assert layout.first_slot == ends[-1]
    assert layout.length == env.observation_space["observations"].shape[0]  # type: ignore[index]
    assert layout.actions == env.action_space.n  # type: ignore[attr-defined]


def test_every_action_has_a_meaning_and_its_way_back() -> None:
    layout = Layout.of(tasks=1, pages=1, controls=1, slots=3)
    meanings = [layout.meaning(action) for action in range(layout.actions)]
    assert len(set(meanings)) == layout.actions
    used = {layout.use(meaning.slot, meaning.value): meaning for meaning in meanings if meaning.kind == "use"}
    assert all(layout.meaning(action) == meaning for action, meaning in used.items())
    assert [meaning.kind for meaning in meanings[:3]] == ["noop", "infeasible", "answer"]


def offering(count: int) -> tuple[Machine, Encoding]:
    """Return a site whose goal names a city by way of a row, with a choice and suggestions over so many cities."""
    cities = make.table("cities", "name", "code", rows=tuple((f"City {n:03}", f"C{n:03}") for n in range(count)))
    trips = make.table("trips", "where:row:cities", "to:row:cities", rows=(("cities_98", "cities_3"),))
    given = {"title": "T", "table": "cities", "label": "{row.name} ({row.code})"}
    blocks = (
        ChoiceField.model_validate({"id": "c", "name": "c", "style": "drop_down", **given}),
        SuggestField.model_validate({"id": "s", "name": "s", **given}),
    )
    asked = make.task(
        "t", "From {task.trip.where.name} to {task.trip.to.name}.", parameters=(make.parameter("trip", "row:trips"),)
    )
    program = compile_flow(make.flow(make.page("home", *blocks), cities, trips, asked)).program
    return Machine(program), Encoding(program)


@pytest.mark.parametrize("count", [100, 140])
def test_of_many_options_those_that_the_goal_names_have_a_number_and_are_told(count: int) -> None:
    machine, encoding = offering(count)
    start = machine.draw("t", 0)
    vocabulary, view = Vocabulary(machine, start, ()), machine.view(start, start.state)
    assert [term.shown for term in vocabulary.named] == ["City 097", "City 002"]
    slots = encoding.layout.split(encoding.observe("t", view, vocabulary).astype(np.int32))["slots"]
    for slot, event in enumerate((Event("select", "c", "", "cities_98"), Event("fill", "s", "", "City 097 (C097)"))):
        action = encoding.action(event, view, vocabulary)
        assert action is not None
        assert encoding.event(action, view, vocabulary) == event
        _, goals, _, _, first, second, third = slots[slot].tolist()
        assert (goals, third) == (0b11, 0)
        assert encoding.layout.meaning(action).value == first - 1
        assert 0 < second <= VALUES
    assert encoding.mask(view, vocabulary).sum() == 1 + 2 * VALUES


def test_a_value_of_several_lines_is_shown_where_its_lines_stand_in_texts_one_below_the_other() -> None:
    notes = make.table("notes", "words", rows=(("One\nTwo",),))
    asked = make.task("t", "Do it.", parameters=(make.parameter("said", "text", "One\nTwo"),))
    for second, shows in (("Two", 1), ("Three", 0)):
        home = make.page("home", make.words("a", "One"), make.words("b", second), make.field("f"))
        program = compile_flow(make.flow(home, notes, asked)).program
        machine, encoding = Machine(program), Encoding(program)
        start = machine.draw("t", 0)
        vocabulary, view = Vocabulary(machine, start, ()), machine.view(start, start.state)
        assert vocabulary.shown == ("One\nTwo",)
        shown = encoding.layout.split(encoding.observe("t", view, vocabulary).astype(np.int32))["shown"]
        assert shown.tolist() == [shows, *[0] * (VALUES - 1)]


def test_the_report_is_allowed_where_a_task_may_be_impossible_and_refused_elsewhere() -> None:
    offered = {}
    for may_be in (False, True):
        asked = make.task("t", may_be_infeasible=may_be, expect=(make.expect_added("orders", n="1"),))
        program = compile_flow(make.flow(make.page("home"), make.table("orders", "n:integer"), asked)).program
        env = SymbolicEnv(Bundle(program, [Instance("t", 0, 0, "train", steps=1)]), ["t"])
        _, info = env.reset(seed=0)
        offered[may_be] = (info["action_mask"][1], env.action_for(Event("infeasible")))
        _, _, terminated, _, info = env.step(np.int64(1))
        assert (terminated, info["steps"]) == (may_be, 1)
    assert offered == {False: (0, None), True: (1, 1)}


def test_whether_this_instance_is_impossible_the_mask_does_not_tell(bundle: Bundle) -> None:
    env = SymbolicEnv(bundle, bundle.task_names)
    told = {bool(env.reset(options={"instance": n})[1]["action_mask"][1]) for n in range(12)}
    assert {instance.infeasible for instance in bundle.instances[bundle.task_names[0]]} == {False, True}
    assert told == {True}


def test_an_action_told_as_text_is_the_one_that_stands_for_its_event(bundle: Bundle) -> None:
    env = SymbolicEnv(bundle, bundle.task_names)
    env.reset(options={"instance": 0})
    link = env.attempt.played.view.controls()[0]
    used = env.action_for(Event("use", link.id, link.row))
    numbers = [env.action_for(f"click('{number}')") for number in range(40)]
    assert used is not None
    assert used in numbers
    assert env.action_for("goto('https://nowhere.test')") is None


@pytest.mark.parametrize("variant", [{}, {"navigation": "menu"}, {"navigation": "side", "lists": "cards", "order": 3}])
def test_a_number_of_the_text_is_the_same_control_here_in_every_variant(variant: dict[str, Any]) -> None:
    """A menu that only the text shows moves all numbers behind it."""
    program = compile_flow(load(resources.path("examples", "north_bank.flow.json"))).program
    listed = [Instance("pay-payee", 0, 1, "train", steps=1)]
    bundle = Bundle(program, listed)
    text, symbolic = TextEnv(bundle, ["pay-payee"]), SymbolicEnv(bundle, ["pay-payee"])
    text.reset(options={"instance": 0, "variant": variant})
    symbolic.reset(options={"instance": 0, "variant": variant})
    shown = [Event("use", control.id, control.row) for control in text.attempt.played.view.controls()]
    told = [symbolic.action_for(text.action_for(event)) for event in shown]
    assert told == [symbolic.action_for(event) for event in shown]
    assert (told[0] is None) == (variant.get("navigation") == "menu")
    assert sum(action is not None for action in told) > 5
