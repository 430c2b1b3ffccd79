"""The thesaurus and the texts of interruptions: how rich, how distinct and how alike in style they are."""

import json
import re

import resources
from flow_models.compiler import interruptions as obstacles
from flow_models.compiler.thesaurus import entries, plain

SHORT = 8
"""Texts shorter than this count as so long where lengths are compared."""


def told() -> list[str]:
    return [text for one in entries() for text in (one.say, *one.ways, *one.held_out)]


def test_the_thesaurus_knows_at_least_four_hundred_texts_with_three_other_ways_of_which_one_is_held_out() -> None:
    assert len(entries()) >= 400
    assert [one.say for one in entries() if len(one.ways) + len(one.held_out) < 3 or not one.held_out] == []


def test_no_text_stands_twice_in_the_thesaurus() -> None:
    texts = [plain(text) for text in told()]

    assert sorted(text for text in set(texts) if texts.count(text) > 1) == []


def test_every_way_is_written_as_its_text_is() -> None:
    for one in entries():
        for way in (*one.ways, *one.held_out):
            assert way == " ".join(way.split())
            assert way[0].isupper()
            assert way.endswith("?") == one.say.endswith("?"), way


def test_the_thesaurus_is_in_sentence_case() -> None:
    later = re.compile(r"(?<![?,] )(?<=[a-z?,] )([A-Z][a-z]+)")
    assert [text for text in told() if later.search(text)] == []


def test_ways_are_about_as_long_as_their_text() -> None:
    for one in entries():
        for way in (*one.ways, *one.held_out):
            shorter, longer = sorted(max(len(text), SHORT) for text in (one.say, way))
            assert longer <= 2.2 * shorter, (one.say, way)


def test_interruptions_and_conduct_have_buttons_with_parts_of_their_own() -> None:
    assert set(obstacles.interruptions()) == {"cookies", "newsletter", "survey", "help", "session", "promotion"}
    assert set(obstacles.conduct()) == {"slow", "error", "expired", "sure"}
    for one in (*obstacles.interruptions().values(), *obstacles.conduct().values()):
        parts = [button["part"] for button in one["buttons"]]
        assert len(parts) == len(set(parts)) <= 4
        assert all(button["text"] for button in one["buttons"])


def test_every_interruption_can_be_dismissed_in_more_than_one_way() -> None:
    assert all(len(one["buttons"]) >= 2 for one in obstacles.interruptions().values())
    assert {name for name, one in obstacles.interruptions().items() if one["is_modal"]} == {"newsletter", "session"}


def test_interruptions_and_conduct_say_nothing_that_a_page_may_say() -> None:
    said = [plain(text) for one in obstacles.ways() for text in (one.say, *one.ways, *one.held_out)]

    assert len(said) == len(set(said))
    assert set(said).isdisjoint(plain(text) for text in told())
    assert all(one.ways and one.held_out for one in obstacles.ways())


def test_common_labels_of_the_examples_can_be_said_in_other_ways() -> None:
    known = {one.say for one in entries()}
    content = json.loads(resources.path("examples", "north_bank.flow.json").read_text(encoding="utf-8"))
    buttons = {one["title"] for page in content["pages"] for one in _controls(page) if "{" not in one["title"]}

    assert len(buttons) > 20
    assert buttons <= known


def _controls(part: object) -> list[dict[str, str]]:
    """Return every button and link inside a part of a file."""
    if isinstance(part, dict):
        found = [part] if part.get("kind") in ("button", "link") else []
        return found + [one for value in part.values() for one in _controls(value)]
    return [one for value in part for one in _controls(value)] if isinstance(part, list) else []
