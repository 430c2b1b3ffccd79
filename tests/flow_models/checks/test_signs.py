"""Texts and formulas that say the currency of an amount twice."""

import pytest

from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.flow_models.builders import flow, page, task, variable, words
from tests.flow_models.checks.asking import assert_case, problems_of

PRICE, COUNT = variable("price", "money", "5.00"), variable("count", "integer", 5)


def saying(text: str) -> Flow:
    """Return a flow with one paragraph, an amount and a number."""
    return flow(page("a", words("w", text)), PRICE, COUNT)


def answering(formula: str) -> Flow:
    """Return a flow with one question."""
    return flow(page("a"), PRICE, COUNT, task("q", answer=formula))


CASES = {"amount.signed": (saying("Your balance: \u20ac {price}"), saying("Your balance: {price}"))}


@pytest.mark.parametrize(
    ("trips", "near_miss"),
    [
        *CASES.values(),
        (saying("It costs \u20ac {price}."), saying("It costs {price}.")),
        (saying("\u20ac{price + count}"), saying("\u20ac{count}")),
        (saying("{price} EUR"), saying("{price} in EUR")),
        (saying("Pay {price} dollars"), saying("Pay {price}, dollars or others")),
        (saying("{'$' + text(price)} a month"), saying("{'about ' + text(price)} a month")),
        (answering("'\u20ac ' + text(price)"), answering("'\u20ac ' + text(count)")),
        (answering("'It is ' + '$' + text(price) + ' now'"), answering("text(price) + ' now'")),
        (
            answering("'\u20ac' + text(price) if count > 1 else 'none'"),
            answering("text(price) if count > 1 else 'none'"),
        ),
    ],
)
def test_a_sign_beside_an_amount_is_found_and_its_near_miss_is_not(trips: Flow, near_miss: Flow) -> None:
    assert_case("amount.signed", trips, near_miss)


def test_it_names_the_sign_the_text_and_the_page() -> None:
    found = problems_of("amount.signed", saying("\u00a3{price}"))[0]
    assert found.elements == (Element("block", "w", "text"), Element("page", "a"))
    assert "\u00a3" in found.sentence()
