"""A museum with tours, on which flaws of goals and answers are seeded; everything about it is sound."""

from flow_models.document.base import ColumnId, Literal_
from flow_models.document.elements import Element
from flow_models.document.field_blocks import NumberField
from flow_models.document.flow import Flow
from flow_models.document.tasks import FormulaSource, Parameter, RangeSource
from tests.flaws.table import Edit, Played, sets
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


def fails(played: Played) -> bool:
    """Say whether something was booked in the end, and it is no success."""
    return len(played.rows("bookings")) == 1 and not played.succeeds


def says(wording: str, at: int = 0, task_id: str = "book-tour") -> Edit:
    return sets("task", task_id, f"wordings.{at}", wording)


def one_to_nine(base: Flow) -> Flow:
    return sets("parameter", "p_number", "source.minimum", "1")(base)


BOOK = Element("task", "book-tour", "wordings.0")
