"""What a package tells without playing is what its environments ask."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.contents import Asked, Contents
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.machine.episodes.variation import Variation
from flow_models.runtime.site import Rendered
from tests.flow_models.runtime.examples import EXAMPLES, bundle_of

WITH_TASKS = [name for name in EXAMPLES if bundle_of(name).task_names]
SPLITS_AND_VARIATIONS: list[tuple[str, Variation]] = [
    ("train", "none"),
    ("train", "full"),
    ("validation", "light"),
    ("test", "full"),
    ("test:wording", "full"),
    ("test:instances", {"wording": True, "order": ["3", "7"]}),
]


def told_by(env: Any, observation: dict[str, Any], info: dict[str, Any]) -> tuple[object, ...]:
    """Return what an environment asks after a reset; symbols have no words."""
    instance = env.bundle.instances[env.bundle.task_names[info["task"]]][info["instance"]]
    words = (observation["goal"],) if isinstance(env, TextEnv) else ()
    return instance.task, instance.n, env.attempt.played.variant, not instance.infeasible, *words


def told(asked: Asked, env: Any) -> tuple[object, ...]:
    """Return the same as the contents tell it."""
    words = (asked.goal,) if isinstance(env, TextEnv) else ()
    return asked.task, asked.instance, asked.variant, asked.feasible, *words


@pytest.mark.parametrize("interface", [TextEnv, SymbolicEnv])
@pytest.mark.parametrize("name", WITH_TASKS)
@given(data=st.data())
def test_instances_ask_what_resets_ask(name: str, interface: type[Any], data: st.DataObject) -> None:
    bundle = bundle_of(name, 4)
    split, variation = data.draw(st.sampled_from(SPLITS_AND_VARIATIONS))
    task, seed = data.draw(st.sampled_from(bundle.task_names)), data.draw(st.integers(0, 2**62))
    variant = data.draw(st.none() | st.integers(0, 2**53 - 1))
    env = interface(bundle, (task,), split=split, variation=variation)
    listed = Contents(bundle).instances(task, split, variation, seed=seed, variant=variant)
    assert listed
    for asked in listed:
        named = {} if variant is None else {"variant": variant}
        assert told_by(env, *env.reset(seed=seed, options={"instance": asked.instance, **named})) == told(asked, env)
    assert told_by(env, *env.reset(options=listed[-1].options)) == told(listed[-1], env)


@pytest.mark.parametrize("name", WITH_TASKS)
@given(seed=st.integers(0, 2**62), place=st.sampled_from(SPLITS_AND_VARIATIONS))
def test_episodes_ask_what_a_sequence_of_resets_asks(name: str, seed: int, place: tuple[str, Variation]) -> None:
    bundle = bundle_of(name, 4)
    env = TextEnv(bundle, bundle.task_names, *place)
    for number, asked in enumerate(Contents(bundle).episodes(None, *place, seed=seed, count=6)):
        assert told_by(env, *env.reset(seed=None if number else seed)) == told(asked, env)


def test_wordings_follow_the_variant_so_that_seeds_ask_in_other_words() -> None:
    contents = Contents(bundle_of("north_bank", 4))
    task = contents.tasks()[0].name
    asked = [contents.instances(task, "train", "full", seed=seed) for seed in range(12)]
    assert len({one[0].goal for one in asked}) > 1
    assert len({one[0].instance for one in asked}) == 1


def test_tasks_tell_ids_and_counts(bundle: Bundle) -> None:
    (task,) = Contents(bundle).tasks()
    assert (task.name, task.id, task.title) == ("borrow-book", "librarydesk/borrow-book-v1", "Borrow a book")
    assert task.counts == {"train": 4, "validation": 4, "test": 4}
    assert (task.max_steps, task.may_be_infeasible) == (20, True)


def test_nothing_is_rendered(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    def rendered(*args: object) -> None:
        raise AssertionError("a page was rendered")

    monkeypatch.setattr(Rendered, "__init__", rendered)
    contents = Contents(bundle)
    assert len(contents.instances("borrow-book", "test", "full")) == 4
    assert len(contents.episodes(seed=1, count=5)) == 5


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"task": "fly"}, "no task 'fly'"),
        ({"task": "borrow-book", "split": "exam"}, "no split 'exam'"),
        ({"task": "borrow-book", "split": "test"}, "pass variation='full'"),
        ({"task": "borrow-book", "variation": "wild"}, "no such variation"),
        ({"task": "borrow-book", "variant": -1}, "by a seed"),
    ],
)
def test_what_does_not_exist_is_refused_in_words(bundle: Bundle, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(BundleError, match=words):
        Contents(bundle).instances(**asked)


def test_every_split_and_task_can_be_asked(bundle: Bundle) -> None:
    contents = Contents(bundle)
    for split, variation in itertools.product(("train", "validation", "test:instances", "test:data"), ("none", "full")):
        assert contents.instances("borrow-book", split, variation)
