"""Buttons and links that do nothing, and triggers that nothing sets off."""

import pytest

from flow_models.document.edits.starts import new_block
from flow_models.document.field_blocks import Checkbox
from flow_models.runtime.machine.base.kinds import CHANGING, FIELDS, KINDS
from tests.flow_models.builders import arrow, button, field, flow, heading, link, page, rows_of, section, table
from tests.flow_models.checks.asking import assert_case, problems_of

CASES = {
    "control.idle": (flow(page("a", link("go"))), flow(page("a", link("go")), arrow("a", use="go"))),
    "control.untitled": (flow(page("a", button("x", title=" "))), flow(page("a", button("x", title="Go")))),
    "transition.no_block": (
        flow(page("a"), arrow("a", use="gone")),
        flow(page("a", link("gone")), arrow("a", use="gone")),
    ),
    "transition.block_elsewhere": (
        flow(page("a"), page("b", link("go")), arrow("a", use="go")),
        flow(page("a"), page("b", link("go")), arrow("b", use="go")),
    ),
    "transition.not_usable": (
        flow(page("a", heading("h")), arrow("a", use="h")),
        flow(page("a", link("h")), arrow("a", use="h")),
    ),
    "transition.not_changing": (
        flow(page("a", field("x")), arrow("a", change="f_x")),
        flow(page("a", Checkbox(id="f_x", name="x")), arrow("a", change="f_x")),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_only_changes_that_the_machine_notices_can_be_waited_for(kind: str) -> None:
    block = new_block(flow(), kind)
    listening = flow(page("a", block), arrow("a", change=block.id, notice="Changed"))
    is_noticed = kind in CHANGING
    assert bool(problems_of("transition.not_changing", listening)) is not is_noticed


def test_no_change_of_plain_texts_and_amounts_is_noticed() -> None:
    assert {"text_field", "long_text", "money_field"} == FIELDS - CHANGING


def test_an_idle_link_is_led_to_the_page_that_it_names() -> None:
    start = flow(page("a", link("x", title="Your orders")), page("b", title="Orders"), page("c", title="Other"))
    found = problems_of("control.idle", start)[0]
    assert found.fix is not None
    assert found.fix.sentence() == "Lead “Your orders” to “Orders”"
    assert [(new.source, new.to) for new in found.fix.edit(start).transitions] == [("a", "b")]


def test_an_idle_link_that_names_no_page_is_taken_away() -> None:
    start = flow(page("a", link("x", title="Contact")), page("b", title="Orders"))
    fix = problems_of("control.idle", start)[0].fix
    assert fix is not None
    assert fix.edit(start).pages[0].blocks == ()


def test_a_block_of_a_section_may_be_used_by_its_pages() -> None:
    shared = (page("a"), section("s", "a", header=(link("go"),)))
    assert problems_of("transition.block_elsewhere", flow(*shared, arrow("a", use="go"))) == []
    assert problems_of("control.idle", flow(*shared))


def test_row_controls_count_and_links_of_columns_need_no_title() -> None:
    listing = rows_of("l", "t", "{x}", row_controls=(button("open"),))
    listing = listing.rebuilt(columns=(listing.columns[0].rebuilt(link=link("cell", title="")),))
    start = flow(page("a", listing), table("t", "x"))
    assert {found.elements[0].id for found in problems_of("control.idle", start)} == {"open", "cell"}
    assert problems_of("control.untitled", start) == []
