"""A small bank's scope, and strategies that write formulas for it."""

from hypothesis import strategies as st

from flow_models.formulas import Scope, TableInfo

ACCOUNTS = TableInfo(
    {
        "number": "text",
        "balance": "money",
        "owner": "row:customers",
        "kind": "choice",
        "opened": "date",
        "rate": "decimal",
    },
    {"kind": ("current", "savings")},
)
CUSTOMERS = TableInfo({"name": "text", "locked": "boolean", "tries": "integer", "since": "date"})
PAYMENTS = TableInfo({"account": "row:accounts", "amount": "money", "day": "date", "at": "time", "text": "text"})
CART = TableInfo({"count": "integer"}, durable=False)

SCOPE = Scope(
    fields={"amount": "money", "day": "date", "to": "row:accounts", "note": "text", "kind": "choice", "n": "integer"},
    variables={"user": "row:customers", "tries": "integer", "is_open": "boolean", "limit": "money"},
    task={"amount": "money", "account": "row:accounts", "merchant": "text"},
    tables={"accounts": ACCOUNTS, "customers": CUSTOMERS, "payments": PAYMENTS, "cart": CART},
    record="accounts",
    row="payments",
    allow=frozenset({"before", "answer", "chance"}),
    choices={"field.kind": ("current", "savings")},
)


def _join(template: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(parts).map(lambda found: template.format(**found))


_NUMBERS = st.sampled_from(
    ["tries", "field.n", "user.tries", "3", "0", "-2", "count(accounts)", "count(added(payments))"]
)
_MONEY = st.sampled_from(
    [
        *(
            "field.amount",
            "limit",
            "record.balance",
            "row.amount",
            "amount",
            "field.to.balance",
            "task.account.balance",
        ),
        *("sum(payments, amount)", "max(accounts, balance, default=0)", "sum(payments, amount, account == record)"),
        *("min(accounts as a, a.balance, a.owner == user, default=limit)", "divide(limit, tries, 0)"),
        *("first(sort_by(accounts, balance, descending=true), owner == user).balance", "round(limit, 1)"),
        *("first(before.accounts as old, old == record, default=empty).balance", "limit * 1.5", "-limit"),
    ]
)
_TEXTS = st.one_of(
    st.sampled_from(
        ["field.note", "record.number", "text", "user.name", "task.merchant", "upper(field.note)", "answer"]
    ),
    st.text(alphabet='ab"\\ {}\n\té', max_size=5).map(
        lambda value: (
            '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
        )
    ),
)
_DATES = st.sampled_from(["field.day", "day", "today()", '"2027-03-15"', "record.opened", "month_start(today())"])
_ORDER = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
_SAME = st.sampled_from(["==", "!="])

NUMBERS = st.recursive(
    _NUMBERS,
    lambda inner: st.one_of(
        _join("({left} {sign} {right})", left=inner, right=inner, sign=st.sampled_from(["+", "-", "*"])),
        _join("{left} {sign} {right}", left=inner, right=inner, sign=st.sampled_from(["+", "-", "*", "//", "%"])),
        _join("{then} if is_open else {other}", then=inner, other=inner),
        inner.map(lambda part: f"-({part})"),
    ),
    max_leaves=5,
)
_CONDITIONS = st.one_of(
    _join("{left} {test} {right}", left=_MONEY, right=_MONEY, test=_ORDER),
    _join("{left} {test} {right}", left=_NUMBERS, right=_NUMBERS, test=_ORDER),
    _join("{left} {test} {right}", left=_MONEY, right=_NUMBERS, test=_ORDER),
    _join("{left} {test} {right}", left=_NUMBERS, right=_MONEY, test=_ORDER),
    _join("{left} {test} {right}", left=_TEXTS, right=_TEXTS, test=_SAME),
    _join("{left} {test} {right}", left=_DATES, right=_DATES, test=_ORDER),
    _join("{left} == empty", left=st.one_of(_MONEY, _TEXTS, _DATES)),
    _join("contains({left}, {right})", left=_TEXTS, right=_TEXTS),
    _join("{left} {test} [{a}, {b}]", left=_TEXTS, a=_TEXTS, b=_TEXTS, test=st.sampled_from(["in", "not in"])),
    _join('record.kind == "savings"'),
    _join("any(payments as p, p.account == record and p.amount {test} {right})", right=_MONEY, test=_ORDER),
    _join("count(accounts, balance {test} {right}) > {n}", right=_MONEY, test=_ORDER, n=_NUMBERS),
    _join("row in added(payments)"),
    st.sampled_from(
        ["is_open", "user.locked", "true", "chance(0.25)", "record == task.account", "all(cart, count > 1)"]
    ),
)
CONDITIONS = st.recursive(
    _CONDITIONS,
    lambda inner: st.one_of(
        _join("({a} and {b})", a=inner, b=inner),
        _join("{a} and {b} and {c}", a=inner, b=inner, c=inner),
        _join("({a} or {b})", a=inner, b=inner),
        inner.map(lambda part: f"not ({part})"),
    ),
    max_leaves=8,
)
"""Sources of conditions, nearly all of them sound in `SCOPE`."""

SOURCES = st.one_of(CONDITIONS, NUMBERS, _MONEY, _TEXTS, _DATES)

WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "field",
                    ".",
                    "amount",
                    "(",
                    ")",
                    "[",
                    "]",
                    ",",
                    "and",
                    "or",
                    "not",
                    "if",
                    "else",
                    "in",
                    "is",
                    "as",
                    "==",
                ),
                *(
                    "=",
                    "<",
                    "*",
                    "**",
                    "/",
                    "-",
                    "any",
                    "count",
                    "sum",
                    "first",
                    "sort_by",
                    "added",
                    "before",
                    "accounts",
                ),
                *(
                    "payments",
                    "row",
                    "record",
                    "user",
                    "0",
                    "1.5",
                    "1e9",
                    '"',
                    "'",
                    '"a"',
                    "lambda",
                    ":",
                    "{",
                    "}",
                    "\\",
                    "\n",
                ),
                *(
                    "empty",
                    "default=",
                    "value=",
                    "min",
                    "divide",
                    "round",
                    "chance",
                    "today()",
                    "é",
                    "\x00",
                    "\ud800",
                    "0x1",
                ),
                *("for", "await", "f", "__class__", ";", "#", "@", "x:=1", "print", "days", "text"),
            ]
        ),
        st.characters(),
    ),
    max_size=25,
)
HOSTILE = st.one_of(st.text(max_size=120), WORDS.map(" ".join), WORDS.map("".join))
"""Sources that are mostly broken."""
