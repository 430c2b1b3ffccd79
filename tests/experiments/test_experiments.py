"""The experiments run, small: on the library's one task here, on the bank behind `proof`."""

from pathlib import Path

import numpy as np
import pytest

from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.envs.interfaces.text import TextEnv
from tests.experiments import brittleness, learning, on_tables, plots, trains
from tests.experiments.bundle import Material, material
from tests.experiments.choosing import Weights
from tests.experiments.goals import spans
from tests.experiments.numbered import Table
from tests.experiments.offers import FEATURES, READS, Reader
from tests.experiments.pages import read
from tests.experiments.pairs import compared
from tests.experiments.playing import Shown, play

PAGE = """RootWebArea 'Send · Bank', focused
\t[3] main ''
\t\t[4] textbox 'Amount' value='', required
\t\t[5] combobox 'To' value='Nobody'
\t\t\tMenuListPopup ''
\t\t\t\t[6] option 'Nobody', selected=True
\t\t\t\t[7] option 'Ana Silva', selected=False
\t\t[8] button 'Go'
\t\t[9] button 'Stop', disabled=True"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The three-page example with demonstrations."""
    return material("three_pages", (6, 3, 2), tmp_path_factory.mktemp("kept"))


def test_goals_name_what_is_written_in_a_way_of_its_own() -> None:
    found = spans("Send €1,250.00 to Ana Silva from “Everyday account”, which has the IBAN XN34 MWHT 4375.")
    assert [(one.kind, one.text) for one in found] == [
        ("amount0", "1250.00"),
        ("name0", "Ana Silva"),
        ("quoted0", "Everyday account"),
        ("iban0", "XN34 MWHT 4375"),
    ]


def test_a_page_offers_what_can_be_used_on_it_with_what_the_goal_names() -> None:
    offers, seen = Reader("Send €5.00 to Ana Silva.").read(PAGE, "")
    actions = [offer.action for offer in offers]
    assert "fill('4', '5.00')" in actions
    assert "select_option('5', 'Ana Silva')" in actions
    assert "click('8')" in actions
    assert not any("'9'" in action for action in actions)
    assert seen.features.shape[0] == len(actions)
    assert read(PAGE).title == "Send"


def test_what_is_shown_becomes_likelier_and_what_did_worse_less_likely() -> None:
    weights = Weights(np.random.default_rng(0))
    _, seen = Reader("Send €5.00 to Ana Silva.").read(PAGE, "")
    before = weights.chances(seen)[2]
    weights.learn(seen, 2)
    after = weights.chances(seen)[2]
    weights.learn(seen, 2, -1.0)
    assert after > before
    assert weights.chances(seen)[2] < after


def test_a_policy_learns_the_task_of_the_library_as_text(library: Material) -> None:
    bundle, rng, weights = library.bundle, np.random.default_rng(0), Weights(np.random.default_rng(0))
    env = TextEnv(bundle, bundle.task_names, "validation")
    before = brittleness.tested(weights, env, 3)
    learning.clone(weights, Shown(bundle, library.solutions, "full", 0), 6, 120, rng)
    learning.earn(weights, env, 1, rng, 1.0)
    assert brittleness.tested(weights, env, 3) > max(before, 0.6)
    assert play(env, weights, seed=0).trail


def test_a_policy_learns_the_task_of_the_library_on_tables_and_acts_the_same_as_text(library: Material) -> None:
    rng, table = np.random.default_rng(0), Table(np.random.default_rng(0), 0.05)
    on_tables.clone(table, on_tables.shown(library), 8, rng)
    on_tables.earn(table, on_tables.Players(library.bundle, "train", 4, 0), 8, rng)
    assert on_tables.tested(table, library.bundle, "train", 4) > 0.9
    found = compared(library.bundle, table, "validation", 3, chromium=False)
    assert found["different"] == []
    assert set(found["earned"]) == {"symbolic", "text"}


@pytest.mark.parametrize(("fixed", "many", "cured"), [(0.5, 0.8, True), (0.5, 0.6, False), (0.9, 0.9, None)])
def test_a_cure_is_said_where_there_is_an_illness(fixed: float, many: float, cured: bool | None) -> None:
    runs = [
        {"policy": "fixed", "reads": "names", "tried": {"trained": 1.0, "layout": fixed}},
        {"policy": "many", "reads": "names", "tried": {"trained": 1.0, "layout": many}},
    ]
    assert brittleness.verdict(runs, "layout", "names")["is_cured"] is cured


def test_what_a_policy_does_not_read_is_the_same_for_all_offers() -> None:
    told = {reads: Reader("Send €5.00 to Ana Silva.", reads).read(PAGE, "")[0] for reads in READS}
    for reads, places in READS.items():
        for place in range(FEATURES):
            texts = {offer.features[place] for offer in told[reads]}
            assert (texts == {""}) is (place not in places)


def test_what_was_found_is_what_the_plots_show(tmp_path: Path) -> None:
    kept = Path(__file__).parents[2] / "docs" / "experiments"
    for name in ("brittleness", "trains"):
        (tmp_path / f"{name}.json").write_bytes((kept / f"{name}.json").read_bytes())
    plots.draw(tmp_path)
    for name in ("brittleness", "trains"):
        drawn = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
        assert drawn == (kept / f"{name}.svg").read_text(encoding="utf-8")


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_both_policies_learn_all_tasks_of_the_bank_and_act_the_same_everywhere() -> None:
    if not has_chromium():
        pytest.skip("no Chromium on this computer")
    found = trains.run(material(), trains.Size(pairs=40))
    assert found["tables"]["learnt"][-1]["train"] >= trains.BAR
    assert found["text"]["learnt"][-1]["train"] >= trains.BAR
    assert found["pairs"]["different"] == []
