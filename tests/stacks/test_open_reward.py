"""The Open Reward Standard serves a package as it is: its own client plays sessions whose tools are our actions."""

from pathlib import Path
from typing import Any, Final

import pytest

from flow_models.runtime.envs.dialogue.offers import BY_NAME
from flow_models.runtime.envs.dialogue.prompts import OVER
from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack

SERVE: Final = "import librarydesk; librarydesk.adapter('ors').run(host='127.0.0.1', port=8080)"

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def ors(stack_of: MakeStack) -> Stack:
    return stack_of("ors")


@pytest.fixture(scope="module")
def played(ors: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of playing the package's server with its client."""
    found: dict[str, Any] = ors.found("open_reward.py", where=tmp_path_factory.mktemp("ors"))
    return found


def test_splits_tasks_and_tools_are_listed(played: dict[str, Any]) -> None:
    assert played["splits"] == {"train": 4, "validation": 2, "test:instances": 2}
    assert played["tools"] == sorted(BY_NAME)
    assert played["goal is asked"]


def test_a_solution_earns_the_maximum_and_says_its_parts(played: dict[str, Any]) -> None:
    assert played["oracle"] == [1.0] * 4
    assert played["end"] == [True, "success", {"success": 1.0, "milestones": 0.0, "step_cost": 0.0}]


def test_doing_nothing_earns_the_floor(played: dict[str, Any]) -> None:
    assert played["noop"] == [0.0] * 3


def test_sessions_at_once_do_not_mix(played: dict[str, Any]) -> None:
    assert played["mixed"] == [True, "success"]


def test_after_the_end_a_call_is_refused_in_words(played: dict[str, Any]) -> None:
    assert played["after the end"] == [True, None, OVER]


def test_what_cannot_be_done_is_refused_in_words(played: dict[str, Any]) -> None:
    no_argument, no_tool = played["malformed"]
    assert "Field required" in no_argument
    assert "'fly' is not a valid tool" in no_tool
    assert "Could not find element" in played["wrong"]


def test_a_broken_site_arrives_as_an_error(played: dict[str, Any]) -> None:
    assert "The site broke in borrow-book 0: a formula failed" in played["fault"]


def test_the_program_of_the_card_runs_as_it_stands_there(ors: Stack, tmp_path: Path) -> None:
    with ors.serving(str(ors.python), "-c", SERVE, where=tmp_path, port=8080):
        said = ors.printed("Open Reward Standard", where=tmp_path)
    assert "step_limit" in said
