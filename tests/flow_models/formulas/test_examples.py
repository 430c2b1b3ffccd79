"""Every formula of the examples reads without a remark, and survives each round trip."""

import functools

import pytest

import resources
from flow_models.document.flow import Flow
from flow_models.document.places import Place, places
from flow_models.formulas import parse, parse_template, template_to_source, to_source
from flow_models.formulas.sentences import from_sentence, from_value, to_sentence, to_value

NAMES = tuple(sorted(file.name for file in resources.path("examples").glob("*.flow.json")))


@functools.cache
def _places(name: str) -> tuple[Place, ...]:
    flow = Flow.model_validate_json(resources.path("examples", name).read_text(encoding="utf-8"))
    return tuple(places(flow))


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_and_text_reads_without_a_remark(name: str) -> None:
    for place in _places(name):
        if place.template:
            assert parse_template(place.source, place.scope).errors == (), place.source
        else:
            assert parse(place.source, place.scope, place.expected, place.choices).errors == (), place.source


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_and_text_is_printed_and_read_as_the_same(name: str) -> None:
    for place in _places(name):
        if place.template:
            parts = parse_template(place.source, place.scope).parts
            assert parts is not None
            assert parse_template(template_to_source(parts), place.scope).parts == parts
        else:
            tree = parse(place.source, place.scope, place.expected, place.choices).tree
            assert tree is not None
            assert parse(to_source(tree), place.scope, place.expected, place.choices).tree == tree


@pytest.mark.parametrize("name", NAMES)
def test_formulas_become_rows_and_rows_formulas(name: str) -> None:
    formulas = [place for place in _places(name) if not place.template]
    shown = 0
    for place in formulas:
        tree = parse(place.source, place.scope, place.expected, place.choices).tree
        assert tree is not None
        source = _through_rows(tree, is_condition=place.expected == "boolean")
        if source is not None:
            shown += 1
            assert parse(source, place.scope, place.expected, place.choices).tree == tree, place.source
    assert shown >= 0.9 * len(formulas)


def _through_rows(tree: dict[str, object], *, is_condition: bool) -> str | None:
    """Return the source that the rows of a tree write, `None` if rows cannot show it."""
    if is_condition:
        sentence = to_sentence(tree)
        return None if sentence is None else from_sentence(sentence)
    operand = to_value(tree)
    return None if operand is None else from_value(operand)
