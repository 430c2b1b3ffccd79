"""Amounts that go nowhere, and orders that cost nothing."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, button, changes, flow, form, money_field, page, table
from tests.flow_models.checks.asking import assert_case, problems_of


def bank(*effects: object, when: str = "field.amount <= record.balance") -> Flow:
    """A page about an account from which money is sent."""
    accounts = table("accounts", "name:text", "balance:money!", rows=(("Main", "20.00"), ("Spare", "5.00")))
    return flow(
        page("a", form("f", money_field("amount", required=True), button("send", submit=True)), record="accounts",
             path="/a/{record.name}"),
        accounts, table("sent", "source:row:accounts", "amount:money"),
        arrow("a", use="send", when=when, do=effects, notice="Done."),  # type: ignore[arg-type]
    )  # fmt: skip


TAKES = changes("accounts", "row == record", balance="balance - field.amount")
NOTES = adds("sent", source="record", amount="field.amount")
OTHER = changes("accounts", "row == last(accounts)", balance="balance - field.amount")
BY_NOTE = changes("accounts", "row == last(sent).source", balance="balance - field.amount")
GIVES = changes("accounts", "row == last(accounts)", balance="balance + field.amount")
DOUBLE = changes("accounts", "row == last(accounts)", balance="balance + field.amount * 2")
CASES = {
    "balance.unequal": (bank(NOTES, TAKES, DOUBLE), bank(NOTES, TAKES, GIVES)),
    "balance.other": (bank(NOTES, OTHER), bank(NOTES, BY_NOTE)),
    "balance.lost": (bank(TAKES), bank(TAKES, NOTES)),
    "balance.stays": (bank(NOTES), bank(NOTES, TAKES)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_fixed_number_a_gift_and_what_another_account_gets_are_not_lost() -> None:
    assert problems_of("balance.lost", bank(changes("accounts", "row == record", balance="balance - 1"))) == []
    assert (
        problems_of("balance.lost", bank(changes("accounts", "row == record", balance="balance + field.amount"))) == []
    )
    gets = changes("accounts", "row != record", balance="balance + field.amount")
    assert problems_of("balance.lost", bank(TAKES, gets)) == []


def test_a_note_about_an_account_is_no_order() -> None:
    assert problems_of("balance.stays", bank(NOTES, when="")) == []
    assert problems_of("balance.stays", bank(adds("sent", source="record"))) == []


def test_who_is_asked_whether_there_is_enough_has_to_pay() -> None:
    kept = adds("sent", amount="field.amount")
    assert problems_of("balance.other", bank(kept, OTHER))
    assert problems_of("balance.other", bank(kept, OTHER, when="")) == []
    assert problems_of("balance.other", bank(kept, OTHER, when="any(accounts, balance > 3)")) == []
