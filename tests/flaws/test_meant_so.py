"""What looks like a control that does the contrary, a swap or a wrong refusal, and is meant as it is."""

import pytest

from flow_models.checks import check
from flow_models.document.flow import Flow
from tests.flaws.directions import DESK, called, with_control, writes
from tests.flaws.paying import PAID, PURSE, says, when
from tests.flaws.table import Edit, edits, sets
from tests.flow_models.builders import adds, changes, clears

KINDS = ("contrary", "moving", "refusing", "giving", "twins", "opposite")

APPROVED = changes("posts", "row == record", state="'New'")

ODD: dict[str, tuple[Flow, Edit]] = {
    "one toggle behind two titles": (
        DESK, edits(writes("publish", "not published"), writes("unpublish", "not published")),
    ),
    "two modes": (
        DESK,
        edits(
            called("mute", "Enable quiet mode"), called("unmute", "Disable loud mode"), writes("unmute", "'Quiet'")
        ),
    ),
    "an answer that has a row of its own": (
        DESK,
        edits(
            writes("reject", "'New'"), writes("approve", "'New'"),
            sets("transition", "x_approve", "do", (APPROVED, changes("posts", "row == record", rank="1"))),
        ),
    ),
    "adding to the cart takes from the stock": (
        DESK, edits(called("raise", "Add to cart"), writes("raise", "rank - 1")),
    ),
    "withdrawing gives a place back": (DESK, edits(called("dislike", "Withdraw"), writes("dislike", "likes + 1"))),
    "reading closes": (DESK, edits(called("like", "Open"), called("raise", "Mark as done"))),
    "two ways to the same page": (DESK, with_control("post", "Back", "desk")),
    "a counter of tries": (
        PURSE, edits(when("x_many", "count(letters, friend == field.friend) >= 9"), says("x_many", "At most 9 cards.")),
    ),
    "children need another ticket": (
        PURSE,
        edits(
            when("x_few", "field.cards <= 1 and field.friend == 'Ann'"),
            says("x_few", "Ann wants at most 1 card, which comes as a gift."),
        ),
    ),
    "sign up to go on": (PURSE, edits(when("x_few", "field.cards < 2"), says("x_few", "Sign up to send one card."))),
    "must differ": (
        PURSE,
        edits(
            when("x_again", "field.friend == first(accounts).name"),
            says("x_again", "The friend must differ from you."),
        ),
    ),
    "nothing there already": (
        PURSE,
        edits(
            when("x_again", "not any(letters, friend == field.friend)"),
            says("x_again", "We have no friend of this name. Did you already write to them?"),
        ),
    ),
    "cancelling forgets": (PURSE, sets("transition", "x_cancel", "do", (clears("chosen"), clears("price")))),
    "a letter that is called off": (
        PURSE,
        edits(
            sets("block", "cancel", "title", "Cancel my letters"),
            sets("transition", "x_cancel", "do", (adds("letters", friend="'off'", payer="chosen"),)),
        ),
    ),
    "paying back": (
        PURSE,
        edits(
            sets("block", "pay", "title", "Refund"),
            sets("transition", "x_pay", "do.1.values.accounts_balance", "balance + price"),
        ),
    ),
    "a gift": (PURSE, sets("transition", "x_pay", "do", PAID[:1])),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_meant_so_is_no_problem(name: str) -> None:
    base, edit = ODD[name]
    known = check(base)
    found = [one for one in check(edit(base)) if one.code.split(".")[0] in KINDS and one not in known]
    assert [one.sentence() for one in found] == []
