"""The start-up file finds a Python, knows the state of `.venv`, repairs it, and words its failures."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import run

ROOT = Path(run.__file__).parent
OTHER_SYSTEM_ONLY = pytest.mark.skipif(not run.LINUX, reason="asks for Linux's libraries")


def fake_python(folder: Path, name: str, answer: object) -> list[str]:
    """Write a program that answers the probe, whatever it is asked."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(answer)}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    return [str(program)]


def described(version: Sequence[int], *, pip: bool = True, fits: bool = True) -> dict[str, object]:
    """Return what a Python answers to the probe."""
    return {"version": list(version), "path": f"python{version[0]}.{version[1]}", "pip": pip, "fits": fits}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the two files that decide what is installed."""
    (tmp_path / "requirements.lock").write_text("click==8.1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def environment(checkout: Path) -> run.Environment:
    """An environment that looks finished, made without pip."""
    made = run.Environment(checkout)
    made.programs.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    (made.folder / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n", encoding="utf-8")
    made.mark()
    return made


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run; each succeeds, and making an environment makes its folder."""
    ran: list[list[str]] = []

    def record(command: Sequence[str], failure: str, total: int = 0) -> None:
        ran.append(list(command))
        if "venv" in command:
            Path(command[-1]).mkdir()

    monkeypatch.setattr(run, "run_step", record)
    return ran


# --- what it is ---


def test_it_parses_on_python_3_8() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_it_imports_only_the_standard_library() -> None:
    done = subprocess.run([sys.executable, "-S", "-I", str(ROOT / "run.py"), "help"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_unknown_command_shows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["bake"]) == 2
    assert "run.py test" in capsys.readouterr().out


# --- choosing an interpreter ---


def test_the_running_python_is_asked_first() -> None:
    assert run.candidates({"PATH": ""})[0] == [sys.executable]


def test_newer_names_on_the_path_come_first(tmp_path: Path) -> None:
    older = fake_python(tmp_path, "python3.11", {})
    newer = fake_python(tmp_path, "python3.13", {})
    found = run.candidates({"PATH": str(tmp_path)})
    assert found.index(newer) < found.index(older)


def test_pythons_of_pyenv_are_found_without_shims(tmp_path: Path) -> None:
    command = fake_python(tmp_path / "versions" / "3.12.1" / "bin", "python", {})
    assert command in run.candidates({"PATH": "", "PYENV_ROOT": str(tmp_path)})


def test_the_first_supported_python_is_chosen(tmp_path: Path) -> None:
    old = fake_python(tmp_path, "old", described((3, 9, 2)))
    good = fake_python(tmp_path, "good", described((3, 12, 1)))
    newer = fake_python(tmp_path, "newer", described((3, 13, 0)))
    assert run.choose_interpreter([old, ["absent"], good, newer]).version == (3, 12, 1)


@pytest.mark.parametrize(
    "answer", [described((3, 14, 0)), described((3, 12, 0), fits=False), "no object", {"version": "3"}]
)
def test_what_cannot_carry_qt_is_passed_over(answer: object, tmp_path: Path) -> None:
    assert run.probe(fake_python(tmp_path, "python", answer)) is None


def test_this_python_describes_itself() -> None:
    found = run.probe([sys.executable])
    assert found is not None
    assert found.version == sys.version_info[:3]
    assert found.has_ensurepip


def test_a_python_that_lacks_ensurepip_gives_way_to_one_that_has_it(tmp_path: Path) -> None:
    lacking = fake_python(tmp_path, "lacking", described((3, 13, 0), pip=False))
    whole = fake_python(tmp_path, "whole", described((3, 11, 7)))
    assert run.choose_interpreter([lacking, whole]).version == (3, 11, 7)


def test_a_missing_ensurepip_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "can_install", lambda: False)
    lacking = fake_python(tmp_path, "lacking", described((3, 11, 2), pip=False))
    with pytest.raises(run.StepError, match="lacks ensurepip") as failure:
        run.choose_interpreter([lacking])
    assert "sudo apt-get install python3.11-venv" in failure.value.advice


def test_a_missing_ensurepip_is_installed_where_that_is_possible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(run, "can_install", lambda: True)
    monkeypatch.setattr(run, "install_packages", lambda packages, _reason: installed.extend(packages))
    run.choose_interpreter([fake_python(tmp_path, "lacking", described((3, 11, 2), pip=False))])
    assert installed == ["python3.11-venv"]


def test_no_python_at_all_is_explained() -> None:
    with pytest.raises(run.StepError, match=r"needs Python 3\.11, 3\.12 or 3\.13"):
        run.choose_interpreter([["no-such-python"]])


# --- the environment ---


def test_a_finished_environment_is_ready(environment: run.Environment) -> None:
    assert environment.state() == "ready"


def test_a_ready_environment_is_left_alone(environment: run.Environment, steps: list[list[str]]) -> None:
    run.prepare(environment)
    assert steps == []


def test_a_changed_lock_makes_it_outdated(environment: run.Environment) -> None:
    (environment.root / "requirements.lock").write_text("click==8.2\n", encoding="utf-8")
    assert environment.state() == "outdated"


def test_an_outdated_environment_is_updated_in_place(environment: run.Environment, steps: list[list[str]]) -> None:
    (environment.root / "requirements.lock").write_text("click==8.2\n", encoding="utf-8")
    run.prepare(environment)
    assert [("--require-hashes" in step, "-e" in step) for step in steps] == [(True, False), (False, True)]
    assert environment.state() == "ready"


def test_a_half_made_environment_is_broken(environment: run.Environment) -> None:
    environment.stamp.unlink()
    assert environment.state() == "broken"


def test_a_moved_environment_is_broken(environment: run.Environment, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in (".venv", "requirements.lock", "pyproject.toml"):
        (environment.root / name).rename(elsewhere / name)
    assert run.Environment(elsewhere).state() == "broken"


def test_an_environment_whose_python_went_away_is_broken(environment: run.Environment) -> None:
    environment.python.unlink()
    environment.python.symlink_to("/nowhere/python")
    assert environment.state() == "broken"


def test_an_environment_whose_home_went_away_is_broken(environment: run.Environment) -> None:
    (environment.folder / "pyvenv.cfg").write_text("home = /nowhere/bin\n", encoding="utf-8")
    assert environment.state() == "broken"


def test_an_unreadable_stamp_is_no_stamp(environment: run.Environment) -> None:
    environment.stamp.write_text("{half", encoding="utf-8")
    assert environment.state() == "broken"


def test_a_broken_environment_is_made_anew(environment: run.Environment, steps: list[list[str]]) -> None:
    environment.stamp.unlink()
    leftover = environment.folder / "leftover"
    leftover.touch()
    run.prepare(environment)
    assert not leftover.exists()
    assert steps[0][1:3] == ["-m", "venv"]
    assert environment.stamp.exists()


def test_an_interrupted_update_is_taken_up_again(environment: run.Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "run_step", stop)
    (environment.root / "requirements.lock").write_text("click==8.2\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        run.prepare(environment)
    (environment.root / "requirements.lock").write_text("click==8.1\n", encoding="utf-8")
    assert environment.state() == "outdated"


def test_a_folder_of_the_users_own_is_not_deleted(checkout: Path) -> None:
    keepsake = checkout / ".venv" / "keepsake"
    keepsake.parent.mkdir()
    keepsake.touch()
    with pytest.raises(run.StepError, match="not an environment made by this program"):
        run.prepare(run.Environment(checkout))
    assert keepsake.exists()


def test_a_link_in_the_place_of_the_environment_is_not_followed(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv").symlink_to(tmp_path / "absent")
    with pytest.raises(run.StepError, match="not an environment"):
        run.prepare(run.Environment(checkout))


# --- failing steps ---


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: No matching distribution found for pyside6-essentials", "no build for this computer"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the file that was tested"),
        ("something else", "Its last words are below"),
    ],
)
def test_a_failed_step_says_what_to_do(line: str, advice: str) -> None:
    code = f"import sys; print({line!r}); sys.exit(3)"
    with pytest.raises(run.StepError, match="could not be installed") as failure:
        run.run_step([sys.executable, "-c", code], "The packages could not be installed.")
    assert advice in failure.value.advice
    assert line in failure.value.advice


def test_a_step_that_cannot_be_started_is_explained() -> None:
    with pytest.raises(run.StepError, match="No luck"):
        run.run_step(["no-such-program"], "No luck.")


def test_progress_counts_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    lines = (
        "".join(f"Collecting thing{turn}==1 (from -r lock)\\n" for turn in range(20))
        + "Installing collected packages: thing0\\n"
    )
    run.run_step([sys.executable, "-c", f"print('{lines}')"], "", total=20)
    assert capsys.readouterr().out.splitlines() == [
        "     10/20  thing9",
        "     20/20  thing19",
        "     20/20  unpacking all",
    ]


def test_a_failure_ends_in_words_not_in_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_environment: object) -> int:
        raise run.StepError("It rained.", "Wait for the sun.")

    monkeypatch.setattr(run, "start", fail)
    assert run.main([]) == 1
    assert capsys.readouterr().out == "\nIt rained.\nWait for the sun.\n"


# --- libraries of the system ---


@OTHER_SYSTEM_ONLY
def test_a_library_that_does_not_load_is_named_by_its_package() -> None:
    assert run.missing_libraries({"libc.so.6": "libc6", "libnosuch.so.9": "libnosuch9"}) == ["libnosuch9"]


@OTHER_SYSTEM_ONLY
def test_missing_libraries_are_asked_for_in_one_command(
    environment: run.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "can_install", lambda: False)
    monkeypatch.setattr(run, "missing_libraries", lambda _libraries: ["libnss3", "libegl1"])
    with pytest.raises(run.StepError, match="libraries that this computer lacks") as failure:
        run.check_system(environment, needs_window=False, needs_browser=False)
    assert "sudo apt-get install --no-install-recommends libnss3 libegl1" in failure.value.advice


@OTHER_SYSTEM_ONLY
def test_missing_libraries_are_installed_by_root(environment: run.Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(run, "can_install", lambda: True)
    monkeypatch.setattr(run, "missing_libraries", lambda _libraries: ["libnss3"])
    monkeypatch.setattr(run, "has_chromium", lambda _environ: False)
    monkeypatch.setattr(run, "install_packages", lambda packages, _reason: installed.extend(packages))
    run.check_system(environment, needs_window=False, needs_browser=False)
    assert installed == ["libnss3", *run.CHROMIUM_PACKAGES]


@pytest.mark.parametrize("reason", [run.WHY_LIBRARIES, run.WHY_CHROMIUM])
def test_which_system_packages_are_installed_and_why_is_said_before(
    reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    monkeypatch.setattr(run, "run_step", lambda *_: said.append(capsys.readouterr().out))
    monkeypatch.setattr(run, "_debian_names", lambda packages: list(packages))
    run.install_packages(["libnss3", "libegl1"], reason)
    for words in ("2 system packages", "libnss3, libegl1", reason):
        assert words in said[0]


def test_a_checked_system_is_not_checked_again(environment: run.Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.mark(libraries="window", browser="yes")
    monkeypatch.setattr(run, "missing_libraries", lambda _libraries: pytest.fail("checked again"))
    run.check_system(environment, needs_window=False, needs_browser=True)


def test_a_screen_asks_for_more_than_was_checked_without_one(
    environment: run.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.mark(libraries="offscreen", browser="yes")
    monkeypatch.setattr(run, "LINUX", True)
    monkeypatch.setattr(run, "missing_libraries", lambda libraries: [] if "libxcb-cursor.so.0" in libraries else ["?"])
    run.check_system(environment, needs_window=True, needs_browser=False)
    assert environment.stamped()["libraries"] == "window"


def test_a_missing_browser_stops_only_what_drives_one(
    environment: run.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "can_install", lambda: False)
    monkeypatch.setattr(run, "missing_libraries", lambda _libraries: [])
    monkeypatch.setattr(run, "has_chromium", lambda _environ: False)
    run.check_system(environment, needs_window=False, needs_browser=False)
    with pytest.raises(run.StepError, match="No Chromium") as failure:
        run.check_system(environment, needs_window=False, needs_browser=True)
    assert "-m playwright install chromium" in failure.value.advice


def test_a_kept_browser_of_playwright_counts(tmp_path: Path) -> None:
    (tmp_path / "chromium-1200").mkdir()
    assert run.has_chromium({"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)})


def test_renamed_packages_are_asked_for_by_their_new_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "apt-cache"
    cache.write_text("#!/bin/sh\necho libasound2t64\necho libnss3\n", encoding="utf-8")
    cache.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    assert run._debian_names(["libasound2", "libnss3"]) == ["libasound2t64", "libnss3"]


# --- the commands ---


@pytest.fixture
def handed_over(environment: run.Environment, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that the start became."""
    commands: list[list[str]] = []
    monkeypatch.setattr(run, "check_system", lambda *_arguments, **_options: None)
    monkeypatch.setattr(run, "hand_over", commands.append)
    return commands


def test_with_a_screen_the_app_opens(
    environment: run.Environment, handed_over: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    run.start(environment)
    assert handed_over == [[str(environment.programs / "gymwright"), "app"]]


def test_without_a_screen_the_main_job_is_done_and_said(
    environment: run.Environment,
    handed_over: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(run, "LINUX", True)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    run.start(environment)
    assert handed_over == [[str(environment.python), "-m", "app.commands.headless"]]
    assert "There is no screen here" in capsys.readouterr().out


def test_a_failed_check_fails_the_tests_though_they_pass(
    environment: run.Environment, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, code in {"ruff": 0, "mypy": 1, "lint-imports": 0}.items():
        (environment.programs / name).write_text(f"#!/bin/sh\necho {name} spoke\nexit {code}\n", encoding="utf-8")
        (environment.programs / name).chmod(0o755)
    environment.python.unlink()
    environment.python.write_text('#!/bin/sh\necho "checks: $GYMWRIGHT_FAILED_CHECKS; 3 passed"\n', encoding="utf-8")
    environment.python.chmod(0o755)
    monkeypatch.setattr(run, "check_system", lambda *_arguments, **_options: None)
    assert run.test(environment, []) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == "checks: types; 3 passed"
    assert "mypy spoke" in lines
    assert "ruff spoke" not in lines


@pytest.mark.parametrize("arguments", [[], ["-x"], ["tests/flow_models/solver", "-q"]])
def test_many_tests_are_shared_among_the_processors(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 5}, raising=False)
    assert run.sharing(arguments) == ["-n", "3", "--dist", "worksteal"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["tests/test_run.py"],
        ["tests/test_run.py::test_it_parses_on_python_3_8"],
        ["-n0"],
        ["-p", "no:xdist"],
        ["tests/app", "--pdb"],
        ["-k", "colours"],
    ],
)
def test_few_tests_and_those_of_who_chose_otherwise_are_not(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 5}, raising=False)
    assert run.sharing(arguments) == []


def test_one_processor_shares_with_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {3}, raising=False)
    assert run.sharing([]) == []
