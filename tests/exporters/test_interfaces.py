"""Every solution is played in every interface; where one lacks an action, package, card and `make` say so."""

import warnings
from pathlib import Path

import pytest

import resources
from exporters.export import export
from exporters.interfaces import play_interfaces, short
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.register import ShortInterfaceWarning, make
from flow_models.runtime.machine.episodes.variation import Variants
from flow_models.solver import build_instances
from flow_models.solver.variants import single_cases
from tests.daily import daily
from tests.exporters.conftest import Walked, silent
from tests.flow_models import builders as build


def secret() -> Flow:
    """A site that sells to whoever types a word that it says on a page, and that stands in no row and no goal."""
    saying = build.form("f", build.field("word", required=True), build.button("send", submit=True))
    asked = build.task("buy", "Buy one.", expect=(build.expect_added("orders", n="1"),), max_steps=20)
    return build.flow(
        build.page("home", build.words("w", "Say swordfish."), saying),
        build.table("orders", "n:integer"),
        build.arrow("home", use="send", when='field.word == "swordfish"', do=(build.adds("orders", n="1"),)),
        build.arrow("home", use="send", name="otherwise", notice="No"),
        asked,
    )


def test_every_solution_is_played_in_the_symbolic_interface(walked: Walked, library: Flow) -> None:
    made = build_instances(compile_flow(library).program, (4, 2, 2), processes=1)
    [played] = play_interfaces(walked.bundle, made.plans)
    assert (played.interface, played.task) == ("symbolic", "borrow-book")
    assert played.done == played.of > 8
    assert short([played]) == ()


@pytest.mark.parametrize("name", daily(["north_bank", "block_zoo", "skylark_air"], ["block_zoo"]))
def test_every_task_of_the_examples_can_be_done_there(name: str) -> None:
    """Fields that suggest rows take what they offer: of Skylark Air, six tasks of sixteen could not be done without."""
    program = compile_flow(storage.load(resources.path("examples", f"{name}.flow.json"))).program
    made = build_instances(program, (1, 0, 1))
    played = play_interfaces(Bundle(program, made.listed), made.plans)
    assert {one.task for one in played} == set(program.tasks)
    assert short(played) == ()


def test_a_solution_opens_nothing_there_that_only_a_variant_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layout and words of a variant do not reach it, so neither does the menu behind which one puts the navigation."""
    program = compile_flow(storage.load(resources.path("examples", "north_bank.flow.json"))).program
    made = build_instances(program, (1, 0, 0), task="compare-balances", processes=1)
    bundle = Bundle(program, made.listed)
    cases = list(single_cases(program))
    assert "menu" in {case.variant.navigation for case in cases}
    for case in cases:
        monkeypatch.setattr(Variants, "draw", lambda self, seed, drawn=case.variant: drawn)
        [played] = play_interfaces(bundle, made.plans)
        assert (played.of, played.done) == (2, 2), case


def test_a_task_that_lacks_an_action_is_named_by_the_export_its_card_and_make(tmp_path: Path) -> None:
    report = export(secret(), tmp_path, (1, 0, 0), silent, check=False, seeds=3)
    [remark] = [one for one in report.remarks if "symbolic" in one]
    assert "Task buy: 2 of 2 solutions cannot be played" in remark
    card = (report.folder / "README.md").read_text(encoding="utf-8")
    [line] = [line for line in card.splitlines() if line.startswith("| `symbolic`")]
    assert "not always; solutions without an action for one of their steps: `buy` (2/2)" in line
    folder = report.folder / "testflow"
    with pytest.warns(ShortInterfaceWarning, match="2 of 2 solutions of 'buy'; `text` has them all"):
        make(folder, ["buy"], "symbolic")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make(folder, ["buy"], "text")
