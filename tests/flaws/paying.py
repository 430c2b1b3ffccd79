"""Flaws of who pays, who is paid, and who is refused."""

from flow_models.document.behaviour import AddEffect, ChangeEffect
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.field_blocks import ChoiceField, NumberField
from flow_models.document.flow import Flow
from tests.flaws.editing import adding, at
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    clears,
    field,
    flow,
    form,
    heading,
    link,
    money_field,
    page,
    rows_of,
    table,
    task,
    variable,
)
from tests.flow_models.builders import sets as set_to


def _account(name: str, title: str) -> ChoiceField:
    """Return a field for an account."""
    return ChoiceField(id=f"f_{name}", name=name, title=title, table="accounts", label="{row.name}", required=True)


def purse() -> Flow:
    """Return a purse that moves money between accounts, and sends cards to friends; everything about it is sound."""
    moving = form(
        "moving",
        _account("source", "From"),
        _account("target", "To"),
        money_field("amount", required=True),
        button("move", submit=True),
    )
    sending = form(
        "sending",
        _account("payer", "From"),
        field("friend", required=True),
        NumberField(id="f_cards", name="cards", title="Cards", required=True),
        button("send", submit=True),
    )
    takes = changes("accounts", "row == field.source", balance="balance - field.amount")
    gives = changes("accounts", "row == field.target", balance="balance + field.amount")
    pays = changes("accounts", "row == chosen", balance="balance - price")
    noted = adds("moves", from_account="field.source", to_account="field.target", amount="field.amount")
    return flow(
        page(
            "purse", heading("h_purse", "Accounts"), rows_of("list", "accounts", "{name}", "{balance}"),
            rows_of("moved", "moves", "{amount}", "{from_account.name}", "{to_account.name}"),
            rows_of("cards_sent", "letters", "{friend}", "{cards}", "{cost}", "{payer.name}"),
            link("to_move", title="Move money"), link("to_send", title="Send cards"),
        ),
        page("moving_page", heading("h_move", "Move"), moving, link("back")),
        page("sending_page", heading("h_send", "Send"), sending, link("home")),
        page(
            "check", heading("h_check", "Check"), button("pay", title="Pay now"), button("cancel"),
            link("later", title="Not now"),
        ),
        table(
            "accounts", "name:text", "balance:money", rows=(("Rent", "700.00"), ("Fun", "60.00"), ("Trip", "300.00")),
        ),
        table("moves", "from_account:row:accounts", "to_account:row:accounts", "amount:money"),
        table("letters", "friend:text", "cards:integer", "cost:money", "payer:row:accounts"),
        variable("chosen", "row:accounts"), variable("friend"), variable("number", "integer"),
        variable("price", "money"),
        arrow("purse", "moving_page", use="to_move"),
        arrow("purse", "sending_page", use="to_send"),
        arrow("moving_page", "purse", use="back"),
        arrow("sending_page", "purse", use="home"),
        arrow(
            "moving_page", use="move", when="field.amount > field.source.balance", name="x_short",
            notice="{field.source.name} holds {field.source.balance}. That is not enough.",
        ),
        arrow("moving_page", "purse", use="move", do=(noted, takes, gives), name="x_move"),
        arrow(
            "sending_page", use="send", when="field.cards > 9", notice="You can send at most 9 cards.", name="x_many"
        ),
        arrow(
            "sending_page", use="send", when="field.cards < 2", notice="Send at least 2 cards.", name="x_few"
        ),
        arrow(
            "sending_page", use="send", when="any(letters, friend == field.friend)", name="x_again",
            notice="{field.friend} has got cards already.",
        ),
        arrow(
            "sending_page", "check", use="send", name="x_sent",
            do=(
                set_to("chosen", "field.payer"), set_to("friend", "field.friend"), set_to("number", "field.cards"),
                set_to("price", "field.cards * 2.00"),
            ),
        ),
        arrow(
            "check", "purse", use="pay", when="chosen.balance >= price", name="x_pay",
            do=(adds("letters", friend="friend", cards="number", cost="price", payer="chosen"), pays, clears("chosen")),
        ),
        arrow("check", "sending_page", use="pay", notice="That account holds less than it costs.", name="x_poor"),
        arrow("check", "purse", use="cancel", do=(clears("chosen"),), name="x_cancel"),
        arrow("check", "purse", use="later", name="x_later"),
        task("balance", "How much is on Fun?", answer="first(accounts, value=balance, where=name == 'Fun')"),
    ).rebuilt(id="purse")  # fmt: skip


PURSE = purse()
PAID = PURSE.transitions_by_id["x_pay"].do
NOTED = PURSE.transitions_by_id["x_move"].do[0]


def balances(played: Played, at: int = -1) -> dict[object, object]:
    """Return what each account holds."""
    return {row["name"]: row["balance"] for row in played.rows("accounts", at)}


def goes_up(played: Played) -> bool:
    """Say whether some account holds more after the last step than before it."""
    before = balances(played, -2)
    return any(balance > before[name] for name, balance in balances(played).items())  # type: ignore[operator]


def goes_down(played: Played) -> bool:
    """Say whether some account holds less after the last step than before it."""
    before = balances(played, -2)
    return any(balance < before[name] for name, balance in balances(played).items())  # type: ignore[operator]


def is_noted(played: Played) -> bool:
    """Say whether the last step notes a transfer."""
    return len(played.rows("moves")) > len(played.rows("moves", -2))


def effect(name: str, place: int, field_of: str, value: str) -> Edit:
    """Return the edit that gives an effect of a transition another row or balance."""
    path = "where" if field_of == "where" else "values.accounts_balance"
    return sets("transition", name, f"do.{place}.{path}", value)


SWAPPED = edits(
    effect("x_move", 1, "where", "row == field.target"), effect("x_move", 2, "where", "row == field.source")
)

MOVING = tuple(
    Flaw(
        title, "payer and receiver", PURSE, edit, code, at(name, f"do.{place}"), near, severity="warning",
        task="balance", shows=shows,
    )
    for title, name, place, edit, code, near, shows in (
        (
            "the rows of a transfer are swapped", "x_move", 1, SWAPPED, "moving.swapped",
            effect("x_move", 1, "where", "field.source == row"), goes_up,
        ),
        (
            "plus and minus are swapped", "x_move", 1,
            edits(
                effect("x_move", 1, "balance", "balance + field.amount"),
                effect("x_move", 2, "balance", "balance - field.amount"),
            ),
            "moving.swapped",
            edits(SWAPPED, sets("block", "move", "title", "Take back")), goes_up,
        ),
        (
            "who pays for cards gets the money", "x_pay", 1, effect("x_pay", 1, "balance", "balance + price"),
            "moving.gains",
            edits(effect("x_pay", 1, "balance", "balance + price"), sets("block", "pay", "title", "Refund")), goes_up,
        ),
        (
            "the two accounts are noted the other way round", "x_move", 0,
            edits(
                sets("transition", "x_move", "do.0.values.moves_from_account", "field.target"),
                sets("transition", "x_move", "do.0.values.moves_to_account", "field.source"),
                sets("transition", "x_move", "do.1.values.accounts_balance", "balance - field.amount * 1"),
            ),
            "moving.noted", sets("transition", "x_move", "do.0.values.moves_to_account", "last(accounts)"), is_noted,
        ),
        (
            "both accounts lose", "x_move", 2, effect("x_move", 2, "balance", "balance - field.amount"),
            "moving.loses", effect("x_move", 2, "balance", "balance + field.amount * 1"), goes_down,
        ),
    )
)  # fmt: skip


def trades(one: str, other: str) -> Edit:
    """Return the edit that lets two transitions trade what they do."""

    def edit(now: Flow) -> Flow:
        first, second = (now.transitions_by_id[name].do for name in (one, other))
        return edits(sets("transition", one, "do", second), sets("transition", other, "do", first))(now)

    return edit


def changes_data(played: Played) -> bool:
    """Say whether the last step writes something."""
    return played.rows("letters") != played.rows("letters", -2)


CALLED_OFF = tuple(
    Flaw(
        title, "paying without saying so", base, edit, "opposite.leaving", at(name, "do"), near, severity="warning",
        task=asked, shows=shows,
    )
    for title, base, name, edit, near, asked, shows in (
        (
            "Cancel pays", PURSE, "x_cancel", trades("x_pay", "x_cancel"),
            sets("block", "cancel", "title", "Forget it"), "balance", changes_data,
        ),
        (
            "Cancel payment pays", PURSE, "x_cancel",
            edits(trades("x_pay", "x_cancel"), sets("block", "cancel", "title", "Cancel payment")),
            sets("block", "cancel", "title", "Cancel payment"), "balance", changes_data,
        ),
        (
            "Not now pays too", PURSE, "x_later", sets("transition", "x_later", "do", PAID),
            sets("transition", "x_later", "do", PAID[2:]), "balance", changes_data,
        ),
        (
            "Cancel notes the letter", PURSE, "x_cancel", sets("transition", "x_cancel", "do", PAID[:1]),
            edits(
                sets("transition", "x_cancel", "do", PAID[:1]), sets("block", "cancel", "title", "Write without paying")
            ),
            "balance", changes_data,
        ),
        (
            "Stop here orders for nothing", PURSE, "x_cancel",
            edits(
                sets("transition", "x_cancel", "do", PAID[:1]), sets("transition", "x_pay", "do", ()),
                sets("block", "cancel", "title", "Stop here"),
            ),
            edits(
                sets("transition", "x_cancel", "do", PAID[:1]), sets("block", "cancel", "title", "Stop here"),
            ),
            "balance", changes_data,
        ),
    )
)  # fmt: skip


def when(name: str, condition: str) -> Edit:
    """Return the edit that gives a transition a condition."""
    return sets("transition", name, "when", condition)


def says(name: str, text: str) -> Edit:
    """Return the edit that lets a transition say something."""
    return sets("transition", name, "notice.text", text)


REFUSING = tuple(
    Flaw(title, "refusal", PURSE, edit, f"refusing.{code}", at(name, "when"), near, severity="warning")
    for title, name, edit, code, near in (
        (
            "not enough where there is enough", "x_short", when("x_short", "field.amount < field.source.balance"),
            "turned", when("x_short", "field.source.balance < field.amount"),
        ),
        (
            "not enough where there is just enough", "x_short", when("x_short", "field.amount >= field.source.balance"),
            "edge", when("x_short", "not (field.amount <= field.source.balance)"),
        ),
        (
            "just enough is not enough", "x_pay",
            edits(when("x_pay", "chosen.balance > price"), says("x_poor", "That is not enough.")), "short",
            edits(when("x_pay", "chosen.balance > price"), says("x_poor", "Something has to be left.")),
        ),
        (
            "at most nine, but more are welcome", "x_many", when("x_many", "field.cards < 9"), "turned",
            when("x_many", "10 <= field.cards"),
        ),
        (
            "at least two, but more are refused", "x_few", when("x_few", "not (field.cards < 2)"), "turned",
            edits(when("x_few", "field.cards > 20"), says("x_few", "Twenty cards are too many.")),
        ),
        (
            "at most nine, but seven are too many", "x_many", when("x_many", "field.cards > 6"), "number",
            when("x_many", "field.cards >= 10"),
        ),
        (
            "at least two, but two are too few", "x_few", when("x_few", "field.cards <= 2"), "number",
            when("x_few", "field.cards <= 1"),
        ),
        (
            "has got cards already, but has not", "x_again",
            when("x_again", "not any(letters, friend == field.friend)"), "turned",
            when("x_again", "count(letters, friend == field.friend) > 0"),
        ),
        (
            "paid by who has too little", "x_pay", when("x_pay", "chosen.balance <= price"), "accepts",
            when("x_pay", "price <= chosen.balance"),
        ),
    )
)  # fmt: skip

GIVEN = tuple(
    Flaw(
        title, "paid for and free", "skylark_air", sets("block", grid, "free_if", free), "giving.free", at(name, place),
        sets("block", grid, "free_if", f"{free} and not any(bookings as sold, {near})"), severity="warning",
    )
    for title, grid, free, name, place, near in (
        (
            "a seat that was paid for", "b_st_first", "not contains(chosen_out.taken, code)", "x_py_ok", "do.1",
            "sold.flight == chosen_out and row == sold.seat",
        ),
        ("two seats, paid for", "b_sw_first", "code != chosen_out.taken", "x_py_ok", "do.1", "sold.seat == row"),
        (
            "a seat that somebody changed to", "b_cs_seat", "code != record.flight.taken", "x_cs_ok", "do.0",
            "sold.seat == row",
        ),
    )
)  # fmt: skip


def gives(book: str, *more: ChangeEffect) -> Edit:
    """Return the edit that lets a button lend a book."""
    lent = AddEffect(table="t_loans", values={"c_book": book, "c_weeks": "'2 weeks'"})
    return edits(
        lambda now: insert_block(now, Slot("page", "p_done"), None, button("b_lend", title="Lend it too")),
        adding(arrow("p_done", use="b_lend", do=(lent, *more), name="x_lend")),
    )


def lends(book: str) -> ChangeEffect:
    """Return the effect that marks a book."""
    return ChangeEffect(table="t_books", where=f"row == {book}", values={"c_status": "'On loan'"})


UNMARKED = tuple(
    Flaw(
        f"a button lends {what}", "given but not marked", "three_pages", gives(book), "giving.unmarked",
        at("x_lend", "do"), near, severity="warning",
    )
    for what, book, near in (
        ("the first book", "first(books)", gives("first(books)", lends("first(books)"))),
        (
            "a long book", "first(books, pages > 300)",
            gives("empty"),
        ),
        (
            "what is there", "last(books, status == 'Available')",
            gives("last(books, status == 'Available')", lends("last(books, status == 'Available')")),
        ),
    )
)  # fmt: skip

PARTED = tuple(
    Flaw(title, "typed and stored", base, edit, f"mismatch.{code}", element, near, severity="warning")
    for title, base, edit, code, element, near in (
        (
            "one euro more is stored", "north_bank",
            sets("transition", "x_li_ok", "do.0.values.c_ca_limit", "field.limit + 1"), "altered",
            at("x_li_ok", "do.0.values.c_ca_limit"),
            sets("transition", "x_li_ok", "do.0.values.c_ca_limit", "field.limit * 1"),
        ),
        (
            "twice the amount is shown", "north_bank",
            sets("block", "b_rc_facts", "items.0.text", "{row.amount * 2}"), "reckoned",
            Element("block", "b_rc_facts", "items.0.text"),
            sets("block", "b_rc_facts", "items.0.text", "{row.amount * 2} for two"),
        ),
        (
            "everybody lives in one city", "north_bank",
            sets("transition", "x_ep_save", "do.0.values.c_cu_city", "'Bern'"), "lost",
            at("x_ep_save", "do.0.values.c_cu_city"),
            sets("transition", "x_ep_save", "do.0.values.c_cu_city", "trim(field.city)"),
        ),
    )
)  # fmt: skip

FLAWS: tuple[Flaw, ...] = (*GIVEN, *PARTED, *UNMARKED, *MOVING, *CALLED_OFF, *REFUSING)
