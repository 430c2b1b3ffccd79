"""Flaws of questions: answers that need no look at the site, that nobody can give, or that the site shows otherwise."""

from flow_models.document.base import Literal_
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.flaws.museum import MUSEUM, cell
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import words


def column(name: str, *values: Literal_) -> Edit:
    """Return the edit that gives the tours these values in a column, from the first again after the last."""
    return edits(*(cell(row, name, values[(row - 1) % len(values)]) for row in range(1, 11)))


def _asks(task: str, wording: str) -> Edit:
    return sets("task", task, "wordings.0", wording)


def _expects(task: str, answer: str) -> Edit:
    return sets("task", task, "answer", answer)


def _question(wording: str, answer: str) -> Edit:
    return edits(_asks("price-of-tour", wording), _expects("price-of-tour", answer))


def _with_text(text: str) -> Edit:
    """Return the edit that puts a text on the start page."""

    def edit(base: Flow) -> Flow:
        blocks = base.pages_by_id["home"].blocks
        return sets("page", "home", "blocks", (*blocks, words("w_more", text)))(base)

    return edit


def _of_all(base: Flow) -> Flow:
    """Give the question about a price every pair of tours, so that it has many instances."""
    other = base.tasks_by_id["book-tour"].parameters[1].rebuilt(id="p_more", name="more")
    task = base.tasks_by_id["price-of-tour"]
    asked = sets("task", "price-of-tour", "parameters", (*task.parameters, other))(base)
    asked = _asks("price-of-tour", "How much are {task.more} tickets for “{task.tour.title}”?")(asked)
    return _expects("price-of-tour", "task.tour.price * task.more")(asked)


def _is_right(played: Played) -> bool:
    """Say whether what was said in the end is the expected answer."""
    return played.machine.is_right_answer(played.start, played.last, played.walk.events[-1].value)


def _is_wrong(played: Played) -> bool:
    return not _is_right(played)


PRICE = Element("task", "price-of-tour", "answer")
GUIDE = Element("task", "guide-of-tour", "answer")
HOW = Element("task", "guide-of-tour", "says_how")
EXACTLY = "Who guides “{task.tour.title}”? Give the name exactly as it is written there."
OTHER = "first(tours, guide != task.tour.guide).guide"
BOOKED = "sum(bookings, tickets, tour == task.tour)"
ALL_BUT = "sum(tours, price, row != task.tour)"
SHORTER = "count(tours, minutes < task.tour.minutes)"
TWO_GUIDES = ("Ada Quill", "Ada Quill", "Bo Farrow")
WHICH = edits(_asks("guide-of-tour", "Which tour is on {task.tour.day}?"), _expects("guide-of-tour", "task.tour.title"))
MANY = _of_all(MUSEUM)

FLAWS: tuple[Flaw, ...] = (
    Flaw(
        name="the goal names the price",
        kind="answer in the goal",
        base=MUSEUM,
        edit=_asks("price-of-tour", "“{task.tour.title}” costs {task.tour.price} or so. How much exactly?"),
        code="running.answer_in_goal",
        element=Element("task", "price-of-tour", "wordings.0"),
        near_miss=_asks("price-of-tour", "“{task.tour.title}” takes {task.tour.minutes} minutes. What does it cost?"),
        task="price-of-tour",
        shows=_is_right,
    ),
    Flaw(
        name="the goal names the guide",
        kind="answer in the goal",
        base=MUSEUM,
        edit=_asks("guide-of-tour", "Does {task.tour.guide} guide “{task.tour.title}”? Say who."),
        code="running.answer_in_goal",
        element=Element("task", "guide-of-tour", "wordings.0"),
        near_miss=_asks(
            "guide-of-tour",
            "Who guides “{task.tour.title}”, {task.tour.guide} or {first(tours, guide != task.tour.guide).guide}?",
        ),
        task="guide-of-tour",
        shows=_is_right,
    ),
    Flaw(
        name="the goal names the day in its own way",
        kind="answer in the goal",
        base=MUSEUM,
        edit=_question("The tour of {task.tour.day} is “{task.tour.title}”. When is it?", "task.tour.day"),
        code="running.answer_in_goal",
        element=Element("task", "price-of-tour", "wordings.0"),
        near_miss=_question("When is “{task.tour.title}”?", "task.tour.day"),
        task="price-of-tour",
        shows=_is_right,
    ),
    *(
        Flaw(
            name=f"titles of {len(titles)} tours name the guide",
            kind="answer in some goals",
            base=MUSEUM,
            edit=edits(*(cell(row, "title", title) for row, title in titles)),
            code="running.answer_in_goal",
            element=Element("task", "guide-of-tour", "wordings.0"),
            near_miss=edits(*(cell(row, "title", f"{title} and Bo Farrow and Cy Lund") for row, title in titles)),
            severity="warning",
            task="guide-of-tour",
            shows=_is_right,
        )
        for titles in (
            ((1, "Glass with Ada Quill"), (2, "Maps with Ada Quill")),
            ((1, "Glass of Ada Quill"), (2, "Ada Quill on maps"), (7, "Di Marsh and silk")),
            ((1, "Ada Quill (glass)"), (2, "Ada Quill, maps"), (7, "Silk, by Di Marsh"), (8, "Iron of Di Marsh")),
        )
    ),
    Flaw(
        name="a tour without a guide",
        kind="empty or the same",
        base=MUSEUM,
        edit=cell(3, "guide", None),
        code="running.answer_empty",
        element=GUIDE,
        near_miss=cell(3, "guide", "Fay Oak"),
        task="guide-of-tour",
        shows=lambda played: played.machine.expected_answer(played.start, played.start.state) == "",
    ),
    Flaw(
        name="nobody has booked yet",
        kind="empty or the same",
        base=MUSEUM,
        edit=_question("How many tickets for “{task.tour.title}” are booked?", BOOKED),
        code="running.answer_same",
        element=PRICE,
        near_miss=_question("How many places does “{task.tour.title}” have?", "task.tour.places"),
        task="price-of-tour",
        shows=_is_right,
    ),
    Flaw(
        name="all tours have one guide",
        kind="empty or the same",
        base=MUSEUM,
        edit=column("guide", "Ada Quill"),
        code="running.answer_same",
        element=GUIDE,
        near_miss=column("guide", "Ada Quill", "Bo Farrow", "Cy Lund"),
        task="guide-of-tour",
        shows=_is_right,
    ),
    Flaw(
        name="most tours cost the same",
        kind="guessed",
        base=MANY,
        edit=_expects("price-of-tour", "task.tour.price if task.more > 7 else 0"),
        code="running.answer_guessed",
        element=PRICE,
        near_miss=_expects("price-of-tour", "task.tour.price * task.more / 2"),
        severity="warning",
        task="price-of-tour",
        shows=_is_right,
    ),
    Flaw(
        name="a number with four values",
        kind="guessed",
        base=MANY,
        edit=_expects("price-of-tour", "task.more % 4"),
        code="running.answer_guessed",
        element=PRICE,
        near_miss=_expects("price-of-tour", "task.more > 5"),
        severity="warning",
        task="price-of-tour",
        shows=_is_right,
    ),
    Flaw(
        name="one guide with most tours",
        kind="guessed",
        base=MANY,
        edit=edits(
            _expects("price-of-tour", "task.tour.guide"), column("guide", "Ada Quill", "Ada Quill", "Bo Farrow")
        ),
        code="running.answer_guessed",
        element=PRICE,
        near_miss=_expects("price-of-tour", "task.more < 6"),
        severity="warning",
        task="price-of-tour",
        shows=_is_right,
    ),
    Flaw(
        name="a guide's name in another's",
        kind="overlapping",
        base=MUSEUM,
        edit=cell(3, "guide", "Ada Quill junior"),
        code="running.answers_overlap",
        element=GUIDE,
        near_miss=cell(3, "guide", "Adam Quillson"),
        severity="warning",
        task="guide-of-tour",
    ),
    Flaw(
        name="capitals tell two guides apart",
        kind="overlapping",
        base=MUSEUM,
        edit=cell(3, "guide", "ADA QUILL"),
        code="running.answers_overlap",
        element=GUIDE,
        near_miss=cell(3, "guide", "A. Quill"),
        severity="warning",
        task="guide-of-tour",
    ),
    Flaw(
        name="a title in another's",
        kind="overlapping",
        base=_expects("guide-of-tour", "task.tour.title")(
            _asks("guide-of-tour", "Which tour is on {task.tour.day}?")(MUSEUM)
        ),
        edit=cell(10, "title", "Lace, silk looms"),
        code="running.answers_overlap",
        element=GUIDE,
        near_miss=cell(10, "title", "Lacework"),
        severity="warning",
        task="guide-of-tour",
    ),
    Flaw(
        name="stars for a name",
        kind="refused in a sentence",
        base=MUSEUM,
        edit=cell(3, "guide", "***"),
        code="running.answer_unsaid",
        element=GUIDE,
        near_miss=cell(3, "guide", "Three stars"),
        severity="warning",
        task="guide-of-tour",
        shows=_is_wrong,
    ),
    Flaw(
        name="a number with its sign",
        kind="refused in a sentence",
        base=MUSEUM,
        edit=cell(3, "guide", "#4"),
        code="running.answer_unsaid",
        element=GUIDE,
        near_miss=cell(3, "guide", "Number 4"),
        severity="warning",
        task="guide-of-tour",
        shows=_is_wrong,
    ),
    Flaw(
        name="dots for nobody yet",
        kind="refused in a sentence",
        base=MUSEUM,
        edit=cell(3, "guide", "..."),
        code="running.answer_unsaid",
        element=GUIDE,
        near_miss=cell(3, "guide", "May B. Adams"),
        severity="warning",
        task="guide-of-tour",
        shows=_is_wrong,
    ),
    Flaw(
        name="who guides, in which words",
        kind="format",
        base=MUSEUM,
        edit=sets("task", "guide-of-tour", "says_how", False),
        code="running.answer_format",
        element=HOW,
        near_miss=edits(sets("task", "guide-of-tour", "says_how", False), _asks("guide-of-tour", EXACTLY)),
        severity="hint",
        task="guide-of-tour",
    ),
    Flaw(
        name="when, in which form",
        kind="format",
        base=MUSEUM,
        edit=edits(sets("task", "guide-of-tour", "says_how", False), _expects("guide-of-tour", "task.tour.day")),
        code="running.answer_format",
        element=HOW,
        near_miss=_expects("guide-of-tour", "task.tour.day"),
        severity="hint",
        task="guide-of-tour",
    ),
    Flaw(
        name="an average with how many places",
        kind="format",
        base=MUSEUM,
        edit=edits(
            sets("task", "guide-of-tour", "says_how", False), _expects("guide-of-tour", "task.tour.minutes / 7")
        ),
        code="running.answer_format",
        element=HOW,
        near_miss=edits(
            sets("task", "guide-of-tour", "says_how", False), _expects("guide-of-tour", "task.tour.minutes")
        ),
        severity="hint",
        task="guide-of-tour",
    ),
    Flaw(
        name="minutes with their unit",
        kind="shown otherwise",
        base=MUSEUM,
        edit=_question("How long is “{task.tour.title}”?", "task.tour.minutes"),
        code="running.answer_with_more",
        element=PRICE,
        near_miss=edits(
            _question("How long is “{task.tour.title}”?", "task.tour.minutes"),
            sets("task", "price-of-tour", "says_how", True),
        ),
        severity="warning",
        task="price-of-tour",
        shows=_is_wrong,
    ),
    Flaw(
        name="the page sums over other tours",
        kind="shown otherwise",
        base=MUSEUM,
        edit=edits(
            _with_text("All tours together: {sum(tours, price)}"),
            _question("What do all tours but “{task.tour.title}” cost together?", ALL_BUT),
        ),
        code="running.answer_otherwise",
        element=PRICE,
        near_miss=edits(
            _with_text("The dearest tour: {max(tours, price, default=0)}"),
            _question("What do all tours but “{task.tour.title}” cost together?", ALL_BUT),
        ),
        severity="warning",
        task="price-of-tour",
        shows=lambda played: played.walk.look == "w_more" and played.view.page == "home",
    ),
    Flaw(
        name="the page counts other rows",
        kind="shown otherwise",
        base=MUSEUM,
        edit=edits(
            _with_text("{count(tours, minutes < 60)} short tours"),
            _question("How many tours are shorter than “{task.tour.title}”?", SHORTER),
        ),
        code="running.answer_otherwise",
        element=PRICE,
        near_miss=edits(
            _with_text("{count(bookings)} bookings"),
            _question("How many tours are shorter than “{task.tour.title}”?", SHORTER),
        ),
        severity="warning",
        task="price-of-tour",
        shows=lambda played: played.walk.look == "w_more",
    ),
)
