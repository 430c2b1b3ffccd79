"""One job in one process: what is heard of it, however it goes, and that it ends with whoever wanted it."""

import os
import queue
import subprocess
import sys
from pathlib import Path

import pytest

from flow_models.processes.jobs import Job
from flow_models.processes.process import Crashed, Done, Ended, Failed, Message, Process, Told
from tests.daily import daily
from tests.flow_models.processes import errands

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here")
ROOT = Path(__file__).resolve().parents[3]


def test_news_come_in_their_order_and_the_result_at_last() -> None:
    said = errands.heard_of(errands.adding, {"numbers": [1, 2, 3]})
    assert said == [*(Told({"so_far": so_far}) for so_far in (1, 3, 6)), Done({"sum": 6})]


def test_an_expected_failure_comes_in_its_words_with_its_facts() -> None:
    [said] = errands.heard_of(errands.refusing, {"disk": "C"})
    assert said == Failed("The disk is full.", {"disk": "C", "missing": [1, 2]})


def test_a_bug_comes_with_its_traceback() -> None:
    before, said = errands.heard_of(errands.wrong)
    assert before == Told("before")
    assert isinstance(said, Crashed)
    assert "ZeroDivisionError: by nothing" in said.words
    assert "errands.py" in said.details


def test_a_process_that_leaves_without_a_word_is_told_with_its_exit_code_and_what_it_printed_last() -> None:
    [said] = errands.heard_of(errands.leaving, {"code": 3})
    assert isinstance(said, Crashed)
    assert "exit code 3" in said.words
    assert "the last that was printed" in said.details


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_process_that_the_system_ends_is_told_with_the_signal_and_where_it_was() -> None:
    [said] = errands.heard_of(errands.faulting)
    assert isinstance(said, Crashed)
    assert "SIGSEGV" in said.words
    assert "errands.py" in said.details


@pytest.mark.parametrize("job", [errands.unplain, errands.endless])
def test_a_result_that_is_no_json_is_a_bug_of_the_job(job: Job) -> None:
    [said] = errands.heard_of(job)
    assert isinstance(said, Crashed)
    assert "JSON" in said.words


def test_data_that_are_no_json_start_no_process() -> None:
    with pytest.raises(TypeError, match="JSON"):
        Process(errands.adding, {"numbers": {1, 2}}, print)


def test_a_large_result_arrives_whole() -> None:
    [said] = errands.heard_of(errands.large, {"length": 3_000_000})
    assert said == Done("ä" * 3_000_000)


def test_what_a_job_prints_or_reads_is_not_taken_for_the_talk() -> None:
    assert errands.heard_of(errands.loud, {"lines": 200_000}) == [Done("")]


def test_neither_qt_nor_the_main_program_is_imported_where_a_job_is_done(tmp_path: Path) -> None:
    program = tmp_path / "windowed.py"
    program.write_text(
        "import PySide6.QtCore\n"
        "from tests.flow_models.processes import errands\n"
        "[said] = errands.heard_of(errands.loaded)\n"
        "assert 'flow_models.processes.child' in said.result\n"
        "print([name for name in said.result if name.partition('.')[0] in ('PySide6', 'windowed', '__mp_main__')])\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "windowed"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_a_frozen_program_starts_itself_for_a_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "gymwright"
    program.write_text(f"#!{sys.executable}\nfrom app.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    [said] = errands.heard_of(errands.loaded)
    assert isinstance(said, Done)
    assert "app.cli" in said.result
    assert not [name for name in said.result if name.startswith("PySide6")]


@pytest.mark.skipif(not hasattr(os, "nice"), reason="the system knows of no manners")
def test_other_programs_come_first_if_that_is_asked_for() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = Process(errands.niceness, {}, heard.put, niceness=7)
    assert heard.get(timeout=errands.PATIENCE_S) == Done(os.nice(0) + 7)
    process.end()


@needs_proc
def test_a_job_that_is_asked_to_end_clears_up_even_while_it_waits_for_another_program() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = Process(errands.tidy, {}, heard.put)
    told = heard.get(timeout=errands.PATIENCE_S)
    assert isinstance(told, Told)
    assert Path(told.news["folder"]).is_dir()
    process.ask_to_end()
    assert heard.get(timeout=errands.PATIENCE_S) == Ended()
    assert not Path(told.news["folder"]).exists()
    assert errands.have_gone(*told.news["processes"])


@needs_proc
def test_a_program_that_a_job_leaves_alone_ends_with_it() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = Process(errands.careless, {}, heard.put)
    told = heard.get(timeout=errands.PATIENCE_S)
    assert isinstance(told, Told)
    process.ask_to_end()
    assert heard.get(timeout=errands.PATIENCE_S) == Ended()
    assert errands.have_gone(*told.news["processes"])


@needs_proc
def test_a_job_that_listens_to_nobody_is_ended_with_all_that_it_started() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = Process(errands.stubborn, {}, heard.put)
    told = heard.get(timeout=errands.PATIENCE_S)
    assert isinstance(told, Told)
    assert all(map(errands.is_living, told.news["processes"]))
    process.end(patience_s=0.1)
    assert errands.have_gone(*told.news["processes"])
    assert heard.get_nowait() == Ended()


def test_a_job_that_is_ended_at_once_is_not_waited_for() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = Process(errands.adding, {"numbers": [0] * 1_000_000}, heard.put)
    process.end()
    assert heard.get_nowait() == Ended()


@needs_proc
@pytest.mark.parametrize("job", daily(["tidy", "stubborn"], ["tidy"]))
def test_a_job_ends_with_all_that_it_started_when_whoever_wanted_it_is_killed(job: str) -> None:
    code = (
        "import queue; from flow_models.processes.process import Process; "
        "from tests.flow_models.processes import errands; "
        f"heard = queue.SimpleQueue(); process = Process(errands.{job}, {{}}, heard.put); "
        "print(*heard.get().news['processes'], flush=True); heard.get()"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as doomed:
        assert doomed.stdout is not None
        numbers = list(map(int, doomed.stdout.readline().split()))
        doomed.kill()
    assert len(numbers) == 2
    assert errands.have_gone(*numbers)
