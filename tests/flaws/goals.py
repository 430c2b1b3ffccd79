"""Flaws of goals: they fit several rows, rows tie, lists have other orders, words are wrong. And the site for them."""

from flow_models.document.base import ColumnId, Literal_
from flow_models.document.elements import Element
from flow_models.document.field_blocks import NumberField
from flow_models.document.flow import Flow
from flow_models.document.tasks import FormulaSource, Parameter, RangeSource
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    flow,
    form,
    heading,
    link,
    page,
    parameter,
    rows_of,
    table,
    task,
    value_type,
    words,
)

TOURS = (
    ("Roman glass", "Ada Quill", "12.00", "2027-03-02", 40, 6),
    ("Early maps", "Ada Quill", "9.50", "2027-04-11", 55, 9),
    ("Old clocks", "Bo Farrow", "14.25", "2027-03-19", 70, 4),
    ("Moths", "Bo Farrow", "7.75", "2027-05-23", 35, 8),
    ("Gold coins", "Cy Lund", "16.50", "2027-02-27", 50, 5),
    ("Ship models", "Cy Lund", "11.00", "2027-06-14", 65, 7),
    ("Silk looms", "Di Marsh", "8.25", "2027-03-30", 45, 3),
    ("Meteorites", "Di Marsh", "10.75", "2027-04-21", 60, 11),
    ("Stone tools", "Ed North", "6.50", "2027-02-08", 30, 12),
    ("Lace", "Ed North", "13.00", "2027-05-05", 75, 10),
)
"""Title, guide, price, day, minutes, free places."""


def _picked(name: str, kind: str, formula: str) -> Parameter:
    """Return a parameter that a formula gives."""
    source = FormulaSource(formula=formula)
    return Parameter(id=f"p_{name}", name=name, title=name.capitalize(), type=value_type(kind), source=source)


def _tickets(name: str) -> Parameter:
    """Return how many tickets are wanted: two to nine."""
    source = RangeSource(minimum="2", maximum="9", step="1")
    return Parameter(id=name, name="number", title="Number", type=value_type("integer"), source=source)


def _tour(name: str, of: str = "tour") -> Parameter:
    """Return a parameter that is a tour."""
    return parameter(of, "row:tours").rebuilt(id=name)


def museum() -> Flow:
    """Return a museum with tours to read about and to book; everything about it is sound."""
    tours = table(
        "tours", "title:text", "guide:text", "price:money", "day:date", "minutes:integer", "places:integer", rows=TOURS
    )
    bookings = table("bookings", "tour:row:tours", "tickets:integer")
    texts = ("{title}", "{guide}", "{price}", "{day}", "{minutes} min")
    home = page(
        "home", heading("h_home", "Our tours"), rows_of("list", "tours", *texts, row_controls=(button("choose"),))
    )
    tour = page(
        "tour",
        heading("h_tour", "{record.title}"),
        words("w_tour", "{record.guide} guides, {record.places} free places, {record.price} a ticket."),
        form(
            "order",
            NumberField(id="f_tickets", name="tickets", title="Tickets", required=True),
            button("book", submit=True),
        ),
        link("back"),
        record="tours",
        path="/tours/{record.title}",
    )
    done = page("done", heading("h_done", "Thank you"), link("again"))
    cheapest = "first(sort_by(tours, price), guide == task.lead.guide)"
    return flow(
        home,
        tour,
        done,
        tours,
        bookings,
        arrow("home", "tour", use="choose"),
        arrow("tour", "done", use="book", do=(adds("bookings", tour="record", tickets="field.tickets"),)),
        arrow("tour", "home", use="back"),
        arrow("done", "home", use="again"),
        task(
            "book-tour",
            wordings=(
                "Book {task.number} tickets for “{task.tour.title}”.",
                "“{task.tour.title}”: {task.number} tickets, please.",
            ),
            parameters=(_tour("p_tour"), _tickets("p_number")),
            expect=(expect_added("bookings", tour="task.tour", tickets="task.number"),),
        ),
        task(
            "book-cheapest",
            wordings=("Book {task.number} tickets for the cheapest tour with {task.lead.guide}.",),
            parameters=(_tour("p_lead", "lead"), _picked("lead_tour", "row:tours", cheapest), _tickets("p_many")),
            expect=(expect_added("bookings", tour="task.lead_tour", tickets="task.number"),),
        ),
        task(
            "price-of-tour",
            wordings=("How much is a ticket for “{task.tour.title}”?",),
            parameters=(_tour("p_priced"),),
            answer="task.tour.price",
        ),
        task(
            "guide-of-tour",
            wordings=("Who guides “{task.tour.title}”?",),
            parameters=(_tour("p_guided"),),
            answer="task.tour.guide",
            says_how=True,
        ),
        task(
            "latest-price",
            wordings=("What does the latest tour with {task.lead.guide} cost?",),
            parameters=(_tour("p_late", "lead"),),
            answer="last(sort_by(tours, day), guide == task.lead.guide).price",
        ),
    )


MUSEUM = museum()


def cell(row: int, column: str, value: Literal_) -> Edit:
    """Return the edit that gives a row of the tours another value in a column."""

    def edit(base: Flow) -> Flow:
        tours = base.tables_by_id["tours"]
        rows = [*tours.rows]
        values = dict(rows[row - 1].values)
        values[ColumnId(f"tours_{column}")] = value
        rows[row - 1] = rows[row - 1].rebuilt(values=values)
        return sets("table", "tours", "rows", tuple(rows))(base)

    return edit


def _fails(played: Played) -> bool:
    """Say whether something was booked in the end, and it is no success."""
    return len(played.rows("bookings")) == 1 and not played.succeeds


def _says(wording: str, at: int = 0, task_id: str = "book-tour") -> Edit:
    return sets("task", task_id, f"wordings.{at}", wording)


def _one_to_nine(base: Flow) -> Flow:
    return sets("parameter", "p_number", "source.minimum", "1")(base)


def _picks(formula: str) -> Edit:
    return sets("parameter", "p_lead_tour", "source.formula", formula)


def _answers(formula: str) -> Edit:
    return sets("task", "latest-price", "answer", formula)


BOOK = Element("task", "book-tour", "wordings.0")
PICK = Element("parameter", "p_lead_tour", "source.formula")
CHEAPEST = Element("task", "book-cheapest", "wordings.0")
LATEST = Element("task", "latest-price", "wordings.0")
ANSWER = Element("task", "latest-price", "answer")
OF_GUIDE = "guide == task.lead.guide"
BY_TITLE = sets("block", "list", "sort", "row.title")

ROWS = (
    Flaw(
        name="the goal names the guide, who has two tours",
        kind="several rows",
        base=MUSEUM,
        edit=_says("Book {task.number} tickets for the tour with {task.tour.guide}."),
        code="running.several_rows",
        element=BOOK,
        near_miss=_says("Book {task.number} tickets for the tour with {task.tour.guide} on {task.tour.day}."),
        task="book-tour",
        shows=_fails,
    ),
    Flaw(
        name="two tours have one title",
        kind="several rows",
        base=MUSEUM,
        edit=cell(2, "title", "Roman glass"),
        code="running.several_rows",
        element=BOOK,
        near_miss=cell(2, "title", "Roman glass II"),
        task="book-tour",
        shows=_fails,
    ),
    Flaw(
        name="a second wording tells less than the first",
        kind="several rows",
        base=MUSEUM,
        edit=edits(cell(4, "minutes", 40), _says("{task.number} tickets for the {task.tour.minutes} minute tour.", 1)),
        code="running.several_rows",
        element=Element("task", "book-tour", "wordings.1"),
        near_miss=_says("{task.number} tickets for the {task.tour.minutes} minute tour.", 1),
        task="book-tour",
        shows=_fails,
    ),
    Flaw(
        name="the question fits two tours with two prices",
        kind="several rows",
        base=MUSEUM,
        edit=_says("How much is the tour with {task.tour.guide}?", task_id="price-of-tour"),
        code="running.several_rows",
        element=Element("task", "price-of-tour", "wordings.0"),
        near_miss=_says("How much is the tour with {task.tour.guide} on {task.tour.day}?", task_id="price-of-tour"),
        task="price-of-tour",
        shows=lambda played: not played.succeeds,
    ),
)

TIES = (
    Flaw(
        name="two cheapest tours of one guide",
        kind="tie",
        base=MUSEUM,
        edit=cell(2, "price", "12.00"),
        code="running.tie",
        element=PICK,
        near_miss=cell(2, "price", "12.05"),
        task="book-cheapest",
        shows=_fails,
    ),
    Flaw(
        name="two latest tours of one guide",
        kind="tie",
        base=MUSEUM,
        edit=cell(2, "day", "2027-03-02"),
        code="running.tie",
        element=ANSWER,
        near_miss=edits(cell(2, "day", "2027-03-02"), cell(2, "price", "12.00")),
        task="latest-price",
        shows=lambda played: not played.succeeds,
    ),
    Flaw(
        name="rows ordered by what they have in common",
        kind="tie",
        base=MUSEUM,
        edit=_picks(f"first(sort_by(tours, guide), {OF_GUIDE})"),
        code="running.tie",
        element=PICK,
        near_miss=_picks(f"first(sort_by(tours, minutes), {OF_GUIDE})"),
        task="book-cheapest",
        shows=_fails,
    ),
)

ORDERS = (
    Flaw(
        name="the first tour as it is stored, the list sorted by title",
        kind="list order",
        base=MUSEUM,
        edit=edits(_picks(f"first(tours, {OF_GUIDE})"), BY_TITLE),
        code="running.list_order",
        element=PICK,
        near_miss=_picks(f"first(tours, {OF_GUIDE})"),
        task="book-cheapest",
        shows=lambda played: played.walk.look == "list" and played.view.page == "home",
    ),
    Flaw(
        name="the price of the last tour, the list sorted by price",
        kind="list order",
        base=MUSEUM,
        edit=edits(_answers(f"last(tours, {OF_GUIDE}).price"), sets("block", "list", "sort", "row.price")),
        code="running.list_order",
        element=ANSWER,
        near_miss=_answers(f"last(tours, {OF_GUIDE}).price"),
        task="latest-price",
        shows=lambda played: played.walk.look == "list",
    ),
    Flaw(
        name="the first tour, the list the other way round",
        kind="list order",
        base=MUSEUM,
        edit=edits(
            _picks(f"first(tours, {OF_GUIDE})"),
            sets("block", "list", "sort", "row.day"),
            sets("block", "list", "descending", True),
        ),
        code="running.list_order",
        element=PICK,
        near_miss=edits(_picks(f"first(tours, {OF_GUIDE})"), sets("block", "list", "sort", "row.day")),
        task="book-cheapest",
        shows=lambda played: played.walk.look == "list",
    ),
)

SUPERLATIVES = (
    Flaw(
        name="the dearest tour is asked, the cheapest wanted",
        kind="superlative",
        base=MUSEUM,
        edit=_says("Book {task.number} tickets for the dearest tour with {task.lead.guide}.", task_id="book-cheapest"),
        code="running.superlative",
        element=CHEAPEST,
        near_miss=_says("Book {task.number} of the lowest price with {task.lead.guide}.", task_id="book-cheapest"),
        task="book-cheapest",
        shows=lambda played: played.succeeds,
    ),
    Flaw(
        name="the latest tour is asked, the rule sorts from the first day",
        kind="superlative",
        base=MUSEUM,
        edit=_answers(f"first(sort_by(tours, day), {OF_GUIDE}).price"),
        code="running.superlative",
        element=LATEST,
        near_miss=_answers(f"first(sort_by(tours, day, descending=true), {OF_GUIDE}).price"),
        task="latest-price",
        shows=lambda played: bool(played.walk.events),
    ),
    Flaw(
        name="the newest is thought to be stored first",
        kind="superlative",
        base=MUSEUM,
        edit=_answers(f"first(tours, {OF_GUIDE}).price"),
        code="running.superlative",
        element=LATEST,
        near_miss=edits(
            _answers(f"first(tours, {OF_GUIDE}).price"),
            _says("What does the earliest tour with {task.lead.guide} cost?", task_id="latest-price"),
        ),
        task="latest-price",
        shows=lambda played: bool(played.walk.events),
    ),
    Flaw(
        name="the highest price is asked, the lowest expected",
        kind="superlative",
        base=MUSEUM,
        edit=edits(
            _says("What is the highest price with {task.lead.guide}?", task_id="latest-price"),
            _answers(f"min(tours, price, {OF_GUIDE}, default=0)"),
        ),
        code="running.superlative",
        element=LATEST,
        near_miss=edits(
            _says("What is the highest price with {task.lead.guide}?", task_id="latest-price"),
            _answers(f"max(tours, price, {OF_GUIDE}, default=0)"),
        ),
        task="latest-price",
        shows=lambda played: bool(played.walk.events),
    ),
)

GRAMMAR = (
    Flaw(
        name="one tickets",
        kind="grammar",
        base=MUSEUM,
        edit=_one_to_nine,
        code="running.plural",
        element=BOOK,
        near_miss=edits(
            _one_to_nine,
            _says("Book for “{task.tour.title}”. Tickets: {task.number}."),
            _says("{task.tour.title}: {task.number}", 1),
        ),
        severity="warning",
        task="book-tour",
    ),
    Flaw(
        name="nine ticket",
        kind="grammar",
        base=MUSEUM,
        edit=_says("Book {task.number} ticket for “{task.tour.title}”."),
        code="running.plural",
        element=BOOK,
        near_miss=_says("Make a {task.number} ticket booking for “{task.tour.title}”."),
        severity="warning",
        task="book-tour",
    ),
    Flaw(
        name="a early tour",
        kind="grammar",
        base=MUSEUM,
        edit=_says("Book {task.number} tickets for a {task.tour.title} tour."),
        code="running.article",
        element=BOOK,
        near_miss=_says("Book {task.number} tickets for the {task.tour.title} tour."),
        severity="warning",
        task="book-tour",
    ),
)

FLAWS: tuple[Flaw, ...] = (*ROWS, *TIES, *ORDERS, *SUPERLATIVES, *GRAMMAR)
