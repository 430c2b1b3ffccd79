"""Values stored or shown under the name of another one."""

import pytest

from flow_models.document.blocks import Details, DetailsItem
from flow_models.document.field_blocks import NumberField
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, button, changes, field, flow, form, page, rows_of, sets, table, variable
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


def drafting(mail: str, left: str) -> Flow:
    """A form whose values are kept in variables."""
    number = NumberField(id="f_left", name="left", title="Left", required=True)
    return flow(
        page("a", form("f", field("mail", required=True), number, field("post"), button("go", submit=True))),
        variable("draft_mail"),
        variable("draft_left", "integer"),
        variable("draft_post"),
        arrow(
            "a", use="go", notice="Kept.",
            do=(sets("draft_mail", mail), sets("draft_left", left), sets("draft_post", "field.mail")),
        ),
    )  # fmt: skip


def about(record: str = "", initial: str = "record.mail") -> Flow:
    """A page about somebody."""
    facts = Details(id="facts", record=record, items=(DetailsItem(title="Mail", text="{row.mail}"),))
    return flow(
        page(
            "a", facts, form("f", field("mail", initial=initial), button("save", submit=True)),
            record="people", path="/a/{record.mail}",
        ),
        table("people", "mail:text", "phone:text", rows=(("a@b.c", "12"),)),
        arrow("a", use="save", do=(changes("people", "row == record", mail="field.mail"),), notice="Saved."),
    )  # fmt: skip


CASES = {
    "mismatch.kept": (drafting("field.post", "field.left"), drafting("field.mail", "field.left")),
    "mismatch.unchanged": (
        people("mail", "field.phone"),
        people("mail if field.mail == '' else field.mail", "field.phone"),
    ),
    "mismatch.other_row": (about("first(people)"), about("first(people, mail != record.mail)")),
    "mismatch.other_begins": (about("", "first(people, value=mail, default='')"), about()),
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


def test_a_number_that_grows_on_its_way_into_a_variable_is_altered() -> None:
    assert problems_of("mismatch.altered", drafting("field.mail", "field.left + 1"))
    assert problems_of("mismatch.altered", drafting("field.mail", "field.left")) == []


def test_a_column_of_another_row_stands_under_the_name_of_one_of_its_own() -> None:
    shown = rows_of("list", "letters", "{who.phone}")
    site = flow(
        page("a", shown.rebuilt(columns=(shown.columns[0].rebuilt(title="Mail"),))),
        table("people", "mail:text", "phone:text"),
        table("letters", "mail:text", "who:row:people"),
    )
    assert problems_of("mismatch.shown", site)
    alike = shown.rebuilt(columns=(shown.columns[0].rebuilt(title="Mail", text="{who.mail}"),))
    assert problems_of("mismatch.shown", site.rebuilt(pages=(page("a", alike),))) == []
