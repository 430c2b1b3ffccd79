"""Formulas and texts that cannot be read."""

import pytest

from flow_models.document.edits.parts import value_at
from flow_models.document.elements import Element
from tests.flow_models.builders import arrow, flow, link, page, parameter, table, task, variable, words
from tests.flow_models.checks.asking import assert_case, problems_of

N = variable("n", "integer", 0)
CASES = {
    "formula": (
        flow(page("a", link("go")), N, arrow("a", use="go", when="m > 1")),
        flow(page("a", link("go")), N, arrow("a", use="go", when="n > 1")),
    ),
    "text.formula": (flow(page("a", words("w", "You have {m}"))), flow(page("a", words("w", "You have {n}")), N)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_mistake_names_its_field_and_its_characters() -> None:
    found = problems_of("formula", CASES["formula"][0])[0]
    assert found.elements == (Element("transition", "a-go-stay", "when"),)
    assert found.span == (0, 1)


def test_a_mistake_in_a_block_names_block_and_page() -> None:
    found = problems_of("text.formula", CASES["text.formula"][0])[0]
    assert found.elements == (Element("block", "w", "text"), Element("page", "a"))
    assert found.span == (10, 11)


def test_a_wrong_type_is_found_in_conditions_wordings_and_answers() -> None:
    asked = task("t", "Do {task.gone}.", parameters=(parameter("p", "money", "1.00"),), answer="task.p == 'x'")
    start = flow(page("a", open_by_url="n"), N, table("t", "x"), asked)
    fields = [found.elements[0].field for code in CASES for found in problems_of(code, start)]
    assert sorted(fields) == ["answer", "open_by_url", "wordings.0"]


def test_what_may_have_no_value_is_mended_where_it_stands() -> None:
    broken = flow(page("a", words("w", "Each: {10 / n}, {n}")), N, page("b", open_by_url="7 / n > 1"))
    for code, written in (
        ("text.formula", "Each: {divide(10, n, empty)}, {n}"),
        ("formula", "divide(7, n, empty) > 1"),
    ):
        [found] = problems_of(code, broken)
        assert found.fix is not None
        mended = found.fix.edit(broken)
        assert value_at(mended, found.elements[0]) == written
        assert problems_of(code, mended) == []
        assert found.fix.edit(mended) == mended, "the formula is another one by now"
