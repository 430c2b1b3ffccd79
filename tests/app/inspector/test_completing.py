"""What is offered at the cursor of a formula or a text."""

from app.inspector.completing import completions
from flow_models.document.wording import Titles
from flow_models.formulas import Scope, TableInfo

SCOPE = Scope(
    fields={"amount": "money"},
    variables={"tries": "integer"},
    tables={"accounts": TableInfo({"name": "text", "balance": "money"})},
    record="accounts",
)


def offered(source: str, *, template: bool = False, asked: bool = False) -> list[str]:
    found = completions(SCOPE, Titles(), source, len(source), template=template, asked=asked)
    return [item.text for item in found.items]


def test_a_word_is_completed_by_names_functions_and_words() -> None:
    assert "tries" in offered("tr")
    assert "today(" in offered("1 + to")
    assert "accounts" in offered("count(acc")


def test_columns_stand_behind_a_point() -> None:
    assert offered("record.b") == ["record.balance"]
    assert "field.amount" in offered("field.")


def test_inside_an_aggregate_its_columns_are_offered() -> None:
    assert "balance" in offered("sum(accounts, ba")


def test_a_text_completes_only_between_braces() -> None:
    assert offered("try tr", template=True) == []
    assert offered("{{tr", template=True) == []
    assert "tries" in offered("After {tr", template=True)


def test_quotes_and_whole_words_offer_nothing() -> None:
    assert offered('"tr') == []
    assert offered("tries") == []
    assert offered("") == []
    assert "tries" in offered("", asked=True)
