"""Formulas in the words that the person gave things."""

import re
from pathlib import Path

import pytest

import resources
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.places import Place, place_at, places
from flow_models.document.wording import condition_words, place_words, titles_at
from flow_models.formulas import Node, parse, parse_template
from flow_models.formulas.scope import Names, Scope, TableInfo

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))
FILES = [*sorted(resources.path("examples").glob("*.json")), *sorted(resources.path("templates").glob("*.json"))]
CODE = re.compile(r"[{}_]|==|!=|[<>]|\d{4}-\d\d-\d\d|  |\b(field|record|task|clock)\.|'|\(\)")
"""What formulas are made of and people do not read; no title of ours holds it."""

SCOPE = Scope(
    fields=Names({"day": "date", "much": "money", "sure": "boolean", "name": "text"}),
    tables=Names({"goods": TableInfo(Names({"name": "text", "price": "money", "sold": "boolean"}))}),
    variables=Names({"tries": "integer"}),
    allow=frozenset({"chance", "before"}),
)


def said(transition: str) -> str:
    place = place_at(BANK, Element("transition", transition, "when"))
    assert place is not None
    return place_words(place, titles_at(BANK, Element("transition", transition)))


def test_fields_columns_and_comparisons_are_said_by_their_titles() -> None:
    arrow = next(part for part in BANK.transitions if part.when == "field.amount > field.source.balance")
    assert said(arrow.id) == "Amount is more than From account \u203a Balance"


def trees(place: Place) -> list[Node | None]:
    if not place.template:
        return [parse(place.source, place.scope, place.expected, place.choices).tree]
    return [part for part in parse_template(place.source, place.scope).parts or [] if not isinstance(part, str)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_no_formula_of_an_example_is_said_as_code(file: Path) -> None:
    flow = storage.load(file)
    for place in places(flow):
        titles = titles_at(flow, place.elements[0])
        for tree in trees(place):
            assert tree is not None, place.source
            words = titles.condition(tree)
            assert not CODE.search(words), (place.source, words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("field.sure", "sure is yes"),
        ("not field.sure", "sure is no"),
        ("field.sure == false", "sure is no"),
        ("field.day == empty", "day is empty"),
        ("field.day > today() + 1", "day is after (today\u2019s date + 1 day)"),
        ('field.day != "2027-03-15"', "day is not March 15, 2027"),
        ("field.much * 2 <= 1234.5", "(much \u00d7 2) is at most $1,234.50"),
        ("not any(goods, name == field.name)", "there is no row of goods where the row\u2019s name is the field name"),
        ("any(added(goods))", "there is one of the rows added to goods"),
        ("all(goods, sold)", "in every row of goods: sold is yes"),
        ("count(goods, sold) > tries", "(number of rows of goods where sold is yes) is more than tries"),
        ("first(sort_by(goods, price, descending=true)).sold", None),
        ('not contains(field.name, "a")', "name does not contain “a”"),
        ('field.name not in ["a", "b"]', "name is none of “a” or “b”"),
        ("chance(0.25)", "by chance, 25 % of the time"),
        ("not (field.sure and tries > 1)", "it is not so that sure is yes and tries is more than 1"),
        ("field.sure or (tries > 1 and tries < 3)", "sure is yes or (tries is more than 1 and tries is less than 3)"),
        ("tries ==", "(not finished yet)"),
    ],
)
def test_every_form_of_a_condition_has_words(source: str, words: str | None) -> None:
    found = condition_words(
        source, SCOPE, titles_at(BANK.rebuilt(site=BANK.site.rebuilt(currency="USD", locale="en-US")), None)
    )
    assert not CODE.search(found)
    assert words is None or found == words


def test_amounts_and_dates_are_written_as_the_site_writes_them() -> None:
    british = titles_at(BANK.rebuilt(site=BANK.site.rebuilt(currency="GBP", locale="en-GB")), None)
    assert condition_words('field.much > 5 and field.day < "2027-03-15"', SCOPE, british) == (
        "much is more than £5.00 and day is before 15 March 2027"
    )
