"""Flaws of what is chosen and not there, hidden and touched, and of ways that lead back, on or nowhere."""

import resources
from flow_models.document.base import Formula
from flow_models.document.behaviour import ChangeEffect, RemoveEffect
from flow_models.document.blocks import AnyBlock
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from tests.flaws.addresses import MAIL
from tests.flaws.editing import adding, at
from tests.flaws.effects import changes_many
from tests.flaws.museum import MUSEUM
from tests.flaws.paying import PURSE, balances
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import arrow, button, changes, link, rows_of
from tests.flow_models.builders import sets as set_to

WIZARD = load(resources.path("templates", "form_wizard.flow.json"))
"""Three steps of a booking."""


def put(owner: str, block: AnyBlock) -> Edit:
    """Return the edit that puts a block on a page."""
    return lambda now: insert_block(now, Slot("page", owner), None, block)


def skips(to: str) -> Edit:
    """Return the edit by which a link leads past the steps of a booking."""
    return edits(put("p_stay", link("b_new", title="Skip")), adding(arrow("p_stay", to, use="b_new", name="x_new")))


NOTHING = tuple(
    Flaw(title, "page about nothing", base, edit, f"blank.{code}", element, near, severity="warning")
    for title, base, code, edit, element, near in (
        (
            "a review opens with nothing to review", "north_bank", "address",
            sets("page", "p_review", "open_by_url", "signed_in"), Element("page", "p_review", "open_by_url"),
            sets("page", "p_review", "open_by_url", "signed_in and draft_amount > 0"),
        ),
        (
            "a booking opens with nothing booked", "skylark_air", "address",
            sets("page", "p_review", "open_by_url", "signed_in"), Element("page", "p_review", "open_by_url"),
            sets("page", "p_review", "open_by_url", "chosen_fare != empty and first_seat != empty"),
        ),
        (
            "a second passenger whom nobody has", "skylark_air", "way",
            sets("block", "b_rv_second", "show_if", ""), Element("block", "b_rv_second"),
            sets("block", "b_rv_second", "show_if", "second_name != empty"),
        ),
        (
            "a review that opens to everybody", WIZARD, "address", sets("page", "p_review", "open_by_url", "true"),
            Element("page", "p_review", "open_by_url"),
            sets("page", "p_review", "open_by_url", "draft_email != empty"),
        ),
        (
            "an order of nothing", "block_zoo", "way",
            edits(
                put("p_piece", button("b_new", title="Order at once")),
                adding(arrow("p_piece", "p_confirm", use="b_new", name="x_new")),
            ),
            Element("block", "b_con_d"),
            edits(
                put("p_piece", button("b_new", title="Order at once")),
                adding(arrow("p_piece", "p_delivery", use="b_new", name="x_new")),
            ),
        ),
        (
            "a way past the guest", WIZARD, "way", skips("p_review"), Element("block", "b_re_text"), skips("p_booked"),
        ),
        (
            "a careful customer who may not be there", "north_bank", "row",
            sets("block", "b_pr_facts", "record", "first(customers, careful)"),
            Element("block", "b_pr_facts", "record"), sets("block", "b_pr_facts", "record", "last(customers)"),
        ),
    )
)  # fmt: skip

ADDED = tuple(
    Flaw(
        f"the new one is sought by {what}", "added otherwise", base, sets("transition", name, "record", record),
        "transition.record_missing", at(name, "record"), sets("transition", name, "record", near), severity="warning",
    )
    for what, base, name, record, near in (
        (
            "a fixed group", "north_bank", "x_ad_ok", 'first(payees, name == field.name and category == "Family")',
            "first(payees, name == field.name and category == field.category)",
        ),
        (
            "what is typed elsewhere", "north_bank", "x_ad_ok", "first(payees, iban == field.name)",
            "first(payees, iban == field.iban)",
        ),
        (
            "a fixed topic", "skylark_air", "x_cu_go", 'last(requests, topic == "Praise")',
            "last(requests, topic == field.topic)",
        ),
    )
)  # fmt: skip


def marking(page: str, title: str, effect: ChangeEffect | RemoveEffect) -> Edit:
    """Return the edit that puts a button on a page which does something to rows."""
    return edits(put(page, button("b_new", title=title)), adding(arrow(page, use="b_new", do=(effect,), name="x_new")))


def read(where: Formula) -> ChangeEffect:
    """Return the effect that marks messages as read."""
    return ChangeEffect(table="t_messages", where=where, values={"c_ms_status": '"Read"'})


MARKED = tuple(
    Flaw(
        title, "hidden and touched", base, marking(page, says, effect), f"sweeping.shown_{how}", at("x_new", "do.0"),
        marking(page, near, less), severity="warning", task=task, shows=changes_many(rows) if task else None,
    )
    for title, base, page, says, effect, how, near, less, task, rows in (
        (
            "Mark these marks those that are filtered out", "north_bank", "p_messages", "Mark these as read",
            read(""), "changed", "Mark these as read", read("kind == field.kind or field.kind == empty"),
            "pay-request", "messages",
        ),
        (
            "new ones of every kind", "north_bank", "p_messages", "Mark the listed ones as read",
            read('status == "New"'), "changed", "Mark all new ones as read", read('status == "New"'), "", "",
        ),
        (
            "what was found and what was not", "north_bank", "p_transactions", "Remove the transactions shown",
            RemoveEffect(table="t_transactions", where="true"), "removed", "Remove the transactions shown",
            RemoveEffect(table="t_transactions", where="merchant == field.merchant"), "", "",
        ),
    )
)  # fmt: skip

SHARED = tuple(
    Flaw(
        title,
        "sweeping what is shared",
        base,
        sets("transition", name, f"{place}.where", where),
        "sweeping.kind_changed",
        at(name, place),
        sets("transition", name, f"{place}.where", near),
        severity="warning",
    )
    for title, base, name, place, where, near in (
        (
            "everybody on the flight is checked in", "skylark_air", "x_ck_ok", "do.0",
            "flight == record.flight", "row == record",
        ),
        (
            "cards of one limit", "north_bank", "x_ca_unfreeze", "do.0",
            "limit == record.limit", "number == record.number",
        ),
        (
            "whatever came before is read", "north_bank", "x_me_read", "do.0",
            "date <= record.date", "code == record.code",
        ),
    )
)  # fmt: skip


def takes(where: str) -> Edit:
    """Return the edit by which a booking takes places of tours."""
    places = changes("tours", where, places="places - field.tickets")
    return lambda now: sets(
        "transition", "tour-book-done", "do", (*now.transitions_by_id["tour-book-done"].do, places)
    )(now)


TAKEN = Flaw(
    "a booking takes places of all tours of a guide", "sweeping what is shared", MUSEUM, takes("guide == record.guide"),
    "sweeping.kind_changed", at("tour-book-done", "do.1"), takes("title == record.title"), severity="warning",
    task="book-tour", shows=changes_many("tours"),
)  # fmt: skip


def moves_on(played: Played) -> bool:
    """Say whether the last step leads to another page."""
    return played.states[-1].page != played.states[-2].page


BACK = tuple(
    Flaw(
        title, "Back leads on", base, sets("transition", name, "to", to), "opposite.onward", at(name, "to"), near,
        severity="warning", task=task, shows=moves_on,
    )
    for title, base, name, to, near, task in (
        (
            "from the guest to the review", WIZARD, "x_guest_back", "p_review",
            sets("transition", "x_review_back", "to", "p_stay"), "book-room",
        ),
        (
            "from a tour to the thanks", MUSEUM, "tour-back-home", "done",
            edits(sets("transition", "tour-back-home", "to", "done"), sets("block", "back", "title", "I have booked")),
            "book-tour",
        ),
        (
            "from the review to the booking", WIZARD, "x_review_back", "p_booked",
            edits(sets("transition", "x_review_back", "to", "p_booked"), skips("p_booked")), "book-room",
        ),
    )
)  # fmt: skip


def is_open(played: Played) -> bool:
    """Say whether a dialog is open at the end."""
    return played.last.dialog is not None


CAUGHT = tuple(
    Flaw(
        title, "dialog that nothing closes", base, edit, "page.one_way", Element("page", page), near,
        severity="warning", task=task, shows=is_open,
    )
    for title, base, page, edit, near, task in (
        (
            "Keep opens it again", "north_bank", "p_remove_payee",
            sets("transition", "x_rm_keep", "to", "p_remove_payee"),
            sets("transition", "x_rm_keep", "to", "p_payee"), "edit-payee",
        ),
        (
            "Not now is there for frozen cards", "north_bank", "p_freeze",
            sets("block", "b_fz_keep", "show_if", 'record.status == "Frozen"'),
            sets("block", "b_fz_keep", "show_if", 'record.status == "Active"'), "freeze-card",
        ),
        (
            "Keep the trip keeps only what is cancelled", "skylark_air", "p_cancel",
            sets("transition", "x_ca_keep", "when", 'record.status == "Cancelled"'),
            sets("transition", "x_ca_keep", "when", 'record.status != "Cancelled"'), "cancel-trip",
        ),
    )
)  # fmt: skip


def more_effects(name: str, *effects: object) -> Edit:
    """Return the edit by which a transition does something more in the end."""
    return lambda now: sets("transition", name, "do", (*now.transitions_by_id[name].do, *effects))(now)


OUT = (
    Flaw(
        "signing out signs in in the end", "end that is none", "skylark_air",
        more_effects("x_ht_out", set_to("v_signed_in", "true")), "signing.stays", at("x_ht_out", "do"),
        more_effects("x_ht_out", set_to("v_signed_in", "false")), severity="warning",
    ),
    Flaw(
        "signing out chooses a payee", "end that is none", "north_bank",
        sets("transition", "x_ev_out", "do.2", set_to("v_payee", "first(payees)")), "signing.leftover",
        at("x_ev_out", "do"), sets("transition", "x_ev_out", "do.2", set_to("v_payee", "empty")), severity="warning",
    ),
    Flaw(
        "an address that opens to who has searched", "end that is none", "skylark_air",
        sets("page", "p_trips", "open_by_url", "signed_in or search_date != empty"), "page.open_beside",
        Element("page", "p_trips", "open_by_url"),
        sets("page", "p_trips", "open_by_url", "signed_in and search_date != empty"), severity="warning",
    ),
)  # fmt: skip

OWNERS = tuple(
    Flaw(
        f"a letter opens {to}", "owner or not", MAIL, sets("page", "letter", "open_by_url", opens),
        "page.open_to_others", Element("page", "letter", "open_by_url"), sets("page", "letter", "open_by_url", near),
        severity="warning",
    )
    for to, opens, near in (
        (
            "where it has a subject", "visitor != empty and (record.owner == visitor or record.subject != '')",
            "visitor != empty and record.owner == visitor and record.subject != ''",
        ),
        ("to all but its owner", "not (record.owner == visitor)", "not not (record.owner == visitor)"),
        ("to whoever is not empty", "record.owner == visitor or visitor != empty", "record.owner == visitor or false"),
    )
)  # fmt: skip


def twice(name: str, place: int) -> Edit:
    """Return the edit by which an effect of a transition stands there twice."""

    def edit(now: Flow) -> Flow:
        effects = now.transitions_by_id[name].do
        return sets("transition", name, "do", (*effects[: place + 1], *effects[place:]))(now)

    return edit


def there_is_more(played: Played) -> bool:
    """Say whether all accounts together hold more after the last step than before it."""
    before, after = (sum(amount for amount in balances(played, at).values()) for at in (-2, -1))  # type: ignore[misc]
    return bool(after > before)


TWICE = (
    *(
        Flaw(
            title, "amounts that are not kept", base, twice(name, place), "effect.twice", at(name, f"do.{place + 1}"),
            near, severity="warning",
        )
        for title, base, name, place, near in (
            ("a payment is taken twice over", "north_bank", "x_rv_ok", 1, twice("x_rv_ok", 2)),
            (
                "who is paid is paid twice", PURSE, "x_move", 2,
                more_effects("x_move", changes("accounts", "row == field.source", name="name")),
            ),
        )
    ),
    Flaw(
        "who is paid gets twice as much", "amounts that are not kept", PURSE,
        sets("transition", "x_move", "do.2.values.accounts_balance", "balance + field.amount * 2"), "balance.unequal",
        at("x_move", "do.2"),
        edits(
            sets("transition", "x_move", "do.2.values.accounts_balance", "balance + field.amount * 2"),
            sets("block", "move", "title", "Move and double"),
        ),
        severity="warning", task="balance", shows=there_is_more,
    ),
)  # fmt: skip

EVERYBODY = tuple(
    Flaw(
        title, "rows of everybody", MAIL, edit, "signing.listed", Element("block", name, "where"), near,
        severity="warning",
    )
    for title, edit, name, near in (
        (
            "the inbox shows all letters", sets("block", "list", "where", ""), "list",
            edits(sets("block", "list", "where", ""), sets("page", "letter", "open_by_url", "visitor != empty")),
        ),
        (
            "the inbox shows letters with a subject", sets("block", "list", "where", "subject != ''"), "list",
            sets("block", "list", "where", "subject != '' and visitor == owner"),
        ),
        (
            "a second list", put("inbox", rows_of("b_new", "letters", "{body}")), "b_new",
            put("inbox", rows_of("b_new", "letters", "{body}", where="owner == visitor")),
        ),
    )
)  # fmt: skip

FLAWS: tuple[Flaw, ...] = (*NOTHING, *ADDED, *MARKED, *SHARED, TAKEN, *BACK, *CAUGHT, *OUT, *OWNERS, *EVERYBODY, *TWICE)
