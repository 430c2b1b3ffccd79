"""The HTML file holds all that it shows: figures, plots, and episodes beside their solutions."""

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.keyword import Keyword
from flow_models.runtime.envs.evaluating.oracle import Oracle
from flow_models.runtime.envs.evaluating.plan import AXES_ALONE, Scope, planned
from flow_models.runtime.envs.evaluating.policies import Policy
from flow_models.runtime.envs.evaluating.report import chosen, write_report
from flow_models.runtime.envs.evaluating.running import Run, begun, play_all

SOLVED = tuple[Bundle, list[dict[str, Any]]]


def played(bundle: Bundle, policy: Policy, folder: Path) -> Run:
    scope = Scope(bundle.task_names, arms=("plain", "full", "look"), instances=2)
    about = about_run(bundle, "some <policy>", policy.interface, {}, scope)
    return play_all(bundle, policy, begun(folder, about), planned(bundle, scope))


def episodes_in(html: str) -> Any:
    packed = re.search(r'id="episodes">([^<]*)<', html)
    assert packed is not None
    return json.loads(gzip.decompress(base64.b64decode(packed[1])))


@pytest.fixture(scope="module")
def run(solved: SOLVED, tmp_path_factory: pytest.TempPathFactory) -> Run:
    bundle, records = solved
    return played(bundle, Oracle(bundle, records), tmp_path_factory.mktemp("run"))


@pytest.fixture
def html(solved: SOLVED, run: Run, tmp_path: Path) -> str:
    bundle, records = solved
    write_report(bundle, run, records, tmp_path / "report.html")
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_it_stands_alone_and_is_well_formed(html: str) -> None:
    opened: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "href"} & {name for name, _ in attrs}
            if tag not in {"meta", "line", "circle", "rect"}:
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in {"meta", "line", "circle", "rect"}:
                assert opened.pop() == tag

    Tags().feed(html)
    assert opened == []
    assert "http" not in re.sub(r'id="episodes">[^<]*<', "", html).replace("http-equiv", "")
    assert "some &lt;policy&gt;" in html
    assert html.count("<svg") == 3


def test_episodes_show_pages_actions_rewards_and_data(html: str, run: Run) -> None:
    data = episodes_in(html)
    assert len(data["episodes"]) == len(run.records)
    for episode, record in zip(data["episodes"], run.records, strict=True):
        frames, solution = episode["frames"], data["solutions"][episode["solution"]]
        assert len(frames) == len(record["turns"]) + 1
        assert sum(frame.get("reward", 0) for frame in frames) == pytest.approx(episode["total"])
        assert (episode["end"], episode["goal"]) == ("success", record["goal"])
        assert set(episode["changed"]) == set(solution["changed"])
        for frame in frames[:-1]:
            number = re.match(r"\w+\('(\d+)'", frame["action"])
            assert number is None or f"[{number[1]}] " in data["pages"][frame["page"]]
            assert number is None or frame["element"].startswith(f"[{number[1]}] ")
    assert any(line.startswith(("+", "~", "-")) for one in data["episodes"] for line in one["changed"])
    assert all('<link rel="stylesheet"' not in page and "<script" not in page for page in data["htmls"])
    assert ":root{" in data["styles"][0]


def test_axes_are_called_as_on_the_card(solved: SOLVED, run: Run, tmp_path: Path) -> None:
    conduct = tuple({**one, "arm": "conduct", "variant": {"conduct": "slow"}} for one in run.records)
    write_report(solved[0], run._replace(records=conduct), (), tmp_path / "report.html", shown=1)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "mishaps (conduct): slow" in html
    assert AXES_ALONE in html


def test_the_same_run_gives_the_same_bytes(solved: SOLVED, run: Run, tmp_path: Path) -> None:
    bundle, records = solved
    for name in ("one", "two"):
        write_report(bundle, run, records, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_is_shown_has_a_limit_and_begins_with_failures(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    run = played(bundle, Keyword(), tmp_path / "run")
    few = chosen(run.records, 6)
    assert len(few) == 6
    assert len({(one["split"], one["arm"], one["task"]) for one in few}) == 6
    write_report(bundle, run, (), tmp_path / "report.html", shown=6)
    data = episodes_in((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert [one["solution"] for one in data["episodes"]] == [-1] * 6


def test_a_run_without_episodes_is_shown_too(solved: SOLVED, run: Run, tmp_path: Path) -> None:
    write_report(solved[0], run._replace(records=()), (), tmp_path / "report.html")
    assert "Nothing to compare" in (tmp_path / "report.html").read_text(encoding="utf-8")
