"""Inspect AI takes a package as it is: a mock model plays by tools and by text, and the scorer says the parts."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import PROGRAMS, Stack

FULL: Final = {"solved": 1.0, "total": 1.0, "success": 1.0, "milestones": 0.0, "step_cost": 0.0}
BROKEN: Final = "The site broke in borrow-book"

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def inspect(stack_of: MakeStack) -> Stack:
    return stack_of("inspect", "openai>=2,<4")


@pytest.fixture(scope="module")
def played(inspect: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What its evaluations found."""
    found: dict[str, Any] = inspect.found("inspect_ai_mock.py", where=tmp_path_factory.mktemp("inspect"))
    return found


@pytest.mark.parametrize("speech", ["oracle", "oracle as text"])
def test_a_solution_earns_the_maximum(speech: str, played: dict[str, Any]) -> None:
    assert played[speech]["scores"] == FULL
    assert played[speech]["ends"] == ["success"] * 4


def test_doing_nothing_earns_the_floor(played: dict[str, Any]) -> None:
    assert set(played["noop"]["scores"].values()) == {0.0}
    assert played["noop"]["ends"] == ["step_limit"] * 4


def test_a_limit_of_inspect_is_no_end_of_ours(played: dict[str, Any]) -> None:
    assert played["limit"]["ends"] == ["stopped before the end"] * 4
    assert played["limit"]["limits"] == ["message"] * 4


@pytest.mark.parametrize("speech", ["fault", "fault as text"])
def test_a_broken_site_is_an_error_of_the_sample_without_a_score(speech: str, played: dict[str, Any]) -> None:
    assert (played[speech]["scores"], played[speech]["ends"]) == ({}, [])
    assert [BROKEN in message for message in played[speech]["errors"]] == [True] * 4


def test_the_program_of_the_card_runs_as_it_stands_there(inspect: Stack, known: Path, tmp_path: Path) -> None:
    endpoint = (str(inspect.python), str(PROGRAMS / "scripted_endpoint.py"), "PORT", str(known))
    with inspect.serving(*endpoint, where=tmp_path) as url:
        named = {"LOCAL_API_KEY": "none", "LOCAL_BASE_URL": f"{url}/v1"}
        said = inspect.printed("Inspect AI", "openai-api/local/model", where=tmp_path, more=named)
    assert "'solved': 0.0" in said
    assert "step_limit" in said
