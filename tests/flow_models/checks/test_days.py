"""Days in formulas, and answers that depend on the day."""

import pytest

from flow_models.document.field_blocks import DateField
from flow_models.document.flow import Clock, Flow
from tests.flow_models.builders import adds, arrow, flow, link, page, rows_of, table, task
from tests.flow_models.checks.asking import assert_case, problems_of


def diary(day: str, *, shown: str = "", start: str = "2027-03-15T09:00", answer: str = "count(notes)") -> Flow:
    """A page that writes notes and lists them."""
    made = flow(
        page("a", link("write"), rows_of("list", "notes", "{text}", where=shown)),
        table("notes", "text:text", "day:date", rows=(("Old", "2027-01-02"),)),
        arrow("a", use="write", do=(adds("notes", text="'x'", day=day),)),
        task("ask", answer=answer, max_steps=60),
    )
    return made.rebuilt(site=made.site.rebuilt(clock=Clock(start=start)))


CASES = {
    "day.fixed": (diary('"2027-03-15"'), diary("today()")),
    "day.turns": (diary("today()", start="2027-03-15T23:55", answer="count(notes, day == today())"),
                  diary("today()", start="2027-03-15T23:40", answer="count(notes, day == today())")),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_day_is_meant_where_the_days_of_the_data_are_fixed() -> None:
    assert problems_of("day.fixed", diary("empty", shown='day == "2027-01-02"')) == []
    assert problems_of("day.fixed", diary("today()", shown='day == "2027-01-02"'))
    assert problems_of("day.fixed", diary("empty", shown='today() > "2027-01-02"'))


def test_the_day_on_which_the_clock_begins_becomes_the_clock() -> None:
    [found] = problems_of("day.fixed", diary('"2027-03-15"'))
    assert found.fix is not None
    assert found.fix.edit(diary('"2027-03-15"')) == diary("today()")
    [other] = problems_of("day.fixed", diary('"2027-03-16"'))
    assert other.fix is None


def test_a_field_begins_with_the_clock_unless_its_day_is_far_from_it() -> None:
    def form_with(initial: str) -> Flow:
        made = diary("today()")
        day = DateField(id="f_day", name="day", title="Day", initial=initial)
        return made.rebuilt(pages=(made.pages[0].rebuilt(blocks=(*made.pages[0].blocks, day)),))

    [found] = problems_of("day.fixed", form_with('"2027-03-15"'))
    assert found.fix is not None
    assert found.fix.edit(form_with('"2027-03-15"')) == form_with("today()")
    assert problems_of("day.fixed", form_with('"1987-03-15"')) == []
