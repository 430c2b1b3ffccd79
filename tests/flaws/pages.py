"""Flaws of pages: ways that end or never begin, redirects, rows that may not be there."""

from flow_models.document.elements import Element
from tests.flaws.editing import DOORS, adding, at, goes, without
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import (
    arrow,
    button,
    clears,
    flow,
    heading,
    link,
    page,
    table,
    task,
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

FLAWS: tuple[Flaw, ...] = tuple(flaw for group in (TRAPS, SHUT, DIALOGS, RINGS, MISSING) for flaw in group)
