"""The kinds of page that a designer can begin with."""

import pytest

from app.canvas.page_kinds import PAGE_KINDS, Before, likely_kinds, named, page_of_kind
from flow_models.document.base import ValueType
from flow_models.document.behaviour import UseTrigger
from flow_models.document.blocks import Button, Form, ListBlock
from flow_models.document.data import Column, Table
from flow_models.document.edits import starts
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.field_blocks import TextField
from flow_models.document.flow import Flow
from tests.flow_models.geometry.samples import page, shop


@pytest.mark.parametrize(
    ("block", "first"),
    [("submit", "confirmation"), ("remove", "dialog"), ("edit", "details"), ("plain", "page"), ("", "confirmation")],
)
def test_the_likeliest_next_page_comes_first(block: str, first: str) -> None:
    form = Form(id="f", blocks=(TextField(id="t", name="t"), Button(id="submit", submit=True)))
    listed = ListBlock(id="l", row_controls=(Button(id="edit"),))
    own = page("home", 0, 0, form, listed, Button(id="remove", style="danger"), Button(id="plain"))
    kinds = likely_kinds(shop().rebuilt(pages=(own,)), "home", block)
    assert kinds[0] == first
    assert sorted(kinds) == sorted(PAGE_KINDS)


def test_a_page_holds_what_its_kind_is_for() -> None:
    held = {kind: [block.kind for block in page_of_kind(shop(), kind, 0, 0).blocks[1:]] for kind in PAGE_KINDS}
    assert held == {
        "page": [],
        "form": ["form"],
        "list": ["list"],
        "details": ["details"],
        "confirmation": ["notice", "button"],
        "dialog": ["button", "button"],
        "sign_in": ["form"],
        "sign_up": ["form"],
        "search": ["form", "list"],
        "checkout": ["form"],
        "contact": ["form"],
        "settings": ["form"],
    }


LIBRARY = shop().rebuilt(
    tables=(
        Table(id="t_loans", name="loans", title="Loans"),
        Table(id="t_books", name="books", title="Books"),
        Table(id="t_category", name="categories", title="Categories"),
    )
)


def test_a_page_named_after_a_table_shows_its_rows_and_none_of_another() -> None:
    assert getattr(page_of_kind(LIBRARY, "list", 0, 0, "Books").blocks[-1], "table", "") == "t_books"
    assert page_of_kind(LIBRARY, "details", 0, 0, "Book").record == "t_books"
    assert getattr(page_of_kind(LIBRARY, "list", 0, 0, "Films").blocks[-1], "table", "") is None
    assert getattr(page_of_kind(LIBRARY, "list", 0, 0).blocks[-1], "table", "") == "t_loans"


def test_what_somebody_put_on_a_page_stays() -> None:
    flow = shop().rebuilt(pages=(page("home", 0, 0, title="Home"), page_of_kind(shop(), "form", 0, 0)))
    for kept in flow.pages:
        made = named(flow, kept.id, "Sign in").pages_by_id[kept.id]
        assert [block.id for block in made.blocks] == [block.id for block in kept.blocks]
        assert made.path == (kept.path and "/sign-in")


def test_buttons_keep_their_words_at_the_first_name_of_a_page_and_follow_later_ones() -> None:
    flow = Flow(id="f", pages=(page("home", 0, 0, Button(id="b", title="Go")),))
    new = starts.new_page(flow, "Go")
    arrow = starts.new_transition("home", UseTrigger(block="b"), new.id)
    flow = flow.rebuilt(pages=(*flow.pages, new), transitions=(arrow,))
    first = named(flow, new.id, "Sign in")
    assert getattr(first.pages[0].blocks[-1], "title", "") == "Go"
    called = with_value(first, Element("block", "b", "title"), "Sign in")
    assert getattr(named(called, new.id, "Log in").pages[0].blocks[-1], "title", "") == "Log in"


def lending() -> Flow:
    """Return a list of books with a button in each row, and a table of loans, which are about books."""
    title = Column(id="c_title", name="title", title="Title")
    book = Column(id="c_book", name="book", title="Book", type=ValueType(kind="row", table="t_books"))
    email = Column(id="c_email", name="email", title="Email")
    books = Table(id="t_books", name="books", title="Books", columns=(title,))
    loans = Table(id="t_loans", name="loans", title="Loans", columns=(book, email))
    shown = ListBlock(id="l", table="t_books", row_controls=(Button(id="lend", title="Lend"),))
    return Flow(id="f", tables=(books, loans), pages=(page("home", 0, 0, shown),))


def test_a_page_that_a_button_in_a_row_leads_to_is_about_that_row() -> None:
    made = page_of_kind(lending(), "form", 0, 0, "Lend a book", Before("home", "lend"))
    assert (made.record, made.path) == ("t_books", "/lend-a-book/{record.title}")
    form = made.blocks[-1]
    assert isinstance(form, Form)
    assert [getattr(block, "title", "") for block in form.blocks] == ["Email", "Lend"]
    assert page_of_kind(lending(), "list", 0, 0, "Loans", Before("home", "lend")).record is None


def test_a_confirmation_names_the_row_that_the_page_before_showed() -> None:
    form = page_of_kind(lending(), "form", 0, 0, "Lend a book", Before("home", "lend"))
    flow = lending().rebuilt(pages=(*lending().pages, form))
    made = page_of_kind(flow, "confirmation", 0, 0, "Lent", Before(form.id, ""))
    assert [getattr(block, "text", "") for block in made.blocks[:2]] == ["Lent", "Lent: {record.title}"]


def test_a_list_says_how_rows_of_other_tables_are_called() -> None:
    made = page_of_kind(lending(), "list", 0, 0, "Loans").blocks[-1]
    assert isinstance(made, ListBlock)
    assert [column.text for column in made.columns] == ["{book.title}", "{email}"]
