"""Money that meets what is counted in another unit."""

import pytest

from flow_models.checks.mixing import mixed
from flow_models.document.flow import Flow
from flow_models.document.scopes import Scopes
from flow_models.formulas import parse
from tests.flow_models.builders import adds, arrow, flow, link, page, rows_of, table, task, variable, words
from tests.flow_models.checks.asking import assert_case, problems_of


def club(when: str = "", paid: str = "purse", shown: str = "{points} points") -> Flow:
    """A shelf of gifts that cost points, and a purse with money."""
    return flow(
        page("a", rows_of("list", "gifts", "{name}", shown, row_controls=(link("take"),)), words("w", "{purse}")),
        table("gifts", "name", "points:integer", rows=(("Cup", 40), ("Pen", 20))),
        table("taken", "gift:row:gifts", "price:money"),
        variable("purse", "money", "100.00"),
        arrow("a", use="take", when=when, do=(adds("taken", gift="row", price=paid),), notice="Taken."),
        arrow("a", use="take", notice="Too dear.", name="dear"),
        task("take"),
    )


SOUND = club("purse >= 5")
CASES = {"unlike.money": (club("purse >= row.points"), SOUND)}


def test_money_meets_points() -> None:
    assert_case("unlike.money", *CASES["unlike.money"])
    assert_case("unlike.money", club(paid="row.points"), SOUND)
    assert_case("unlike.money", club(paid="purse - max(gifts, points, default=0)"), SOUND)


@pytest.mark.parametrize(
    "sound",
    [
        club("purse >= row.points * 0.01"),
        club("purse >= row.points / 100"),
        club("purse >= row.points", shown="{points} euros"),
        club("purse >= row.points", shown="{points} a piece"),
        club("purse >= row.points", shown="{points}"),
        club("count(taken) < row.points"),
    ],
    ids=["turned into money", "divided", "euros", "no unit behind", "nothing behind", "both counted"],
)
def test_what_is_of_one_unit_or_turned_into_one_is_left_alone(sound: Flow) -> None:
    assert problems_of("unlike.money", sound) == []


def test_a_formula_meets_money_once_for_each_comparison() -> None:
    made = club()
    scope = Scopes(made).transition(made.transitions[0])
    tree = parse("purse > row.points and purse - row.points > 0", scope).tree
    assert tree is not None
    assert [one.money for one in mixed(tree, "boolean")] == ["purse", "purse"]
