"""Flaws that show if a solution is played otherwise: something is read, done in another order, or spelled so."""

from flow_models.document.blocks import Form
from flow_models.document.elements import Element
from flow_models.document.field_blocks import MoneyField, TextField
from flow_models.document.flow import Flow
from flow_models.document.tasks import Failure, Parameter, RangeSource
from tests.flaws.museum import MUSEUM
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    expect_added,
    field,
    form,
    heading,
    link,
    page,
    parameter,
    table,
    task,
    value_type,
    variable,
)
from tests.flow_models.builders import (
    sets as gives,
)


def _form(amount: TextField | MoneyField) -> Form:
    return form("offering", amount, button("send", submit=True))


def _with_more(base: Flow) -> Flow:
    """Return the museum with a page about it, a log of visits, offers, and tasks over two tours and over an offer."""
    home = base.pages_by_id["home"]
    about = page("about", heading("h_about", "About us"), link("home_again"))
    offer = page(
        "offer", heading("h_offer", "Your offer"), form("offering", field("amount"), button("send", submit=True))
    )
    two = task(
        "book-two",
        "Book one ticket for “{task.one.title}” and one for “{task.other.title}”.",
        parameters=(
            parameter("one", "row:tours"),
            parameter("other", "row:tours", where="row != task.one").rebuilt(id="p_other"),
        ),
        expect=(
            expect_added("bookings", tour="task.one", tickets="1"),
            expect_added("bookings", tour="task.other", tickets="1"),
        ),
    )
    amount = _ranged("amount", "money", "5", "2000", "0.05")
    offering = task(
        "make-offer",
        "Offer {task.amount} for the lot.",
        parameters=(amount,),
        expect=(expect_added("offers", amount="text(task.amount)"),),
    )
    return base.rebuilt(
        pages=(
            home.rebuilt(blocks=(*home.blocks, link("to_about"), link("to_offer"), button("details"))),
            *(one for one in base.pages if one.id != "home"),
            about,
            offer,
        ),
        tables=(*base.tables, table("visits", "note:text"), table("offers", "amount:text")),
        variables=(*base.variables, variable("latest", "row:tours")),
        transitions=(
            *base.transitions,
            arrow("home", "about", use="to_about"),
            arrow("home", "offer", use="to_offer"),
            arrow("home", "about", use="details", name="details"),
            arrow("about", "home", use="home_again"),
            arrow("offer", "done", use="send", do=(adds("offers", amount="field.amount"),)),
        ),
        tasks=(*base.tasks, two, offering),
    )


def _ranged(name: str, kind: str, least: str, most: str, step: str) -> Parameter:
    source = RangeSource(minimum=least, maximum=most, step=step)
    return Parameter(id=f"p_{name}", name=name, title=name.capitalize(), type=value_type(kind), source=source)


MORE = _with_more(MUSEUM)


def _fails(played: Played) -> bool:
    return not played.succeeds


def _is_stopped(played: Played) -> bool:
    """A failure rule holds on the way."""
    return any(played.machine.verdict(played.start, state).failure >= 0 for state in played.states)


def _does(arrow_id: str, *effects: object) -> Edit:
    return sets("transition", arrow_id, "do", effects)


def _waits(steps: int) -> Edit:
    """Return the edit that leads from a tour back home after so many steps."""
    late = arrow("tour", "home", wait=steps)
    return lambda base: base.rebuilt(transitions=(*base.transitions, late))


def _also(condition: str) -> Edit:
    return sets("task", "book-two", "success.also", condition)


def _forbids(condition: str, size: int = 20) -> Edit:
    failing = sets("task", "k_remove", "failures", (Failure(title="Not so", when=condition),))
    return edits(failing, sets("block", "b_ps_list", "page_size", size))


LOGGED = adds("visits", note='"seen"')
BOOKED = (adds("bookings", tour="record", tickets="field.tickets"), gives("latest", "record"))
KEEPS_LATEST = _does("tour-book-done", *BOOKED)

LOOKING = (
    Flaw(
        name="a link logs in data that count",
        kind="looking",
        base=MORE,
        edit=_does("home-to_about-about", LOGGED),
        code="running.reading_counts",
        element=Element("transition", "home-to_about-about"),
        near_miss=edits(_does("home-to_about-about", LOGGED), sets("table", "visits", "durable", False)),
        task="book-tour",
        shows=_fails,
    ),
    Flaw(
        name="the way back takes a place",
        kind="looking",
        base=MORE,
        edit=_does("tour-back-home", changes("tours", "row == record", places="row.places - 1")),
        code="running.reading_counts",
        element=Element("transition", "tour-back-home"),
        near_miss=edits(
            _does("tour-back-home", changes("tours", "row == record", places="row.places - 1")),
            sets("column", "tours_places", "derived", True),
        ),
        task="book-tour",
        shows=_fails,
    ),
    Flaw(
        name="a button with details logs",
        kind="looking",
        base=MORE,
        edit=_does("details", LOGGED),
        code="running.reading_counts",
        element=Element("transition", "details"),
        near_miss=edits(_does("details", LOGGED), sets("block", "details", "title", "Reserve all")),
        task="book-tour",
        shows=_fails,
    ),
    Flaw(
        name="a tour closes after two steps",
        kind="looking",
        base=MORE,
        edit=_waits(2),
        code="running.waiting_counts",
        element=Element("task", "book-tour", "success"),
        near_miss=_waits(12),
        severity="warning",
        task="book-tour",
        shows=_fails,
    ),
)

ORDER = (
    Flaw(
        name="the last booking must be the second",
        kind="order",
        base=MORE,
        edit=_also("last(added(bookings)).tour == task.other"),
        code="running.order_counts",
        element=Element("task", "book-two", "success"),
        near_miss=_also("any(added(bookings) as made, made.tour == task.other)"),
        task="book-two",
        shows=_fails,
    ),
    Flaw(
        name="the first booking must be the first",
        kind="order",
        base=MORE,
        edit=_also("first(added(bookings)).tour == task.one"),
        code="running.order_counts",
        element=Element("task", "book-two", "success"),
        near_miss=_also("count(added(bookings)) == 2"),
        task="book-two",
        shows=_fails,
    ),
    Flaw(
        name="what the site remembers of the last booking",
        kind="order",
        base=KEEPS_LATEST(MORE),
        edit=_also("latest == task.other"),
        code="running.order_counts",
        element=Element("task", "book-two", "success"),
        near_miss=_also("latest != empty"),
        task="book-two",
        shows=_fails,
    ),
    Flaw(
        name="the second payee may not go before the first",
        kind="order",
        base="north_bank",
        edit=_forbids("any(removed(payees), row == task.second) and not any(removed(payees), row == task.first)"),
        code="running.order_counts",
        element=Element("task", "k_remove", "success"),
        near_miss=_forbids("any(removed(payees), row != task.second and row != task.first)"),
        task="remove-payees",
        shows=_is_stopped,
    ),
    Flaw(
        name="the second payee may not go before the first, in a list of two at a time",
        kind="order",
        base="north_bank",
        edit=_forbids("any(removed(payees), row == task.second) and not any(removed(payees), row == task.first)", 2),
        code="running.order_counts",
        element=Element("task", "k_remove", "success"),
        near_miss=_forbids("any(removed(payees), row != task.second and row != task.first)", 2),
        task="remove-payees",
        shows=_is_stopped,
    ),
)

SPELLED = Element("block", "f_amount")
AS_MONEY = edits(
    sets(
        "page",
        "offer",
        "blocks",
        (form("offering", MoneyField(id="f_amount", name="amount"), button("send", submit=True)),),
    ),
    sets("column", "offers_amount", "type", value_type("money")),
)


def _wants(value: str) -> Edit:
    return sets("task", "make-offer", "success.changes.0.values", {"offers_amount": value})


def _offers(kind: str, least: str, most: str, step: str) -> Edit:
    return sets("task", "make-offer", "parameters", (_ranged("amount", kind, least, most, step),))


SPELLING = (
    Flaw(
        name="an amount in a field for texts",
        kind="spelling",
        base=edits(AS_MONEY, _wants("task.amount"))(MORE),
        edit=lambda base: MORE,
        code="running.spelling",
        element=SPELLED,
        near_miss=sets("task", "make-offer", "wordings.0", "Offer {task.amount} for all."),
        severity="warning",
        task="make-offer",
        shows=_fails,
    ),
    Flaw(
        name="a day in a field for texts",
        kind="spelling",
        base=edits(AS_MONEY, _wants("task.amount"))(MORE),
        edit=lambda base: _offers("date", "today() + 3", "today() + 90", "1")(MORE),
        code="running.spelling",
        element=SPELLED,
        near_miss=_offers("money", "7", "90", "1"),
        severity="warning",
        task="make-offer",
        shows=_fails,
    ),
    Flaw(
        name="a decimal in a field for texts",
        kind="spelling",
        base=edits(AS_MONEY, _wants("task.amount"))(MORE),
        edit=lambda base: _offers("decimal", "1000", "2000", "0.5")(MORE),
        code="running.spelling",
        element=SPELLED,
        near_miss=_offers("decimal", "7", "90", "0.5"),
        severity="warning",
        task="make-offer",
        shows=_fails,
    ),
)

FLAWS: tuple[Flaw, ...] = (*LOOKING, *ORDER, *SPELLING)
