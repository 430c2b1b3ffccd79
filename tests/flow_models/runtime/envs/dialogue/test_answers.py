"""What a model writes is understood in every form that models write in, and what is wrong is said."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.envs.dialogue.answers import FormatError, action_in, called
from flow_models.runtime.envs.dialogue.offers import BY_NAME, OFFERS, written
from flow_models.runtime.site.actions import REFUSED, SIGNATURES, Call, parse_action

CALL = {"name": "fill", "arguments": {"bid": "7", "value": "it's"}}

UNDERSTOOD = {
    "alone": ("click('12')", "click('12')"),
    "prose before": ("The button is number 12, so I do click('12')", "click('12')"),
    "double quotes": ('I press it: press("3", "Enter")', "press('3', 'Enter')"),
    "named": ("fill(bid='3', value='x')", "fill(bid='3', value='x')"),
    "reasoning": ("<think>click('1') or click('2')?</think>\nclick('2')", "click('2')"),
    "reasoning without its beginning": ("hm, click('1')</think>click('2')", "click('2')"),
    "reasoning in other words": ("<Reasoning>click('1')</Reasoning> go_back()", "go_back()"),
    "fence": ("First click('1') came to mind.\n```\nclick('2')\n```", "click('2')"),
    "fence of a language": ("```python\nfill('2', 'a b')\n```", "fill('2', 'a b')"),
    "last of several fences": ("```\nclick('1')\n```\nno:\n```\nclick('2')\n```", "click('2')"),
    "fence that is not closed": ("```\nclick('2')", "click('2')"),
    "tags": ("click('1')? <action>click('2')</action>", "click('2')"),
    "tag before fence": ("```\nclick('1')\n```<action>noop()</action>", "noop()"),
    "the same twice": ("I will click('2'). So: click('2')", "click('2')"),
    "tool call": (f"<tool_call>{json.dumps(CALL)}</tool_call>", "fill('7', \"it's\")"),
    "tool call with text": (f"I type.\n<tool_call>\n{json.dumps(CALL)}\n</tool_call>", "fill('7', \"it's\")"),
    "tool call with arguments as text": (
        json.dumps({"name": "click", "arguments": json.dumps({"bid": "4"})}),
        "click('4')",
    ),
    "OpenAI's object": (json.dumps({"function": {"name": "noop", "arguments": "{}"}}), "noop()"),
    "parameters": (json.dumps([{"name": "click", "parameters": {"bid": 4}}]), "click('4')"),
    "JSON in a fence": ("```json\n" + json.dumps(CALL) + "\n```", "fill('7', \"it's\")"),
    "what no page takes": ("new_tab()", "new_tab()"),
}


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_an_action_is_found(name: str) -> None:
    answer, action = UNDERSTOOD[name]
    assert action_in(answer) == action


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "holds no action"),
        ("I am not sure.", "holds no action"),
        ("print('x')", "holds no action"),
        ("<think>I wonder", "ends within its reasoning"),
        ("<think>click('1')", "ends within its reasoning"),
        ("click('1') then click('2')", "2 different actions"),
        ("<action>click('1') click('2') noop()</action>", "3 different actions"),
        ('<tool_call>{"name": "buy", "arguments": {}}</tool_call>', "no action 'buy'"),
        ("[" * 100_000, "holds no action"),
    ],
)
def test_what_is_wrong_is_said(answer: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        action_in(answer)


def test_several_are_done_where_that_is_allowed() -> None:
    assert action_in("click('1')\nclick('1')\nnoop()", several=True) == "click('1')\nclick('1')\nnoop()"


@given(st.text() | st.sampled_from(["<think>", "```", "<action>", "{", "click('"]).map(lambda part: 3 * part))
def test_any_text_is_an_action_or_a_fault_in_words(answer: str) -> None:
    with contextlib.suppress(FormatError):
        assert action_in(answer)


def test_every_action_that_a_page_takes_is_offered_as_it_is_taken() -> None:
    assert set(BY_NAME) == set(SIGNATURES) - set(REFUSED)
    for offer in OFFERS:
        parameters, needed = SIGNATURES[offer.name]
        names = [one.name for one in offer.parameters]
        assert names == list(parameters[: len(names)])
        assert [one.name for one in offer.parameters if one.is_needed] == list(parameters[:needed])
        assert parse_action(offer.call).name == offer.name
        assert offer.schema["function"]["parameters"]["required"] == list(parameters[:needed])


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\t\r\n"), max_size=30))
def test_arguments_of_tools_arrive_as_they_were_given(value: str) -> None:
    assert parse_action(called("fill", {"bid": 12, "value": value})) == Call("fill", {"bid": "12", "value": value}, 12)
    assert parse_action(written("fill", {"value": value, "bid": "3"})).arguments == {"bid": "3", "value": value}
