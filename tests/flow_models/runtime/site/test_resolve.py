"""Actions on a page become events."""

import pytest

from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.pages.view import View
from flow_models.runtime.site import Rendered, Target
from flow_models.runtime.site.resolve import resolve
from tests.flow_models.runtime.site.outline import outline
from tests.flow_models.runtime.site.samples import SITE, everything, in_the_way, view, with_dialog


def number(shown: View, block: str, kind: str, row: str = "", option: str = "") -> int:
    found = Rendered(shown, SITE).number_of(Target(block, row, option, kind))
    assert found is not None
    return found


def done(action: str, shown: View) -> Event:
    return resolve(action, Rendered(shown, SITE), shown, SITE)


@pytest.mark.parametrize(
    ("action", "place", "event"),
    [
        ("click('{}')", ("b_send", "button"), Event("use", "b_send")),
        ("click('{}')", ("b_edit", "button", "r2"), Event("use", "b_edit", "r2")),
        ("click('{}')", ("b_open", "link", "r1"), Event("use", "b_open", "r1")),
        ("click('{}')", ("b_user", "text"), Event("fill", "b_user", "3:3", "ana")),
        ("click('{}', 'right')", ("b_user", "text"), Event("fill", "b_user", "3:3", "ana")),
        ("click('{}', 'right')", ("b_user", "label"), Event("blur")),
        ("click('{}', 'right')", ("b_send", "button"), Event("focus", "b_send")),
        ("click('{}', button='right')", ("b_to", "select"), Event("focus", "b_to")),
        ("dblclick('{}')", ("b_send", "button"), Event("use", "b_send")),
        ("dblclick('{}')", ("b_two", "link"), Event("use", "b_two")),
        ("dblclick('{}')", ("b_user", "text"), Event("fill", "b_user", "0:3", "ana")),
        ("dblclick('{}')", ("b_user", "label"), Event("blur")),
        ("dblclick('{}')", ("b_agree", "checkbox"), Event("focus", "b_agree")),
        ("dblclick('{}')", ("b_agree", "label"), Event("blur")),
        ("dblclick('{}')", ("b_speed", "radio", "", "fast"), Event("select", "b_speed", value="fast")),
        ("dblclick('{}', 'right')", ("b_agree", "checkbox"), Event("focus", "b_agree")),
        ("click('{}')", ("b_user", "label"), Event("focus", "b_user")),
        ("click('{}')", ("b_agree", "checkbox"), Event("check", "b_agree")),
        ("click('{}')", ("b_keep", "label"), Event("uncheck", "b_keep")),
        ("click('{}')", ("b_to", "select"), Event("focus", "b_to", value="open")),
        ("click('{}')", ("b_speed", "radio", "", "fast"), Event("select", "b_speed", value="fast")),
        ("check('{}')", ("b_speed", "label", "", "fast"), Event("select", "b_speed", value="fast")),
        ("check('{}')", ("b_keep", "checkbox"), Event("noop")),
        ("uncheck('{}')", ("b_keep", "checkbox"), Event("uncheck", "b_keep")),
        ("fill('{}', 'x\\ny')", ("b_user", "text"), Event("fill", "b_user", value="x y")),
        ("fill('{}', 'x\\ny')", ("b_note", "area"), Event("fill", "b_note", value="x\ny")),
        ("clear('{}')", ("b_user", "label"), Event("fill", "b_user")),
        ("select_option('{}', 'Ana Silva')", ("b_to", "select"), Event("select", "b_to", value="r1")),
        ("focus('{}')", ("b_two", "link"), Event("focus", "b_two")),
        ("hover('{}')", ("b_two", "link"), Event("noop")),
    ],
)
def test_an_action_on_a_control_is_its_event(action: str, place: tuple[str, ...], event: Event) -> None:
    shown = everything()
    assert done(action.format(number(shown, *place)), shown) == event


@pytest.mark.parametrize(
    ("action", "place", "words"),
    [
        ("click('{}')", ("b_three", "button"), "not enabled"),
        ("click('{}')", ("b_to", "option", "", "r1"), "not visible"),
        ("click('{}', 'middle')", ("b_two", "link"), "opens tabs"),
        ("click('{}', 'both')", ("b_two", "link"), "left|right|middle"),
        ("click('{}', modifiers=['Control'])", ("b_two", "link"), "keys held down"),
        ("dblclick('{}', modifiers=['Shift'])", ("b_user", "text"), "keys held down"),
        ("dblclick('{}')", ("b_plan", "label", "", "a"), "double click on a label"),
        ("drag_and_drop('{}', '3')", ("b_two", "link"), "pixels"),
        ("upload_file('{}', '/etc/passwd')", ("b_two", "link"), "file of this computer"),
        ("select_option('{}', [])", ("b_to", "select"), "did not find"),
        ("fill('{}', 'x')", ("b_agree", "checkbox"), 'type "checkbox" cannot be filled'),
        ("fill('{}', 'x')", ("b_to", "select"), "not an <input>"),
        ("check('{}')", ("b_send", "button"), "Not a checkbox"),
        ("uncheck('{}')", ("b_speed", "radio", "", "slow"), "did not change its state"),
        ("select_option('{}', 'Nobody')", ("b_to", "select"), "did not find some options"),
        ("select_option('{}', 'x')", ("b_user", "text"), "not a <select>"),
        ("fill('{}', 3)", ("b_user", "text"), "expected a string"),
    ],
)
def test_what_a_browser_would_refuse_is_rejected_in_its_words(action: str, place: tuple[str, ...], words: str) -> None:
    shown = everything()
    event = done(action.format(number(shown, *place)), shown)
    assert event.kind == "reject"
    assert words in event.value


@pytest.mark.parametrize("bid", ["9999", "a12", "-1", "", "007", "\uff11\uff12"])
def test_an_absent_element_is_rejected(bid: str) -> None:
    assert done(f"click({bid!r})", everything()).value == f'ValueError: Could not find element with bid "{bid}"'


def test_an_element_is_named_by_a_text() -> None:
    assert done("click(12)", everything()).value == "ValueError: expected a string, got 12"


def test_half_a_character_is_typed_as_a_replacement() -> None:
    shown = everything()
    event = done(f"fill('{number(shown, 'b_user', 'text')}', 'a\\ud800é')", shown)
    assert event.value == "a\ufffdé"


def test_what_lies_behind_a_dialog_is_out_of_reach() -> None:
    behind = number(everything(), "b_send", "button")
    assert done(f"click('{behind}')", with_dialog()).kind == "reject"


@pytest.mark.parametrize(
    ("action", "place", "event"),
    [
        ("click('{}')", ("b_fold", "button", "fold"), Event("use", "b_fold", "fold")),
        ("click('{}')", ("b_tabs", "button", "1"), Event("use", "b_tabs", "1")),
        ("click('{}')", ("b_menu", "button", "menu"), Event("use", "b_menu", "menu")),
        ("click('{}')", ("b_leave", "button"), Event("use", "b_leave")),
        ("click('{}')", ("b_pages", "button", "next"), Event("use", "b_pages", "next")),
        ("click('{}')", ("b_city", "button", "pick:c1"), Event("use", "b_city", "pick:c1")),
        ("click('{}')", ("b_file", "button", "browse"), Event("use", "b_file", "browse")),
        ("click('{}')", ("b_seat", "radio", "", "s1a"), Event("select", "b_seat", value="s1a")),
        ("check('{}')", ("b_seat", "label", "", "s1a"), Event("select", "b_seat", value="s1a")),
        ("click('{}')", ("b_tip", "slider"), Event("fill", "b_tip", value="5")),
        ("click('{}')", ("b_loud", "slider"), Event("focus", "b_loud")),
        ("click('{}')", ("b_tip", "label"), Event("focus", "b_tip")),
        ("fill('{}', '7')", ("b_tip", "slider"), Event("fill", "b_tip", value="7")),
        ("fill('{}', '9:05')", ("b_time", "label"), Event("fill", "b_time", value="9:05")),
        ("fill('{}', 'Lis')", ("b_city", "text"), Event("fill", "b_city", value="Lis")),
        ("focus('{}')", ("b_seat", "radio", "", "s1b"), Event("noop")),
    ],
)
def test_actions_on_what_offers_and_unfolds(action: str, place: tuple[str, ...], event: Event) -> None:
    shown = everything()
    assert done(action.format(number(shown, *place)), shown) == event


def test_the_number_beside_a_slider_is_plain_content() -> None:
    shown = everything()
    assert done(f"click('{number(shown, 'b_tip', 'slider') + 1}')", shown) == Event("blur")


@pytest.mark.parametrize("kind", ["radio", "label"])
def test_a_place_that_is_taken_cannot_be_chosen(kind: str) -> None:
    shown = everything()
    event = done(f"click('{number(shown, 'b_seat', kind, '', 's1b')}')", shown)
    assert (event.kind, "not enabled" in event.value) == ("reject", True)


def test_under_a_modal_interruption_nothing_else_is_in_reach() -> None:
    for shown in (
        everything(interruption=in_the_way(is_modal=True)),
        with_dialog(interruption=in_the_way(is_modal=True)),
    ):
        rendered = Rendered(shown, SITE)
        assert {target.block for target in rendered.targets.values()} == {"interruption"}
        hidden = [spot is not None and spot.is_hidden for spot in map(rendered.at, range(rendered.count))]
        assert hidden.count(False) < 14


def test_clicking_plain_content_takes_the_focus_away() -> None:
    shown = everything()
    body = next(n for n, item in enumerate(outline(Rendered(shown, SITE))) if item.tag == "h1")
    assert done(f"click('{body}')", shown) == Event("blur")


def test_clicking_what_a_lone_link_fills_is_clicking_the_link() -> None:
    shown = everything()
    link = number(shown, "b_open", "link", "r1")
    assert done(f"click('{link - 1}')", shown) == Event("use", "b_open", "r1")
    more = number(shown, "b_more", "link", "r1")
    assert done(f"click('{more - 2}')", shown) == Event("blur")


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("goto('https://northbank.test/accounts?x=1')", Event("goto", value="/accounts")),
        ("go_back()", Event("back")),
        ("go_forward()", Event("forward")),
        ("noop(500)", Event("noop")),
        ("scroll(0, 100)", Event("noop")),
        ("send_msg_to_user('42')", Event("message", value="42")),
        ("report_infeasible('no')", Event("infeasible", value="no")),
    ],
)
def test_actions_without_an_element(action: str, event: Event) -> None:
    assert done(action, view()) == event


@pytest.mark.parametrize(
    "url", ["https://elsewhere.test/", "http://northbank.test/", "/accounts", "javascript:1", "https://["]
)
def test_other_addresses_are_rejected(url: str) -> None:
    assert done(f"goto({url!r})", view()).kind == "reject"


def test_a_radio_button_that_cannot_be_taken_away_has_the_focus() -> None:
    view = everything()
    rendered = Rendered(view, SITE)
    number = rendered.number_of(Target("b_speed", option="slow", kind="radio"))
    event = resolve(f"uncheck('{number}')", rendered, view, SITE)
    assert (event.kind, event.block, event.row) == ("reject", "b_speed", "slow")
