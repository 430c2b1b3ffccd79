"""Runs are kept line by line, go on after an end in the middle, and count faults apart."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.oracle import Oracle
from flow_models.runtime.envs.evaluating.plan import AXES_ALONE, Planned, Scope, planned
from flow_models.runtime.envs.evaluating.policies import Chance, OfFunction, Policy, PolicyError
from flow_models.runtime.envs.evaluating.results import counted, drops, effort, ends, share, worst
from flow_models.runtime.envs.evaluating.running import EPISODES, HOPELESS, Record, begun, play_all, read_run
from flow_models.runtime.envs.evaluating.tables import lines_of
from flow_models.runtime.envs.listing import BundleError

STYLE: dict[str, Any] = {}
SOLVED = tuple[Bundle, list[dict[str, Any]]]


def scope(bundle: Bundle, **given: Any) -> Scope:
    return Scope(bundle.task_names, instances=2)._replace(**given)


def run(bundle: Bundle, policy: Policy, folder: Path, wanted: Scope, **options: Any) -> Sequence[Record]:
    """Return the episodes of a run."""
    about = about_run(bundle, "somebody", policy.interface, STYLE, wanted)
    return play_all(bundle, policy, begun(folder, about), planned(bundle, wanted), **options).records


def test_the_oracle_succeeds_in_every_arm(solved: SOLVED, tmp_path: Path) -> None:
    bundle, records = solved
    arms = (
        "plain",
        "full",
        "held_out",
        "layout",
        "interruptions",
        "conduct",
        "interruptions_trained",
        "conduct_trained",
    )
    wanted = scope(bundle, splits=("train", "validation", "test"), arms=arms, repeats=4)
    found = run(bundle, Oracle(bundle, records), tmp_path / "run", wanted)
    assert len(found) >= 100
    assert ends(found) == {"success": len(found)}
    assert share(found).interval[1] == 1.0
    assert effort(found).over >= 1
    assert all(one["shortest"] <= len(one["turns"]) for one in found if one["arm"] == "plain")


def test_chance_does_the_same_again_and_little(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    wanted = scope(bundle, arms=("plain",))
    first, second = (run(bundle, Chance(), tmp_path / name, wanted) for name in ("one", "two"))
    timeless = [[{**one, "seconds": 0} for one in records] for records in (first, second)]
    assert timeless[0] == timeless[1]
    assert len({json.dumps(one["turns"]) for one in first}) == len(first)
    assert share(first).rate < 0.5


def test_a_run_goes_on_where_it_was_cut_off(solved: SOLVED, tmp_path: Path) -> None:
    bundle, records = solved
    wanted = scope(bundle, arms=("plain", "full"))
    whole = run(bundle, Oracle(bundle, records), tmp_path / "whole", wanted)
    path = tmp_path / "whole" / EPISODES
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:3]) + lines[3][:40], encoding="utf-8")
    played: list[str] = []
    again = run(
        bundle,
        Oracle(bundle, records),
        tmp_path / "whole",
        wanted,
        progress=lambda _done, _of, record: played.append(record["key"]),
    )
    assert [one["key"] for one in again] == [one["key"] for one in whole]
    assert played == [one["key"] for one in whole[3:]]


def test_a_folder_with_another_run_is_left_alone(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    run(bundle, Chance(), tmp_path, scope(bundle, arms=("plain",), instances=1))
    with pytest.raises(BundleError, match="another scope"):
        run(bundle, Chance(), tmp_path, scope(bundle, arms=("full",), instances=1))


def test_halves_of_characters_are_kept_and_lines_that_are_no_episodes_refused(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    wanted = scope(bundle, splits=("train",), arms=("plain",), instances=1)
    first, *_ = run(bundle, OfFunction(lambda _: "\ud800"), tmp_path, wanted)
    assert first["turns"][0]["move"]["said"] == "\ud800"
    for line in ("3", '{"key": "x"}'):
        (tmp_path / EPISODES).write_text(f"{line}\n")
        with pytest.raises(BundleError, match="is no episode"):
            read_run(tmp_path)


def test_a_function_hears_the_talk_and_answers(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    heard: list[list[dict[str, Any]]] = []

    def says(messages: list[dict[str, Any]]) -> str:
        heard.append(messages)
        messages.clear()  # its own list
        return "I give up. report_infeasible('no')"

    found = run(bundle, OfFunction(says), tmp_path, scope(bundle, arms=("plain",), instances=1))
    assert ends(found) == {"infeasible_reported": len(found)}
    assert all(one["tokens"]["in"] > 100 and not one["tokens"]["is_exact"] for one in found)
    assert len(heard) == len(found)


def test_failures_to_answer_count_in_no_share_and_are_tried_again(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    calls = iter(range(10_000))

    def says(_: list[dict[str, Any]]) -> str:
        if next(calls) == 1:
            raise RuntimeError("out of memory")
        return "report_infeasible('no')"

    wanted = scope(bundle, arms=("plain",))
    found = run(bundle, OfFunction(says), tmp_path, wanted)
    assert ends(found) == {"infeasible_reported": len(found) - 1, "policy_error": 1}
    assert len(counted(found)) == len(found) - 1
    assert "out of memory" in next(one["policy_error"] for one in found if one["policy_error"])
    again = run(bundle, OfFunction(says), tmp_path, wanted)
    assert ends(again) == {"infeasible_reported": len(found)}


def test_who_never_answers_is_not_asked_for_ever(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved

    def says(_: list[dict[str, Any]]) -> str:
        raise RuntimeError("no")

    with pytest.raises(PolicyError, match="in a row"):
        run(bundle, OfFunction(says), tmp_path, scope(bundle))
    assert len((tmp_path / EPISODES).read_text(encoding="utf-8").splitlines()) == HOPELESS


def test_several_at_a_time_play_the_same(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved

    def says(messages: list[dict[str, Any]]) -> str:
        return "noop()" if len(messages) < 6 else f"report_infeasible('{len(messages)}')"

    wanted = scope(bundle, arms=("plain", "full"))
    alone = run(bundle, OfFunction(says), tmp_path / "alone", wanted)
    together = run(bundle, OfFunction(says), tmp_path / "together", wanted, workers=6)
    assert {one["key"]: one["turns"] for one in alone} == {one["key"]: one["turns"] for one in together}


def record(split: str, arm: str, number: int, *, is_success: bool, **given: Any) -> Record:
    """Return an episode that somebody made up."""
    ended = "success" if is_success else "failure"
    plan = Planned("pay", number, split, arm, 0, number, {} if arm == "plain" else {"look": "neon"})
    return {
        "key": plan.key,
        **plan._asdict(),
        "is_success": is_success,
        "end_reason": ended,
        "is_fault": False,
        "policy_error": "",
        "total": float(is_success),
        "shortest": 2,
        "tokens": {"in": 8, "out": 2, "is_exact": True},
        "seconds": 1.0,
        "turns": [{"is_format_fault": False}] * 3,
        **given,
    }


def test_drops_are_counted_in_pairs() -> None:
    plain = [record("test", "plain", n, is_success=n < 8) for n in range(10)]
    look = [record("test", "look", n, is_success=False) for n in range(10)]
    look[9] = {**look[9], "is_fault": True, "end_reason": "environment_error"}
    (drop,) = drops([*plain, *look])
    assert (drop.arm, drop.difference.of, drop.difference.lost, drop.is_significant) == ("look", 9, 8, True)
    (neon,) = worst([*plain, *look], "browser")
    assert (neon.aspect, neon.value, neon.share.of) == ("look", "neon", 9)
    assert worst([*plain, *look], "text") == []
    told = "\n".join(lines_of([*plain, *look], "text"))
    assert "neon" not in told
    assert AXES_ALONE in told
    assert "Median steps: 3, successes took 1.50 times the shortest." in told
    assert "0.80 (8/10)" in told
    assert "-0.89" in told
    assert "significant" in told
    assert "1 episodes count in no share" in told
    assert "Tokens: 160 read, 40 written" in told


def test_tables_say_nothing_of_what_there_is_not() -> None:
    plain = [record("test", "plain", n, is_success=False) for n in range(1000, 2234)]
    told = "\n".join(lines_of(plain, "text"))
    assert "Beside the site" not in told
    assert "Worst" not in told
    assert "no success." in told
    both = [*plain, *(record("test", "conduct", n, is_success=False) for n in range(1000, 2234))]
    told = "\n".join(lines_of(both, "text"))
    assert "0.00 (0/1234)  " in told
    assert "mishaps (conduct)" in told
