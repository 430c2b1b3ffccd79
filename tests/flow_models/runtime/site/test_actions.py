"""The texts of actions: what is a call, and what is refused with which words."""

import pytest

from flow_models.runtime.site.actions import ActionError, parse_action


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("click('14')", "click", {"bid": "14"}),
        ("  fill('2', \"it's\\n\") ", "fill", {"bid": "2", "value": "it's\n"}),
        ("select_option('3', ['a', 'b'])", "select_option", {"bid": "3", "options": ["a", "b"]}),
        ("scroll(0, -200.5)", "scroll", {"delta_x": 0, "delta_y": -200.5}),
        ("press(bid='1', key_comb='Enter')", "press", {"bid": "1", "key_comb": "Enter"}),
        ("noop()", "noop", {}),
    ],
)
def test_one_call_with_literals_is_an_action(text: str, name: str, arguments: dict[str, object]) -> None:
    call = parse_action(text)
    assert (call.name, call.arguments) == (name, arguments)


@pytest.mark.parametrize(
    ("bid", "number"), [("0", 0), ("14", 14), ("014", -1), ("-1", -1), ("x", -1), ("٣", -1), ("1" * 9, -1)]
)
def test_an_element_is_named_by_its_number_as_pages_write_it(bid: str, number: int) -> None:
    assert parse_action(f"click({bid!r})").element == number


def test_an_action_without_an_element_names_none() -> None:
    assert parse_action("noop()").element == -1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty action"),
        ("click('1')\nclick('2')", "multi-action"),
        ("click('1'); click('2')", "multi-action"),
        ("I will click('1')", "not a call"),
        ("page.click('1')", "not a call"),
        ("eval('1')", "Invalid action type 'eval'"),
        ("click(open('x'))", "must be literals"),
        ("click(f'{1}')", "must be literals"),
        ("fill('1')", "missing 1 required argument: 'value'"),
        ("click('1', 'left', [], 4)", "takes 3 positional arguments but 4"),
        ("click('1', wrong=2)", "unexpected keyword"),
        ("click('1', bid='2')", "multiple values"),
        ("click('1'" * 50, "not a call"),
        ("(" * 5000, "not a call"),
        ("click('" + "1" * 20_000 + "')", "longer than"),
        ("\0", "not a call"),
    ],
)
def test_everything_else_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ActionError, match=words):
        parse_action(text)
