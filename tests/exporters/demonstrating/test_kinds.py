"""Which kind of way each demonstration shows, of which instance, and as which site."""

from collections import Counter
from dataclasses import replace

import pytest

from exporters.demonstrating.kinds import ERROR, LOOKED, SHARES, Cases, Wanted, as_shares
from exporters.errors import ExportError
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.runtime.machine.episodes.variation import AXIS_OF
from tests.exporters.demonstrating.conftest import Solved

WANTED = Wanted(600, ("train",), "full", "chat", 0, dict(SHARES))


def test_each_number_gives_the_same_case_again_and_another_seed_another_one(bank: Solved) -> None:
    cases = [Cases(bank.bundle, WANTED).case(number) for number in range(20)]
    assert cases == [Cases(bank.bundle, WANTED).case(number) for number in range(20)]
    assert cases != [Cases(bank.bundle, replace(WANTED, seed=1)).case(number) for number in range(20)]


def test_kinds_come_in_their_shares_and_each_instance_in_turn(bank: Solved) -> None:
    cases = Cases(bank.bundle, replace(WANTED, shares={"shortest": 3, "left": 1}))
    found = [cases.case(number) for number in range(600)]
    kinds = Counter(case.kind for case in found if not case.instance.infeasible)
    assert 0.68 < kinds["shortest"] / kinds.total() < 0.82
    assert all(case.kind == LOOKED for case in found if case.instance.infeasible)
    assert set(Counter(case.instance for case in found).values()) == {600 // len(cases.listed)}


def test_variants_hold_training_values_and_what_a_kind_needs(bank: Solved) -> None:
    axes = bank.bundle.program.variation.axes
    cases = Cases(bank.bundle, WANTED)
    for number in range(300):
        case = cases.case(number)
        for aspect in ("look", "navigation", "interruption", "conduct"):
            value = getattr(case.variant, aspect) or "plain"
            assert value in axes[AXIS_OF[aspect]][aspect].train
        assert (case.variant.new_words, case.variant.new_goal) == (False, False)
        if case.kind in ("dismissed", "retried"):
            assert (case.variant.interruption != "") == (case.kind == "dismissed")
            assert (case.variant.conduct == ERROR) == (case.kind == "retried")


def test_a_site_without_variation_shows_no_kind_that_needs_it(bank: Solved) -> None:
    cases = Cases(bank.bundle, replace(WANTED, variation="none"))
    assert set(cases.shares) == {"shortest", "other", "corrected", "left"}
    assert {cases.case(number).variant for number in range(50)} == {PLAIN}


@pytest.mark.parametrize("words", ["", "shortest", "shortest=x", "best=1", "left=0", "left=-1"])
def test_shares_that_cannot_be_read_are_refused_in_words(words: str) -> None:
    with pytest.raises(ExportError, match="shortest=3,left=1"):
        as_shares(words)
    assert as_shares("left=1, shortest=3") == {"shortest": 3, "left": 1}
