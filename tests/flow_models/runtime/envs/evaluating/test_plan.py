"""A plan plays the same instances with the same seeds in every arm."""

import pickle
from collections import Counter
from typing import Any

import pytest

import resources
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.plan import ARMS, BY_NAME, TITLES, Scope, planned, titled
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import BundleError, Instance
from flow_models.runtime.machine.episodes.variation import ASPECTS, AXES, AXIS_OF, is_shown, values_of, with_value
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
    first, second = (tuple(planned(bundle, scope(bundle, arms=("full",), seed=seed))) for seed in (0, 1))
    assert first == planned(bundle, scope(bundle, arms=("full",)))[:]
    assert [one.key for one in first] == [one.key for one in second]
    assert [one.variant for one in first] != [one.variant for one in second]


def test_a_plan_draws_what_is_asked_for_and_survives_a_pickle(bundle: Bundle) -> None:
    plan = planned(bundle, scope(bundle))
    every = tuple(plan)
    assert plan[3:5] == every[3:5]
    assert plan[-1] == every[-1]
    assert tuple(pickle.loads(pickle.dumps(plan))) == every
    with pytest.raises(IndexError):
        plan[len(plan)]
    some = plan.only(lambda _, number: number == every[0].instance)
    assert tuple(some) == tuple(one for one in every if one.instance == every[0].instance)


def test_the_first_instance_of_every_task_and_split_comes_first_in_all_arms(bundle: Bundle) -> None:
    found = planned(bundle, scope(bundle, splits=("train", "test"), arms=("plain", "full")))
    first = [
        (one.split, one.repeat, one.arm) for one in found[: len(bundle.task_names) * 8] if one.task == found[0].task
    ]
    assert first == [(split, n, arm) for split in ("train", "test") for n in (0, 1) for arm in ("plain", "full")]


def test_arms_without_values_are_left_out() -> None:
    program = machine_of("three_pages").program
    bare = program.variation.axes
    assert BY_NAME["plain"].exists_in(Bundle(program, ()))
    assert BY_NAME["look"].exists_in(Bundle(program, ())) == bool(bare["look"]["look"].held_out)


def test_arms_that_an_interface_does_not_show_are_left_out(bundle: Bundle) -> None:
    every = set(scope(bundle).checked(bundle).arms)
    as_text, as_numbers = (set(scope(bundle).checked(bundle, one).arms) for one in ("text", "symbolic"))
    assert every - as_text == {"look", "look_trained"}
    assert "layout" not in as_numbers
    assert {"plain", "full", "conduct"} <= as_numbers
    with pytest.raises(BundleError, match="nothing is seen here of look"):
        scope(bundle, arms=("look",)).checked(bundle, "text")


def test_pages_as_text_do_not_differ_by_what_text_does_not_show() -> None:
    program = machine_of("three_pages").program
    bundle = Bundle(program, [Instance(name, 0, 1, "train", infeasible=False, steps=5) for name in program.tasks])
    plain = first_page(bundle, {})
    hidden: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    for aspect in ASPECTS:
        for value in values_of(program, aspect):
            is_other = first_page(bundle, with_value(aspect, value, 1)._asdict()) != plain
            (seen if is_other else hidden).add((aspect, value))
            assert not is_other or is_shown(aspect, value, "text"), (aspect, value)
    assert {aspect for aspect, _ in hidden} >= {"look", "align", "columns"}
    assert {("navigation", "end"), ("navigation", "menu")} <= seen


def first_page(bundle: Bundle, variant: dict[str, Any]) -> str:
    """Return the first page of the first task as text."""
    env = TextEnv(bundle, bundle.task_names)
    return str(env.reset(options={"instance": 0, "variant": variant})[0]["axtree_txt"])


def test_axes_are_called_as_the_card_calls_them() -> None:
    for axis in AXES:
        title = resources.text(f"variation.axis.{axis}.title").lower()
        assert TITLES.get(axis, axis) == title
    assert titled("conduct_trained") == "mishaps (conduct_trained)"


@pytest.mark.parametrize("wrong", [{"tasks": ("none",)}, {"splits": ("tests",)}, {"arms": ("looks",)}, {"arms": ()}])
def test_what_does_not_exist_is_refused(bundle: Bundle, wrong: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(BundleError, match="There is no"):
        planned(bundle, scope(bundle, **wrong))


def test_nothing_to_play_is_refused(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match="nothing to play"):
        planned(bundle, scope(bundle, instances=0))
