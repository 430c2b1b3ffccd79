"""What formulas compute, from source text to value, over a few small tables."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.compiler import compile_flow
from flow_models.document.scopes import Scopes
from flow_models.formulas import Scope, parse, parse_template
from flow_models.runtime.machine import FormulaFaultError, Machine
from flow_models.runtime.machine.base.errors import OutOfRangeError
from flow_models.runtime.machine.base.nodes import Arithmetic, Node
from flow_models.runtime.machine.formulas.closures import Formulas
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.formulas.reads import reads_of
from tests.flow_models.builders import flow, page, table, variable

OWNERS = table("owners", "name:text", rows=(("Ada",), ("Bob",)))
ACCOUNTS = table(
    "accounts",
    "owner:row:owners",
    "name:text",
    "balance:money",
    "rate:decimal",
    "opened:date",
    "open:boolean",
    rows=(
        ("owners_1", "Main", "100.00", "1.25", "2027-01-31", True),
        ("owners_2", "Savings", "250.50", "2.00", "2026-06-01", True),
        ("owners_1", "old", None, None, None, False),
    ),
)
EMPTY = table("nothing", "n:integer")
FLOW = flow(
    page("home"), OWNERS, ACCOUNTS, EMPTY, variable("n", "integer", 3), variable("who", "row:owners", "owners_1")
)
MACHINE = Machine(compile_flow(FLOW).program)
START = MACHINE.visit()
SCOPE: Scope = Scopes(FLOW).base
FORMULAS = Formulas(MACHINE.schema)


def context() -> Context:
    return Context(MACHINE.schema, START.state.tables, START.state.variables)


def compute(source: str) -> object:
    parsed = parse(source, SCOPE)
    assert parsed.tree is not None, parsed.errors
    return FORMULAS.value(Node.read(parsed.tree))(context())


def shown(source: str) -> str:
    parsed = parse_template(source, SCOPE)
    assert parsed.parts is not None, parsed.errors
    return str(
        FORMULAS.text(tuple(part if isinstance(part, str) else Node.read(part) for part in parsed.parts))(context())
    )


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2 * 3", 7),
        ("7 // 2 - 7 % 4", 0),
        ("1 / 3", Decimal("0.333333333333")),
        ("divide(1, n - 3, 0)", 0),
        ("-n + 1", -2),
        ('"a" + "b"', "ab"),
        ("n > 2 and not n > 5", True),
        ("n == 9 or n == 3", True),
        ("1 if n > 2 else 2", 1),
        ("n in [1, 2, 3]", True),
        ("n not in [1, 2, 3]", False),
        ("empty == empty", True),
        ("count(accounts)", 3),
        ("count(accounts, open)", 2),
        ("sum(accounts, balance)", Decimal("350.50")),
        ("sum(nothing, n)", 0),
        ("avg(accounts, balance, default=0)", Decimal("175.25")),
        ("min(accounts, balance, open, default=0)", Decimal("100.00")),
        ("max(nothing, n, default=7)", 7),
        ("first(accounts, owner == who).name", "Main"),
        ("last(accounts).name", "old"),
        ('first(accounts, name == "no").name == empty', True),
        ("first(sort_by(accounts, name)).name", "Main"),
        ("first(sort_by(accounts, balance, descending=true)).name", "Savings"),
        ("any(accounts, balance > 200)", True),
        ("any(nothing)", False),
        ("all(nothing, n > 1)", True),
        ("all(accounts, open)", False),
        ("count(owners as o, any(accounts, owner == o and balance > 200))", 1),
        ("first(accounts).owner.name", "Ada"),
        ('len("four") + len(empty)', 4),
        ('upper(trim("  a ")) + lower("B")', "Ab"),
        ('contains("Hello", "ELL") and starts_with("Hello", "he") and ends_with("Hello", "lo")', True),
        ("round(2.5)", 3),
        ("round(1 / 3, 2)", Decimal("0.33")),
        ("abs(n - 5)", 2),
        ("year(first(accounts).opened) + month(first(accounts).opened) + day(first(accounts).opened)", 2059),
        ("weekday(first(accounts).opened)", 7),
        ("month_start(first(accounts).opened)", "2027-01-01"),
        ("days(first(accounts).opened, first(accounts).opened + 30)", 30),
        ("first(accounts).opened + 1", "2027-02-01"),
        ('text(12.50) + "!"', "12.50!"),
        ('number("1,200.5")', Decimal("1200.5")),
        ("today()", "2027-03-15"),
        ("first(accounts).balance == n * 33 + 1", True),
        ("count(accounts, n * 100 == balance - 200) + count(accounts, balance == n * 30 + 10)", 1),
        ("count(accounts, balance <= n * 83)", 1),
        ("count(accounts, balance < n * 83 + rate)", 2),
        ("first(accounts).balance in [n, 100]", True),
        ("last(accounts).balance < n", False),
        ("first(accounts).balance - n", Decimal("97.00")),
        ("max(accounts, balance, name == empty, default=n)", 3),
        ("clock.time", "09:00"),
    ],
)
def test_a_formula_computes(source: str, value: object) -> None:
    assert compute(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("last(accounts).balance + 1", None),
        ("last(accounts).balance > 1", False),
        ("last(accounts).balance <= 1", False),
        ("last(accounts).balance == empty", True),
        ("last(accounts).balance != empty", False),
        ("not last(accounts).balance > 1", True),
        ("upper(empty)", None),
        ('contains("abc", empty)', True),
    ],
)
def test_the_empty_value_goes_its_own_way(source: str, value: object) -> None:
    assert compute(source) == value


@pytest.mark.parametrize(
    "source", ["1 / (n - 3)", "1 // (n - 3)", "1 % (n - 3)", " * ".join(["9999999999"] * 13), "today() + 9999999999"]
)
def test_what_leaves_the_range_names_its_formula(source: str) -> None:
    with pytest.raises(OutOfRangeError) as caught:
        compute(source)
    assert isinstance(caught.value.tree, Arithmetic)


def test_on_the_way_numbers_may_be_wider_than_what_is_kept() -> None:
    assert compute(" * ".join(["9999999999"] * 12) + " > 1") is True


def test_texts_show_values_in_the_manner_of_the_site() -> None:
    assert shown("{first(accounts).balance} since {first(accounts).opened}: {first(accounts).open}") == (
        "$100.00 since January 31, 2027: Yes"
    )
    assert shown("{{n}} is {n}") == "{n} is 3"
    assert shown("") == ""


def test_what_a_formula_reads_is_known() -> None:
    parsed = parse("count(accounts, owner == who and opened > today())", SCOPE)
    assert parsed.tree is not None
    reads = reads_of(Node.read(parsed.tree))
    assert reads.tables == {"accounts", "owners"}
    assert reads.variables == {"who"}
    assert reads.flags == {"date"}


COLUMNS = st.sampled_from(
    [
        "owner == who",
        'name == "Main"',
        '"old" == name',
        "rate == 1.25",
        "open",
        "balance > 50",
        "balance == n * 33 + 1",
        "row == first(accounts)",
    ]
)


@given(st.lists(COLUMNS, min_size=1, max_size=4))
def test_a_look_up_finds_what_a_scan_finds(conditions: list[str]) -> None:
    indexed = compute(f"count(accounts, {' and '.join(conditions)})")
    scanned = compute(f"count(accounts, {' and '.join(f'not not ({one})' for one in conditions)})")
    assert indexed == scanned


def test_a_look_up_hides_no_fault_of_a_condition_before_it() -> None:
    with pytest.raises(FormulaFaultError):
        compute('any(accounts, owner == who and 1 // (n - 3) == 0 and name == "nobody")')
    assert compute('any(accounts, owner == who and name == "nobody" and 1 // (n - 3) == 0)') is False
