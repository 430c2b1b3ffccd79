"""Who pays and who is paid."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, button, changes, flow, page, sets, table, variable
from tests.flow_models.checks.asking import assert_case, problems_of


def moving(payer: str, paid: str, *, title: str = "Go", names: tuple[str, str] = ("sender", "receiver")) -> Flow:
    """Two accounts of which one pays the other."""
    one, other = names
    return flow(
        page("a", button("go", title=title), button("choose")),
        table("accounts", "name:text", "balance:money"),
        table("moves", f"{one}:row:accounts", f"{other}:row:accounts", "amount:money"),
        variable(one, "row:accounts"), variable(other, "row:accounts"), variable("amount", "money"),
        arrow("a", use="choose", do=(sets(one, "first(accounts)"), sets(other, "last(accounts)"))),
        arrow(
            "a", use="go",
            do=(
                adds("moves", amount="amount", **{one: one, other: other}),
                changes("accounts", f"row == {one}", balance=payer),
                changes("accounts", f"{other} == row", balance=paid),
            ),
        ),
    )  # fmt: skip


LESS, MORE = "balance - amount", "balance + amount"


def noting(one: str, other: str) -> Flow:
    """Two accounts of which one pays the other, written down by two columns."""
    base = moving(LESS, MORE)
    noted = adds("moves", amount="amount", sender=one, receiver=other)
    last = base.transitions[-1]
    return base.rebuilt(transitions=(*base.transitions[:-1], last.rebuilt(do=(noted, *last.do[1:]))))


CASES = {
    "moving.noted": (noting("receiver", "sender"), noting("sender", "receiver")),
    "moving.swapped": (moving(MORE, LESS), moving(LESS, MORE)),
    "moving.gains": (moving(MORE, MORE), moving(MORE, MORE, names=("one", "other"))),
    "moving.loses": (moving(LESS, LESS), moving(LESS, LESS, title="Cancel the payment")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize("names", [("source", "payee"), ("from_card", "to_card"), ("debit", "credit")])
def test_payer_and_receiver_are_known_by_their_names(names: tuple[str, str]) -> None:
    assert problems_of("moving.swapped", moving(MORE, LESS, names=names))


@pytest.mark.parametrize("title", ["Refund", "Undo", "Take back", "Reverse the payment"])
def test_what_is_paid_back_goes_the_other_way(title: str) -> None:
    assert problems_of("moving.swapped", moving(MORE, LESS, title=title)) == []
