"""A plan plays the same instances with the same seeds in every arm."""

from collections import Counter
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.plan import ARMS, BY_NAME, Scope, planned
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.machine.episodes.variation import AXES, AXIS_OF
from tests.flow_models.runtime.examples import machine_of

EVERYTHING = tuple(arm.name for arm in ARMS)


def scope(bundle: Bundle, **given: Any) -> Scope:
    return Scope(bundle.task_names, arms=EVERYTHING, instances=2, repeats=2)._replace(**given)


def test_arms_have_the_same_instances_and_seeds(bundle: Bundle) -> None:
    found = planned(bundle, scope(bundle))
    arms = {one.arm for one in found}
    assert len(found) == len({one.key for one in found})
    for arm in arms:
        of_arm = [(one.pair, one.seed, one.split) for one in found if one.arm == arm]
        assert of_arm == [(one.pair, one.seed, one.split) for one in found if one.arm == "plain"]
    assert len({one.seed for one in found}) == len(found) / len(arms)
    assert Counter(one.split for one in found)["test"] == len(found) / 2


def test_an_arm_varies_what_it_is_about_and_nothing_else(bundle: Bundle) -> None:
    for one in planned(bundle, scope(bundle, instances=4, repeats=8)):
        arm = BY_NAME[one.arm]
        varied = {name for name in one.variant if name not in {"seed", "new_words", "new_goal"}}
        assert {AXIS_OF[aspect] for aspect in varied} <= arm.axes
        assert bool(one.variant.get("new_words")) <= arm.held_out


def test_axes_alone_show_what_they_show_together(bundle: Bundle) -> None:
    together = {one.pair: one.variant for one in planned(bundle, scope(bundle, arms=("held_out",)))}
    for axis in AXES:
        for one in planned(bundle, scope(bundle, arms=("plain", axis))):
            if one.arm == axis:
                assert one.variant.items() <= together[one.pair].items()


def test_other_seeds_give_other_variants(bundle: Bundle) -> None:
    first, second = (planned(bundle, scope(bundle, arms=("full",), seed=seed)) for seed in (0, 1))
    assert first == planned(bundle, scope(bundle, arms=("full",)))
    assert [one.key for one in first] == [one.key for one in second]
    assert [one.variant for one in first] != [one.variant for one in second]


def test_arms_without_values_are_left_out() -> None:
    program = machine_of("three_pages").program
    bare = program.variation.axes
    assert BY_NAME["plain"].exists_in(Bundle(program, ()))
    assert BY_NAME["look"].exists_in(Bundle(program, ())) == bool(bare["look"]["look"].held_out)


@pytest.mark.parametrize("wrong", [{"tasks": ("none",)}, {"splits": ("tests",)}, {"arms": ("looks",)}, {"arms": ()}])
def test_what_does_not_exist_is_refused(bundle: Bundle, wrong: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(BundleError, match="There is no"):
        planned(bundle, scope(bundle, **wrong))


def test_nothing_to_play_is_refused(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match="nothing to play"):
        planned(bundle, scope(bundle, instances=0))
