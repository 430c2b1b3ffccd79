"""Every task of North Bank done by hand, as a visitor would do it: by what stands on the page."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.machine import Event, Machine, Result
from flow_models.runtime.machine.pages.view import ListView
from tests.resources.visiting import Visitor

SEEDS = range(4)
SURE = "I know this payee and the amount is right"


@cache
def _machine() -> Machine:
    return Machine(compile_flow(storage.load(resources.path("examples", "north_bank.flow.json"))).program)


class Customer(Visitor):
    """A visitor of the bank."""

    def __init__(self, task: str, seed: int) -> None:
        super().__init__(_machine(), task, seed)

    def pay(self, account: str, payee: str, amount: object) -> Result:
        self.use("Send money")
        self.fill("From account", account)
        self.fill("To", payee)
        self.fill("Amount", amount)
        self.use("Continue")
        if self.asks(SURE):
            self.check(SURE)
        return self.use("Confirm payment")


def _pay_payee(me: Customer) -> None:
    me.pay(me.named("account", "accounts"), me.named("payee", "payees"), me.parameters["amount"])


def _pay_request(me: Customer) -> None:
    message = me.parameters["message"]
    me.use("Messages")
    me.use(me.cell("messages", message, "subject"))
    payee = me.cell("payees", me.cell("messages", message, "payee"), "name")
    me.pay(me.named("account", "accounts"), payee, me.cell("messages", message, "amount"))


def _add_and_pay(me: Customer) -> None:
    me.use("Payees")
    me.use("Add a payee")
    me.fill("Name", me.parameters["name"])
    me.fill("IBAN", me.parameters["iban"])
    assert me.use("Add payee").reward_parts[1] > 0
    me.pay(me.named("account", "accounts"), str(me.parameters["name"]), me.parameters["amount"])


def _freeze_card(me: Customer) -> None:
    me.use("Cards")
    me.use(me.named("card", "cards"))
    me.use("Freeze card")
    me.fill("Why?", me.parameters["reason"])
    me.use("Freeze card")


def _raise_limit(me: Customer) -> None:
    card = me.parameters["card"]
    me.use(me.cell("cards", card, "name"))
    me.use("Change limit")
    me.fill("New monthly limit", me.parameters["limit"])
    me.use("Save limit")


def _remove_payees(me: Customer) -> None:
    me.use("Payees")
    for parameter in ("first", "second"):
        me.use(me.named(parameter, "payees"))
        me.use("Remove")
        me.use("Remove payee")


def _edit_payee(me: Customer) -> None:
    me.use("Payees")
    me.use(me.named("payee", "payees"))
    me.use("Edit")
    me.fill("IBAN", me.parameters["iban"])
    me.use("Save changes")


def _change_phone(me: Customer) -> None:
    me.fill("User name", me.named("customer", "customers", "username"))
    me.fill("Password", me.named("customer", "customers", "password"))
    assert me.use("Sign in").reward_parts[1] > 0
    me.use("Profile")
    me.use("Edit contact details")
    me.fill("Phone", me.parameters["phone"])
    if me.asks("Password"):
        me.fill("Password", me.named("customer", "customers", "password"))
    me.use("Save details")


def _spent(me: Customer) -> None:
    schema = me.machine.schema.tables["transactions"]
    columns = schema.columns
    rows = me.start.state.tables[schema.index].rows
    spent = [
        row[columns["amount"]]
        for row in rows
        if row[columns["merchant"]] == me.parameters["merchant"] and row[columns["date"]] >= "2027-03-01"
    ]
    me.step(Event("message", value=str(sum(spent, Decimal(0)))))


def _compare(me: Customer) -> None:
    larger, smaller = (Decimal(me.named(name, "accounts", "balance")) for name in ("larger", "smaller"))
    me.step(Event("message", value=f"€{larger - smaller:,.2f}"))


BY_HAND: dict[str, Callable[[Customer], None]] = {
    "pay-payee": _pay_payee,
    "spent-at-merchant": _spent,
    "pay-request": _pay_request,
    "add-and-pay": _add_and_pay,
    "freeze-card": _freeze_card,
    "raise-limit": _raise_limit,
    "remove-payees": _remove_payees,
    "edit-payee": _edit_payee,
    "change-phone": _change_phone,
    "compare-balances": _compare,
}


def test_every_task_is_done_by_hand_below() -> None:
    assert set(BY_HAND) == set(_machine().program.tasks)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("task", [task for task in BY_HAND if task != "raise-limit"])
def test_a_task_of_north_bank_is_done_by_hand(task: str, seed: int) -> None:
    me = Customer(task, seed)
    BY_HAND[task](me)
    assert me.last is not None
    assert me.last.end_reason == "success"
    assert sum(me.last.reward_parts[:1]) > 0


@pytest.mark.parametrize("seed", range(12))
def test_the_bank_refuses_a_card_limit_above_the_highest_of_the_card(seed: int) -> None:
    me = Customer("raise-limit", seed)
    _raise_limit(me)
    assert me.last is not None
    is_allowed = Decimal(str(me.parameters["limit"])) <= Decimal(me.named("card", "cards", "cap"))
    assert (me.last.end_reason == "success") is is_allowed
    if not is_allowed:
        assert [tone for tone, _ in me.episode.view.notices] == ["error"]


def test_the_third_wrong_password_locks_the_sign_in_and_the_memorable_word_opens_it() -> None:
    me = Customer("change-phone", 1)
    for _ in range(3):
        assert me.episode.view.title == "Sign in"
        me.fill("User name", "nobody")
        me.fill("Password", "guess")
        me.use("Sign in")
    assert me.episode.view.title == "Sign-in locked"
    me.fill("Memorable word", me.named("customer", "customers", "memorable_word").upper())
    me.use("Unlock")
    assert me.episode.view.title == "Sign in"


def test_a_payment_above_the_balance_is_refused_in_words() -> None:
    me = Customer("pay-payee", 2)
    me.use("Send money")
    me.fill("From account", me.named("account", "accounts"))
    me.fill("To", me.named("payee", "payees"))
    me.fill("Amount", Decimal(me.named("account", "accounts", "balance")) + 1)
    me.use("Continue")
    [(tone, words)] = me.episode.view.notices
    assert (me.episode.view.title, tone) == ("Send money", "error")
    assert "not enough" in words


def test_payments_of_a_day_stay_under_the_daily_limit() -> None:
    me = next(
        me
        for me in (Customer("pay-payee", seed) for seed in range(50))
        if Decimal(me.named("account", "accounts", "balance")) > 5000
    )
    me.use("Send money")
    me.fill("From account", me.named("account", "accounts"))
    me.fill("To", me.named("payee", "payees"))
    me.fill("Amount", "3000.01")
    me.use("Continue")
    [(tone, words)] = me.episode.view.notices
    assert tone == "error"
    assert "daily limit" in words


def test_a_review_that_stays_open_too_long_ends_the_session() -> None:
    me = Customer("pay-payee", 3)
    me.use("Send money")
    me.fill("From account", me.named("account", "accounts"))
    me.fill("To", me.named("payee", "payees"))
    me.fill("Amount", "12.50")
    me.use("Continue")
    while me.episode.view.title == "Review payment":
        me.step(Event("noop"))
    assert me.episode.view.title == "Session expired"
    me.step(Event("goto", value="https://northbank.test/accounts"))
    assert me.episode.view.title == "Page not found"


def test_touching_another_card_fails_the_freeze() -> None:
    me = Customer("freeze-card", 0)
    me.use("Cards")
    wanted = me.named("card", "cards")
    schema = me.machine.schema.tables["cards"]
    other = next(
        row[schema.columns["name"]]
        for row in me.start.state.tables[schema.index].rows
        if row[schema.columns["name"]] != wanted and row[schema.columns["status"]] == "Active"
    )
    me.use(other)
    me.use("Freeze card")
    me.fill("Why?", "Lost")
    assert me.use("Freeze card").end_reason == "failure"


def test_the_filter_of_an_account_shows_only_one_kind() -> None:
    me = Customer("compare-balances", 5)
    me.use("Accounts")
    me.use(me.named("larger", "accounts"))
    me.fill("Kind of transaction", "Card payment")
    lists = {part.id: part for part in me.episode.view.main if isinstance(part, ListView)}
    assert {row.cells[2] for row in lists["b_ac_list"].rows} <= {"Card payment"}
