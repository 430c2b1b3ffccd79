"""What looks like a control that does the contrary, a swap, a wrong refusal or answer, and is meant as it is."""

import pytest

from flow_models.checks import check
from flow_models.document.behaviour import Notice, RemoveEffect
from flow_models.document.data import Column
from flow_models.document.flow import Flow
from tests.flaws.addresses import MAIL
from tests.flaws.asking import asks, spent
from tests.flaws.chosen import WIZARD, marking, more_effects, read
from tests.flaws.directions import DESK, called, with_control, writes
from tests.flaws.museum import MUSEUM
from tests.flaws.paying import PAID, PURSE, says, when
from tests.flaws.table import Edit, edits, example, sets
from tests.flow_models.builders import adds, changes, clears, value_type

KINDS = (
    "balance", "barred", "blank", "contrary", "day", "effect", "giving", "mismatch", "moving", "opposite", "page",
    "refusing", "repeating", "signing", "sweeping", "task", "twins", "unlike",
)  # fmt: skip

BANK, AIR = example("north_bank"), example("skylark_air")
SHARE = "task.trip.fare.refund_percent * task.trip.price / 100"
OF_GUIDE = "guide == task.tour.guide"


def asked(task: str, wording: str) -> Edit:
    """Return the edit that asks in other words, in three ways."""
    return sets("task", task, "wordings", (wording, f"Hello! {wording}", f"{wording} Thank you."))


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
    "all of them are read": (BANK, marking("p_messages", "Mark all as read", read(""))),
    "these are read, as the filter has it": (
        BANK, marking("p_messages", "Mark these as read", read("kind == field.kind or field.kind == empty")),
    ),
    "a payee goes with what they were paid": (
        BANK, more_effects("x_rm_go", RemoveEffect(table="t_transfers", where="payee == record")),
    ),
    "a flight as a whole": (
        example("skylark_air"),
        edits(
            sets("block", "b_ck_go", "title", "Check in the flight"),
            sets("transition", "x_ck_ok", "do.0.where", "flight == record.flight"),
        ),
    ),
    "an email in small letters": (
        BANK, sets("transition", "x_ep_save", "do.0.values.c_cu_email", "lower(trim(field.email))"),
    ),
    "an empty box keeps what was there": (
        BANK,
        sets("transition", "x_ep_save", "do.0.values.c_cu_phone", "field.phone if field.phone != '' else record.phone"),
    ),
    "a review that hides what is not chosen": (
        BANK,
        edits(
            sets("page", "p_review", "open_by_url", "signed_in"),
            *(
                sets("block", name, "show_if", "draft_amount != empty")
                for name in ("b_rv_facts", "b_rv_payee", "b_rv_text")
            ),
        ),
    ),
    "a dialog that is left to its page": (BANK, sets("transition", "x_fz_keep", "to", "p_card")),
    "a step back too many": (WIZARD, sets("transition", "x_review_back", "to", "p_stay")),
    "a message that nothing was saved": (
        BANK, sets("transition", "x_ed_cancel", "notice", Notice(text="Nothing was changed.")),
    ),
    "letters that anybody may see": (
        MAIL.rebuilt(
            tables=tuple(
                one.rebuilt(columns=(*one.columns, Column(id="shared", name="shared", type=value_type("boolean"))))
                if one.id == "letters" else one
                for one in MAIL.tables
            )
        ),
        sets("page", "letter", "open_by_url", "visitor != empty and (record.owner == visitor or record.shared)"),
    ),
    "a fee that the button names": (
        PURSE,
        edits(
            sets("transition", "x_move", "do.1.values.accounts_balance", "balance - field.amount - 1"),
            sets("block", "move", "title", "Move for a fee"),
        ),
    ),
    "how much less is the larger less the smaller": (
        BANK,
        sets("task", "k_compare", "wordings.0", "How much less has {task.smaller.name} than {task.larger.name}?"),
    ),
    "more than, and a day that is not of the question": (
        BANK,
        sets(
            "task", "k_compare", "wordings.0",
            "I bought more yesterday than ever. How much is in “{task.larger.name}” beyond “{task.smaller.name}”?",
        ),
    ),
    "this month by its number": (BANK, spent("month(date) == month(today()) and year(date) == year(today())")),
    "March is said": (BANK, edits(spent("month(date) == 3"), asked("k_spent", "{task.merchant.name} in March?"))),
    "spring is said": (
        BANK, edits(spent("month(date) in [3, 4, 5]"), asked("k_spent", "What of {task.merchant.name} in spring?")),
    ),
    "weekends of a guide": (
        MUSEUM,
        asks(
            "How many tours of {task.tour.guide} are at a weekend?",
            f"count(tours, {OF_GUIDE} and weekday(day) in [6, 7])",
        ),
    ),
    "when comes first and is not asked": (
        MUSEUM, asks("When I book “{task.tour.title}”, what do I pay?", "task.tour.price"),
    ),
    "when and how long": (MUSEUM, asks("Look when “{task.tour.title}” is; say its minutes.", "task.tour.minutes")),
    "who it is does not matter": (
        MUSEUM, asks("No matter who guides “{task.tour.title}”: how much is it?", "task.tour.price"),
    ),
    "how many, or no": (
        MUSEUM, asks("I do not care how many places “{task.tour.title}” has. Are there any? Say yes or no.",
                     "task.tour.places > 6"),
    ),
    "a day found by its price": (
        MUSEUM, asks("On which day is the tour at {task.tour.price} with {task.tour.guide}?", "task.tour.day"),
    ),
    "the same share the other way round": (AIR, sets("task", "k_refund", "answer", SHARE)),
    "half of a share": (
        AIR,
        edits(
            sets("task", "k_refund", "answer", f"{SHARE} / 2"),
            asked("k_refund", "I get half of what comes back for {task.trip.flight.destination.city}. How much is it?"),
        ),
    ),
    "points turned into money": (
        AIR, sets("transition", "x_rd_short", "when", "sum(cards, available) < record.points * 0.01"),
    ),
    "not an aisle seat but one at the window": (
        AIR,
        asked(
            "k_morning",
            "Book {task.name} from {task.flight.origin.city} to {task.flight.destination.city} on {task.flight.date}, "
            "cheap, before noon, direct, one way, {task.fare.name}, below {task.ceiling}; no aisle seat but a window.",
        ),
    ),
    "a day of birth in a field": (AIR, sets("block", "b_ho_date", "initial", '"1990-01-01"')),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_meant_so_is_no_problem(name: str) -> None:
    base, edit = ODD[name]
    known = check(base)
    found = [one for one in check(edit(base)) if one.code.split(".")[0] in KINDS and one not in known]
    assert [one.sentence() for one in found] == []
