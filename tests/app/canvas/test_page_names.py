"""What a page's name promises."""

import pytest

from app.canvas.page_names import promised
from tests.app.canvas.test_page_kinds import LIBRARY


@pytest.mark.parametrize(
    ("title", "kind", "table"),
    [
        ("Sign in", "sign_in", None),
        ("Log-in", "sign_in", None),
        ("Sign in to the library", "sign_in", None),
        ("Create account", "sign_up", None),
        ("Checkout", "checkout", None),
        ("Payment confirmation", "confirmation", None),
        ("Thank you!", "confirmation", None),
        ("Books", "list", "t_books"),
        ("All books", "list", "t_books"),
        ("My loans", "list", "t_loans"),
        ("Book", "details", "t_books"),
        ("Book details", "details", "t_books"),
        ("Category", "details", "t_category"),
        ("Search books", "search", "t_books"),
        ("Search results", "list", None),
        ("Films", "list", None),
        ("Films on show", "list", None),
        ("Room with views", "page", None),
        ("Terms of use", "page", None),
        ("Add a book", "form", "t_books"),
        ("Delete this book?", "dialog", "t_books"),
        ("Address", "page", None),
        ("About us", "page", None),
        ("Home", "page", None),
        ("", "page", None),
        ("中文 😀", "page", None),
    ],
)
def test_a_name_promises_a_kind_and_a_table(title: str, kind: str, table: str | None) -> None:
    found = promised(LIBRARY, title)
    assert (found.kind, found.table and found.table.id) == (kind, table)


@pytest.mark.parametrize(("title", "kind"), [("Reserve a book", "form"), ("Reserved", "confirmation")])
def test_what_is_reserved_is_asked_for_and_confirmed(title: str, kind: str) -> None:
    assert promised(LIBRARY, title).kind == kind
