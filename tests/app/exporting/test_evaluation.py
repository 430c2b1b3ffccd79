"""The evaluation dialog: a real run in its process, and what a person is asked and told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import resources
from app.exporting.evaluation import EvaluationDialog
from app.window.main_window import MainWindow
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.processes.process import Failed
from flow_models.runtime.envs.listing import written
from flow_models.solver import build_instances

WAIT_MS = 90_000


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the data files of the library desk."""
    folder = tmp_path_factory.mktemp("exports") / "librarydesk-1.0.0"
    (folder / "librarydesk").mkdir(parents=True)
    program = compile_flow(load(resources.path("examples", "three_pages.flow.json"))).program
    tasks = written(program, build_instances(program, (1, 1, 1)).listed, {}, "")
    for name, data in (("program", program.json), ("tasks", tasks)):
        (folder / "librarydesk" / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.fixture
def dialog(window: MainWindow, package: Path, qtbot: QtBot) -> Iterator[EvaluationDialog]:
    opened = EvaluationDialog(package, window)
    opened.show()
    qtbot.waitUntil(opened.isVisible)
    yield opened
    opened.close()
    opened.deleteLater()


def test_a_run_ends_with_a_report(dialog: EvaluationDialog, qtbot: QtBot, package: Path) -> None:
    dialog.instances.setValue(1)
    with qtbot.waitSignal(dialog.job.finished, timeout=WAIT_MS):
        QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
        assert (dialog.cancel.isVisible(), dialog.start_button.isVisible()) == (True, False)
    report = package.with_name("librarydesk-1.0.0-evaluation") / "keyword-1" / "report.html"
    assert report.exists()
    assert str(report) in dialog.words.text()
    assert dialog.open_report.isVisible()
    assert dialog.open_report.isDefault()
    assert dialog.progress.value() == dialog.progress.maximum() > 0


def test_a_model_needs_an_address_and_a_name(dialog: EvaluationDialog) -> None:
    assert (dialog.url.isVisible(), dialog.start_button.isEnabled()) == (False, True)
    assert "OPENAI_API_KEY" not in dialog.words.text()
    dialog.policy.setCurrentIndex(dialog.policy.findData("endpoint"))
    assert (dialog.url.isVisible(), dialog.start_button.isEnabled()) == (True, False)
    assert "OPENAI_API_KEY" in dialog.words.text()
    dialog.model.setText("some/model")
    dialog.url.setFocus()
    QTest.keyClicks(dialog.url, "http://127.0.0.1:9/v1")
    assert dialog.url.text() == "http://127.0.0.1:9/v1"
    assert dialog.focusWidget() is dialog.url
    assert dialog.start_button.isEnabled()
    assert dialog.out.name == "some-model-5"


def test_what_went_wrong_is_said(dialog: EvaluationDialog, qtbot: QtBot) -> None:
    dialog.policy.setCurrentIndex(dialog.policy.findData("endpoint"))
    dialog.url.setText("nowhere")
    dialog.model.setText("none")
    with qtbot.waitSignal(dialog.job.failed, timeout=WAIT_MS) as failed:
        dialog.start()
    assert isinstance(failed.args[0], Failed)
    assert "http://" in dialog.words.text()
    assert dialog.mark.isVisible()
    assert dialog.start_button.isVisible()
