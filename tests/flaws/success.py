"""Flaws of what counts as done: rules of success, what they judge and what the goal tells, and rewards."""

from collections.abc import Callable

from flow_models.document.elements import Element
from flow_models.document.tasks import ExpectedChange, Failure, Milestone, Success
from tests.flaws.museum import MUSEUM
from tests.flaws.table import Edit, Flaw, Played, edits, sets

Shows = Callable[[Played], bool]


def task(name: str, path: str, value: object) -> Edit:
    return sets("task", name, path, value)


def rule(name: str, also: str = "", *changes: ExpectedChange, nothing_else: bool = True) -> Edit:
    return task(name, "success", Success(changes=changes, also=also, nothing_else=nothing_else))


def at(name: str, path: str = "success") -> Element:
    return Element("task", name, path)


def paid(*when: str) -> tuple[Milestone, ...]:
    return tuple(Milestone(title=f"Part {number}", when=text, reward=0.1) for number, text in enumerate(when, 1))


def untouched(*tables: str) -> Shows:
    """The walk succeeds although tables are as they were."""
    return lambda played: played.succeeds and all(played.rows(name) == played.rows(name, 0) for name in tables)


def succeeds(played: Played) -> bool:
    return played.succeeds


TRANSFER = {"c_tf_source": "task.account", "c_tf_payee": "task.payee", "c_tf_amount": "task.amount"}
LOAN = {"c_book": "task.book", "c_weeks": "task.weeks", "c_branch": "task.branch"}
LETTER = {"c_l_topic": "task.topic", "c_l_text": "task.text", "c_l_budget": "task.budget", "c_l_plan": "task.plan"}


def without(values: dict[str, str], *columns: str) -> dict[str, str]:
    return {column: value for column, value in values.items() if column not in columns}


def pay(*left_out: str) -> Edit:
    return task("k_pay", "success.changes.0.values", without(TRANSFER, *left_out))


def borrow(*left_out: str) -> Edit:
    return task("k_borrow", "success.changes.0.values", without(LOAN, *left_out))


PASSING = "passing data counts"
PASSING_FLAWS = (
    Flaw(
        "a draft beside the payment",
        PASSING,
        "north_bank",
        task("k_pay", "success.also", "draft_amount == task.amount"),
        "task.passing_counts",
        at("k_pay", "success.also"),
        task("k_pay", "success.also", "count(added(transfers)) == 1"),
        "warning",
    ),
    Flaw(
        "a draft alone",
        PASSING,
        "north_bank",
        rule("k_pay", "draft_amount == task.amount"),
        "task.passing_counts",
        at("k_pay", "success.also"),
        rule("k_pay", "any(added(transfers), amount == task.amount)", nothing_else=False),
    ),
    Flaw(
        "a draft as the expected amount",
        PASSING,
        "north_bank",
        task("k_request", "success.changes.0.values.c_tf_amount", "draft_amount"),
        "task.passing_counts",
        at("k_request", "success.changes.0.values.c_tf_amount"),
        task("k_request", "success.changes.0.values.c_tf_amount", "task.message.amount + 0"),
    ),
    Flaw(
        "a draft of the delivery",
        PASSING,
        "block_zoo",
        task("k_order", "success.also", "draft_day == task.day"),
        "task.passing_counts",
        at("k_order", "success.also"),
        task("k_order", "success.also", "any(added(orders), day == task.day)"),
        "warning",
    ),
    Flaw(
        "an answer that a draft decides",
        PASSING,
        "north_bank",
        task("k_compare", "answer", "task.larger.balance - task.smaller.balance + sum([draft_amount])"),
        "task.answer_passing",
        at("k_compare", "answer"),
        task("k_compare", "answer", "task.larger.balance"),
        "warning",
    ),
)

UNCHANGED = "success without a lasting change"
UNCHANGED_FLAWS = (
    Flaw(
        "done on the page before the last",
        UNCHANGED,
        "north_bank",
        rule("k_pay", "draft_amount == task.amount and draft_payee == task.payee"),
        "running.success_unchanged",
        at("k_pay"),
        pay("c_tf_source"),
        task="pay-payee",
        shows=untouched("transfers", "accounts"),
    ),
    Flaw(
        "done by signing in",
        UNCHANGED,
        "north_bank",
        rule("k_phone", "signed_in"),
        "running.success_unchanged",
        at("k_phone"),
        task("k_phone", "success.also", "signed_in"),
        task="change-phone",
        shows=untouched("customers"),
    ),
    Flaw(
        "done once the amount is typed",
        UNCHANGED,
        "north_bank",
        rule("k_pay", "draft_amount == task.amount"),
        "running.success_unchanged",
        at("k_pay"),
        task("k_pay", "milestones", ()),
        task="pay-payee",
        shows=untouched("transfers"),
    ),
)

OTHERWISE = "a solution done otherwise counts"
OTHERWISE_FLAWS = (
    Flaw(
        "another amount",
        OTHERWISE,
        "north_bank",
        pay("c_tf_amount"),
        "running.other_counts",
        at("k_pay"),
        task("k_pay", "success.changes.0.values.c_tf_date", "today()"),
        task="pay-payee",
        shows=lambda played: (
            succeeds(played) and played.rows("transfers")[-1]["amount"] != played.start.parameters["amount"]
        ),
    ),
    Flaw(
        "another recipient",
        OTHERWISE,
        "north_bank",
        pay("c_tf_payee"),
        "running.other_counts",
        at("k_pay"),
        task("k_pay", "success.also", "count(added(transfers)) == 1"),
        task="pay-payee",
        shows=lambda played: (
            succeeds(played) and played.rows("transfers")[-1]["payee"] != played.start.parameters["payee"]
        ),
    ),
    Flaw(
        "another branch",
        OTHERWISE,
        "three_pages",
        borrow("c_branch"),
        "running.other_counts",
        at("k_borrow"),
        task("k_borrow", "success.also", "any(added(loans), branch == task.branch)"),
        task="borrow-book",
        shows=lambda played: (
            succeeds(played) and played.rows("loans")[-1]["branch"] != played.start.parameters["branch"]
        ),
    ),
    Flaw(
        "the payment goes to somebody else",
        OTHERWISE,
        "north_bank",
        task("k_add", "success.also", ""),
        "running.other_counts",
        at("k_add"),
        task("k_add", "success.also", "any(added(transfers) as t, t.payee.iban == task.iban)"),
        task="add-and-pay",
        shows=succeeds,
    ),
    Flaw(
        "more than the goal says",
        OTHERWISE,
        "north_bank",
        edits(pay("c_tf_amount"), task("k_pay", "success.also", "any(added(transfers), amount >= task.amount)")),
        "running.other_counts",
        at("k_pay"),
        task("k_pay", "success.also", "any(added(transfers), amount == task.amount)"),
        "warning",
        task="pay-payee",
        shows=succeeds,
    ),
)

ROW = "another row counts"
ROW_FLAWS = (
    Flaw(
        "any payee gone",
        ROW,
        "north_bank",
        rule("k_remove", "count(removed(payees)) == 1", nothing_else=False),
        "running.other_row_counts",
        at("k_remove"),
        task("k_remove", "success.also", "count(removed(payees)) == 2"),
        task="remove-payees",
        shows=succeeds,
    ),
    Flaw(
        "any card",
        ROW,
        "north_bank",
        edits(
            task("k_freeze", "failures", ()),
            rule("k_freeze", "any(changed(cards), reason == task.reason)", nothing_else=False),
        ),
        "running.other_row_counts",
        at("k_freeze"),
        task("k_freeze", "failures", ()),
        task="freeze-card",
        shows=lambda played: (
            succeeds(played)
            and all(
                row["status"] == "Active"
                for row in played.rows("cards")
                if row["key"] == played.start.parameters["card"]
            )
        ),
    ),
    Flaw(
        "any payee",
        ROW,
        "north_bank",
        rule("k_edit", "any(changed(payees), iban == task.iban)", nothing_else=False),
        "running.other_row_counts",
        at("k_edit"),
        task("k_edit", "success.also", "any(changed(payees) as one, one == task.payee)"),
        task="edit-payee",
        shows=succeeds,
    ),
)


def second(name: str, asked: str, base: str, table: str, near: Edit) -> Flaw:
    return Flaw(
        f"{name} after another one",
        "a second change counts",
        base,
        task(name, "success.nothing_else", False),
        "running.second_counts",
        at(name, "success.nothing_else"),
        near,
        "warning",
        task=asked,
        shows=lambda played: succeeds(played) and len(played.rows(table)) == len(played.rows(table, 0)) + 2,
    )


SECOND_FLAWS = (
    second(
        "k_pay", "pay-payee", "north_bank", "transfers", task("k_pay", "success.also", "count(added(transfers)) == 1")
    ),
    second(
        "k_request",
        "pay-request",
        "north_bank",
        "transfers",
        edits(
            task("k_request", "success.nothing_else", False),
            task("k_request", "success.also", "count(added(transfers)) == 1"),
        ),
    ),
    second("k_seat", "keep-seat", "block_zoo", "guests", task("k_seat", "success.also", "count(added(guests)) == 1")),
)

UNJUDGED = "the goal tells what nothing judges"
UNJUDGED_FLAWS = (
    Flaw(
        "the amount",
        UNJUDGED,
        "north_bank",
        pay("c_tf_amount"),
        "task.told_unjudged",
        at("k_pay"),
        task("k_pay", "success.also", "true"),
        "warning",
    ),
    Flaw(
        "the weeks",
        UNJUDGED,
        "three_pages",
        borrow("c_weeks"),
        "task.told_unjudged",
        at("k_borrow"),
        edits(borrow("c_weeks"), task("k_borrow", "success.also", "all(added(loans), weeks == task.weeks)")),
        "warning",
    ),
    Flaw(
        "the budget",
        UNJUDGED,
        "block_zoo",
        task("k_letter", "success.changes.0.values", without(LETTER, "c_l_budget")),
        "task.told_unjudged",
        at("k_letter"),
        task("k_letter", "success.changes.0.values.c_l_topic", "task.topic"),
        "warning",
    ),
    Flaw(
        "one of two payees, whose names the site only keeps from being there twice",
        UNJUDGED,
        "north_bank",
        task("k_remove", "success.changes.0.where", "row == task.first"),
        "task.told_unjudged",
        at("k_remove"),
        task("k_remove", "success.changes.0.where", "row in [task.first, task.second]"),
        "warning",
    ),
)

QUOTED = "the goal quotes what nothing judges"
NOTED = "{task.number} tickets for “{task.tour.title}”, with the note “For the school”, please."
RENT = "Send {task.amount} to {task.payee.name} from {task.account.name}, reference “Rent”."
MADE = 'Borrow “{task.book.title}” for {task.weeks} at {task.branch} and write "For Mia" on it.'
QUOTED_FLAWS = (
    Flaw(
        "a note that no field takes",
        QUOTED,
        MUSEUM,
        task("book-tour", "wordings", (NOTED, f"Hello! {NOTED}")),
        "running.quoted_unjudged",
        at("book-tour"),
        task("book-tour", "wordings", (NOTED, "{task.number} tickets for “{task.tour.title}”, please.")),
        "warning",
        "book-tour",
        succeeds,
    ),
    Flaw(
        "a reference that may be left out",
        QUOTED,
        "north_bank",
        task("k_pay", "wordings", (RENT,)),
        "running.quoted_unjudged",
        at("k_pay"),
        edits(task("k_pay", "wordings", (RENT,)), task("k_pay", "success.changes.0.values.c_tf_reference", '"Rent"')),
        "warning",
        "pay-payee",
        succeeds,
    ),
    Flaw(
        "words in straight quotes",
        QUOTED,
        "three_pages",
        task("k_borrow", "wordings", (MADE,)),
        "running.quoted_unjudged",
        at("k_borrow"),
        task("k_borrow", "wordings", (MADE.replace("For Mia", "Borrowed"),)),
        "warning",
        "borrow-book",
        succeeds,
    ),
)

UNTOLD = "what is judged is not told"
UNTOLD_FLAWS = (
    Flaw(
        "a reference that only a condition demands",
        UNTOLD,
        "north_bank",
        task("k_pay", "success.also", 'any(added(transfers) as sent, sent.reference == "Rent")'),
        "task.value_untold",
        at("k_pay", "success.also"),
        task("k_pay", "success.also", 'not any(added(transfers) as sent, sent.reference == "Rent")'),
        "warning",
    ),
    Flaw(
        "the beginning of a reference, of a number of rows",
        UNTOLD,
        "north_bank",
        task("k_pay", "success.also", 'count(added(transfers), starts_with(lower(reference), "inv")) == 1'),
        "task.value_untold",
        at("k_pay", "success.also"),
        task("k_pay", "success.also", 'count(added(transfers) as sent, starts_with(sent.reference, "INV")) == 0'),
        "warning",
    ),
    Flaw(
        "an account that is looked up by its kind",
        UNTOLD,
        "north_bank",
        task("k_pay", "success.changes.0.values.c_tf_source", 'first(accounts, kind == "Savings")'),
        "task.value_untold",
        at("k_pay", "success.changes.0.values.c_tf_source"),
        task("k_pay", "success.changes.0.values.c_tf_source", "first(accounts, name == task.account.name)"),
        "warning",
    ),
    Flaw(
        "the side of the aircraft, a row behind the booking",
        UNTOLD,
        "skylark_air",
        task("k_return", "success.also", 'all(added(bookings) as new, new.seat.side == "Left")'),
        "task.value_untold",
        at("k_return", "success.also"),
        task("k_return", "success.also", 'all(added(bookings) as new, new.seat.side == "Left" or new.second == empty)'),
        "warning",
    ),
    Flaw(
        "the reason",
        UNTOLD,
        "north_bank",
        task("k_freeze", "success.changes.0.values.c_ca_reason", '"Damaged"'),
        "task.value_untold",
        at("k_freeze", "success.changes.0.values.c_ca_reason"),
        task("k_freeze", "success.changes.0.values.c_ca_status", '"Frozen"'),
        "warning",
    ),
    Flaw(
        "the branch",
        UNTOLD,
        "three_pages",
        task("k_borrow", "success.changes.0.values.c_branch", '"Old Mill"'),
        "task.value_untold",
        at("k_borrow", "success.changes.0.values.c_branch"),
        edits(
            task("k_borrow", "success.changes.0.values.c_branch", '"Old Mill"'),
            task(
                "k_borrow", "wordings", ("Borrow {task.book.title} for {task.weeks} at the old mill, {task.branch}.",)
            ),
        ),
        "warning",
    ),
    Flaw(
        "the topic",
        UNTOLD,
        "block_zoo",
        task("k_letter", "success.changes.0.values.c_l_topic", '"A repair"'),
        "task.value_untold",
        at("k_letter", "success.changes.0.values.c_l_topic"),
        task("k_letter", "success.changes.0.values.c_l_topic", "task.topic"),
        "warning",
    ),
    Flaw(
        "a drawn amount",
        UNTOLD,
        "north_bank",
        task("k_pay", "wordings.0", "Send money to {task.payee.name} from {task.account.name}."),
        "task.unnamed_parameter",
        at("k_pay", "wordings.0"),
        task("k_pay", "wordings.0", "{task.amount} to {task.payee.name} from {task.account.name}."),
        "warning",
    ),
)

NEVER = "no state satisfies the rule"
NEVER_FLAWS = (
    Flaw(
        "more than one and less",
        NEVER,
        "north_bank",
        task("k_pay", "success.also", "count(added(transfers)) > 1 and count(added(transfers)) < 1"),
        "task.rule_never",
        at("k_pay", "success.also"),
        task("k_pay", "success.also", "count(added(transfers)) > 0 and count(added(transfers)) < 2"),
    ),
    Flaw(
        "other data and none",
        NEVER,
        "north_bank",
        rule("k_remove", "count(removed(payees)) == 2"),
        "task.nothing_may_change",
        at("k_remove", "success.also"),
        rule("k_remove", "count(removed(payees)) == 2", nothing_else=False),
    ),
    Flaw(
        "rows of which none is meant",
        NEVER,
        "north_bank",
        task("k_remove", "success.changes.0.where", 'category == "Family" and category == "Friends"'),
        "task.rule_never",
        at("k_remove", "success.changes.0.where"),
        task("k_remove", "success.changes.0.where", 'category == "Family" or category == "Friends"'),
    ),
    Flaw(
        "a reward for a contradiction",
        NEVER,
        "north_bank",
        task("k_phone", "milestones", paid("signed_in and not signed_in")),
        "task.milestone_never",
        at("k_phone", "milestones.0.when"),
        task("k_phone", "milestones", paid("signed_in")),
        "warning",
    ),
    Flaw(
        "two expectations of one card",
        NEVER,
        "north_bank",
        task(
            "k_freeze",
            "success.changes",
            (
                ExpectedChange(
                    kind="changed", table="t_cards", where="row == task.card", values={"c_ca_status": '"Frozen"'}
                ),
                ExpectedChange(
                    kind="changed", table="t_cards", where="row == task.card", values={"c_ca_reason": "task.reason"}
                ),
            ),
        ),
        "running.contradiction",
        at("k_freeze"),
        task("k_freeze", "failures", ()),
        task="freeze-card",
    ),
)


def wandering(name: str, asked: str, when: str, near: str) -> Flaw:
    return Flaw(
        f"{name} pays for wandering",
        "rewards for wandering",
        "north_bank",
        task(name, "milestones", paid(when)),
        "running.milestone_wandering",
        at(name, "milestones.0.when"),
        task(name, "milestones", paid(near)),
        "warning",
        task=asked,
        shows=lambda played: not played.succeeds and len(played.walk.events) < 8,
    )


def unearned(what: str, name: str, asked: str, when: str, near: str) -> Flaw:
    return Flaw(
        what,
        "a reward that no solution earns",
        "north_bank",
        task(name, "milestones", paid(when)),
        "running.milestone_unreached",
        at(name, "milestones.0.when"),
        task(name, "milestones", paid(near)),
        "warning",
        task=asked,
        shows=succeeds,
    )


def turned(name: str, asked: str, base: str, first: str, second: str) -> Flaw:
    return Flaw(
        f"{first} after {second}",
        "rewards listed in another order",
        base,
        task(name, "milestones", paid(second, first)),
        "running.milestone_order",
        at(name, "milestones.1.when"),
        task(name, "milestones", paid(first, second)),
        "hint",
        task=asked,
        shows=succeeds,
    )


PAID_DRAFT = "draft_amount == task.message.amount"
REWARD_FLAWS = (
    wandering("k_pay", "pay-payee", "not signed_in", "draft_amount == task.amount"),
    wandering("k_phone", "change-phone", "failed_tries > 0", "signed_in"),
    wandering("k_edit", "edit-payee", "not signed_in", "any(changed(payees), iban == task.iban)"),
    unearned("what comes with success", "k_request", "pay-request", "count(added(transfers)) == 1", PAID_DRAFT),
    unearned("what no way leads by", "k_phone", "change-phone", "failed_tries == 3", "signed_in"),
    unearned("a detour", "k_add", "add-and-pay", "count(added(replies)) == 1", "count(added(payees)) == 1"),
    turned("k_add", "add-and-pay", "north_bank", "count(added(payees)) == 1", "draft_amount == task.amount"),
    turned(
        "k_add", "add-and-pay", "north_bank", "any(added(payees), iban == task.iban)", "draft_source == task.account"
    ),
    turned("k_add", "add-and-pay", "north_bank", "any(payees, name == task.name)", "draft_payee.iban == task.iban"),
)


def costly(name: str, base: str, cost: float, near: float) -> Flaw:
    return Flaw(
        f"{name} costs {cost} a step",
        "giving up at once pays as much",
        base,
        task(name, "step_cost", cost),
        "task.pays_giving_up",
        at(name, "step_cost"),
        task(name, "step_cost", near),
    )


COST_FLAWS = (
    costly("k_pay", "north_bank", 0.05, 0.04),
    costly("k_add", "north_bank", 0.021, 0.02),
    costly("k_order", "block_zoo", 0.03, 0.028),
)

SOME = "in some instances only"
SOME_FLAWS = (
    Flaw(
        "done from the start",
        SOME,
        "north_bank",
        edits(
            task("k_limit", "parameters.1.source.minimum", "task.card.limit"),
            task("k_limit", "parameters.1.source.step", "500"),
        ),
        "running.success_at_start",
        at("k_limit"),
        task("k_limit", "parameters.1.source.minimum", "task.card.limit + 100"),
        task="raise-limit",
        shows=lambda played: played.succeeds and not played.walk.events,
    ),
    Flaw(
        "a failure beside success",
        SOME,
        "north_bank",
        task(
            "k_freeze",
            "failures",
            (Failure(when='any(changed(cards) as one, one == task.card and task.reason == "Lost")'),),
        ),
        "running.failure_beside_success",
        at("k_freeze", "failures.0.when"),
        task(
            "k_freeze",
            "failures",
            (Failure(when='any(changed(cards) as one, one != task.card and task.reason == "Lost")'),),
        ),
        task="freeze-card",
        shows=lambda played: played.start.parameters["reason"] == "Lost",
    ),
    Flaw(
        "no such row",
        SOME,
        "north_bank",
        task("k_freeze", "success.changes.0.where", 'row == task.card and tier != "Gold"'),
        "running.no_row",
        at("k_freeze", "success.changes.0.where"),
        task("k_freeze", "success.changes.0.where", "row == task.card and limit > 0"),
        task="freeze-card",
        shows=lambda played: played.walk.events == (),
    ),
    Flaw(
        "the same payee twice",
        SOME,
        "north_bank",
        edits(
            task("k_remove", "parameters.1.source.where", ""),
            task("k_remove", "success.also", "count(removed(payees)) == 2"),
        ),
        "running.contradiction",
        at("k_remove"),
        task("k_remove", "success.also", "count(removed(payees)) == 2"),
        task="remove-payees",
        shows=lambda played: played.start.parameters["first"] == played.start.parameters["second"],
    ),
    Flaw(
        "a failure from the start",
        SOME,
        "north_bank",
        task("k_pay", "failures", (Failure(when="task.account.balance < task.amount + 100"),)),
        "running.failure_at_start",
        at("k_pay", "failures.0.when"),
        task("k_pay", "failures", (Failure(when="task.account.balance < 0"),)),
        task="pay-payee",
        shows=lambda played: played.walk.events == (),
    ),
)

UNWATCHED = "changes that no rule looks at"
UNWATCHED_FLAWS = (
    Flaw(
        "cards that do not count",
        UNWATCHED,
        "north_bank",
        sets("table", "t_cards", "durable", False),
        "table.passing_changes",
        Element("table", "t_cards", "durable"),
        sets("table", "t_merchants", "durable", False),
        "warning",
    ),
    Flaw(
        "messages that do not count",
        UNWATCHED,
        "north_bank",
        sets("table", "t_messages", "durable", False),
        "table.passing_changes",
        Element("table", "t_messages", "durable"),
        sets("table", "t_topics", "durable", False),
        "warning",
    ),
    Flaw(
        "a limit that is said to follow",
        UNWATCHED,
        "north_bank",
        sets("column", "c_ca_limit", "derived", True),
        "column.derived_typed",
        Element("column", "c_ca_limit", "derived"),
        sets("column", "c_pa_code", "derived", True),
        "warning",
    ),
    Flaw(
        "a name that is said to follow, typed beside what counts",
        UNWATCHED,
        "north_bank",
        sets("column", "c_pa_name", "derived", True),
        "column.derived_typed",
        Element("column", "c_pa_name", "derived"),
        sets("column", "c_pa_code", "derived", True),
        "warning",
    ),
)


def loose(name: str, base: str, near: Edit) -> Flaw:
    return Flaw(
        f"{name} with anything else",
        "nothing else is switched off",
        base,
        task(name, "success.nothing_else", False),
        "task.something_else",
        at(name, "success.nothing_else"),
        near,
        "warning",
    )


LOOSE_FLAWS = (
    loose("k_pay", "north_bank", task("k_spent", "success.nothing_else", False)),
    loose("k_freeze", "north_bank", task("k_compare", "success.nothing_else", False)),
    loose("k_letter", "block_zoo", task("k_letter", "success.also", "count(added(letters)) == 1")),
)

FLAWS: tuple[Flaw, ...] = (
    *PASSING_FLAWS,
    *UNCHANGED_FLAWS,
    *OTHERWISE_FLAWS,
    *ROW_FLAWS,
    *SECOND_FLAWS,
    *UNJUDGED_FLAWS,
    *QUOTED_FLAWS,
    *UNTOLD_FLAWS,
    *NEVER_FLAWS,
    *REWARD_FLAWS,
    *COST_FLAWS,
    *SOME_FLAWS,
    *UNWATCHED_FLAWS,
    *LOOSE_FLAWS,
)
