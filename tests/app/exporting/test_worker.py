"""The exporting process: plain messages in the order of the work, and words for what goes wrong."""

import threading
from collections.abc import Callable
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any

import pytest

import resources
from app.exporting import worker
from exporters.errors import VersionError
from exporters.export import Report
from flow_models.document import storage
from flow_models.document.flow import Flow

FLOW = storage.load(resources.path("examples", "three_pages.flow.json"))


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Report]], list[Any]]:
    """Return a function that lets the worker run with an exporter and returns what it sent."""
    monkeypatch.setattr("signal.signal", lambda number, handler: None)

    def run(exporter: Callable[..., Report]) -> list[Any]:
        monkeypatch.setattr(worker, "export", exporter)
        ours, theirs = Pipe(duplex=False)
        thread = threading.Thread(target=worker.work, args=(storage.dumps(FLOW), str(tmp_path), (1, 0, 0), theirs))
        thread.start()
        said = []
        try:
            while True:
                said.append(ours.recv())
        except EOFError:
            thread.join()
        return said

    return run


def test_stages_and_the_report_are_plain_messages(heard: Callable[..., list[Any]]) -> None:
    def exporter(flow: Flow, out: Path, counts: Any, advance: Any) -> Report:
        advance("compile", 1, 1)
        return Report(out, out / "x.whl", (), {}, (), None, "check")

    stage, (kind, report) = heard(exporter)
    assert (stage, kind) == (("stage", "compile", 1, 1), "report")
    assert (report["wheel"].endswith("x.whl"), report["held_down"], report["verification"]) == (True, True, None)


def test_tasks_whose_versions_must_rise_are_named(heard: Callable[..., list[Any]]) -> None:
    def exporter(*args: Any) -> Report:
        raise VersionError(("borrow-book",), "there")

    assert heard(exporter) == [("refused", ["borrow-book"])]


def test_a_flow_with_mistakes_fails_in_words(heard: Callable[..., list[Any]]) -> None:
    from exporters.export import export

    def exporter(flow: Flow, *args: Any) -> Report:
        return export(flow.rebuilt(tasks=()), *args)

    ((kind, words),) = [said for said in heard(exporter) if said[0] != "stage"]
    assert (kind, words) == ("failed", resources.text("export.no_tasks"))
