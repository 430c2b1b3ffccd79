"""The shipped value pools: made up, varied, without repeats, and well-formed where a form has check digits."""

import json
import re

import pytest

import resources

POOLS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(resources.path("pools").glob("*.json"))
}


@pytest.mark.parametrize("name", POOLS)
def test_a_pool_names_itself_and_repeats_nothing(name: str) -> None:
    pool = POOLS[name]
    assert set(pool) == {"name", "type", "values"}
    assert (pool["name"], pool["type"]) == (name, "text")
    folded = [value.strip().casefold() for value in pool["values"]]
    assert all(folded)
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("name", ["person", "company", "merchant", "iban", "phone", "email", "username", "street"])
def test_a_pool_from_which_tasks_draw_names_is_large(name: str) -> None:
    assert len(POOLS[name]["values"]) >= 120


def test_an_iban_has_valid_check_digits_and_a_country_that_does_not_exist() -> None:
    for iban in POOLS["iban"]["values"]:
        assert re.fullmatch(r"XN\d\d [A-Z]{4}( \d{4}){3}", iban)
        compact = iban.replace(" ", "")
        assert int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1, iban


def test_a_card_number_passes_luhn_and_belongs_to_no_network() -> None:
    for number in POOLS["card_number"]["values"]:
        digits = [int(sign) for sign in number.replace(" ", "")]
        assert (len(digits), digits[0]) == (16, 9)
        doubled = [digit * 2 - 9 * (digit > 4) if place % 2 == 0 else digit for place, digit in enumerate(digits)]
        assert sum(doubled) % 10 == 0, number


@pytest.mark.parametrize(
    ("name", "form"),
    [("phone", r"\([2-9]\d\d\) 555-01\d\d"), ("email", r"[a-z.]+@[a-z]+\.test"), ("username", r"[a-z]+\.[a-z]+")],
)
def test_contact_data_lies_in_ranges_kept_for_fiction(name: str, form: str) -> None:
    assert all(re.fullmatch(form, value) for value in POOLS[name]["values"])


@pytest.mark.parametrize("name", ["person", "merchant", "company", "account_name", "card_name", "book_title"])
def test_no_name_is_part_of_another_so_that_a_goal_means_one_thing(name: str) -> None:
    values = [value.casefold() for value in POOLS[name]["values"]]
    inside = [(short, long) for short in values for long in values if short != long and short in long]
    assert not inside
