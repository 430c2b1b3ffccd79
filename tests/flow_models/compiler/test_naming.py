"""What texts name, and which ways to say them keep that."""

import pytest

from flow_models.compiler.naming import Names, named


def test_small_words_and_plurals_tell_nothing_apart() -> None:
    assert named("Add a payee") == named("ADD PAYEES") == ("add", "payee")


def test_texts_that_name_the_same_are_twins() -> None:
    names = Names(["Add payee", "Add a payee", "Help", "HELP"], [])
    assert names.has_twin("Add payee")
    assert not names.has_twin("Help")


@pytest.mark.parametrize(
    ("way", "text", "fits"),
    [
        ("Edit this", "Edit", True),
        ("Modify", "Edit", False),
        ("Edit the profile", "Edit profile", True),
        ("Change profile", "Edit profile", False),
        ("Assistance", "Help", True),
        ("Proceed", "Continue", False),
        ("Save the limit", "Save limit", True),
        ("Help", "Save limit", False),
        ("Booking code", "Booking reference", False),
        ("Your booking reference", "Booking reference", True),
    ],
)
def test_a_way_names_what_others_name_by_the_text_and_nothing_else(way: str, text: str, fits: bool) -> None:
    texts = ["Edit", "Edit profile", "Help", "Continue", "Save limit", "Booking reference"]
    told = ["Choose Continue on the page.", "Help is near.", "You need the booking reference.", "Save limit"]
    assert Names(texts, told).fits(way, text) is fits
