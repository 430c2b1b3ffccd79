"""Which messages give the expected answer and nothing but it: the table, and what holds for all values."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, given, seed, settings
from hypothesis import strategies as st

from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base import formats
from flow_models.runtime.machine.base.schema import Schema
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.episodes.answers import fits
from tests.flow_models.builders import flow, page
from tests.flow_models.runtime.machine.episodes import answers_of_strangers, answers_table
from tests.flow_models.runtime.machine.episodes.answers_table import Case

VERDICTS = answers_table.VERDICTS + answers_of_strangers.VERDICTS

MANY, SEED = 5_000, 9
"""Examples of each property in a proof, and where they start."""

CURRENCIES = ("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "INR", "PLN", "ALL", "TRY", "XYZ")
LOCALES = ("en-US", "en-GB")
NEGATED = (
    "not {}",
    "It is not {}.",
    "It isn't {}",
    "It isn\u2019t {}.",
    "never {}",
    "{} is wrong",
    "no longer {}",
    "~~{}~~",
)
TURNED = ("{}?", "maybe {}", "about {}", "{} or so", "I think it is {}", "either {} or another", "It might be {}.")


def schema(currency: str = "USD", locale: str = "en-US") -> Schema:
    """Return the schema of a site with a currency and locale."""
    empty = flow(page("home"))
    site = empty.site.rebuilt(currency=currency, locale=locale)
    return Schema(compile_flow(Flow.model_validate({**empty.model_dump(), "site": site.model_dump()})).program)


SCHEMAS = {(currency, locale): schema(currency, locale) for currency in CURRENCIES for locale in LOCALES}

amounts = st.decimals(-(10**20), 10**20, places=2, allow_nan=False, allow_infinity=False)
OF_KIND: dict[str, st.SearchStrategy[Value]] = {
    "money": amounts,
    "integer": st.integers(-(10**29), 10**29),
    "decimal": st.decimals(-(10**15), 10**15, places=3, allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "date": st.dates().map(dt.date.isoformat),
    "time": st.times().map(lambda time: time.strftime("%H:%M")),
    "text": st.text(min_size=1, max_size=20).filter(str.strip),
}
typed_values = st.sampled_from(list(OF_KIND)).flatmap(lambda kind: st.tuples(st.just(kind), OF_KIND[kind]))
schemas = st.sampled_from(list(SCHEMAS.values()))


def shown(value: Value, kind: str, site: Schema) -> str:
    """Return a value as a page shows it."""
    return formats.formatter(kind, site.currency, site.locale)(value)


@pytest.mark.parametrize(
    ("case", "answer", "is_right"),
    VERDICTS,
    ids=[f"{case.kind}-{answer[:40]!a}-{'right' if is_right else 'wrong'}" for case, answer, is_right in VERDICTS],
)
def test_an_answer_has_its_verdict(case: Case, answer: str, is_right: bool) -> None:
    site = SCHEMAS[case.currency, case.locale]
    assert fits(answer, case.expected, case.kind, site, rivals=case.rivals, goal=case.goal) is is_right


def test_the_table_is_long_and_says_nothing_twice() -> None:
    cases = [(case, answer) for case, answer, _ in VERDICTS]
    assert len(cases) > 350
    assert len(set(cases)) == len(cases)


def test_every_month_is_read_in_full_and_short() -> None:
    for month in range(1, 13):
        day = dt.date(2027, month, 9)
        for form in ("%d %B %Y", "%b %d, %Y"):
            assert fits(day.strftime(form), day.isoformat(), "date", SCHEMAS["USD", "en-US"])


@given(typed_values, schemas)
def test_what_a_page_shows_of_the_value_is_right(typed: tuple[str, Value], site: Schema) -> None:
    kind, value = typed
    assert fits(shown(value, kind, site), value, kind, site)


@given(typed_values, st.data(), schemas)
def test_what_a_page_shows_of_another_value_is_wrong(
    typed: tuple[str, Value], data: st.DataObject, site: Schema
) -> None:
    kind, value = typed
    other = data.draw(OF_KIND[kind].filter(lambda one: one != value and str(one).split() != str(value).split()))
    assert not fits(shown(other, kind, site), value, kind, site, rivals=[str(other)])


@given(typed_values, st.sampled_from(NEGATED + TURNED), schemas)
def test_what_is_denied_or_doubted_is_wrong(typed: tuple[str, Value], form: str, site: Schema) -> None:
    kind, value = typed
    text = shown(value, kind, site)
    assume(kind != "text" or (text.isalpha() and text.isascii() and len(text) > 2))
    assert not fits(form.format(text), value, kind, site)


@given(amounts, st.sampled_from(CURRENCIES), st.sampled_from(CURRENCIES))
def test_an_amount_of_another_currency_is_wrong(amount: Decimal, currency: str, other: str) -> None:
    site = SCHEMAS[currency, "en-US"]
    assert fits(formats.money(amount, other), amount, "money", site) is (currency == other)


@given(amounts.filter(bool), schemas)
def test_the_sign_counts_in_every_dash(amount: Decimal, site: Schema) -> None:
    plain = formats.money(abs(amount), site.currency)
    for dash in "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d":
        assert fits(dash + plain, -abs(amount), "money", site)
        assert not fits(dash + plain, abs(amount), "money", site)


@given(st.text(max_size=60), typed_values, schemas)
def test_no_text_raises(message: str, typed: tuple[str, Value], site: Schema) -> None:
    kind, value = typed
    fits(message, value, kind, site, rivals=[message, "Gold"], goal=message)
    fits(f"{shown(value, kind, site)} {message}", value, kind, site)


_BITS = (
    *(
        "1",
        "25",
        "1,254.90",
        "30",
        "2026",
        "$",
        "\u20ac",
        "-",
        "(",
        ")",
        " ",
        "\n",
        "k",
        "million",
        "not",
        "or",
        "March",
        "3rd",
    ),
    *(
        ":",
        "pm",
        "one",
        "hundred",
        "yes",
        "no",
        "Gold",
        ".",
        ",",
        "%",
        "*",
        "'",
        '"',
        "\\",
        "{",
        "}",
        "\u0661",
        "\ud800",
    ),
)


@given(st.lists(st.sampled_from(_BITS), max_size=30).map("".join), typed_values, schemas)
def test_no_text_of_what_the_grammar_knows_raises(message: str, typed: tuple[str, Value], site: Schema) -> None:
    kind, value = typed
    fits(message, value, kind, site, rivals=("Gold", "1"))


@pytest.mark.parametrize("bit", [*_BITS, "a ", "1 ", "1.", "- ", "''", "((", "one ", "Gold "])
@pytest.mark.parametrize("kind", ["money", "boolean", "date", "time", "text"])
def test_long_texts_are_judged(bit: str, kind: str) -> None:
    expected: dict[str, Value] = {"money": Decimal(1), "boolean": True, "date": "2027-03-15", "time": "14:30"}
    message = (bit * 10_000)[:10_000]
    assert not fits(message, expected.get(kind, "Silver"), kind, SCHEMAS["USD", "en-US"], rivals=("Bronze",))


@pytest.mark.proof
@pytest.mark.timeout(1500)
@pytest.mark.parametrize(
    "prove",
    [
        test_what_a_page_shows_of_the_value_is_right,
        test_what_a_page_shows_of_another_value_is_wrong,
        test_what_is_denied_or_doubted_is_wrong,
        test_an_amount_of_another_currency_is_wrong,
        test_the_sign_counts_in_every_dash,
        test_no_text_raises,
        test_no_text_of_what_the_grammar_knows_raises,
    ],
    ids=lambda prove: prove.__name__,
)
def test_the_same_holds_for_many_more(prove: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> None:
    many = settings(max_examples=MANY, deadline=None, database=None)(seed(SEED)(prove))
    many()
    with capsys.disabled():
        print(f"\n{prove.__name__}: {MANY} examples, seed {SEED}")
