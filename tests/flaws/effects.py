"""Flaws of effects and days: what is changed, taken, added and written."""

from collections.abc import Callable

from flow_models.document.elements import Element
from tests.flaws.editing import at, goes, without, without_effects
from tests.flaws.table import Edit, Flaw, Played, edits, sets


def changes_many(name: str) -> Callable[[Played], bool]:
    """Return what says whether more than one row of a table is another one after a walk's last step, or gone."""

    def shows(played: Played) -> bool:
        after = {row["key"]: row for row in played.rows(name)}
        return sum(after.get(row["key"]) != row for row in played.rows(name, -2)) > 1

    return shows


SWEEPING = tuple(
    Flaw(
        title,
        "sweeping",
        base,
        sets("transition", name, f"do.{number}.where", where),
        f"sweeping.one_{how}",
        at(name, f"do.{number}"),
        sets("transition", name, f"do.{number}.where", near),
        severity="warning",
        task=asked,
        shows=changes_many(rows),
    )
    for title, base, name, number, where, near, how, asked, rows in (
        ("all payees are removed", "north_bank", "x_rm_go", 0, "", "record == row", "removed", "edit-payee", "payees"),
        (
            "all payees get one IBAN",
            "north_bank",
            "x_ed_ok",
            0,
            "true",
            "row == record and true",
            "changed",
            "edit-payee",
            "payees",
        ),
        (
            "all accounts pay",
            "north_bank",
            "x_rv_ok",
            1,
            "row == row",
            "row == draft_source",
            "changed",
            "pay-payee",
            "accounts",
        ),
        (
            "all trips are cancelled",
            "skylark_air",
            "x_ca_go",
            0,
            "code == code",
            "code == record.code",
            "changed",
            "cancel-trip",
            "bookings",
        ),
    )
)


def account_changes(played: Played) -> bool:
    """Say whether an account holds less after the last step."""
    return played.rows("accounts") != played.rows("accounts", -2)


def only_a_row_more(name: str, account: str) -> Callable[[Played], bool]:
    """Return what says whether the last step adds a row and leaves the accounts as they are."""
    return lambda played: (
        len(played.rows(name)) > len(played.rows(name, -2)) and played.rows(account) == played.rows(account, -2)
    )


BALANCES = (
    Flaw(
        "a payment that is written nowhere",
        "balance",
        "north_bank",
        edits(
            without_effects("x_rv_ok", 0),
            sets("transition", "x_rv_ok", "to", "p_accounts"),
            sets("transition", "x_rv_ok", "record", ""),
        ),
        "balance.lost",
        at("x_rv_ok", "do.0"),
        edits(sets("transition", "x_rv_ok", "to", "p_accounts"), sets("transition", "x_rv_ok", "record", "")),
        severity="warning",
        task="pay-payee",
        shows=account_changes,
    ),
    Flaw(
        "a payment that costs nothing",
        "balance",
        "north_bank",
        without_effects("x_rv_ok", 1),
        "balance.stays",
        at("x_rv_ok", "do.0"),
        without_effects("x_rv_ok", 2),
        severity="warning",
        task="pay-payee",
        shows=only_a_row_more("transfers", "accounts"),
    ),
    Flaw(
        "a booking that costs nothing",
        "balance",
        "skylark_air",
        without_effects("x_py_ok", 0),
        "balance.stays",
        at("x_py_ok", "do.0"),
        sets("transition", "x_py_ok", "notice", None),
        severity="warning",
        task="cheap-morning-flight",
        shows=only_a_row_more("bookings", "cards"),
    ),
)

REPEATING = (
    Flaw(
        "a payee twice",
        "repeating",
        "north_bank",
        without("x_ad_taken"),
        "repeating.alike",
        at("x_ad_ok", "do.0"),
        goes("x_ad_taken", "any(payees as known, known.iban == field.iban)"),
        severity="warning",
    ),
    Flaw(
        "a traveller twice",
        "repeating",
        "skylark_air",
        without("x_at_known"),
        "repeating.alike",
        at("x_at_ok", "do.0"),
        sets("transition", "x_at_known", "when", "any(travellers, lower(name) == lower(trim(field.name)))"),
        severity="warning",
    ),
    Flaw(
        "a payee of another group twice",
        "repeating",
        "north_bank",
        goes("x_ad_taken", "field.category == 'Friends' and field.name == 'x'"),
        "repeating.alike",
        at("x_ad_ok", "do.0"),
        edits(without("x_ad_taken"), goes("x_ad_ok", "not any(payees, iban == field.iban)")),
        severity="warning",
    ),
)


DAYS = (
    Flaw(
        "a payment has the day on which the flow was drawn",
        "day",
        "north_bank",
        sets("transition", "x_rv_ok", "do.0.values.c_tf_date", '"2027-03-15"'),
        "day.fixed",
        at("x_rv_ok", "do.0.values.c_tf_date"),
        sets("transition", "x_rv_ok", "do.0.values.c_tf_date", "today() + 1"),
        severity="warning",
    ),
    Flaw(
        "this month begins on a day",
        "day",
        "north_bank",
        sets(
            "task", "k_spent", "answer", 'sum(transactions, amount, date >= "2027-03-01" and merchant == task.merchant)'
        ),
        "day.fixed",
        Element("task", "k_spent", "answer"),
        sets(
            "task",
            "k_spent",
            "answer",
            "sum(transactions, amount, merchant == task.merchant and date >= month_start(today() + 0))",
        ),
        severity="warning",
    ),
    Flaw(
        "check-in opens on a day",
        "day",
        "skylark_air",
        goes("x_ck_early", 'record.flight.date > "2027-05-01"'),
        "day.fixed",
        at("x_ck_early", "when"),
        goes("x_ck_early", "record.flight.date > today() + 7"),
        severity="warning",
    ),
)


def begins(moment: str) -> Edit:
    """Return the edit that lets the clock begin at a moment."""
    return lambda now: now.rebuilt(site=now.site.rebuilt(clock=now.site.clock.rebuilt(start=moment)))


TURNS = tuple(
    Flaw(
        f"{name} just before midnight",
        "turn of the day",
        base,
        begins(late),
        "day.turns",
        Element("task", key, rule),
        begins(early),
        severity="warning",
    )
    for name, base, key, rule, late, early in (
        ("the spending", "north_bank", "k_spent", "answer", "2027-03-15T23:58", "2027-03-15T23:50"),
        ("spending in more steps", "north_bank", "k_spent", "answer", "2027-03-15T23:57", "2027-03-15T23:56"),
        ("the number of payments", "north_bank", "k_spent", "answer", "2027-12-31T23:59", "2027-12-31T00:00"),
    )
)


def takes_otherwise(name: str, column: str) -> Callable[[Played], bool]:
    """Return what says whether the last step takes another amount than the new row says."""

    def shows(played: Played) -> bool:
        after = {row["key"]: row[column] for row in played.rows(name)}
        taken = [row[column] - after[row["key"]] for row in played.rows(name, -2)]  # type: ignore[operator]
        noted = [row["amount"] for row in played.rows("transfers")]
        return any(amount and amount not in noted for amount in taken)

    return shows


CONSERVING = tuple(
    Flaw(
        title,
        "conserving",
        base,
        sets("transition", name, place, f"{column} - ({amount})"),
        "running.taken_otherwise",
        at(name, place.rpartition(".values.")[0]),
        sets("transition", name, place, f"{column} - ({near})"),
        severity="warning",
        task=asked,
        shows=shows,
    )
    for title, base, name, place, column, amount, near, asked, shows in (
        (
            "a payment costs a cent more than it says", "north_bank", "x_rv_ok", "do.1.values.c_ac_balance", "balance",
            "draft_amount + 0.01", "draft_amount + 0", "pay-payee", takes_otherwise("accounts", "balance"),
        ),
        (
            "a payment is taken twice", "north_bank", "x_rv_ok", "do.1.values.c_ac_balance", "balance",
            "draft_amount * 2", "draft_amount * 1", "pay-request", takes_otherwise("accounts", "balance"),
        ),
        (
            "half a payment is enough", "north_bank", "x_rv_ok", "do.1.values.c_ac_balance", "balance",
            "draft_amount / 2", "draft_amount / 1", "pay-payee", takes_otherwise("accounts", "balance"),
        ),
    )
)  # fmt: skip

GROUPS = (SWEEPING, BALANCES, REPEATING, CONSERVING, DAYS, TURNS)

FLAWS: tuple[Flaw, ...] = tuple(flaw for group in GROUPS for flaw in group)
