"""Values stored or shown under the name of another one."""

import pytest

from flow_models.document.field_blocks import NumberField
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, button, changes, field, flow, form, page, rows_of, table
from tests.flow_models.checks.asking import assert_case, problems_of


def people(mail: str, phone: str, shown: str = "{mail}") -> Flow:
    """A form that stores mail and phone, and a list titled by one."""
    listed = rows_of("list", "people", shown)
    titled = listed.rebuilt(columns=(listed.columns[0].rebuilt(title="Mail"),))
    return flow(
        page("a", form("f", field("mail"), field("phone"), button("save", submit=True)), titled),
        table("people", "mail:text", "phone:text", rows=(("a@b.c", "12"),)),
        arrow("a", use="save", do=(changes("people", "true", mail=mail, phone=phone),), notice="Saved."),
    )  # fmt: skip


def purses(stored: str, shown: str = "{left}") -> Flow:
    """A form that stores a number, and a list that shows it."""
    listed = rows_of("list", "purses", shown)
    titled = listed.rebuilt(columns=(listed.columns[0].rebuilt(title="Left"),))
    number = NumberField(id="f_left", name="left", title="Left")
    return flow(
        page("a", form("f", number, button("save", submit=True)), titled),
        table("purses", "left:integer", rows=((4,),)),
        arrow("a", use="save", do=(changes("purses", "true", left=stored),), notice="Saved."),
    )


CASES = {
    "mismatch.altered": (purses("field.left + 1"), purses("field.left + 0")),
    "mismatch.lost": (purses("7"), purses("7 if field.left > 7 else field.left")),
    "mismatch.reckoned": (purses("field.left", "{left * 2}"), purses("field.left", "{left * 2} halves")),
    "mismatch.stored": (people("field.phone", "field.mail"), people("field.mail", "field.phone")),
    "mismatch.shown": (
        people("field.mail", "field.phone", "{phone}"),
        people("field.mail", "field.phone", "{phone}, {mail}"),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_value_that_is_stored_twice_or_worked_on_is_no_mistake() -> None:
    assert problems_of("mismatch.stored", people("field.mail", "field.mail")) == []
    assert problems_of("mismatch.stored", people("lower(field.phone)", "trim(field.mail)")) == []
