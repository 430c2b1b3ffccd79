"""Flaws of goals that mean another row than they say: several rows fit, rows tie, lists and words have other orders."""

from flow_models.document.elements import Element
from flow_models.document.tasks import RowSource
from tests.flaws.museum import BOOK, MUSEUM, cell, fails, says
from tests.flaws.table import Edit, Flaw, edits, sets


def _picks(formula: str) -> Edit:
    return sets("parameter", "p_lead_tour", "source.formula", formula)


def _answers(formula: str) -> Edit:
    return sets("task", "latest-price", "answer", formula)


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
        edit=says("Book {task.number} tickets for the tour with {task.tour.guide}."),
        code="running.several_rows",
        element=BOOK,
        near_miss=says("Book {task.number} tickets for the tour with {task.tour.guide} on {task.tour.day}."),
        task="book-tour",
        shows=fails,
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
        shows=fails,
    ),
    Flaw(
        name="a second wording tells less than the first",
        kind="several rows",
        base=MUSEUM,
        edit=edits(cell(4, "minutes", 40), says("{task.number} tickets for the {task.tour.minutes} minute tour.", 1)),
        code="running.several_rows",
        element=Element("task", "book-tour", "wordings.1"),
        near_miss=says("{task.number} tickets for the {task.tour.minutes} minute tour.", 1),
        task="book-tour",
        shows=fails,
    ),
    Flaw(
        name="the question fits two tours with two prices",
        kind="several rows",
        base=MUSEUM,
        edit=says("How much is the tour with {task.tour.guide}?", task_id="price-of-tour"),
        code="running.several_rows",
        element=Element("task", "price-of-tour", "wordings.0"),
        near_miss=says("How much is the tour with {task.tour.guide} on {task.tour.day}?", task_id="price-of-tour"),
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
        shows=fails,
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
        shows=fails,
    ),
)

FIRST_TOUR = edits(
    sets("parameter", "p_tour", "source.where", "row == first(tours)"),
    says("Book {task.number} tickets for the first tour."),
    says("{task.number} tickets for the first tour, please.", 1),
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
        name="a row that must be the first, the list sorted by title",
        kind="list order",
        base=MUSEUM,
        edit=edits(FIRST_TOUR, BY_TITLE),
        code="running.list_order",
        element=Element("parameter", "p_tour", "source.where"),
        near_miss=FIRST_TOUR,
        task="book-tour",
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
    Flaw(
        name="the last trip as it is stored, the list in pages sorted by its day",
        kind="list order",
        base="skylark_air",
        edit=sets("parameter", "m_cancel_trip", "source.where", "row == last(bookings)"),
        code="running.list_order",
        element=Element("parameter", "m_cancel_trip", "source.where"),
        near_miss=edits(
            sets("parameter", "m_cancel_trip", "source.where", "row == last(bookings)"),
            sets("block", "b_tr_list", "sort", ""),
        ),
        task="cancel-trip",
        shows=lambda played: played.walk.look == "b_tr_list",
    ),
)

NONE_BEYOND = (
    "guide == task.lead.guide and not any(tours as other, other.guide == row.guide and other.price {} row.price)"
)


def _drawn(comparison: str) -> Edit:
    """Draw the tour beyond which there is no other."""
    return sets("parameter", "p_lead_tour", "source", RowSource(where=NONE_BEYOND.format(comparison)))


SUPERLATIVES = (
    Flaw(
        name="the cheapest tour is asked, one than which none is dearer is drawn",
        kind="superlative",
        base=MUSEUM,
        edit=_drawn(">"),
        code="running.superlative",
        element=CHEAPEST,
        near_miss=_drawn("<"),
        task="book-cheapest",
        shows=lambda played: played.succeeds,
    ),
    Flaw(
        name="the dearest tour is asked, the cheapest wanted",
        kind="superlative",
        base=MUSEUM,
        edit=says("Book {task.number} tickets for the dearest tour with {task.lead.guide}.", task_id="book-cheapest"),
        code="running.superlative",
        element=CHEAPEST,
        near_miss=says("Book {task.number} of the lowest price with {task.lead.guide}.", task_id="book-cheapest"),
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
            says("What does the earliest tour with {task.lead.guide} cost?", task_id="latest-price"),
        ),
        task="latest-price",
        shows=lambda played: bool(played.walk.events),
    ),
    Flaw(
        name="the highest price is asked, the lowest expected",
        kind="superlative",
        base=MUSEUM,
        edit=edits(
            says("What is the highest price with {task.lead.guide}?", task_id="latest-price"),
            _answers(f"min(tours, price, {OF_GUIDE}, default=0)"),
        ),
        code="running.superlative",
        element=LATEST,
        near_miss=edits(
            says("What is the highest price with {task.lead.guide}?", task_id="latest-price"),
            _answers(f"max(tours, price, {OF_GUIDE}, default=0)"),
        ),
        task="latest-price",
        shows=lambda played: bool(played.walk.events),
    ),
)

FLAWS: tuple[Flaw, ...] = (*ROWS, *TIES, *ORDERS, *SUPERLATIVES)
