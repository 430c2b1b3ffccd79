"""Flaws of addresses and sign-outs: what others can see that they should not."""

from collections.abc import Callable

from flow_models.document.elements import Element
from tests.flaws.editing import at, without_effects
from tests.flaws.table import Flaw, Played, edits, sets
from tests.flow_models.builders import (
    arrow,
    button,
    clears,
    field,
    flow,
    form,
    heading,
    link,
    page,
    rows_of,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.builders import sets as set_to


def shows_page(name: str) -> Callable[[Played], bool]:
    """Return what says whether a walk ends on a page by its address."""
    return lambda played: played.view.page == name and played.walk.events[-1].kind == "goto"


ADDRESSES = tuple(
    Flaw(
        f"{name} opens to everybody",
        "address",
        base,
        sets("page", name, "open_by_url", "true"),
        "page.open_beside",
        Element("page", name, "open_by_url"),
        sets("page", name, "open_by_url", near),
        severity="warning",
        task=asked,
        shows=shows_page(name),
    )
    for name, base, near, asked in (
        ("p_profile", "north_bank", "signed_in and failed_tries < 3", "pay-payee"),
        ("p_transactions", "north_bank", "signed_in == true", "pay-payee"),
        ("p_cards", "skylark_air", "false", "change-seat"),
    )
)


def is_signed_in(played: Played) -> bool:
    """Say whether somebody is signed in after they have signed out."""
    return played.machine.variables(played.last)["signed_in"] is True


SIGN_OUTS = (
    Flaw(
        "signing out of the bank does nothing",
        "sign-out",
        "north_bank",
        without_effects("x_ev_out", 0),
        "signing.stays",
        at("x_ev_out", "do"),
        sets("transition", "x_ev_out", "do.0", clears("v_signed_in")),
        severity="warning",
        task="pay-payee",
        shows=is_signed_in,
    ),
    Flaw(
        "signing out of cards signs in",
        "sign-out",
        "north_bank",
        sets("transition", "x_cs_out", "do.0.value", "true"),
        "signing.stays",
        at("x_cs_out", "do"),
        sets("transition", "x_cs_out", "do.0.value", "not true"),
        severity="warning",
        task="raise-limit",
        shows=is_signed_in,
    ),
    Flaw(
        "signing out of the airline keeps the member",
        "sign-out",
        "skylark_air",
        without_effects("x_ht_out", 0),
        "signing.stays",
        at("x_ht_out", "do"),
        sets("transition", "x_ht_out", "to", "p_home"),
        severity="warning",
        task="change-seat",
        shows=is_signed_in,
    ),
)


def is_left(name: str) -> Callable[[Played], bool]:
    """Return what says whether a variable still has a value at the end."""
    return lambda played: played.machine.variables(played.last)[name] is not None


LEFTOVERS = (
    Flaw(
        "the account of a payment stays",
        "leftover",
        "north_bank",
        without_effects("x_ev_out", 1),
        "signing.leftover",
        at("x_ev_out", "do"),
        sets("transition", "x_ev_out", "do.1", set_to("v_source", "empty")),
        severity="warning",
        task="pay-payee",
        shows=is_left("draft_source"),
    ),
    Flaw(
        "the payee stays",
        "leftover",
        "north_bank",
        without_effects("x_ev_out", 2),
        "signing.leftover",
        at("x_ev_out", "do"),
        sets("transition", "x_ev_out", "notice", None),
        severity="warning",
        task="pay-payee",
        shows=is_left("draft_payee"),
    ),
    Flaw(
        "an expired session keeps the amount",
        "leftover",
        "north_bank",
        without_effects("x_rv_expired", 3),
        "signing.leftover",
        at("x_rv_expired", "do"),
        sets("transition", "x_rv_expired", "on.steps", 12),
        severity="warning",
    ),
)

MAIL = flow(
    page("door", form("f", field("name", required=True), button("enter", submit=True)), heading("h", "Sign in")),
    page(
        "inbox",
        rows_of("list", "letters", "{subject}", where="owner == visitor", row_controls=(link("open"),)),
        link("leave"),
        open_by_url="visitor != empty",
    ),
    page(
        "letter",
        heading("h_letter", "{record.subject}"),
        words("body", "{record.body}"),
        link("back"),
        record="letters",
        path="/letters/{record.code}",
        open_by_url="visitor != empty and record.owner == visitor",
    ),
    table("people", "name:text", rows=(("ann",), ("ben",))),
    table(
        "letters",
        "code:text",
        "owner:row:people",
        "subject:text",
        "body:text",
        rows=(("1", "people_1", "Rent", "It rises."), ("2", "people_2", "Salary", "It falls.")),
    ),
    variable("visitor", "row:people"),
    arrow(
        "door",
        "inbox",
        use="enter",
        when="any(people, name == field.name)",
        do=(set_to("visitor", "first(people, name == field.name)"),),
    ),
    arrow("door", use="enter", notice="Nobody is called so.", name="unknown"),
    arrow("inbox", "letter", use="open"),
    arrow("inbox", "door", use="leave", do=(clears("visitor"),)),
    arrow("letter", "inbox", use="back"),
    task(
        "read",
        "What does the letter about rent say?",
        answer="first(letters, value=body, where=owner == visitor, default='')",
        start="inbox",
        setup=(set_to("visitor", "first(people)"),),
    ),
)
"""Letters of two people."""


def shows_others(played: Played) -> bool:
    """Say whether the last page shows the letter of another one."""
    [row] = [row for row in played.rows("letters") if row["key"] == played.last.record]
    return row["owner"] != played.machine.variables(played.last)["visitor"]


OTHERS = (
    Flaw(
        "letters of others by address",
        "others",
        MAIL,
        sets("page", "letter", "open_by_url", "visitor != empty"),
        "page.open_to_others",
        Element("page", "letter", "open_by_url"),
        sets("page", "letter", "open_by_url", "record.owner == visitor"),
        severity="warning",
        task="read",
        shows=shows_others,
    ),
    Flaw(
        "letters of others to everybody",
        "others",
        MAIL,
        sets("page", "letter", "open_by_url", "true"),
        "page.open_to_others",
        Element("page", "letter", "open_by_url"),
        sets("page", "letter", "open_by_url", "false"),
        severity="warning",
        task="read",
        shows=shows_others,
    ),
    Flaw(
        "letters of others in a longer list",
        "others",
        MAIL,
        edits(
            sets("block", "list", "where", "visitor == owner and subject != ''"),
            sets("page", "letter", "open_by_url", "1 == 1"),
        ),
        "page.open_to_others",
        Element("page", "letter", "open_by_url"),
        edits(sets("block", "list", "where", ""), sets("page", "letter", "open_by_url", "visitor != empty")),
        severity="warning",
        task="read",
        shows=shows_others,
    ),
)

FLAWS: tuple[Flaw, ...] = tuple(flaw for group in (ADDRESSES, SIGN_OUTS, LEFTOVERS, OTHERS) for flaw in group)
