"""Which instance an episode plays."""

import pytest

from flow_models.runtime.envs.bundle import Bundle, BundleError
from flow_models.runtime.envs.instances import InstanceChooser


def chooser(bundle: Bundle, split: str = "train") -> InstanceChooser:
    return InstanceChooser(bundle, bundle.task_names, split)


def test_a_seed_gives_the_same_sequence_of_instances(bundle: Bundle) -> None:
    first, second = chooser(bundle), chooser(bundle)
    first.seed(7)
    second.seed(7)
    assert [first.next({}).n for _ in range(9)] == [second.next({}).n for _ in range(9)]


def test_different_seeds_give_different_sequences(bundle: Bundle) -> None:
    sequences = set()
    for seed in range(5):
        one = chooser(bundle)
        one.seed(seed)
        sequences.add(tuple(one.next({}).n for _ in range(12)))
    assert len(sequences) == 5


def test_a_split_plays_only_its_own_instances(bundle: Bundle) -> None:
    one = chooser(bundle, "validation")
    assert {one.next({}).split for _ in range(40)} == {"validation"}
    held_out = chooser(bundle, "test:instances")
    assert {held_out.next({}).split for _ in range(40)} == {"test"}


def test_the_test_split_says_that_there_are_no_held_out_variants_yet(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match="no held-out variants yet"):
        chooser(bundle, "test")


def test_an_instance_can_be_named(bundle: Bundle) -> None:
    assert chooser(bundle).next({"instance": 5}).n == 5


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"instance": 99}, "no instance 99"),
        ({"task": "fly"}, "no task 'fly'"),
        ({"colour": "red"}, "does not know the option 'colour'"),
    ],
)
def test_what_does_not_exist_is_refused_in_words(bundle: Bundle, options: dict[str, object], words: str) -> None:
    with pytest.raises(BundleError, match=words):
        chooser(bundle).next(options)


def test_instances_of_another_program_are_refused(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match="another program"):
        Bundle(bundle.program, {"program": "other", "tasks": {}})
