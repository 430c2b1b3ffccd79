"""Flaws of pages, effects and addresses in other shapes than the obvious ones, as strangers have seeded them."""

from flow_models.document.blocks import AnyBlock, ListBlock, ListColumn, Text
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element, ElementKind
from tests.flaws.addresses import is_signed_in
from tests.flaws.editing import adding, at, without_effects
from tests.flaws.effects import changes_many
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import arrow
from tests.flow_models.builders import sets as set_to

KINDS = tuple(
    Flaw(
        title,
        "sweeping a kind",
        base,
        sets("transition", name, "do.0.where", where),
        f"sweeping.kind_{how}",
        at(name, "do.0"),
        sets("transition", name, "do.0.where", near),
        severity="warning",
        task=asked,
        shows=changes_many(rows),
    )
    for title, base, name, where, near, how, asked, rows in (
        (
            "reading a message marks all new ones", "north_bank", "x_me_read",
            'status == "New"', "code == record.code", "changed", "pay-request", "messages",
        ),
        (
            "removing a payee removes the group", "north_bank", "x_rm_go",
            "category == record.category", "not (row != record)", "removed", "edit-payee", "payees",
        ),
        (
            "an edit is one of all travellers of an age", "skylark_air", "x_te_save",
            "kind == record.kind", "name == record.name", "changed", "traveller-phone", "travellers",
        ),
    )
)  # fmt: skip


def opens(name: str, to: str, record: str, when: str = "") -> Edit:
    """Return the edit that leads a transition to the page of a row."""
    return edits(
        *(
            sets("transition", name, field, one)
            for field, one in zip(("to", "record", "when"), (to, record, when), strict=True)
        )
    )


ROWS = tuple(
    Flaw(title, "missing row", base, edit, "transition.record_missing", at(name, "record"), near, severity="warning")
    for title, base, name, edit, near in (
        (
            "a flight back that one-way trips do not have", "skylark_air", "x_tp_rules",
            opens("x_tp_rules", "p_fares", "record.back"), opens("x_tp_rules", "p_fares", "record.flight"),
        ),
        (
            "the reward seat of a trip that was paid", "skylark_air", "x_tp_rules",
            opens("x_tp_rules", "p_reward", "record.award"),
            opens("x_tp_rules", "p_reward", "record.award", "record.award != empty"),
        ),
        (
            "a piece that nobody has chosen", "block_zoo", "x_find",
            sets("transition", "x_find", "when", "true"),
            sets("transition", "x_find", "when", "not (field.find == empty)"),
        ),
    )
)  # fmt: skip


def with_barred(title: str, base: str, where: tuple[ElementKind, str, str], never: Edit, near: Edit, code: str) -> Flaw:
    """Return the flaw of something that never comes about."""
    return Flaw(title, "never", base, never, code, Element(*where), near, severity="warning")


def shown_if(block: str, formula: str) -> Edit:
    """Return the edit that shows a block under a condition."""
    return sets("block", block, "show_if", formula)


def counted(value: str) -> Edit:
    """Return the edit by which the third wrong password only counts."""
    return edits(sets("transition", "x_si_lock", "to", "stay"), sets("transition", "x_si_lock", "do.0.value", value))


NEVER = (
    with_barred(
        "a counter that stops short", "north_bank", ("page", "p_locked", ""),
        counted("2"), counted("failed_tries + 1"), "page.shut",
    ),
    with_barred(
        "a limit that is never drawn", "north_bank", ("block", "b_as_new", "show_if"),
        shown_if("b_as_new", "any(customers, daily_limit < 1000)"),
        shown_if("b_as_new", "any(customers, daily_limit < 2500)"), "barred.notice",
    ),
    with_barred(
        "books longer than any", "three_pages", ("transition", "x_open", "when"),
        sets("transition", "x_open", "when", "pages > 620"),
        sets("transition", "x_open", "when", "pages >= 620"), "barred.arrow",
    ),
    with_barred(
        "pieces wider than any", "block_zoo", ("block", "b_care_more", "show_if"),
        shown_if("b_care_more", "record.width > 300"), shown_if("b_care_more", "record.width > 270"), "barred.block",
    ),
)  # fmt: skip

OPEN = tuple(
    Flaw(
        title,
        "address of a kind",
        base,
        sets("page", name, "open_by_url", given),
        "page.open_beside",
        Element("page", name, "open_by_url"),
        sets("page", name, "open_by_url", near),
        severity="warning",
    )
    for title, base, name, given, near in (
        (
            "any trip with a code",
            "skylark_air",
            "p_trip",
            "signed_in or record.code != empty",
            "record == found or signed_in",
        ),
        (
            "any payment of some amount",
            "north_bank",
            "p_receipt",
            "not signed_in or record.amount > 0",
            "not not signed_in",
        ),
        (
            "any active card",
            "north_bank",
            "p_limit",
            'record.status == "Active"',
            'record.status == "Active" and signed_in',
        ),
    )
)

ENDS = tuple(
    Flaw(title, "end of a visit", "north_bank", edit, "signing.stays", at(name, "do"), near, severity="warning")
    for title, name, edit, near in (
        (
            "a session that expires keeps its visitor", "x_rv_expired",
            without_effects("x_rv_expired", 0), sets("transition", "x_rv_expired", "on.steps", 20),
        ),
        (
            "arriving where one has signed out signs in", "again",
            adding(arrow("p_signed_out", on="enter", do=(set_to("v_signed_in", "true"),), name="again")),
            adding(arrow("p_signed_out", on="enter", do=(set_to("v_signed_in", "false"),), name="again")),
        ),
        (
            "locking the sign-in signs in", "again",
            edits(
                sets("transition", "x_ev_out", "to", "p_locked"),
                adding(arrow("p_locked", on="enter", do=(set_to("v_signed_in", "not false"),), name="again")),
            ),
            edits(
                sets("transition", "x_ev_out", "to", "p_locked"),
                adding(arrow("p_locked", on="enter", do=(set_to("v_tries", "0"),), name="again")),
            ),
        ),
    )
)  # fmt: skip


def with_block(slot: Slot, block: AnyBlock) -> Edit:
    """Return the edit that adds a block."""
    return lambda flow: insert_block(flow, slot, None, block)


def payments(table: str, text: str) -> AnyBlock:
    """Return a list of rows."""
    return ListBlock(id="b_new", title="Last", table=table, columns=(ListColumn(title="What", text=text),))


def greeting(text: str, show_if: str = "") -> AnyBlock:
    """Return a text."""
    return Text(id="b_new", text=text, show_if=show_if)


def is_seen(played: Played) -> bool:
    """Say whether the new block is seen by somebody who is not signed in."""
    return not is_signed_in(played) and played.walk.look == "b_new"


NAME = 'Bye, {first(customers, value=name, default="")}.'
OUTSIDE = tuple(
    Flaw(
        title, "shown outside", base, with_block(slot, block), "signing.shown", Element("block", "b_new"),
        with_block(slot, near), severity="warning", task=asked, shows=is_seen,
    )
    for title, base, slot, block, near, asked in (
        (
            "payments after signing out", "north_bank", Slot("page", "p_signed_out"),
            payments("t_transfers", "{amount}"), payments("t_topics", "{question}"), "raise-limit",
        ),
        (
            "a footer knows the customer", "north_bank", Slot("section", "s_visitor", "footer"),
            greeting(NAME), greeting(NAME, "signed_in"), "raise-limit",
        ),
        (
            "cards after a session", "north_bank", Slot("page", "p_expired"),
            payments("t_cards", "{number}"), greeting("Bye."), "raise-limit",
        ),
    )
)  # fmt: skip

CALLED = tuple(
    Flaw(
        title, "called otherwise", base, sets("transition", name, "to", to), "opposite.elsewhere", at(name, "to"),
        sets("block", block, "title", near), severity="warning",
    )
    for title, base, name, to, block, near in (
        ("Payees lead to the cards", "north_bank", "x_cs_payees", "p_cards", "b_cs_payees", "People you pay"),
        ("back to the cards leads to the accounts", "north_bank", "x_ca_back", "p_accounts", "b_ca_back", "Go back"),
        ("all books lead to a form", "block_zoo", "x_ord_room", "p_write", "b_ord_room", "Back to the rooms"),
    )
) + tuple(
    Flaw(
        title, "called otherwise", "north_bank", sets("transition", name, field, value), "opposite.value",
        at(name, "do"), near, severity="warning",
    )
    for title, name, field, value, near in (
        (
            "marking as read makes it new", "x_me_read", "do.0.values.c_ms_status", '"New"',
            sets("block", "b_me_read", "title", "Mark it read"),
        ),
    )
)  # fmt: skip

FLAWS = (*CALLED, *KINDS, *ROWS, *NEVER, *OPEN, *ENDS, *OUTSIDE)
