"""What is said of answers: one text in all its homes, whose examples are read as it says, and what goals say."""

import re
from pathlib import Path

import pytest

from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine import ANSWER_RULES
from flow_models.runtime.machine.base.values import Value, from_json
from flow_models.runtime.machine.episodes.answering.rules import how_to_answer
from flow_models.runtime.machine.episodes.answers import fits
from tests.flow_models.builders import flow, page, task
from tests.flow_models.runtime.machine.episodes.test_answers import SCHEMAS
from tests.flow_models.runtime.machine.play import Play

ROOT = Path(__file__).resolve().parents[5]
SITE = SCHEMAS["USD", "en-US"]


def test_the_documentation_says_the_rules_and_nothing_else() -> None:
    assert (ROOT / "docs" / "answers.md").read_text(encoding="utf-8") == f"# How answers are read\n\n{ANSWER_RULES}"


def test_the_environments_name_the_rules() -> None:
    assert all("ANSWER_RULES" in str(kind.__doc__) for kind in (TextEnv, SymbolicEnv))


@pytest.mark.parametrize(
    ("heading", "kind", "expected"),
    [("Dates", "date", "2027-03-15"), ("Times", "time", None), ("Amounts of money", "money", "1254.90")],
)
def test_the_examples_are_read_as_the_rules_say(heading: str, kind: str, expected: str | None) -> None:
    part = ANSWER_RULES.partition(f"**{heading}**")[2].partition("- **")[0]
    written = [one for one in re.findall(r"`([^`]+)`", part) if "million" not in one and one not in ("2k", "1.254,90")]
    values = {"2:30 PM": "14:30", "3 pm": "15:00", "noon": "12:00", "midnight": "00:00", "03/04/2027": "2027-03-04"}
    assert len(written) > 2
    for example in written:
        value = values.get(example, expected or example)
        assert fits(example, from_json(value, kind), kind, SITE), example


@pytest.mark.parametrize(
    "word", re.findall(r'"([a-z\' ]+)"', ANSWER_RULES.partition("By the type")[0].partition("Wrong is")[2])
)
def test_the_words_that_are_said_to_be_wrong_are(word: str) -> None:
    assert not fits(f"{word} Gold", "Gold", "text", SITE)


@pytest.mark.parametrize("kind", ["money", "integer", "decimal", "date", "time", "boolean", "text", "choice"])
@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_a_goal_shows_an_example_that_would_be_read(kind: str, locale: str) -> None:
    sentence = how_to_answer(kind, "EUR", locale)
    assert sentence.startswith("Answer with ")
    examples: dict[str, Value] = {"integer": 12, "date": "2027-03-15", "time": "14:30"}
    if kind in examples:
        example = sentence.partition("such as ")[2].removesuffix(".")
        assert fits(example, examples[kind], kind, SCHEMAS["EUR", locale])


def test_a_goal_says_how_to_answer_if_the_designer_wants() -> None:
    for says, goal in ((True, "How many? Answer with the number alone, in digits, such as 12."), (False, "How many?")):
        asked = task("q", "How many?", answer="2 + 2", says_how=says)
        game = Play(flow(page("home"), asked), "q")
        assert game.episode.goal == goal
        assert game.do("message", value="4").end_reason == "success"
