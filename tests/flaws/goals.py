"""Flaws of goals that mean another row than they say: several rows fit, rows tie, lists and words have other orders."""

from flow_models.document.elements import Element
from flow_models.document.tasks import RowSource
from tests.flaws.museum import BOOK, MUSEUM, cell, fails, says
from tests.flaws.table import Edit, Flaw, Played, edits, sets


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

DEARER = "price > min(tours as one, one.price, one.guide == task.lead.guide, default=0)"

LATER = tuple(
    Flaw(
        title, "the first for a later one", MUSEUM,
        edits(_picks(f"first(sort_by(tours, {by}), {OF_GUIDE})"), says(wording, task_id="book-cheapest")),
        "running.superlative", CHEAPEST,
        edits(_picks(near), says(wording, task_id="book-cheapest")),
        task="book-cheapest", shows=lambda played: played.succeeds,
    )
    for title, by, wording, near in (
        (
            "the second cheapest tour is asked, the cheapest wanted", "price",
            "Book {task.number} tickets for the second cheapest tour with {task.lead.guide}.",
            f"first(sort_by(tours, price), {OF_GUIDE} and {DEARER})",
        ),
        (
            "the second-shortest tour is asked, the shortest wanted", "minutes",
            "{task.number} tickets for the second-shortest tour with {task.lead.guide}, please.",
            f"last(sort_by(tours, minutes), {OF_GUIDE})",
        ),
        (
            "the 2nd latest tour is asked, the latest wanted", "day, descending=true",
            "Book {task.number} tickets for the 2nd latest tour with {task.lead.guide}.",
            f"first(sort_by(tours, day), {OF_GUIDE})",
        ),
    )
)  # fmt: skip


def reads_empty(played: Played) -> bool:
    """Say whether a goal lacks what should stand at a place."""
    return "  " in f"{played.start.goals[0]} " or " ." in played.start.goals[0] or "()" in played.start.goals[0]


GAPS = tuple(
    Flaw(
        title, "a gap in a goal", base, edit, "running.goal_blank", Element("task", asked, "wordings.0"), near,
        severity="warning", task=name, shows=reads_empty,
    )
    for title, base, edit, asked, near, name in (
        (
            "a passenger beside the first whom most trips do not have", "skylark_air",
            says("Find the booking {task.trip.code} of {task.trip.second} and make {task.phone} its phone number.",
                 task_id="k_find"),
            "k_find",
            says("Find the booking {task.trip.code} of {task.trip.passenger} and make {task.phone} its number.",
                 task_id="k_find"),
            "find-and-correct",
        ),
        (
            "a tour that nobody guides", MUSEUM,
            edits(cell(4, "guide", None), says("Book {task.number} tickets for “{task.tour.title}” "
                                               "({task.tour.guide}).")),
            "book-tour",
            edits(
                cell(4, "guide", None),
                says("Book {task.number} tickets for “{task.tour.title}” "
                     "({task.tour.guide if task.tour.guide != empty else 'no guide'})."),
            ),
            "book-tour",
        ),
        (
            "a tour without a day", MUSEUM,
            edits(cell(4, "day", None), says("Book {task.number} tickets for “{task.tour.title}” on {task.tour.day}.")),
            "book-tour", cell(4, "day", None), "book-tour",
        ),
    )
)  # fmt: skip

FLAWS: tuple[Flaw, ...] = (*ROWS, *TIES, *ORDERS, *SUPERLATIVES, *LATER, *GAPS)
