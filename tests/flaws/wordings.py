"""Flaws of the words of goals and pages: grammar, units, orders that lists do not have, what no page shows."""

from flow_models.document.elements import Element
from tests.flaws.museum import BOOK, MUSEUM, cell, one_to_nine, says
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import rows_of

GRAMMAR = (
    Flaw(
        name="one tickets",
        kind="grammar",
        base=MUSEUM,
        edit=one_to_nine,
        code="running.plural",
        element=BOOK,
        near_miss=edits(
            one_to_nine,
            says("Book for “{task.tour.title}”. Tickets: {task.number}."),
            says("{task.tour.title}: {task.number}", 1),
        ),
        severity="warning",
        task="book-tour",
    ),
    Flaw(
        name="nine ticket",
        kind="grammar",
        base=MUSEUM,
        edit=says("Book {task.number} ticket for “{task.tour.title}”."),
        code="running.plural",
        element=BOOK,
        near_miss=says("Make a {task.number} ticket booking for “{task.tour.title}”."),
        severity="warning",
        task="book-tour",
    ),
    Flaw(
        name="a early tour",
        kind="grammar",
        base=MUSEUM,
        edit=says("Book {task.number} tickets for a {task.tour.title} tour."),
        code="running.article",
        element=BOOK,
        near_miss=says("Book {task.number} tickets for the {task.tour.title} tour."),
        severity="warning",
        task="book-tour",
    ),
)


def _lists(*texts: str) -> Edit:
    """Return the edit that lets the list of tours show these columns."""
    columns = rows_of("list", "tours", *texts).columns
    return sets("block", "list", "columns", columns)


def _shows_little(wording: str, *more: str) -> Edit:
    """Return the edit by which two tours read alike but for what the list and the tour's page still show."""
    return edits(
        cell(2, "title", "Roman glass"),
        sets("block", "w_tour", "text", "{record.guide} guides this tour. " + "".join(more)),
        _lists("{title}", "{guide}"),
        says(wording),
        says(wording, 1),
    )


AT_PRICE = "Book {task.number} tickets for “{task.tour.title}” at {task.tour.price}."
ON_DAY = "Book {task.number} tickets for “{task.tour.title}” on {task.tour.day}."
WITH_PLACES = "Book {task.number} tickets for “{task.tour.title}”, which has {task.tour.places} free places."
TOUR = Element("parameter", "p_tour")

APART = (
    Flaw(
        name="the goal names a price that no page shows",
        kind="not apart",
        base=MUSEUM,
        edit=_shows_little(AT_PRICE),
        code="running.not_apart",
        element=TOUR,
        near_miss=_shows_little(AT_PRICE, "{record.price}"),
        task="book-tour",
    ),
    Flaw(
        name="the goal names a day that no page shows",
        kind="not apart",
        base=MUSEUM,
        edit=_shows_little(ON_DAY),
        code="running.not_apart",
        element=TOUR,
        near_miss=edits(_shows_little(ON_DAY), _lists("{title}", "{guide}", "{day}")),
        task="book-tour",
    ),
    Flaw(
        name="the goal names free places that no page shows",
        kind="not apart",
        base=MUSEUM,
        edit=_shows_little(WITH_PLACES),
        code="running.not_apart",
        element=TOUR,
        near_miss=_shows_little(WITH_PLACES, "{record.places}"),
        task="book-tour",
    ),
)


def _headed(text: str, column: str, *, descending: bool = False) -> Edit:
    """Return the edit that puts a text above the list of tours, and sorts it."""
    return edits(
        sets("block", "h_home", "text", text),
        sets("block", "list", "sort", column),
        sets("block", "list", "descending", descending),
    )


LIST = Element("block", "list")


def _looks(played: Played) -> bool:
    return played.view.page == "home" and played.walk.look == "list"


SAID_ORDER = (
    Flaw(
        name="cheapest first, and not sorted",
        kind="said order",
        base=MUSEUM,
        edit=_headed("Cheapest first", ""),
        code="running.said_order",
        element=LIST,
        near_miss=_headed("Cheapest first", "row.price"),
        task="book-tour",
        shows=_looks,
    ),
    Flaw(
        name="newest first, and sorted the other way",
        kind="said order",
        base=MUSEUM,
        edit=_headed("All tours, newest first", "row.day"),
        code="running.said_order",
        element=LIST,
        near_miss=_headed("All tours, newest first", "row.day", descending=True),
        task="book-tour",
        shows=_looks,
    ),
    Flaw(
        name="longest first, and sorted by title",
        kind="said order",
        base=MUSEUM,
        edit=_headed("Longest first", "row.title"),
        code="running.said_order",
        element=LIST,
        near_miss=_headed("Our longest tours", "row.title"),
        task="book-tour",
        shows=_looks,
    ),
)


def _priced(words_of: str) -> Edit:
    return says(f"Book {{task.number}} tickets for “{{task.tour.title}}”, {words_of}.")


UNITS = (
    Flaw(
        name="euros on a site with dollars",
        kind="unit",
        base=MUSEUM,
        edit=_priced("and pay in euros"),
        code="running.currency",
        element=BOOK,
        near_miss=_priced("and pay in dollars"),
        severity="warning",
        task="book-tour",
    ),
    Flaw(
        name="a sign of another currency",
        kind="unit",
        base=MUSEUM,
        edit=_priced("for less than £100"),
        code="running.currency",
        element=BOOK,
        near_miss=_priced("for less than $100"),
        severity="warning",
        task="book-tour",
    ),
    Flaw(
        name="hours on a site with minutes",
        kind="unit",
        base=MUSEUM,
        edit=_priced("which takes {task.tour.minutes} hours"),
        code="running.unit",
        element=BOOK,
        near_miss=_priced("which takes {task.tour.minutes} minutes"),
        severity="warning",
        task="book-tour",
    ),
    Flaw(
        name="miles on a site with kilometres",
        kind="unit",
        base=_lists("{title}", "{guide}", "{price}", "{day}", "{minutes} km")(MUSEUM),
        edit=_priced("a walk of {task.tour.minutes} miles"),
        code="running.unit",
        element=BOOK,
        near_miss=_priced("a walk of {task.tour.minutes} km"),
        severity="warning",
        task="book-tour",
    ),
)

FLAWS: tuple[Flaw, ...] = (*GRAMMAR, *APART, *SAID_ORDER, *UNITS)
