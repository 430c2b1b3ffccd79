"""Who plays is told so that another process can make it too, and refused in words where there is no such policy."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.endpoint import Endpoint
from flow_models.runtime.envs.evaluating.plan import Scope, planned
from flow_models.runtime.envs.evaluating.results import ends
from flow_models.runtime.envs.evaluating.running import Record, begun, play_all
from flow_models.runtime.envs.evaluating.who import who_of
from flow_models.runtime.envs.listing import BundleError

WRONG = "instead of the number of an action that the mask allows"

SOLVED = tuple[Bundle, list[dict[str, Any]]]


def first_allowed(seen: dict[str, Any]) -> int:
    return int(seen["action_mask"].argmax())


def gives_up(messages: list[dict[str, Any]]) -> str:
    return "report_infeasible('no')"


def played(bundle: Bundle, policy: Any, interface: str, folder: Path) -> tuple[Record, ...]:
    """Return the episodes that a policy plays which went through a pickle."""
    who = pickle.loads(pickle.dumps(who_of(policy, interface)))
    made = who.make(bundle)
    assert made.interface == interface
    scope = Scope(bundle.task_names, ("train",), ("plain",), 1)
    run = begun(folder, about_run(bundle, who.words, made.interface, {}, scope))
    return play_all(bundle, made, run, planned(bundle, scope)).records


@pytest.mark.parametrize(
    ("policy", "interface", "words"),
    [
        ("random", "text", "random"),
        ("random", "symbolic", "random"),
        ("keyword", "text", "keyword"),
        (first_allowed, "symbolic", f"{__name__}:first_allowed"),
        (gives_up, "text", f"{__name__}:gives_up"),
        (Endpoint(url="http://here", model="m"), "text", "m at http://here"),
    ],
)
def test_a_policy_is_made_again_from_a_pickle(policy: Any, interface: str, words: str, solved: SOLVED) -> None:
    who = who_of(policy, interface)
    assert who.words == words
    assert pickle.loads(pickle.dumps(who)).make(solved[0]).interface == interface


def test_functions_play_in_their_interface(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    as_text = played(bundle, gives_up, "text", tmp_path / "text")
    assert set(ends(as_text)) == {"infeasible_reported"}
    as_numbers = played(bundle, first_allowed, "symbolic", tmp_path / "numbers")
    assert all("number" in turn["move"] for one in as_numbers for turn in one["turns"])
    assert not any(one["policy_error"] for one in as_numbers)


@pytest.mark.parametrize("answer", [-1, 10**6, "3", None])
def test_a_number_that_the_mask_does_not_allow_is_a_fault_of_the_policy(
    answer: Any, solved: SOLVED, tmp_path: Path
) -> None:
    found = played_by(answer, solved[0], tmp_path)
    assert [one["policy_error"] for one in found] == [f"the policy returned {answer!r} {WRONG}"] * len(found)


def played_by(answer: Any, bundle: Bundle, folder: Path) -> tuple[Record, ...]:
    """Return what becomes of a function that always answers the same."""
    who = who_of(lambda _: answer, "symbolic")
    scope = Scope(bundle.task_names, ("train",), ("plain",), 1)
    run = begun(folder, about_run(bundle, who.words, "symbolic", {}, scope))
    return play_all(bundle, who.make(bundle), run, planned(bundle, scope)).records


@pytest.mark.parametrize(
    ("policy", "interface", "words"),
    [
        ("oracle", "symbolic", "plays as text only"),
        ("random", "browser", "no interface 'browser' to play in"),
        (3, "text", "module:function or a function, not 3"),
    ],
)
def test_what_is_no_policy_is_refused(policy: Any, interface: str, words: str) -> None:
    with pytest.raises(BundleError, match=words):
        who_of(policy, interface)
