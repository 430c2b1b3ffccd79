"""A form that asks for a new row of a table."""

from flow_models.document.base import ValueType
from flow_models.document.data import Column, Table
from flow_models.document.edits.forms import form_about, referring
from flow_models.document.flow import Flow

KINDS = ("text", "integer", "decimal", "money", "date", "time", "choice", "boolean", "row")


def table(name: str, *columns: Column) -> Table:
    return Table(id=f"t_{name}", name=name, title=name.capitalize(), columns=columns)


def of_type(kind: str) -> Column:
    choices = ("A", "B") if kind == "choice" else ()
    kept = ValueType.model_validate({"kind": kind, "choices": choices, "table": "t_books" if kind == "row" else None})
    return Column(id=f"c_{kind}", name=f"a_{kind}", title=f"A {kind}", type=kept)


def test_every_type_that_a_visitor_can_give_has_its_field_named_like_its_column() -> None:
    form = form_about(table("all", *(of_type(kind) for kind in KINDS)), "Go")
    assert form is not None
    assert [block.kind for block in form.blocks] == [
        "text_field", "number_field", "number_field", "money_field", "date_field", "time_field",
        "choice_field", "checkbox", "button",
    ]  # fmt: skip
    assert [getattr(block, "name", "") for block in form.blocks[:-1]] == [f"a_{kind}" for kind in KINDS[:-1]]
    assert getattr(form.blocks[-1], "title", "") == "Go"


def test_a_table_of_nothing_but_rows_has_no_form() -> None:
    assert form_about(table("links", of_type("row"))) is None


def test_one_table_is_about_the_rows_of_another_and_of_two_neither() -> None:
    books, loans, notes = table("books"), table("loans", of_type("row")), table("notes", of_type("row"))
    assert referring(Flow(id="f", tables=(books, loans)), "t_books") == loans
    assert referring(Flow(id="f", tables=(books, loans, notes)), "t_books") is None
    assert referring(Flow(id="f", tables=(books, loans)), None) is None
