"""Which texts a question could have as answer, and that a sentence with another of them is wrong."""

import pytest

from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter
from tests.flow_models.builders import flow, page, parameter, table, task
from tests.flow_models.runtime.machine.play import Play

PEOPLE = table(
    "people",
    "name:text",
    "grade:choice:Gold|Silver|Bronze",
    "debt:money",
    "born:date",
    rows=(("Ana", "Gold", "520.24", "1990-03-05"), ("Ana Maria", "Silver", "3.00", "1991-04-06")),
)
NAME = "first(people, value=name, where=name == 'Ana', default='Ana')"
GRADE = "first(people, value=grade, where=name == 'Ana', default='Gold')"
DEBT = "first(people, value=debt, where=name == 'Ana', default=0)"
BORN = "first(people, value=born, where=name == 'Ana', default=today())"


def asked(answer: str, *parameters: Parameter) -> Flow:
    """Return a flow with one question over people."""
    made = flow(page("home"), PEOPLE, task("q", "What is it?", answer=answer, parameters=parameters))
    site = {**made.site.model_dump(), "currency": "EUR", "locale": "en-GB"}
    return Flow.model_validate({**made.model_dump(), "site": site})


def end(flow_: Flow, message: str, seed: int = 0) -> str:
    """Return how an episode ends in which a message is sent at once."""
    return Play(flow_, "q", seed).do("message", value=message).end_reason


@pytest.mark.parametrize(
    ("answer", "message", "is_right"),
    [
        (GRADE, "It is a Gold account.", True),
        (GRADE, "Gold, as others have Bronze", False),
        (NAME, "It belongs to Ana.", True),
        (NAME, "It belongs to Ana Maria.", False),
        (NAME, "Ana, and Ana Maria too", False),
        ("upper(first(people, value=name, where=grade == 'Silver', default=''))", "It is ANA MARIA.", True),
        ("upper(first(people, value=name, where=grade == 'Silver', default=''))", "ANA MARIA and ANA", False),
        ("'Yes, all' if count(people) > 1 else 'Only some'", "Yes, all", True),
        ("'Many' if count(people) > 1 else 'Single'", "Many; not that it was Single", False),
        ("'Many' if count(people) > 1 else 'Single'", "There are Many, a Single was wrong", False),
        ("'Many' if count(people) > 1 else 'Single'", "Many and Single", False),
        ("'Many' if count(people) > 1 else 'Single'", "It says Many here", True),
    ],
)
def test_other_answers_come_from_where_the_answer_comes_from(answer: str, message: str, is_right: bool) -> None:
    assert end(asked(answer), message) == ("success" if is_right else "answered_wrong")


def test_the_choices_of_a_parameter_are_its_other_answers() -> None:
    one = asked("task.day", parameter("day", "choice:Monday|Friday", "Monday", "Friday"))
    right = next(day for day in ("Monday", "Friday") if end(one, day) == "success")
    other = "Friday" if right == "Monday" else "Monday"
    assert end(one, f"It is {right}.") == "success"
    assert end(one, f"It is {right} and {other}.") == "answered_wrong"


def test_where_a_text_is_put_together_other_instances_tell() -> None:
    one = asked("'Row ' + task.letter", parameter("letter", "text", "AAA", "BBB", "CCC"))
    right = next(letter for letter in ("AAA", "BBB", "CCC") if end(one, f"Row {letter}") == "success")
    other = next(letter for letter in ("AAA", "BBB", "CCC") if letter != right)
    assert end(one, f"It is Row {right}.") == "success"
    assert end(one, f"It is Row {right} beside Row {other}.") == "answered_wrong"


@pytest.mark.parametrize("answer", [DEBT, f"text({DEBT})", f"'€ ' + text({DEBT})"])
@pytest.mark.parametrize(
    ("message", "is_right"),
    [
        ("€520.24", True),
        ("It is 520,24 €.", True),
        ("€ €520.24", True),
        ("€520.25", False),
        ("$520.24", False),
        ("\u2013€520.24", False),
        ("not €520.24", False),
        ("€520.24 or €3.00", False),
    ],
)
def test_an_amount_is_compared_as_an_amount_also_where_the_formula_makes_a_text(
    answer: str, message: str, is_right: bool
) -> None:
    assert end(asked(answer), message) == ("success" if is_right else "answered_wrong")


def test_a_date_made_text_is_compared_as_a_date() -> None:
    one = asked(f"text({BORN})")
    assert end(one, "on 5 March 1990") == "success"
    assert end(one, "1990-03-05") == "success"
    assert end(one, "on 5 March 1991") == "answered_wrong"


@pytest.mark.parametrize(
    "message", ["9" * 31, "9" * 10_000, "", "\x00", "\ud800", "nan", "1e999999999", "½", "(" * 9_999]
)
def test_no_message_breaks_the_site(message: str) -> None:
    assert end(asked(DEBT), message) == "answered_wrong"
    assert end(asked(NAME), message) == "answered_wrong"
