"""A program is read as it was written, says what is wrong with it, and knows which of its texts are words."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import ProgramError
from flow_models.runtime.machine.base.blocks import Button, Group, Heading, ListColumn, Paragraph
from flow_models.runtime.machine.base.field_blocks import ChoiceField
from flow_models.runtime.machine.base.nodes import Constant, Node
from flow_models.runtime.machine.base.program import Program, read_program
from flow_models.runtime.machine.base.traits import Block
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.runtime.machine.base.words import Word
from tests.flow_models.builders import shop

EXAMPLES = sorted(resources.path("examples").glob("*.flow.json"))
TITLED: dict[str, object] = {
    "id": "b",
    "show_if": None,
    "title": "Help",
    "help": [],
    "name": "x",
    "required": False,
    "initial": None,
}


def written(**changes: object) -> dict[str, Any]:
    """Return the program of the shop with some parts replaced."""
    return {**compile_flow(shop()).program.json, **changes}


def say(text: str, *, is_name: bool, is_whole: bool) -> str:
    return Word(text, 1, (text, "Support"), ()) if text == "Help" and is_name and is_whole else text


def is_word(value: object) -> bool:
    return type(value) is Word


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_part_of_an_example_is_read(path: Any) -> None:
    program = compile_flow(load(path)).program
    assert isinstance(program, Program)
    assert [page.kind for page in program.pages.values()] == [one["kind"] for one in program.json["pages"].values()]
    assert [one.id for one in program.transitions] == [one["id"] for one in program.json["transitions"]]
    assert {name: task.max_steps for name, task in program.tasks.items()} == {
        name: task["max_steps"] for name, task in program.json["tasks"].items()
    }


def test_a_program_survives_its_way_through_a_file() -> None:
    again = read_program(json.loads(json.dumps(written())))
    first = compile_flow(shop()).program
    assert (again.hash, dict(again.pages), tuple(again.transitions)) == (
        first.hash,
        dict(first.pages),
        tuple(first.transitions),
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 1}, "format"),
        ({"meaning": 10**6}, "another version of the runtime"),
        ({"sites": {}}, "site"),
        ({"tables": None}, "damaged"),
        ({"variation": {}}, "damaged"),
    ],
)
def test_what_is_no_program_of_this_runtime_is_refused_in_words(changes: Mapping[str, object], words: str) -> None:
    with pytest.raises(ProgramError, match=words):
        read_program(written(**changes))


def test_a_section_belongs_to_a_site() -> None:
    program = compile_flow(load(EXAMPLES[1])).program
    assert {section.site for section in program.sections.values()} <= set(program.sites)
    assert program.site.host


def test_titles_and_headings_are_words_and_other_texts_are_not() -> None:
    heading = Block.read({"kind": "heading", "id": "h", "show_if": None, "text": ["Help"], "level": 1}, say)
    paragraph = Block.read({"kind": "text", "id": "t", "show_if": None, "text": ["Help"], "style": "plain"}, say)
    column = ListColumn.read({"title": "Help", "text": ["Help"], "align": "start", "link": None}, say)
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    assert is_word(heading.text[0])
    assert not is_word(paragraph.text[0])
    assert (is_word(column.title), is_word(column.text[0])) == (True, False)


def test_choices_and_formulas_stay_data() -> None:
    offered = {"style": "radio", "choices": ["Help"], "table": None, "where": None, "sort": None, "label": []}
    field = Block.read({"kind": "choice_field", **TITLED, **offered, "placeholder": "Help"}, say)
    assert isinstance(field, ChoiceField)
    assert (is_word(field.title), is_word(field.choices[0]), is_word(field.placeholder)) == (True, False, False)
    tree = {"op": "value", "type": "text", "value": "Help"}
    shown = {"kind": "button", "id": "b", "show_if": None, "title": ["Help", tree], "style": "quiet"}
    button = Block.read({**shown, "submit": False, "enabled_if": None}, say)
    assert isinstance(button, Button)
    assert not is_word(button.title[0])
    assert button.title[1] == Constant("text", "Help")
    assert isinstance(button.title[1], Constant)
    assert not is_word(button.title[1].value)


def test_words_are_found_inside_containers() -> None:
    link = {"kind": "link", "id": "l", "show_if": None, "title": ["Help"]}
    group = Block.read({"kind": "group", "id": "g", "show_if": None, "title": "", "blocks": [link]}, say)
    assert isinstance(group, Group)
    assert is_word(getattr(group.blocks[0], "title")[0])  # noqa: B009  # A block of any kind.


def test_one_wording_chooses_differently_for_different_texts() -> None:
    ways = {f"Text {n}": {"ways": [f"Text {n}", f"A {n}", f"B {n}"], "held_out": []} for n in range(20)}
    variation = {**written()["variation"], "words": ways}
    program = read_program(written(variation=variation))
    said = [program.word(text) for text in ways]
    chosen = {word.said(PLAIN._replace(wording=77))[0] for word in said if isinstance(word, Word)}
    assert chosen == {"T", "A", "B"}


@pytest.mark.parametrize("part", [{"op": "power", "type": "integer"}, {"op": "", "type": "text"}])
def test_an_unknown_operation_is_refused(part: Mapping[str, object]) -> None:
    with pytest.raises(ProgramError, match="unknown node"):
        Node.read(part)
