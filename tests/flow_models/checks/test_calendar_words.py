"""Weekdays, months and times in words and in formulas."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, flow, heading, link, page, rows_of, table, task, words
from tests.flow_models.checks.asking import assert_case, problems_of

COUNTED = "count(notes, {})"


def diary(wording: str, condition: str = "true", *, notice: str = "Done.", when: str = "", shown: str = "") -> Flow:
    """A diary into which one writes, with a question about it."""
    return flow(
        page("a", heading("h"), words("w", "Closed on Mondays.", show_if=shown), link("write"),
             rows_of("list", "notes", "{text}", "{day}")),
        table("notes", "text", "day:date"),
        arrow("a", use="write", when=when, do=(adds("notes", text="'x'", day="today()"),), notice=notice),
        task("ask", wording, answer=COUNTED.format(condition)),
    )  # fmt: skip


CASES = {
    "task.calendar_untold": (diary("Notes of April?", "month(day) == 5"), diary("Notes of April?", "month(day) == 4")),
    "task.period_unread": (diary("How many notes are of last week?"), diary("How many notes?")),
    "day.named": (diary("Notes?", notice="No letters on Sunday.", when="weekday(today()) == 1"),
                  diary("Notes?", notice="No letters on Sunday.", when="weekday(today()) == 7")),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_text_says_the_day_on_which_it_is_shown() -> None:
    assert problems_of("day.named", diary("Notes?", shown="weekday(today()) == 2"))
    assert problems_of("day.named", diary("Notes?", shown="weekday(today()) in [1, 2]")) == []
    assert problems_of("day.named", diary("Notes?", shown="weekday(today()) != 1")) == []


@pytest.mark.parametrize(
    "sound",
    [
        diary("Notes of Mondays or Tuesdays?", "weekday(day) in [1, 2]"),
        diary("Notes at weekends?", "weekday(day) in [6, 7]"),
        diary("Notes of no month?", "month(day) == 13"),
        diary("Notes of last week?", "days(day, today()) <= 7"),
        diary("How many notes are of last week, or of all times?", "day <= today()"),
    ],
    ids=["two days", "several in one word", "a number that is no month", "the clock is read", "the clock is read too"],
)
def test_what_is_said_is_left_alone(sound: Flow) -> None:
    assert [one.code for code in CASES for one in problems_of(code, sound)] == []
