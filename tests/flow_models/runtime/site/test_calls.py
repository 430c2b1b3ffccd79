"""Calls in what models write: the same that BrowserGym 0.14.3 finds.

`calls.json` holds texts as models write them and what BrowserGym's parser answered: the `repr` of its calls or `error`,
and whether its code then ran, with one action a step and with several. tests/parity/test_parser.py asks BrowserGym
itself, about these and about random ones.
"""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given

from flow_models.runtime.site.actions import ActionError, Call, parse_action, parse_actions
from flow_models.runtime.site.calls import UnreadableError, calls_in
from tests.parity.written import written

TABLE = json.loads(Path(__file__).with_name("calls.json").read_text(encoding="utf-8"))


def found(text: str) -> str:
    """Return what is found in a text, as the table tells it."""
    try:
        return repr([tuple(call) for call in calls_in(text)])
    except UnreadableError:
        return "error"


def is_single(text: str) -> bool:
    """Say whether a text is one action that can be tried."""
    try:
        return isinstance(parse_action(text), Call)
    except ActionError:
        return False


def is_several(text: str) -> bool:
    """Say whether a text is actions that can be tried, all of them."""
    try:
        return all(isinstance(call, Call) for call in parse_actions(text))
    except ActionError:
        return False


def test_the_table_is_large_and_holds_both_verdicts() -> None:
    assert len(TABLE) >= 300
    assert 100 < sum(one for _, _, one, _ in TABLE) < len(TABLE) - 100


@pytest.mark.parametrize(("text", "calls", "one", "several"), TABLE)
def test_what_browsergym_finds_is_found(text: str, calls: str, one: bool, several: bool) -> None:
    assert found(text) == calls
    assert is_single(text) == one
    assert is_several(text) == several


@given(written())
def test_every_text_is_read_or_refused_in_words(text: str) -> None:
    for parse in (parse_action, parse_actions):
        with suppress(ActionError):
            assert parse(text)


@pytest.mark.parametrize(
    "piece", ["a(", "a('", "a(b=", "((", "a([", "'''", "a#\n", "click('1'", "x" * 9, "a({'b':", 'a("""', "a(1,"]
)
def test_reading_takes_time_in_proportion_to_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text, began = piece * (length // len(piece)), time.thread_time()
        found(text)
        return time.thread_time() - began

    assert min(seconds(20_000) for _ in range(2)) < 40 * min(seconds(2_000) for _ in range(3))
