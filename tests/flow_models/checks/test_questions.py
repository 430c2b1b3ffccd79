"""Questions that ask for something else than their answer."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import flow, heading, page, parameter, rows_of, table, task
from tests.flow_models.checks.asking import assert_case, problems_of

HOW = "How many rooms has {task.house.name}?"
MORE = "How many more rooms has {task.house.name} than {task.other.name}?"
LESS = "How many fewer rooms has {task.house.name} than {task.other.name}?"
DIFFERENCE = "task.house.rooms - task.other.rooms"


def houses(wording: str, answer: str) -> Flow:
    """A list of houses with rooms, windows and the day on which they were built."""
    rows = (("Elm", 3, 9, "1990-01-02"), ("Fir", 5, 12, "1999-05-06"))
    return flow(
        page("a", heading("h"), rows_of("list", "houses", "{name}", "{rooms}", "{windows}", "{built}")),
        table("houses", "name", "rooms:integer", "windows:integer", "built:date", rows=rows),
        task(
            "ask",
            wording,
            answer=answer,
            parameters=(parameter("house", "row:houses"), parameter("other", "row:houses")),
        ),
    )


CASES = {
    "task.asks_many": (houses(HOW, "task.house.built"), houses(HOW, "task.house.rooms")),
    "task.asks_when": (houses("When was {task.house.name} built?", "task.house.rooms > 2"),
                       houses("When was {task.house.name} built?", "task.house.built")),
    "task.asks_who": (houses("Say who has {task.house.rooms} rooms.", "task.house.windows"),
                      houses("Say who has {task.house.rooms} rooms.", "task.house.name")),
    "task.answer_column": (houses(HOW, "task.house.windows"), houses(HOW, "task.house.rooms")),
    "task.answer_turned": (houses(LESS, DIFFERENCE), houses(MORE, DIFFERENCE)),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    ("wording", "answer"),
    [
        ("When was the house with how many rooms built: {task.house.name}?", "task.house.rooms > 2"),
        ("How many rooms has {task.house.name}: is it more than two?  Yes or no.", "task.house.rooms > 2"),
        ("The house of {task.house.rooms} rooms, {task.house.name}: how big is it?", "task.house.windows"),
        ("How many rooms and windows has {task.house.name}?", "task.house.rooms + task.house.windows"),
        ("How many windows has {task.house.name}, not counting rooms?", "task.house.windows"),
        ("More than {task.house.name}, less than {task.other.name}: how much is between?", DIFFERENCE),
    ],
)
def test_who_asks_for_two_things_is_left_alone(wording: str, answer: str) -> None:
    made = houses(wording, answer)
    assert [one.code for code in CASES for one in problems_of(code, made)] == []


def test_a_difference_that_no_wording_means_is_one_problem_and_is_turned_round() -> None:
    [found] = problems_of("task.answer_turned", houses(LESS, DIFFERENCE))
    assert found.fix is not None
    assert found.fix.edit(houses(LESS, DIFFERENCE)).tasks[0].answer == "task.other.rooms - task.house.rooms"
    [bare] = problems_of("task.answer_turned", houses(LESS, f"0 + {DIFFERENCE}"))
    assert bare.fix is None


def test_the_column_that_is_named_is_read_instead() -> None:
    over = "sum(houses, windows, name == task.house.name)"
    [found] = problems_of("task.answer_column", houses(HOW, over))
    assert found.fix is not None
    assert found.fix.edit(houses(HOW, over)).tasks[0].answer == over.replace("windows", "rooms")
