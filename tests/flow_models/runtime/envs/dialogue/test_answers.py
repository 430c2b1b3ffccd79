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
    "commas too many": ('<tool_call>{"name": "click", "arguments": {"bid": "3",},}</tool_call>', "click('3')"),
    "an object of Python": ("<tool_call>{'name': 'click', 'arguments': {'bid': '3'}}</tool_call>", "click('3')"),
    "a line break in JSON": ('{"name": "fill", "arguments": {"bid": "3", "value": "a\nb"}}', "fill('3', 'a\\nb')"),
    "arguments in other words": ('{"type": "tool_use", "name": "click", "input": {"bid": "3"}}', "click('3')"),
    "no arguments": ('<tool_call>{"name": "noop", "arguments": null}</tool_call>', "noop()"),
    "Qwen's coder": (
        "<tool_call>\n<function=fill>\n<parameter=bid>\n3\n</parameter>\n<parameter=value>\na b\n</parameter>\n"
        "</function>\n</tool_call>",
        "fill('3', 'a b')",
    ),
    "numbers as texts": (
        "<function=scroll><parameter=delta_x>0</parameter><parameter=delta_y>-600</parameter></function>",
        "scroll(0, -600)",
    ),
    "Llama's function": ('<function=click>{"bid": "3"}</function>', "click('3')"),
    "Llama's tag": ('<|python_tag|>{"name": "click", "parameters": {"bid": "3"}}<|eom_id|>', "click('3')"),
    "Llama's list": ('[click(bid="3")]', "click(bid='3')"),
    "Llama's JSON in prose": ('I will.\n{"name": "click", "parameters": {"bid": "3"}}', "click('3')"),
    "Mistral's list": ('[TOOL_CALLS] [{"name": "click", "arguments": {"bid": "3"}}]</s>', "click('3')"),
    "Mistral's name": ('[TOOL_CALLS]click[ARGS]{"bid": "3"}', "click('3')"),
    "DeepSeek's fence": (
        "<\uff5ctool\u2581calls\u2581begin\uff5c><\uff5ctool\u2581call\u2581begin\uff5c>function"
        '<\uff5ctool\u2581sep\uff5c>click\n```json\n{"bid": "3"}\n```<\uff5ctool\u2581call\u2581end\uff5c>',
        "click('3')",
    ),
    "DeepSeek's name": (
        '<\uff5ctool\u2581call\u2581begin\uff5c>click<\uff5ctool\u2581sep\uff5c>{"bid": "3"}',
        "click('3')",
    ),
    "Kimi": (
        '<|tool_call_begin|>functions.click:0<|tool_call_argument_begin|>{"bid": "3"}<|tool_call_end|>',
        "click('3')",
    ),
    "gpt-oss": (
        "<|channel|>analysis<|message|>Not click('1').<|end|><|start|>assistant<|channel|>commentary "
        'to=functions.click <|constrain|>json<|message|>{"bid": "3"}<|call|>',
        "click('3')",
    ),
    "gpt-oss in prose": (
        "<|channel|>analysis<|message|>click('1')?<|end|><|start|>assistant<|channel|>final<|message|>click('3')",
        "click('3')",
    ),
    "GLM": (
        "<tool_call>fill\n<arg_key>bid</arg_key>\n<arg_value>3</arg_value>\n<arg_key>value</arg_key>\n"
        "<arg_value>a b</arg_value>\n</tool_call>",
        "fill('3', 'a b')",
    ),
    "GLM-4": ('fill\n{"bid": "3", "value": "a b"}', "fill('3', 'a b')"),
    "GLM-4 with prose": ('I do it.\nclick\n{"bid": "3"}', "click('3')"),
    "JSON in the middle of a line": (
        'I will do {"name": "click", "arguments": {"bid": "3"}} now.',
        "click('3')",
    ),
    "JSON with a thought in a line": ('So: {"thought": "not click(\'1\')", "action": "click(\'3\')"}', "click('3')"),
    "JSON in a line within tags": ('<action>do {"name": "noop"}</action>', "noop()"),
    "JSON that is typed": (
        """I type fill('3', '{"name": "click", "arguments": {"bid": "3"}}')""",
        """fill('3', '{"name": "click", "arguments": {"bid": "3"}}')""",
    ),
    "a number for an element": ("I click(82)", "click('82')"),
    "numbers by name": ("fill(bid=3, value=25)", "fill(bid='3', value='25')"),
    "a number as text and as number": ("click(82), so click('82')", "click('82')"),
    "a number among others": ("click(3, 'right')", "click('3', 'right')"),
    "invoke": ('<invoke name="click">\n<parameter name="bid">3</parameter>\n</invoke>', "click('3')"),
    "Granite": ('<|tool_call|>[{"name": "click", "arguments": {"bid": "3"}}]', "click('3')"),
    "Nemotron": ('<TOOLCALL>[{"name": "click", "arguments": {"bid": "3"}}]</TOOLCALL>', "click('3')"),
    "functions": ('functions.click({"bid": "3"})', "click('3')"),
    "ReAct": ("Thought: not click('1')\nAction: click('3')", "click('3')"),
    "ReAct with what it dreams of": (
        "Action: click('3')\nObservation: a page\nAction: click('4')",
        "click('3')",
    ),
    "ReAct with input": ('Thought: go\n**Action:** click\nAction Input: {"bid": "3"}', "click('3')"),
    "ReAct with a fence": (
        'Action:\n```\n{"action": "click", "action_input": {"bid": "3"}}\n```',
        "click('3')",
    ),
    "JSON with a thought": (
        '{"thought": "not click(\'1\')", "action": "click(\'3\')"}',
        "click('3')",
    ),
    "data before": ('```json\n{"name": "Ana", "age": 3}\n```\nclick(\'3\')', "click('3')"),
    "a list within": ('{"action": [{"name": "click", "parameters": {"bid": "3"}}]}', "click('3')"),
    "what is no tool": ("I go to=Berlin {x} click('3')", "click('3')"),
    "answer": ("click('1')?<answer>click('3')</answer>", "click('3')"),
    "Magistral's reasoning": ("[THINK]click('1')[/THINK]click('3')", "click('3')"),
    "Kimi's reasoning": ("\u25c1think\u25b7click('1')\u25c1/think\u25b7click('3')", "click('3')"),
    "quotes of a typesetter": ("fill(\u201c3\u201d, \u201cit\u2019s\u201d)", "fill('3', 'it\u2019s')"),
    "a number before it": ("Row #2 is it: click('3')", "click('3')"),
    "tags within a text": ("fill('3', '</think><action>noop()')", "fill('3', '</think><action>noop()')"),
    "the end of a call within JSON": (
        '<tool_call>{"name": "fill", "arguments": {"bid": "3", "value": "</tool_call>"}}</tool_call>',
        "fill('3', '</tool_call>')",
    ),
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
        ("fill('3', 'a\nb')", "line breaks inside the quotes"),
        ("fill('3', 'it's')", r"follows fill\( in your answer"),
        ('<tool_call>{"name": "click", "arguments": {"bid": "3"}</tool_call>', "no JSON that can be read"),
        ('{"name": "fill", "arguments": ["3", "x"]}', "arguments of fill are no JSON object"),
        ('{"name": "click", "arguments": {"bid=\'1\') noop(": 1}}', "no argument"),
        ('{"name": "scroll", "arguments": {"delta_x": NaN, "delta_y": 0}}', "none that can be used"),
        ('<tool_call>{"name": "noop"}</tool_call><tool_call>{"name": "go_back"}</tool_call>', "2 different actions"),
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
