"""Flaws of pages: ways that end or never begin, addresses, sign-outs, redirects, rows that may not be there."""

from collections.abc import Callable

from flow_models.document.elements import Element
from tests.flaws.editing import DOORS, adding, at, goes, without, without_effects
from tests.flaws.table import Edit, Flaw, Played, edits, sets
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


def ring(back: str = "") -> Edit:
    """Two pages that lead to each other, behind a link on the first page of North Bank."""
    onward = (adding(arrow("news", back, use="home", name="x_home")),) if back else ()
    more = (link("home"),) if back else ()
    return edits(
        adding(
            page("offers", link("to_news")),
            page("news", link("to_offers"), *more),
            arrow("offers", "news", use="to_news"),
            arrow("news", "offers", use="to_offers"),
            arrow("p_accounts", "offers", use="b_as_all", name="x_offers"),
        ),
        without("x_as_all"),
        *onward,
    )


ASKED = flow(
    page("start", link("on"), words("total", "{count(things)} things")),
    page("room", link("deeper"), link("home")),
    page("cellar", link("up")),
    table("things", "name:text", rows=(("Lamp",), ("Desk",))),
    arrow("start", "room", use="on"),
    arrow("room", "start", use="home"),
    arrow("room", "cellar", use="deeper"),
    arrow("cellar", "room", use="up"),
    task("count", answer="count(things)"),
)
"""A site with nothing but a question."""

TRAPS = (
    Flaw(
        "offers and news lead to each other only",
        "trap",
        "north_bank",
        ring(),
        "page.trap",
        Element("page", "offers"),
        ring("p_accounts"),
        severity="warning",
    ),
    Flaw(
        "the help lost its way home",
        "trap",
        "skylark_air",
        edits(
            adding(
                page("tips", link("more")),
                page("tricks", link("less")),
                arrow("tips", "tricks", use="more"),
                arrow("tricks", "tips", use="less"),
                arrow("p_help", "tips", on="enter", when="people == 2"),
            )
        ),
        "page.trap",
        Element("page", "tricks"),
        edits(
            adding(
                page("tips", link("more")),
                page("tricks", link("less")),
                arrow("tips", "tricks", use="more"),
                arrow("tricks", "p_home", use="less"),
                arrow("p_help", "tips", on="enter", when="people == 2"),
            )
        ),
        severity="warning",
    ),
    Flaw(
        "a room and a cellar among questions",
        "trap",
        ASKED,
        without("room-home-start"),
        "page.trap",
        Element("page", "cellar"),
        without("start-on-room"),
        severity="warning",
    ),
)

SHUT = (
    Flaw(
        "nothing turns the key any more",
        "shut",
        DOORS,
        sets("transition", "hall-unlock-stay", "do", (clears("key"),)),
        "page.shut",
        Element("page", "vault"),
        sets("transition", "hall-unlock-stay", "do", (set_to("key", "'gold' if key == 'iron' else 'iron'"),)),
        severity="warning",
    ),
    Flaw(
        "the gate is never shown",
        "shut",
        DOORS,
        sets("block", "gate", "show_if", "key == 'golden'"),
        "page.shut",
        Element("page", "garden"),
        sets("block", "gate", "show_if", "key != 'golden'"),
        severity="warning",
    ),
    Flaw(
        "a complaint comes before every way",
        "shut",
        DOORS,
        edits(
            without("locked"),
            adding(arrow("hall", use="enter", notice="Locked.", name="locked")),
            sets("transition", "hall-enter-vault", "when", "key == 'silver'"),
        ),
        "page.shut",
        Element("page", "vault"),
        sets("transition", "hall-enter-vault", "when", "key == 'gold'"),
        severity="warning",
    ),
)


def is_stuck(played: Played) -> bool:
    """Say whether a dialog is open at the end from which nothing leads."""
    return played.view.dialog is not None and played.last.dialog is not None


DIALOGS = (
    Flaw(
        "a question that cannot be answered",
        "dialog",
        DOORS,
        edits(
            adding(
                page("sure", heading("h_sure", "Sure?"), button("yes"), kind="dialog"),
                arrow("hall", "sure", use="unlock", when="key == 'iron'", name="asking"),
                arrow("sure", use="yes", notice="Well."),
                task("look", answer="key"),
            ),
            lambda now: now.rebuilt(transitions=(now.transitions[-2], *now.transitions[:-2], now.transitions[-1])),
        ),
        "page.dead_end",
        Element("page", "sure"),
        edits(
            adding(
                page("sure", heading("h_sure", "Sure?"), button("yes"), kind="dialog"),
                arrow("hall", "sure", use="unlock", when="key == 'iron'", name="asking"),
                arrow("sure", "close", use="yes"),
                task("look", answer="key"),
            )
        ),
        severity="warning",
        task="look",
        shows=is_stuck,
    ),
    Flaw(
        "freezing a card cannot be left",
        "dialog",
        "north_bank",
        edits(without("x_fz_keep"), sets("transition", "x_fz_go", "to", "stay")),
        "page.dead_end",
        Element("page", "p_freeze"),
        without("x_fz_keep"),
        severity="warning",
        task="edit-payee",
        shows=is_stuck,
    ),
    Flaw(
        "cancelling a trip cannot be left",
        "dialog",
        "skylark_air",
        edits(without("x_ca_keep"), sets("transition", "x_ca_go", "to", "stay")),
        "page.dead_end",
        Element("page", "p_cancel"),
        without("x_ca_keep"),
        severity="warning",
        task="change-seat",
        shows=is_stuck,
    ),
)


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


def redirects(first: str, second: str) -> Edit:
    """Return the edit by which accounts and sign-in send a visitor on to each other."""
    return adding(
        arrow("p_accounts", "p_sign_in", on="enter", when=first, name="x_away"),
        arrow("p_sign_in", "p_accounts", on="enter", when=second, name="x_in"),
    )


RINGS = tuple(
    Flaw(
        f"accounts and sign-in where {first} and {second}",
        "ring",
        "north_bank",
        redirects(first, second),
        "transition.arrival_cycle",
        at("x_away", "to"),
        redirects(*near),
    )
    for first, second, near in (
        ("not signed_in", "signed_in == false", ("not signed_in", "signed_in")),
        ("draft_amount == empty", "draft_amount == empty", ("draft_amount == empty", "draft_amount != empty")),
        ("failed_tries < 3", "failed_tries < 2", ("failed_tries < 2", "failed_tries > 2")),
    )
)

MISSING = (
    Flaw(
        "a careful customer may not be there",
        "missing",
        "north_bank",
        sets("transition", "x_pr_edit", "record", "first(customers, careful)"),
        "transition.record_missing",
        at("x_pr_edit", "record"),
        sets("transition", "x_pr_edit", "record", "last(customers)"),
        severity="warning",
    ),
    Flaw(
        "any code finds a booking",
        "missing",
        "skylark_air",
        goes("x_fi_ok", "field.code != field.name"),
        "transition.record_missing",
        at("x_fi_ok", "record"),
        goes("x_fi_ok", "any(bookings as one, one.code == field.code) and field.name != empty"),
        severity="warning",
    ),
    Flaw(
        "the dearest payment",
        "missing",
        "north_bank",
        sets("transition", "x_ac_receipt", "record", "first(transfers, amount > 300)"),
        "transition.record_missing",
        at("x_ac_receipt", "record"),
        sets("transition", "x_ac_receipt", "record", "first(transfers)"),
        severity="warning",
    ),
)

FLAWS: tuple[Flaw, ...] = tuple(
    flaw for group in (TRAPS, SHUT, DIALOGS, ADDRESSES, SIGN_OUTS, LEFTOVERS, OTHERS, RINGS, MISSING) for flaw in group
)
