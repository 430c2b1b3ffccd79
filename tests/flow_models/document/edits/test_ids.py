"""Names made from titles are identifiers, unique in their scope; ids repeat for a seed."""

import random

import pytest

from flow_models.document.edits.ids import name_from, new_id, path_from, slug_from, title_from


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Amount (€)", (), "amount"),
        ("Größe der Straße", (), "grosse_der_strasse"),
        ("2nd line", (), "nd_line"),
        ("支払", (), "zhifan"),
        ("☃", (), "value"),
        ("Row", (), "row_2"),
        ("Amount", ("amount", "amount_2"), "amount_3"),
        ("x" * 60, ("x" * 40,), "x" * 38 + "_2"),
    ],
)
def test_a_name_comes_from_a_title(title: str, taken: tuple[str, ...], name: str) -> None:
    assert name_from(title, taken) == name


def test_slugs_paths_and_titles_are_free() -> None:
    assert slug_from("Pay a payee!", ("pay-a-payee",)) == "pay-a-payee-2"
    assert path_from("Send money", ("/send-money",)) == "/send-money-2"
    assert title_from("Page 2", ("Page 2", "Page 3")) == "Page 4"


def test_ids_repeat_for_a_seed_and_differ_otherwise() -> None:
    assert new_id("page", random.Random(1)) == new_id("page", random.Random(1))
    assert new_id("page") != new_id("page")
