"""How sentences grow: what fits beside a left side, and operands over tables that are whole."""

from dataclasses import replace

from app.inspector import building
from app.inspector.building import ANYTHING, Ground, Wanted, first_row, fitted, new_sum, of_table, sum_of, table_node
from flow_models.document.wording import Titles
from flow_models.formulas import Scope, TableInfo, parse
from flow_models.formulas.sentences import YES, Items, Plain, Row, Sentence, from_sentence, from_value, to_value

ACCOUNTS = TableInfo({"name": "text", "balance": "money", "kind": "choice"}, {"kind": ("Saving", "Current")})
SCOPE = Scope(
    fields={"amount": "money", "agreed": "boolean", "most": "integer"},
    tables={"accounts": ACCOUNTS},
    record="accounts",
    allow=frozenset({"before"}),
)
GROUND = Ground(SCOPE, Titles())


def operand(source: str) -> Plain:
    tree = parse(source, SCOPE).tree
    assert tree is not None
    found = to_value(tree)
    assert isinstance(found, Plain)
    return found


def written(row: Row) -> str:
    return from_sentence(Sentence("all", (row,)))


def test_another_left_side_brings_a_right_side_of_its_type() -> None:
    row = Row(operand("record.name"), "contains", operand('"x"'))
    assert written(fitted(Row(operand("field.amount"), row.comparison, row.right), GROUND)) == "field.amount == 0.00"


def test_a_right_side_that_fits_stays() -> None:
    row = Row(operand("record.balance"), "<=", operand("field.amount"))
    assert fitted(row, GROUND) == row


def test_a_whole_number_stays_beside_money_and_is_offered_money() -> None:
    for row in (
        Row(operand("record.balance"), "<=", operand("field.most")),
        Row(operand("field.most"), ">", operand("record.balance")),
    ):
        assert fitted(row, GROUND) == row
        assert building.wanted_of(row, GROUND).is_compared


def test_a_choice_starts_with_its_first_value() -> None:
    assert written(fitted(Row(operand("record.kind"), "=="), GROUND)) == 'record.kind == "Saving"'


def test_yes_or_no_stands_alone() -> None:
    assert written(fitted(Row(operand("field.agreed"), YES), GROUND)) == "field.agreed"
    assert building.tests_of(Row(operand("field.agreed"), YES))[:2] == ["yes", "no"]


def test_one_of_makes_a_list_of_what_stood_there() -> None:
    row = fitted(Row(operand("record.name"), "in", operand('"Anna"')), GROUND)
    assert isinstance(row.right, Items)
    assert written(row) == 'record.name in ["Anna"]'


def test_operands_over_tables_are_formulas_without_mistakes() -> None:
    for fn in ("count", "any", "all", "sum", "min", "max", "avg", "first", "last"):
        wanted = Wanted("row:accounts") if fn in ("first", "last") else ANYTHING
        made = of_table(fn, table_node("accounts"), GROUND, wanted)
        assert made is not None
        source = from_value(made)
        assert parse(source, SCOPE, wanted.kind).errors == (), source


def test_a_calculation_is_offered_only_where_it_fits() -> None:
    assert new_sum(operand("record"), Wanted("row:accounts")) is None
    assert new_sum(operand("record.name"), Wanted("text")) is None
    for kind in ("integer", "money", "decimal", "date"):
        made = new_sum(None, Wanted(kind))
        assert made is not None
        assert parse(from_value(made), SCOPE, kind).errors == ()


def test_nothing_is_divided_by_zero() -> None:
    zero = operand("0")
    assert sum_of("/", operand("field.amount"), zero) is None
    by_name = sum_of("/", operand("field.amount"), operand("field.most"))
    assert by_name is not None
    assert parse(from_value(by_name), SCOPE).errors == ()


def test_a_new_row_is_a_formula_without_mistakes() -> None:
    row = first_row(GROUND)
    assert row is not None
    assert parse(written(row), SCOPE, "boolean").errors == ()


def test_where_nothing_has_a_name_the_clock_does() -> None:
    row = first_row(Ground(Scope(), Titles()))
    assert row is not None
    assert written(row).startswith("today() ==")


def test_what_comes_from_a_table_is_about_the_row_at_hand() -> None:
    loans = TableInfo({"book": "row:books", "name": "text"}, {})
    scope = Scope(tables={"books": TableInfo({"title": "text"}, {}), "loans": loans}, record="books")
    made = building.any_of_table(Ground(scope, Titles()), ANYTHING)
    assert made is not None
    assert written(Row(made, YES)) == "any(loans, book == record)"
    elsewhere = building.any_of_table(Ground(replace(scope, record=None), Titles()), ANYTHING)
    assert elsewhere is not None
    assert elsewhere.where is None
