"""The export as a job: stages and a report as plain JSON, and words for what stands in the way."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resources
from exporters import job
from exporters.errors import VersionError
from exporters.export import Report
from exporters.studying import Study
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.processes.jobs import Data, JobError
from flow_models.solver.coverage import Coverage


class Heard:
    """Keeps what a job tells, as it arrives in the other process."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def tell(self, news: Any) -> None:
        self.told.append(json.loads(json.dumps(news)))

    def items(self) -> Iterator[Any]:
        yield from ()


def order(flow: Flow, out: Path) -> Data:
    return {"flow": storage.dumps(flow), "out": str(out), "counts": [1, 0, 0]}


def test_stages_and_the_report_are_plain(library: Flow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exporter(flow: Flow, out: Path, counts: Any, advance: Any) -> Report:
        advance("compile", 1, 1)
        wheel = out / f"{flow.id}-{'-'.join(map(str, counts))}.whl"
        learnt = Study(Coverage(()), Coverage(()), (), 0, 0, 0, ())
        return Report(out, wheel, out / "diagram.svg", (), {}, learnt, (), None, "check")

    monkeypatch.setattr(job, "export", exporter)
    heard = Heard()
    report = json.loads(json.dumps(job.export_flow(order(library, tmp_path), heard)))
    assert heard.told == [["compile", 1, 1]]
    assert report["wheel"] == str(tmp_path / f"{library.id}-1-0-0.whl")
    assert (report["held_down"], report["verification"]) == (True, None)


def test_tasks_whose_versions_must_rise_are_named(
    library: Flow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exporter(*args: Any) -> Report:
        raise VersionError(("borrow-book",), "there")

    monkeypatch.setattr(job, "export", exporter)
    with pytest.raises(JobError, match="borrow-book") as refused:
        job.export_flow(order(library, tmp_path), Heard())
    assert list(refused.value.facts["tasks"]) == ["borrow-book"]


def test_a_flow_that_cannot_be_exported_fails_in_words(library: Flow, tmp_path: Path) -> None:
    with pytest.raises(JobError) as refused:
        job.export_flow(order(library.rebuilt(tasks=()), tmp_path), Heard())
    assert (str(refused.value), refused.value.facts) == (resources.text("export.no_tasks"), {})
