"""Which instance an episode plays, and in which variant."""

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.instances import InstanceChooser
from flow_models.runtime.envs.listing import BundleError, Instance
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import AXES, Variation, values_of


def chooser(bundle: Bundle, split: str = "train", variation: Variation = "none") -> InstanceChooser:
    return InstanceChooser(bundle, bundle.task_names, split, variation)


def episodes(one: InstanceChooser, count: int, seed: int = 0) -> list[tuple[Instance, Variant]]:
    """Return what the first episodes of a seed are."""
    return [one.chosen(seed, number, {}) for number in range(count)]


def variants_of(one: InstanceChooser, count: int = 60) -> list[Variant]:
    """Return the variants of some episodes."""
    return [variant for _, variant in episodes(one, count)]


def seen(one: InstanceChooser, aspect: str) -> set[object]:
    """Return the values that an aspect of the variants takes in some episodes."""
    return {getattr(variant, aspect) for variant in variants_of(one)}


def held_out(bundle: Bundle, axis: str, aspect: str) -> set[str]:
    """Return the held-out values of an aspect."""
    return set(bundle.program.variation.axes[axis][aspect].held_out)


@pytest.mark.parametrize("variation", ["none", "full"])
def test_a_seed_gives_the_same_sequence_of_episodes(bundle: Bundle, variation: str) -> None:
    first, second = chooser(bundle, variation=variation), chooser(bundle, variation=variation)
    assert episodes(first, 9, seed=7) == episodes(second, 9, seed=7)


def test_different_seeds_give_different_sequences(bundle: Bundle) -> None:
    one = chooser(bundle)
    sequences = {tuple(instance.n for instance, _ in episodes(one, 12, seed)) for seed in range(5)}
    assert len(sequences) == 5


def test_a_split_plays_only_its_own_instances(bundle: Bundle) -> None:
    for split, wanted in (("validation", "validation"), ("test:instances", "test"), ("test:data", "test")):
        one = chooser(bundle, split)
        assert {instance.split for instance, _ in episodes(one, 40)} == {wanted}
    assert chooser(bundle, "test:layout", "full").chosen(0, 0, {})[0].split == "validation"


def test_the_site_as_drawn_has_no_held_out_variants(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match="pass variation='full'"):
        chooser(bundle, "test")


def test_without_variation_every_episode_is_as_drawn(bundle: Bundle) -> None:
    one = chooser(bundle)
    assert set(variants_of(one, 9)) == {PLAIN}


def test_training_never_sees_a_held_out_value(bundle: Bundle) -> None:
    one = chooser(bundle, variation="full")
    variants = variants_of(one, 400)
    for axis, aspects in AXES.items():
        for aspect in set(aspects) - {"order", "wording", "goal"}:
            assert not {getattr(variant, aspect) for variant in variants} & held_out(bundle, axis, aspect), aspect
    assert not any(variant.new_words or variant.new_goal or variant.order > 32 for variant in variants)


def test_the_test_split_holds_out_every_axis(bundle: Bundle) -> None:
    one = chooser(bundle, "test", "full")
    variants = variants_of(one)
    assert {variant.look for variant in variants} <= held_out(bundle, "look", "look")
    assert {variant.navigation for variant in variants} == held_out(bundle, "layout", "navigation")
    assert {variant.interruption for variant in variants} == held_out(bundle, "interruptions", "interruption")
    assert all(variant.new_words and variant.new_goal and variant.order > 32 for variant in variants)


@pytest.mark.parametrize("axis", AXES)
def test_an_axis_can_be_held_out_alone(bundle: Bundle, axis: str) -> None:
    one = chooser(bundle, f"test:{axis}", "full")
    variants = variants_of(one)
    assert ({variant.navigation for variant in variants} == {"end"}) == (axis == "layout")
    assert all(variant.new_words for variant in variants) == (axis == "wording")
    assert {variant.look for variant in variants} <= held_out(bundle, "look", "look") or axis != "look"


def test_the_light_variation_leaves_everything_at_its_place(bundle: Bundle) -> None:
    one = chooser(bundle, variation="light")
    variants = variants_of(one)
    assert len({variant.look for variant in variants}) > 3
    assert {(v.navigation, v.order, v.lists, v.interruption, v.conduct) for v in variants} == {("", 0, "", "", "")}


def test_a_variation_can_be_named_by_axes_and_values(bundle: Bundle) -> None:
    one = chooser(bundle, variation={"interruptions": True, "navigation": ["side", "menu"]})
    assert seen(one, "navigation") == {"side", "menu"}
    assert seen(one, "interruption") > {""}
    assert seen(one, "look") == {""}


def test_an_instance_and_a_variant_can_be_named(bundle: Bundle) -> None:
    instance, variant = chooser(bundle).chosen(0, 0, {"instance": 5, "variant": {"navigation": "menu"}})
    assert (instance.n, variant) == (5, PLAIN._replace(navigation="menu"))
    one, other = (chooser(bundle, variation="full").chosen(0, number, {"variant": 11})[1] for number in range(2))
    assert one == other
    assert one.seed == 11


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"instance": 99}, "no instance 99"),
        ({"task": "fly"}, "no task 'fly'"),
        ({"colour": "red"}, "does not know the option 'colour'"),
        ({"variant": {"navigation": "upside_down"}}, "no navigation 'upside_down'"),
        ({"variant": {"hat": "red"}}, "has no 'hat'"),
        ({"variant": {"order": "first"}}, "must be of type int"),
        ({"variant": -1}, "by a seed"),
    ],
)
def test_what_does_not_exist_is_refused_in_words(bundle: Bundle, options: dict[str, object], words: str) -> None:
    with pytest.raises(BundleError, match=words):
        chooser(bundle).chosen(0, 0, options)


@pytest.mark.parametrize("variation", ["wild", {"look": "none_such"}, {"hats": True}, {"look": True, "order": []}])
def test_a_variation_that_does_not_exist_is_refused(bundle: Bundle, variation: Variation) -> None:
    with pytest.raises(BundleError, match="no such variation"):
        chooser(bundle, variation=variation)


def test_an_aspect_tells_its_values(bundle: Bundle) -> None:
    assert values_of(bundle.program, "navigation") == ("side", "menu", "end")
