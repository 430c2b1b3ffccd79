"""The texts of actions: what is a call, and what is refused with which words."""

import pytest

from flow_models.runtime.site.actions import (
    COORDINATES,
    REFUSED,
    SIGNATURES,
    ActionError,
    Call,
    parse_action,
    parse_actions,
    parsed,
)


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


def test_several_actions_are_read_in_order_and_a_wrong_one_is_an_error_in_its_place() -> None:
    calls = parse_actions("click('1')\nfill('2')\nnoop()")
    assert [call.name if isinstance(call, Call) else str(call) for call in calls] == [
        "click",
        "TypeError: fill() missing 1 required argument: 'value'",
        "noop",
    ]


def test_an_action_that_there_is_not_refuses_all() -> None:
    with pytest.raises(ActionError, match="Invalid action type 'jump'"):
        parse_actions("click('1') jump()")


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_no_page_takes_is_refused_in_words(name: str) -> None:
    arguments = ", ".join(repr("1") for _ in SIGNATURES[name][0])
    assert len(str(parse_action(f"{name}({arguments})").unoffered())) > 60


@pytest.mark.parametrize("number", ["10**400", "1" * 400, "-1" + "0" * 400, "1e300", "True", "'5'", "None"])
def test_numbers_are_numbers_that_a_mouse_can_take(number: str) -> None:
    with pytest.raises(ActionError):
        parse_action(f"scroll(0, {number})").numbers()


def test_an_action_without_an_element_names_none() -> None:
    assert parse_action("noop()").element == -1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty action"),
        ("click('1')\nclick('2')", "multi-action"),
        ("click('1'); click('2')", "multi-action"),
        ("eval('1')", "Invalid action type 'eval'"),
        ("click(open('x'))", "Invalid action type 'open'"),
        ("click(f'{1}')", "literal arguments"),
        ("fill('1', 'a\nb')", "a line breaks inside quotes"),
        ("fill('1', 'a\rb')", "a line breaks inside quotes"),
        ("fill('1', '\\x4')", "cut short"),
        ("fill('1', '\0')", "number 0"),
        ("fill('1', '\ud800')", "half of a character"),
        ("click('1', bid='2', bid='3')", "repeated or reserved"),
        ("scroll(0, 1e999)", "too large"),
        ("click(" + "[" * 30, "nested too deeply"),
        ("noop(" + "9" * 5000 + ")", "too many digits"),
        ("fill('1')", "missing 1 required argument: 'value'"),
        ("click('1', 'left', [], 4)", "takes 3 positional arguments but 4"),
        ("click('1', wrong=2)", "unexpected keyword"),
        ("click('1', bid='2')", "multiple values"),
        ("click('1'" * 50, "literal arguments"),
        ("(" * 5000, "literal arguments"),
        ("click('" + "1" * 20_000 + "')", "longer than"),
        ("\0", "literal arguments"),
    ],
)
def test_everything_else_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ActionError, match=words):
        parse_action(text)


@pytest.mark.parametrize(
    ("text", "arguments", "numbers"),
    [
        ("mouse_click(640, 200.5)", {"x": 640, "y": 200.5}, (640.0, 200.5)),
        ("mouse_click(5, 6, 'right')", {"x": 5, "y": 6, "button": "right"}, (5.0, 6.0)),
        ("mouse_dblclick(y=2, x=1)", {"y": 2, "x": 1}, (1.0, 2.0)),
        ("mouse_move(-1, 0)", {"x": -1, "y": 0}, (-1.0, 0.0)),
        ("mouse_drag_and_drop(1, 2, 3, 4)", {"from_x": 1, "from_y": 2, "to_x": 3, "to_y": 4}, (1.0, 2.0, 3.0, 4.0)),
        ("scroll_at(1, 2, 0, 300)", {"x": 1, "y": 2, "dx": 0, "dy": 300}, (1.0, 2.0, 0.0, 300.0)),
    ],
)
def test_a_place_is_named_by_numbers(text: str, arguments: dict[str, object], numbers: tuple[float, ...]) -> None:
    call = parse_action(text, "coord")
    assert call.arguments == arguments
    assert call.numbers() == numbers
    assert not call.names_element


def test_what_is_typed_is_read_as_it_stands() -> None:
    (typed, pressed) = parsed("keyboard_type('a b')\nkeyboard_press('Control+a')", several=True, actions="coord")
    assert isinstance(typed, Call)
    assert isinstance(pressed, Call)
    assert (typed.text("text"), pressed.text("key")) == ("a b", "Control+a")


@pytest.mark.parametrize("name", sorted(COORDINATES))
def test_places_are_named_only_where_that_is_wanted(name: str) -> None:
    text = f"{name}({', '.join('1' for _ in range(COORDINATES[name][1]))})"
    assert parse_action(text, "coord").name == parse_action(text, "both").name == name
    with pytest.raises(ActionError, match=f"Invalid action type '{name}'"):
        parse_action(text)


@pytest.mark.parametrize("text", ["click('1')", "fill('1', 'x')", "drag_and_drop('1', '2')"])
def test_elements_are_not_named_where_places_are(text: str) -> None:
    assert parse_action(text, "both") == parse_action(text)
    with pytest.raises(ActionError, match="Invalid action type"):
        parse_action(text, "coord")


@pytest.mark.parametrize("text", ["mouse_click('5', 6)", "mouse_click(5, 1e300)", "mouse_move(True, 1)"])
def test_a_place_is_named_by_nothing_but_numbers(text: str) -> None:
    with pytest.raises(ActionError):
        parse_action(text, "coord").numbers()


@pytest.mark.parametrize("text", ["mouse_click(5, 6, 'middle')", "mouse_click(5, 6, 'fourth')"])
def test_a_place_is_clicked_with_the_left_or_the_right_button(text: str) -> None:
    with pytest.raises(ActionError):
        parse_action(text, "coord").button()
