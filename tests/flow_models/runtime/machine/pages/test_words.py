"""Which texts of a program are words: those that name something, and nothing that is content or data."""

from typing import Any

from flow_models.runtime.machine.base.variant import PLAIN, Word
from flow_models.runtime.machine.pages.words import Words

LISTED = {"Help": {"ways": ["Help", "Support", "Assistance"], "held_out": ["Guidance"]}}
WORDS = Words({"variation": {"words": LISTED}})


def is_word(value: Any) -> bool:
    return type(value) is Word


def test_titles_and_headings_are_words_and_other_texts_are_not() -> None:
    heading = WORDS.worded({"kind": "heading", "text": ["Help"]})
    paragraph = WORDS.worded({"kind": "text", "text": ["Help"]})
    column = WORDS.worded({"title": "Help", "text": ["Help"], "link": None})
    assert is_word(heading["text"][0])
    assert not is_word(paragraph["text"][0])
    assert (is_word(column["title"]), is_word(column["text"][0])) == (True, False)


def test_choices_and_formulas_stay_data() -> None:
    field = WORDS.worded({"kind": "choice_field", "title": "Help", "choices": ["Help"]})
    assert (is_word(field["title"]), is_word(field["choices"][0])) == (True, False)
    shown = {"kind": "button", "title": ["Help", {"op": "value", "type": "text", "value": "Help", "title": "Help"}]}
    tree = WORDS.worded(shown)["title"][1]
    assert tree is shown["title"][1]


def test_words_are_found_inside_containers_and_the_program_stays_as_it_was() -> None:
    page: Any = {
        "title": ["Help"],
        "blocks": [{"kind": "group", "title": "", "blocks": [{"kind": "link", "title": ["Help"]}]}],
    }
    worded = WORDS.worded(page)
    assert is_word(worded["title"][0])
    assert is_word(worded["blocks"][0]["blocks"][0]["title"][0])
    assert not is_word(page["title"][0])


def test_one_wording_chooses_differently_for_different_texts() -> None:
    listed = {f"Text {n}": {"ways": [f"Text {n}", f"A {n}", f"B {n}"], "held_out": []} for n in range(20)}
    words = Words({"variation": {"words": listed}})
    said = [words.word(text) for text in listed]
    chosen = {word.said(PLAIN._replace(wording=77))[0] for word in said if isinstance(word, Word)}
    assert chosen == {"T", "A", "B"}


def test_a_program_without_words_says_everything_as_drawn() -> None:
    tree = {"title": ["Help"]}
    assert Words({"variation": {"words": {}}}).worded(tree) is tree
