"""OpenEnv takes a package as it is: its validator passes, and its sessions play, score and fail as they should."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import PROGRAMS, Stack

MODULE: Final = "librarydesk"

SLOWER: Final = 0.8
"""How fast sessions are at least, as a share of the echo environment's."""

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def openenv(stack_of: MakeStack) -> Stack:
    return stack_of("openenv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("openenv")


@pytest.fixture(scope="module")
def url(openenv: Stack, folder: Path) -> Iterator[str]:
    """The address of the package's server, with its web page."""
    command = (str(openenv.python), "-m", f"{MODULE}.server.app", "--port", "PORT")
    with openenv.serving(*command, where=folder, more={"ENABLE_WEB_INTERFACE": "true"}) as served:
        yield served


@pytest.fixture(scope="module")
def played(openenv: Stack, url: str, folder: Path) -> dict[str, Any]:
    """What came of playing the server with its own client."""
    found: dict[str, Any] = openenv.found("openenv_sessions.py", MODULE, url, where=folder)
    return found


def test_its_validator_passes_the_folder(openenv: Stack, folder: Path) -> None:
    said = openenv.run(openenv.command("openenv"), "validate", str(openenv.package), "--level", "static", where=folder)
    assert "PASS  static.manifest" in said
    assert "Verdict: PASS" in said


def test_its_validator_passes_the_running_server(openenv: Stack, url: str, folder: Path) -> None:
    said = openenv.run(openenv.command("openenv"), "validate", "--url", url, where=folder)
    assert said.count("  PASS  ") == 6
    assert "Verdict: PASS" in said


def test_a_solution_earns_the_maximum_and_says_its_parts(played: dict[str, Any]) -> None:
    assert played["solved"]
    for total, reason, parts in played["solved"]:
        assert (total, reason) == (pytest.approx(1.0), "success")
        assert set(parts) == {"success", "milestones", "step_cost"}


def test_doing_nothing_earns_the_floor(played: dict[str, Any]) -> None:
    assert played["waited"] == [0.0, "step_limit"]


def test_sessions_at_once_do_not_mix(played: dict[str, Any]) -> None:
    assert played["alike"]


def test_the_state_tells_episode_and_steps(played: dict[str, Any]) -> None:
    assert all(told == [True, True] for told in played["contract"])


def test_what_cannot_be_done_is_refused_in_words(played: dict[str, Any]) -> None:
    assert "reset" in played["early"]
    assert "success" in played["late"]
    assert "has 4 rows, numbered from 0, and none of number 10000" in played["no_row"]
    assert "There is no split 'elsewhere'" in played["no_split"]
    assert played["unclear"]


def test_a_broken_site_arrives_as_an_error(openenv: Stack, folder: Path) -> None:
    command = (str(openenv.python), str(PROGRAMS / "breaking_server.py"), MODULE, "--port", "PORT")
    with openenv.serving(*command, where=folder) as served:
        broke, after, again = openenv.found("openenv_fault.py", MODULE, served, where=folder)
    assert "The site broke in borrow-book" in broke
    assert "EXECUTION_ERROR" in broke
    assert "environment_error" in after
    assert "Page: " in again


def test_tasks_are_listed_by_split(url: str) -> None:
    assert [one["name"] for one in _asked(f"{url}/{MODULE}/splits")] == ["train", "validation", "test"]
    assert _asked(f"{url}/{MODULE}/num_tasks", {"split": "train"}) == {"num_tasks": 4}
    listed = _asked(f"{url}/{MODULE}/tasks", {"split": "train"})["tasks"]
    assert _asked(f"{url}/{MODULE}/task", {"split": "train", "index": 2}) == {"task": listed[2]}
    assert len({one["variant"] for one in listed}) == 4


def test_there_is_a_page_for_people(url: str) -> None:
    with urllib.request.urlopen(f"{url}/web/") as page:
        assert page.status == 200


def test_the_program_of_the_card_runs_as_it_stands_there(openenv: Stack, folder: Path) -> None:
    command = (str(openenv.python), "-m", f"{MODULE}.server.app", "--port", "8000")
    with openenv.serving(*command, where=folder, port=8000):
        said = openenv.printed("OpenEnv", where=folder)
    assert "step_limit" in said


def test_a_session_is_as_fast_as_one_of_its_echo_environment(openenv: Stack, url: str, folder: Path) -> None:
    """Within a fifth of an echo that says as much; what several at once make, and a short echo, is told alone."""
    command = (str(openenv.python), str(PROGRAMS / "echo_server.py"), "PORT")
    with openenv.serving(*command, where=folder) as echo:
        found = openenv.found("openenv_speed.py", url, echo, "click('29')", where=folder)
    print(found)
    assert found["1"]["ratio"] > SLOWER


def _asked(address: str, body: dict[str, Any] | None = None) -> Any:
    """Return what the server answers as JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())
