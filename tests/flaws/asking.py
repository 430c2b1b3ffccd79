"""Flaws of what a question asks for: another kind, another column, turned, reckoned otherwise, another time or unit."""

from flow_models.document.elements import Element
from tests.flaws.museum import MUSEUM
from tests.flaws.table import Edit, Flaw, edits, sets

PRICED = Element("task", "price-of-tour", "answer")
WORDING = Element("task", "price-of-tour", "wordings.0")


def asks(wording: str, answer: str, task: str = "price-of-tour") -> Edit:
    """Return the edit by which a question asks one thing in one way and expects another."""
    return edits(sets("task", task, "wordings", (wording,)), sets("task", task, "answer", answer))


PLACES = "How many places does “{task.tour.title}” have?"

KINDS = tuple(
    Flaw(
        title, "asked for another kind", MUSEUM, asks(wording, answer), f"task.asks_{how}", WORDING,
        asks(wording, near), severity="warning",
    )
    for title, wording, answer, how, near in (
        ("how many, yes", PLACES, "task.tour.places > 6", "many", "task.tour.places"),
        ("when, an amount", "When is “{task.tour.title}”?", "task.tour.price", "when", "task.tour.day"),
        ("who, minutes", "Who guides “{task.tour.title}”?", "task.tour.minutes", "who", "task.tour.guide"),
    )
)  # fmt: skip

LOW = (
    "min(flights as f, f.{}, f.origin == task.flight.origin and f.destination == task.flight.destination"
    " and f.date == task.flight.date, default=0)"
)

COLUMNS = (
    Flaw(
        "the standard fare where the light one is asked", "asked for another column", "skylark_air",
        sets("task", "k_lowest", "answer", LOW.format("standard")), "task.answer_column",
        Element("task", "k_lowest", "answer"),
        edits(
            sets("task", "k_lowest", "answer", LOW.format("flex")),
            sets("task", "k_lowest", "wordings", ("What is the lowest fare on {task.flight.date}?",)),
        ),
        severity="warning",
    ),
    Flaw(
        "minutes for places", "asked for another column", MUSEUM, asks(PLACES, "task.tour.minutes"),
        "task.answer_column", PRICED,
        asks("How long is the tour with {task.tour.places} places called “{task.tour.title}”?", "task.tour.minutes"),
        severity="warning",
    ),
    Flaw(
        "places for minutes, over several tours", "asked for another column", MUSEUM,
        asks("How many minutes do all tours with {task.tour.guide} take?",
             "sum(tours, places, guide == task.tour.guide)"),
        "task.answer_column", PRICED,
        asks("How many minutes do all tours with {task.tour.guide} take?",
             "sum(tours, minutes, guide == task.tour.guide)"),
        severity="warning",
    ),
)  # fmt: skip

MORE = "How much more is in my account “{task.larger.name}” than in “{task.smaller.name}”?"
LESS = "How much less is in “{task.smaller.name}” than in “{task.larger.name}”?"
BACKWARDS = "By how much is the balance of “{task.smaller.name}” higher than that of “{task.larger.name}”?"

TURNED = tuple(
    Flaw(
        title, "a difference turned round", "north_bank", edit, "task.answer_turned",
        Element("task", "k_compare", place), near, severity="warning",
    )
    for title, edit, place, near in (
        (
            "less by more", sets("task", "k_compare", "answer", "task.smaller.balance - task.larger.balance"), "answer",
            sets("task", "k_compare", "wordings.0", LESS),
        ),
        (
            "one wording of three", sets("task", "k_compare", "wordings.1", BACKWARDS), "wordings.1",
            sets("task", "k_compare", "wordings.1", MORE),
        ),
        (
            "more where less is asked",
            sets("task", "k_compare", "wordings.2", LESS.replace("less", "more")), "wordings.2",
            sets("task", "k_compare", "wordings.2", LESS),
        ),
    )
)  # fmt: skip

SHARE = "task.trip.price * task.trip.fare.refund_percent"
HALF = "I am paid half of what others get back for “{task.trip.flight.destination.city}”. How much is that?"

RECKONED = tuple(
    Flaw(
        title, "reckoned otherwise than shown", "skylark_air", sets("task", "k_refund", "answer", answer),
        "task.answer_shown_otherwise", Element("task", "k_refund", "answer"),
        edits(sets("task", "k_refund", "answer", near), sets("task", "k_refund", "wordings", wordings)),
        severity="warning",
    )
    for title, answer, near, wordings in (
        ("without the hundred", SHARE, f"{SHARE} / 100", ("Refund for {task.trip.flight.destination.city}?",)),
        ("half of the share", f"{SHARE} / 200", f"{SHARE} / 200", (HALF,)),
        (
            "a fee that no page takes", f"{SHARE} / 100 - 5",
            "task.trip.fare.refund_percent * task.trip.price / 100", (HALF,),
        ),
    )
)  # fmt: skip


def spent(condition: str, wording: str = "") -> Edit:
    """Return the edit by which the spending is counted under another condition."""
    counted = f"sum(transactions, amount, merchant == task.merchant and {condition})"
    worded = sets("task", "k_spent", "wordings", (wording,)) if wording else edits()
    return edits(sets("task", "k_spent", "answer", counted), worded)


SPENT = Element("task", "k_spent", "answer")
TODAY = "month(date) == month(today())"

CALENDAR = (
    Flaw(
        "this month is March for ever", "a day that is not said", "north_bank", spent("month(date) == 3"),
        "task.calendar_untold", SPENT,
        spent("month(date) == 3", "What did I spend at {task.merchant.name} in March?"), severity="warning",
    ),
    Flaw(
        "Thursdays for Wednesdays", "a day that is not said", "north_bank",
        spent("weekday(date) == 4", "What did I spend at {task.merchant.name} on Wednesdays?"),
        "task.calendar_untold", SPENT,
        spent("weekday(date) == 3", "What did I spend at {task.merchant.name} on Wednesdays?"), severity="warning",
    ),
    Flaw(
        "Monday for the weekend", "a day that is not said", "north_bank",
        spent("weekday(date) in [6, 1]", "What did I spend at {task.merchant.name} on Saturday or Sunday?"),
        "task.calendar_untold", SPENT,
        spent("weekday(date) in [6, 7]", "What did I spend at {task.merchant.name} at weekends?"), severity="warning",
    ),
    *(
        Flaw(
            title, "a time that nothing reads", "north_bank", spent("amount > 0", wording), "task.period_unread",
            SPENT, spent(TODAY, wording), severity="warning",
        )
        for title, wording in (
            ("this month is all times", ""),
            ("yesterday is all times", "What did I spend at {task.merchant.name} yesterday?"),
            ("last week is all times", "What did I spend at {task.merchant.name} last week?"),
        )
    ),
    *(
        Flaw(
            title, "a message of another day", "north_bank",
            edits(sets("transition", "x_rv_ok", "when", when), sets("transition", "x_rv_ok", "notice.text", text)),
            "day.named", Element("transition", "x_rv_ok", "when"),
            edits(sets("transition", "x_rv_ok", "when", near), sets("transition", "x_rv_ok", "notice.text", text)),
            severity="warning",
        )
        for title, when, text, near in (
            ("Sunday is no zero-based six", "weekday(today()) == 6", "On Sundays it takes a day longer.",
             "weekday(today()) == 7"),
            ("two days of which one is another", "weekday(today()) in [5, 6]",
             "It is Saturday or Sunday: it takes a day longer.", "weekday(today()) in [6, 7]"),
            ("December is no zero-based eleven", "month(today()) == 11", "We close early in December.",
             "month(today()) == 12"),
        )
    ),
)  # fmt: skip

AVAILABLE = "sum(cards, available) < record.points"
UNLIKE = tuple(
    Flaw(
        title, "money against another unit", "skylark_air", sets("transition", arrow, place, value), "unlike.money",
        Element("transition", arrow, place), sets("transition", arrow, place, near), severity="warning",
    )
    for title, arrow, place, value, near in (
        (
            "a price in points compared with what cards hold", "x_rd_short", "when", AVAILABLE,
            "sum(members, points) <= record.points - 1",
        ),
        (
            "points as the price of a trip", "x_rd_ok", "do.0.values.c_bo_price", "record.points",
            "record.points / 100",
        ),
        (
            "points taken off what a card holds", "x_rd_ok", "do.0.values.c_bo_refund", "out_price - record.points",
            "out_price - record.points * 0.01",
        ),
    )
)  # fmt: skip

DEFAULTS = tuple(
    Flaw(
        title, "a field that begins with a fixed day", base, sets("block", block, "initial", day), "day.fixed",
        Element("block", block, "initial"), sets("block", block, "initial", near), severity="warning",
    )
    for title, base, block, day, near in (
        ("a search", "skylark_air", "b_ho_date", '"2027-04-20"', "today() + 30"),
        ("a search that begins today", "skylark_air", "b_ho_date", '"2027-03-15"', '"1987-03-15"'),
        ("a day of delivery", "block_zoo", "b_day", '"2027-03-20"', "today() + 5"),
    )
)  # fmt: skip

LETTER = {
    "c_rq_topic": "task.letter.topic",
    "c_rq_booking": "task.trip",
    "c_rq_text": "task.letter.words",
    "c_rq_file": "task.letter.file",
}

WRITTEN = tuple(
    Flaw(
        f"the {what} of a letter", "told of a row off the site", "skylark_air",
        sets(
            "task", "k_letter", "success.changes.0.values",
            {column: value for column, value in LETTER.items() if column != left_out},
        ),
        "task.told_unjudged", Element("task", "k_letter", "success"),
        sets("task", "k_letter", "success.changes.0.values.c_rq_booking", "task.trip"), severity="warning",
    )
    for what, left_out in (("file", "c_rq_file"), ("topic", "c_rq_topic"), ("text", "c_rq_text"))
)  # fmt: skip

DENIED = tuple(
    Flaw(
        title, "said not to be meant", "north_bank",
        edits(
            sets("task", "k_freeze", "success.changes.0.values.c_ca_reason", '"Damaged"'),
            sets("task", "k_freeze", "wordings", (f"Freeze my {{task.card.name}} card, {denied}.",)),
        ),
        "task.value_untold", Element("task", "k_freeze", "success.changes.0.values.c_ca_reason"),
        edits(
            sets("task", "k_freeze", "success.changes.0.values.c_ca_reason", '"Damaged"'),
            sets("task", "k_freeze", "wordings", (f"Freeze my {{task.card.name}} card, {near}.",)),
        ),
        severity="warning",
    )
    for title, denied, near in (
        ("not damaged", "which is not damaged", "which is damaged"),
        ("anything but damaged", "with anything but damaged as the reason", "with damaged and nothing but that"),
        ("other than damaged", "for a reason other than damaged", "not only frozen but damaged"),
    )
)  # fmt: skip

FLAWS: tuple[Flaw, ...] = (
    *KINDS, *COLUMNS, *TURNED, *RECKONED, *CALENDAR, *UNLIKE, *DEFAULTS, *WRITTEN, *DENIED,
)  # fmt: skip
