"""What the card says of the lists of the field: each item with how it stands."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from exporters.export import Report
from exporters.promises import Known, Promise, counted, listed, promises
from exporters.studying import study
from flow_models.solver.audit import Audit
from tests.exporters.conftest import Walked

SUCCESSES = {"nothing": 0, "frequent": 40, "random": 1}


@pytest.fixture
def known(walked: Walked) -> Known:
    """What an export knows of the three-page example, with one cheap policy that answers often."""
    policies = {"borrow-book": Audit("borrow-book", 400, SUCCESSES, 0.0, {})}
    plans = {(one.task, one.n): () for one in walked.bundle.instances["borrow-book"]}
    return Known(
        bundle=walked.bundle,
        proofs={},
        policies=policies,
        played=(),
        walks=walked.walks,
        study=study(walked.bundle, plans, {}),
    )


def _items(known: Known) -> Mapping[str, Promise]:
    """Return the items by list and name."""
    return {f"{one.source}.{one.item}": one for one in promises(known)}


def test_every_item_has_words_for_how_it_stands(known: Known) -> None:
    for part in listed(promises(known)):
        assert part["title"]
        for one in part["items"]:
            assert one["title"]
            assert one["how"]
            assert "{" not in one["how"]


def test_items_carry_the_figures_of_this_package(known: Known) -> None:
    items = _items(known)
    assert items["checklist.guessing"].figures == {"share": "10.0%"}
    assert items["openenv.maximum"].figures == {"count": len(known.walks)}
    assert items["nemo.again"].figures == {"same": 0, "tasks": 1}


def test_what_no_check_looks_at_is_not_called_proven(known: Known) -> None:
    assert _items(known)["checklist.every_success"].standing == "open"
    assert _items(known)["openenv.network"].standing == "said"


def test_a_policy_that_says_everything_is_measured_once_there_is_one(known: Known) -> None:
    assert _items(known)["checklist.all_answers"].standing == "open"
    audit = known.policies["borrow-book"]
    loud = {"borrow-book": replace(audit, successes={**SUCCESSES, "dump": 8})}
    found = _items(replace(known, policies=loud))["checklist.all_answers"]
    assert (found.standing, found.figures["share"]) == ("measured", "2.0%")


def test_the_card_counts_what_is_proven_and_lists_it_item_by_item(exported: Report, known: Known) -> None:
    card = (exported.folder / "README.md").read_text(encoding="utf-8")
    those = promises(known)
    assert sum(counted(those).values()) == len(those)
    for part in listed(those):
        assert f"**{part['title']}**" in card
        for one in part["items"]:
            assert f"| {one['title']} | " in card
