"""All checks together: clean flows, a fixed order, words for every code, and answers kept while editing."""

import importlib
import random
import statistics
import time
from pathlib import Path

import pytest

import resources
from flow_models.checks import SEVERITIES, Checker, check
from flow_models.document import storage
from flow_models.document.edits.blocks import move_block, remove_blocks
from flow_models.document.edits.clip import duplicate_pages
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.pages import remove_pages, rename_page
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.renames import rename_column
from flow_models.document.edits.sections import add_section, put_pages
from flow_models.document.edits.transitions import reconnect
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.daily import daily
from tests.flow_models.builders import link, section, shop
from tests.flow_models.large import large_flow
from tests.flow_models.solver.wild import Wild

MODULES = sorted(
    file.stem
    for file in Path(__file__).parent.glob("test_*.py")
    if file.stem not in ("test_checker", "test_mending", "test_running")
)
CASES: dict[str, tuple[Flow, Flow]] = {
    code: case
    for module in MODULES
    for code, case in getattr(importlib.import_module(f"tests.flow_models.checks.{module}"), "CASES", {}).items()
}


def test_the_small_shop_checks_clean() -> None:
    assert check(shop()) == ()


@pytest.mark.parametrize("file", sorted(resources.path("examples").glob("*.flow.json")), ids=lambda file: file.stem)
def test_every_example_checks_clean(file: Path) -> None:
    assert [problem.sentence() for problem in check(storage.load(file))] == []


def test_every_wording_of_a_problem_has_a_case() -> None:
    groups = (
        "arrow",
        "case",
        "dearest",
        "fix",
        "hindrance",
        "otherwise_notice",
        "running",
        "stopped",
        "untitled",
        "untouched",
        "why",
    )
    worded = {key.removeprefix("checks.") for key in resources.catalogue() if key.startswith("checks.")}
    assert {code for code in worded if code.split(".")[0] not in groups} == set(CASES) - {"formula", "text.formula"}


def test_problems_come_in_a_fixed_order_errors_first() -> None:
    broken = remove_pages(shop(), {"done"})
    broken = with_value(broken, Element("site", "", "start"), None)
    found = check(broken)
    assert found == check(broken)
    ranks = [SEVERITIES.index(problem.severity) for problem in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


@pytest.mark.parametrize("code", sorted(CASES))
def test_no_flow_however_broken_stops_the_checks(code: str) -> None:
    trips, near_miss = CASES[code]
    checker = Checker()
    assert checker.check(trips) == check(trips)
    assert checker.check(near_miss) == check(near_miss)
    assert checker.check(trips) == check(trips)


@pytest.mark.parametrize("seed", daily(range(4), [0]))
def test_kept_answers_are_those_of_a_fresh_check(seed: int) -> None:
    rng, checker, flow = random.Random(seed), Checker(), shop()
    for _ in range(150):
        flow = random_edit(flow, rng)
        assert checker.check(flow) == check(flow)


def random_edit(flow: Flow, rng: random.Random) -> Flow:
    """Return the flow after one edit of the kinds that break and mend things."""
    page, arrow = rng.choice(flow.pages), rng.choice(flow.transitions or shop().transitions)
    block = rng.choice([*flow.owners_by_block, "none"])
    match rng.randrange(14):
        case 0:
            return rename_page(flow, page.id, rng.choice(["Home", "Other", ""]))
        case 1 if arrow.id in flow.transitions_by_id:
            return reconnect(flow, arrow.id, to=rng.choice([*flow.pages_by_id, "stay", "close"]))
        case 2 if len(flow.pages) > 3:
            return remove_pages(flow, {page.id})
        case 3 if len(flow.pages) < 8:
            return duplicate_pages(flow, {page.id}, rng)
        case 4:
            return rename_column(flow, "items", "items_label", rng.choice(["label", "caption", "words"]))
        case 5 if arrow.id in flow.transitions_by_id:
            return with_value(flow, Element("transition", arrow.id, "when"), rng.choice(["", "count > 1", "oops"]))
        case 6:
            return with_value(flow, Element("page", page.id, "record"), rng.choice([None, "items", "orders"]))
        case 7:
            return with_value(flow, Element("table", "orders", "title"), rng.choice(["Orders", "Items"]))
        case 8 if flow.sections:
            return put_pages(flow, (page.id,), rng.choice([flow.sections[0].id, None]))
        case 9:
            return add_section(flow, section(f"s{len(flow.sections)}", page.id, header=(link(new_id("l", rng)),)))
        case 10 if block in flow.owners_by_block:
            return move_block(flow, block, Slot("page", page.id), 0)
        case 11 if block in flow.owners_by_block:
            return remove_blocks(flow, {block})
        case 12 if flow.sections and arrow.id in flow.transitions_by_id:
            return reconnect(flow, arrow.id, source=rng.choice([page.id, flow.sections[0].id]))
        case _:
            return with_value(flow, Element("site", "", "start"), rng.choice([None, page.id]))


@pytest.mark.parametrize("seed", [*range(20), *(pytest.param(one, marks=pytest.mark.proof) for one in range(20, 400))])
def test_no_check_breaks_on_a_random_site(seed: int) -> None:
    assert all(len(problem.sentence()) > 10 for problem in check(Wild(seed).made()))


@pytest.mark.proof
def test_an_edit_in_a_large_flow_is_checked_at_a_fraction_of_what_the_whole_costs() -> None:
    flow = large_flow(1000)
    assert (len(flow.pages), len(flow.transitions)) == (1000, 2000)
    checker = Checker()
    began = time.process_time()
    assert checker.check(flow) == ()
    whole = time.process_time() - began
    figures = []
    for number in range(8):
        flow = rename_page(flow, f"p{number + 100}", f"Renamed {number}")
        flow = reconnect(flow, f"h{3 * number + 301}", to=f"p{number + 1}")
        began = time.process_time()
        assert checker.check(flow) == ()
        figures.append(time.process_time() - began)
    assert 5 * statistics.median(figures) < whole
