"""`gymwright bench`: every figure is measured and named, and the flow of a thousand pages is a fair one."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

import resources
from app import cli
from app.commands import benching
from app.commands.large import large_flow, large_site
from flow_models.checks import check
from flow_models.document.storage import load

EXAMPLE = str(resources.path("examples", "three_pages.flow.json"))


@pytest.mark.proof
def test_every_figure_has_a_name_and_a_value() -> None:
    arguments = ["bench", EXAMPLE, "--quick", "--seconds", "0.1", "--instances", "3", "--json"]
    result = CliRunner().invoke(cli.gymwright, arguments, catch_exceptions=False)
    figures = json.loads(result.stdout)["figures"]
    assert {"check_edit_large", "symbolic_ratio", "symbolic_random_ratio", "text", "text_rows", "reset"} <= {
        one["name"] for one in figures
    }
    assert all(one["value"] > 0 for one in figures)
    assert {f"cli.figure.{one['name']}" for one in figures} <= resources.catalogue().keys()


@pytest.mark.proof
def test_the_vector_is_measured_warm_and_its_filling_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benching, "VECTOR", (64, 3, 4))
    figures = benching.vector(load(Path(EXAMPLE)))
    assert {one.name for one in figures if one.bar} == {"vector", "vector_ratio", "vector_seen"}
    assert all(one.value > 0 for one in figures)
    assert {f"cli.figure.{one.name}" for one in figures} <= resources.catalogue().keys()


@pytest.mark.proof
def test_the_window_is_measured_in_a_process_of_its_own() -> None:
    figures = benching.hand(30, times=1)
    names = {figure.name.removesuffix("_30") for figure in figures}
    assert names == {f"hand_{act}" for act in (*benching.HAND_BARS, "worst", "away")}
    assert all(figure.value > 0 for figure in figures)
    named = {f"cli.figure.{name}_{pages}" for name in names for pages in benching.HAND_PAGES}
    assert named <= resources.catalogue().keys()


@pytest.mark.proof
def test_the_preview_is_measured_in_a_process_of_its_own() -> None:
    (figure,) = benching.preview()
    assert figure.name == "preview_edit"
    assert figure.value > 0


def test_without_qt_the_window_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benching, "find_spec", lambda name: None)
    assert benching.hand(30) == benching.preview() == benching.start() == []


def test_the_large_flow_is_as_large_as_it_says_and_has_no_mistakes() -> None:
    flow = large_flow(100)
    assert (len(flow.pages), len(flow.transitions)) == (100, 200)
    assert Counter(problem.code for problem in check(flow) if problem.severity == "error") == {}


def test_the_large_site_is_as_large_as_it_says_and_has_no_mistakes() -> None:
    flow = large_site(60)
    assert len(flow.pages) == 60
    assert len(flow.transitions) > 3 * 60
    assert Counter(problem.code for problem in check(flow) if problem.severity == "error") == {}
