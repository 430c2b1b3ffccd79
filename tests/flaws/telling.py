"""Flaws of goals that name one row twice or say what answers follow from, and rules content with a part of a text."""

from flow_models.document.elements import Element
from flow_models.document.tasks import Failure, Milestone
from tests.flaws.changed import MORE
from tests.flaws.museum import MUSEUM
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    field,
    flow,
    form,
    heading,
    page,
    parameter,
    table,
    task,
)


def drawn(parameter: str, where: str) -> Edit:
    """Return the edit that draws a parameter by a condition."""
    return sets("parameter", parameter, "source.where", where)


SAME = tuple(
    Flaw(
        title, "one row twice", base, drawn(parameter, where), "running.same_row",
        Element("parameter", parameter, "source.where"), drawn(parameter, near), severity="warning", task=asked,
        shows=lambda played: len({*played.start.parameters.values()}) < len(played.start.parameters),
    )
    for title, base, parameter, where, near, asked in (
        ("two tours may be one", MORE, "p_other", "", "row.title != task.one.title", "book-two"),
        ("two tours of a price", MORE, "p_other", "price >= task.one.price", "price > task.one.price", "book-two"),
        ("two payees may be one", "north_bank", "m_remove_second", "", "row.code != task.first.code", "remove-payees"),
    )
)  # fmt: skip


def asks(wording: str, answer: str) -> Edit:
    """Return the edit that lets the task about a price ask something else."""
    return edits(sets("task", "price-of-tour", "wordings", (wording,)), sets("task", "price-of-tour", "answer", answer))


TIMES = "“{task.tour.title}” takes {task.tour.minutes} minutes and has {task.tour.places} places. "


def earns(played: Played) -> bool:
    """Say whether saying the answer at once is right."""
    [event] = played.walk.events
    return played.machine.is_right_answer(played.start, played.last, event.value)


RECKONED = tuple(
    Flaw(
        f"the {what} of what the goal says", "reckoned answer", MUSEUM, asks(TIMES + question, answer),
        "running.answer_reckoned", Element("task", "price-of-tour", "answer"), asks(near, answer), severity="warning",
        task="price-of-tour", shows=earns,
    )
    for what, question, answer, near in (
        (
            "difference", "How many more minutes are that than places?", "task.tour.minutes - task.tour.places",
            "How many more minutes than places has “{task.tour.title}”?",
        ),
        (
            "sum", "How much is that together?", "task.tour.minutes + task.tour.places",
            "How many are the minutes and the {task.tour.places} places of “{task.tour.title}” together?",
        ),
        (
            "product", "How many minutes do all visitors spend there?", "task.tour.minutes * task.tour.places",
            "How many minutes do {task.tour.places} visitors spend at “{task.tour.title}”?",
        ),
    )
)  # fmt: skip


NAMES = ("Ann Lee", "Bob Stone", "Cy Young", "Di Marsh", "Ed North", "Flo Quill", "Gus Farrow", "Hal Lund")

LIST = flow(
    page("door", form("f", field("name", required=True), button("put", submit=True)), heading("h", "Guests")),
    table("guests", "name:text"),
    arrow("door", use="put", do=(adds("guests", name="field.name"),), notice="Done."),
    task(
        "put-down", "Put {task.guest} on the list.", parameters=(parameter("guest", "text", *NAMES),),
        expect=(expect_added("guests", name="task.guest"),),
    ),
).rebuilt(id="list")  # fmt: skip
"""A list of guests."""


def judges(condition: str) -> Edit:
    """Return the edit that judges a guest by a condition alone."""
    return edits(
        sets("task", "put-down", "success.changes.0.values", {}), sets("task", "put-down", "success.also", condition)
    )


def fell_short(played: Played) -> bool:
    """Say whether it counts although only a part of the name was put down."""
    name = str(played.rows("guests")[-1]["name"])
    whole = str(played.start.parameters["guest"])
    return played.succeeds and name != whole and name.casefold() in whole.casefold()


PARTS = tuple(
    Flaw(
        title, "a part of a text", LIST, judges(f"all(added(guests) as new, {condition})"), "running.other_counts",
        Element("task", "put-down", "success"), judges(f"all(added(guests) as new, {near})"), severity="warning",
        task="put-down", shows=fell_short,
    )
    for title, condition, near in (
        ("a part of a name", "contains(task.guest, new.name)", "task.guest == new.name"),
        (
            "a part in small letters", "contains(lower(task.guest), lower(new.name))",
            "lower(new.name) == lower(task.guest)",
        ),
        (
            "a name that it begins with", "contains('x' + task.guest, 'x' + new.name)",
            "'x' + new.name == 'x' + task.guest",
        ),
    )
)  # fmt: skip


LENGTHS = tuple(
    Flaw(
        title, "as long as a text", LIST, judges(f"all(added(guests) as new, {condition})"), "running.other_counts",
        Element("task", "put-down", "success"), judges(f"all(added(guests) as new, {near})"), severity="warning",
        task="put-down", shows=lambda played: played.succeeds and is_as_long(played),
    )
    for title, condition, near in (
        ("a name as long", "len(task.guest) == len(new.name)", "task.guest == new.name"),
        (
            "a name as long that begins alike",
            "len(task.guest) == len(new.name) and starts_with(task.guest, 'x') == starts_with(new.name, 'x')",
            "len(task.guest) == len(new.name) and new.name == task.guest",
        ),
        (
            "a name as long without the spaces around it", "len(trim(task.guest)) == len(trim(new.name))",
            "trim(task.guest) == trim(new.name)",
        ),
    )
)  # fmt: skip


def is_as_long(played: Played) -> bool:
    """Say whether another name was put down that is as long as the one that is asked for."""
    name, whole = str(played.rows("guests")[-1]["name"]), str(played.start.parameters["guest"])
    return name != whole and len(name) == len(whole)


def pays(task_id: str, when: str) -> Edit:
    """Return the edit that rewards something on the way."""
    return sets("task", task_id, "milestones", (Milestone(title="On the way", when=when, reward=0.2),))


def fails(task_id: str, when: str) -> Edit:
    """Return the edit that lets something end an attempt."""
    return sets("task", task_id, "failures", (Failure(title="Not so", when=when),))


ANY = tuple(
    Flaw(
        title, "reward for any value", base, pays(asked, when), "task.milestone_any",
        Element("task", asked, "milestones.0.when"), pays(asked, near), severity="hint",
    )
    for title, base, asked, when, near in (
        ("any account pays", "north_bank", "k_pay", "draft_source != empty", "draft_source == task.account"),
        (
            "any payee and account", "north_bank", "k_pay", "draft_payee != empty and draft_source != empty",
            "draft_payee != empty and draft_payee == task.payee",
        ),
        ("any search", "skylark_air", "k_return", "search_date != empty", "search_date == task.out.date"),
    )
)  # fmt: skip

DRAFTS = tuple(
    Flaw(
        title, "failure of a draft", base, fails(asked, when), "task.failure_passing",
        Element("task", asked, "failures.0.when"), fails(asked, near), severity="hint",
    )
    for title, base, asked, when, near in (
        (
            "a wrong amount in between", "north_bank", "k_pay",
            "draft_amount != empty and draft_amount != task.amount", "any(added(transfers), amount != task.amount)",
        ),
        (
            "another payee in between", "north_bank", "k_pay", "draft_payee != task.payee",
            "failed_tries > 2",
        ),
        (
            "whoever searches", "skylark_air", "k_cancel", "search_date != empty",
            "any(changed(bookings) as trip, trip != task.trip)",
        ),
    )
)  # fmt: skip

FLAWS: tuple[Flaw, ...] = (*SAME, *RECKONED, *PARTS, *LENGTHS, *ANY, *DRAFTS)
