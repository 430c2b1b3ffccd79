"""Flaws of pages that say something else than what they mean."""

from collections.abc import Callable

from flow_models.document.edits.blocks import remove_blocks
from flow_models.document.elements import Element
from tests.flaws.editing import DOORS, adding, at, swapped
from tests.flaws.table import Flaw, Played, edits, sets
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    field,
    flow,
    form,
    link,
    page,
    rows_of,
    section,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.builders import sets as set_to


def durable_changes(played: Played) -> bool:
    """Say whether the last step changes lasting data."""
    names = [one for one in ("payees", "cards", "bookings") if one in played.machine.program.tables]
    return any(played.rows(name) != played.rows(name, -2) for name in names)


OPPOSITES = (
    Flaw(
        "keeping a payee removes it",
        "opposite",
        "north_bank",
        swapped("x_rm_go", "x_rm_keep"),
        "opposite.leaving",
        at("x_rm_go", "do"),
        sets("block", "b_rm_keep", "title", "No"),
        severity="warning",
        task="edit-payee",
        shows=durable_changes,
    ),
    Flaw(
        "removing a payee does nothing",
        "opposite",
        "north_bank",
        swapped("x_rm_go", "x_rm_keep"),
        "opposite.doing",
        at("x_rm_keep", "do"),
        sets("block", "b_rm_go", "title", "Yes"),
        severity="warning",
        task="edit-payee",
        shows=lambda played: not durable_changes(played),
    ),
    Flaw(
        "freezing a card later freezes it now",
        "opposite",
        "north_bank",
        edits(sets("block", "b_fz_go", "title", "Cancel"), sets("block", "b_fz_keep", "title", "Freeze")),
        "opposite.leaving",
        at("x_fz_go", "do"),
        sets("block", "b_fz_go", "title", "Freeze now"),
        severity="warning",
        task="freeze-card",
        shows=durable_changes,
    ),
    Flaw(
        "keeping a trip cancels it",
        "opposite",
        "skylark_air",
        swapped("x_ca_go", "x_ca_keep"),
        "opposite.leaving",
        at("x_ca_go", "do"),
        sets("block", "b_ca_keep", "title", "Not now"),
        severity="warning",
        task="change-seat",
        shows=durable_changes,
    ),
)

MISMATCHES = (
    Flaw(
        "the name of a new payee is stored as IBAN",
        "mismatch",
        "north_bank",
        edits(
            sets("transition", "x_ad_ok", "do.0.values.c_pa_name", "field.iban"),
            sets("transition", "x_ad_ok", "do.0.values.c_pa_iban", "field.name"),
        ),
        "mismatch.stored",
        at("x_ad_ok", "do.0.values.c_pa_name"),
        sets("transition", "x_ad_ok", "do.0.values.c_pa_name", "trim(field.name)"),
        severity="warning",
    ),
    Flaw(
        "the street is stored as city",
        "mismatch",
        "north_bank",
        edits(
            sets("transition", "x_ep_save", "do.0.values.c_cu_street", "field.city"),
            sets("transition", "x_ep_save", "do.0.values.c_cu_city", "field.street"),
        ),
        "mismatch.stored",
        at("x_ep_save", "do.0.values.c_cu_city"),
        sets("block", "b_ep_city", "help", "Your city"),
        severity="warning",
    ),
    Flaw(
        "the list shows numbers as names",
        "mismatch",
        "north_bank",
        sets("block", "b_ps_list", "columns.1.text", "{category}"),
        "mismatch.shown",
        Element("block", "b_ps_list", "columns.1.text"),
        sets("block", "b_ps_list", "columns.1.text", "{iban} ({category})"),
        severity="warning",
    ),
    Flaw(
        "the receipt shows the number as reference",
        "mismatch",
        "north_bank",
        sets("block", "b_rc_facts", "items.0.text", "{row.reference}"),
        "mismatch.shown",
        Element("block", "b_rc_facts", "items.0.text"),
        sets("block", "b_rc_facts", "items.0.title", "Sent"),
        severity="warning",
    ),
)

ORDERS = flow(
    page(
        "shelf",
        rows_of("list", "orders", "{note}", "{state}"),
        words("hint", "Nothing yet.", show_if="mood == 'bad'"),
        form("f", field("note", required=True), button("send", submit=True)),
        link("calm"),
        link("rage"),
    ),
    table("orders", "note:text", "state:choice:open|closed"),
    variable("mood", "text", "good"),
    arrow(
        "shelf",
        use="send",
        when="mood != 'bad'",
        do=(adds("orders", note="field.note", state="'open'"),),
        notice="Ordered.",
    ),
    arrow("shelf", use="send", when="mood == 'bad'", notice="Calm down first.", name="refuse"),
    arrow("shelf", use="calm", do=(set_to("mood", "'good'"),)),
    arrow("shelf", use="rage", do=(set_to("mood", "'bad'"),)),
    arrow("shelf", use="rage", when="any(orders, state == 'closed')", notice="All closed.", name="closing"),
    section("s", "shelf"),
    task("order", expect=(expect_added("orders"),)),
).rebuilt(id="orders")
"""A form that refuses whoever is in a bad mood."""

BARRED = (
    Flaw(
        "a message for a mood that nobody has",
        "barred",
        ORDERS,
        sets("transition", "shelf-rage-stay", "do", (set_to("mood", "'sad'"),)),
        "barred.message",
        at("refuse", "when"),
        sets("transition", "shelf-rage-stay", "do", (set_to("mood", "field.note"),)),
        severity="warning",
    ),
    Flaw(
        "a hint for a mood that nobody has",
        "barred",
        ORDERS,
        sets("transition", "shelf-rage-stay", "do", (set_to("mood", "'sad'"),)),
        "barred.block",
        Element("block", "hint", "show_if"),
        sets("transition", "shelf-calm-stay", "do", (set_to("mood", "'sad'"),)),
        severity="warning",
    ),
    Flaw(
        "orders are never closed",
        "barred",
        DOORS,
        edits(
            adding(arrow("vault", use="back", when="key == 'lead'", notice="Heavy.", name="heavy")),
            lambda now: now.rebuilt(transitions=(now.transitions[-1], *now.transitions[:-1])),
        ),
        "barred.message",
        at("heavy", "when"),
        edits(
            adding(arrow("vault", use="back", when="key == 'gold'", notice="Heavy.", name="heavy")),
            lambda now: now.rebuilt(transitions=(now.transitions[-1], *now.transitions[:-1])),
        ),
        severity="warning",
    ),
)


def is_on(name: str) -> Callable[[Played], bool]:
    """Return what says whether a walk ends on a page and looks at a list there."""
    return lambda played: played.view.page == name and bool(played.walk.look)


UNSEEN = (
    Flaw(
        "only frozen cards are listed",
        "unseen",
        "north_bank",
        sets("block", "b_cs_list", "where", "status == 'Frozen'"),
        "running.unseen",
        Element("block", "b_cs_list", "where"),
        sets("block", "b_cs_list", "where", "status == 'Active' or status == 'Frozen'"),
        severity="warning",
        task="freeze-card",
        shows=is_on("p_cards"),
    ),
    Flaw(
        "the list of payees ends early",
        "unseen",
        "north_bank",
        lambda now: remove_blocks(now, {"b_ps_list_pages"}),
        "running.unseen",
        Element("block", "b_ps_list", "where"),
        edits(lambda now: remove_blocks(now, {"b_ps_list_pages"}), sets("block", "b_ps_list", "page_size", 0)),
        severity="warning",
        task="edit-payee",
        shows=is_on("p_payees"),
    ),
    Flaw(
        "nobody sees payees without a group",
        "unseen",
        "north_bank",
        sets("block", "b_ps_list", "where", "iban == ''"),
        "running.unseen",
        Element("block", "b_ps_list", "where"),
        sets("block", "b_ps_list", "where", "iban != ''"),
        severity="warning",
        task="edit-payee",
        shows=is_on("p_payees"),
    ),
)

FLAWS: tuple[Flaw, ...] = tuple(flaw for group in (OPPOSITES, MISMATCHES, BARRED, UNSEEN) for flaw in group)
