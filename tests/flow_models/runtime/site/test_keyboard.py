"""Keys: the Tab order, Enter, Space, arrows and Escape."""

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.field_blocks import ChoiceField
from flow_models.runtime.machine import Episode, Event, Machine, View
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.machine.pages.state import Carets
from flow_models.runtime.machine.pages.view import Field, Form
from flow_models.runtime.site import Rendered, Site, Target
from flow_models.runtime.site.resolve import resolve
from tests.flow_models.builders import flow, page, task
from tests.flow_models.runtime.site.samples import SITE, everything, submit, view, with_dialog
from tests.flow_models.runtime.site.test_resolve import number


def pressed(key: str, shown: View, *place: str, carets: Carets = ()) -> Event:
    bid = number(shown, *place) if place else 0
    return resolve(f"press('{bid}', {key!r})", Rendered(shown, SITE), shown, SITE, carets)


@pytest.mark.parametrize(
    ("key", "place", "event"),
    [
        ("Tab", ("b_user", "text"), Event("fill", "b_secret", "0:6", "pa ss😀")),
        ("Shift+Tab", ("b_secret", "text"), Event("fill", "b_user", "0:3", "ana")),
        ("Tab", ("b_none", "select"), Event("focus", "b_speed", value="slow")),
        ("Tab", ("b_speed", "radio", "", "fast"), Event("focus", "b_speed", value="slow")),
        ("Tab", ("b_speed", "radio", "", "slow"), Event("focus", "b_plan", value="a")),
        ("Shift+Tab", ("b_speed", "radio", "", "fast"), Event("focus", "b_none")),
        ("Tab", ("b_plan", "radio", "", "a"), Event("focus", "b_agree")),
        ("Tab", ("b_two", "link"), Event("focus", "b_open", "r1")),
        ("Tab", ("b_x", "link"), Event("blur", value="outside")),
        ("Shift+Tab", ("b_home", "link"), Event("blur", value="outside")),
        ("Enter", ("b_user", "text"), Event("use", "b_send")),
        ("Enter", ("b_loose", "text"), Event("focus", "b_loose")),
        ("Enter", ("b_two", "link"), Event("use", "b_two")),
        ("Enter", ("b_to", "select"), Event("focus", "b_to", value="open")),
        ("Space", ("b_one", "button"), Event("use", "b_one")),
        (" ", ("b_agree", "checkbox"), Event("check", "b_agree")),
        ("Space", ("b_two", "link"), Event("focus", "b_two")),
        ("ArrowDown", ("b_speed", "radio", "", "slow"), Event("select", "b_speed", value="fast")),
        ("ArrowUp", ("b_to", "select"), Event("select", "b_to", value="r1")),
        ("ArrowDown", ("b_to", "select"), Event("focus", "b_to")),
        ("Home", ("b_to", "select"), Event("select", "b_to", value="")),
        ("ArrowLeft", ("b_user", "text"), Event("focus", "b_user")),
        ("Escape", ("b_user", "text"), Event("focus", "b_user")),
        ("ArrowUp", ("b_tip", "slider"), Event("fill", "b_tip", value="4")),
        ("ArrowLeft", ("b_loud", "slider"), Event("fill", "b_loud", value="20")),
        ("PageDown", ("b_tip", "slider"), Event("fill", "b_tip", value="2")),
        ("Home", ("b_loud", "slider"), Event("fill", "b_loud", value="-20")),
        ("End", ("b_tip", "slider"), Event("fill", "b_tip", value="10")),
        ("Space", ("b_tip", "slider"), Event("focus", "b_tip")),
        ("ArrowDown", ("b_seat", "radio", "", "s1c"), Event("select", "b_seat", value="s2b")),
        ("Tab", ("b_empty", "button", "browse"), Event("focus", "b_seat", value="s1c")),
        ("Tab", ("b_seat", "radio", "", "s1c"), Event("focus", "b_spot", value="x2")),
        ("Tab", ("b_city", "text"), Event("focus", "b_city", "pick:c0")),
        ("Enter", ("b_fold", "button", "fold"), Event("use", "b_fold", "fold")),
        ("Space", ("b_tabs", "button", "1"), Event("use", "b_tabs", "1")),
    ],
)
def test_a_key_on_a_control_is_its_event(key: str, place: tuple[str, ...], event: Event) -> None:
    assert pressed(key, everything(), *place) == event


def test_tab_beyond_the_last_stop_leaves_the_page_and_comes_back_at_its_other_end() -> None:
    shown = everything(focus=("", "", "outside"))
    assert ", focused" not in Rendered(shown, SITE).axtree
    assert pressed("Tab", shown) == Event("focus", "b_home")
    assert pressed("Shift+Tab", shown) == Event("focus", "b_x")


@pytest.mark.parametrize(
    ("key", "event"),
    [
        ("Tab", Event("focus", "b_to")),
        ("Enter", Event("focus", "b_to")),
        ("Escape", Event("focus", "b_to")),
        ("Space", Event("focus", "b_to", value="open")),
        ("ArrowUp", Event("select", "b_to", value="r1")),
        ("ArrowDown", Event("focus", "b_to", value="open")),
    ],
)
def test_an_open_list_takes_the_keys(key: str, event: Event) -> None:
    shown = everything(focus=("b_to", "", "open"))
    assert pressed(key, shown, "b_to", "select") == event
    assert pressed(key, shown) == event


def test_choosing_leaves_an_open_list_open() -> None:
    choice = ChoiceField(id="c", name="size", title="Size", choices=("Small", "Large"))
    program = compile_flow(flow(page("home", choice), task("t"))).program
    machine = Machine(program)
    episode = Episode(machine, machine.draw("t", 1))
    for event in (Event("focus", "c", value="open"), Event("select", "c", value="Large")):
        episode.step(event)
    assert (
        "combobox 'Size' value='Large', focused, hasPopup='menu', expanded=True"
        in Rendered(episode.view, Site.of(program)).axtree
    )


def test_tab_on_plain_content_goes_on_from_the_focus() -> None:
    assert pressed("Tab", everything()) == Event("focus", "b_home")
    assert pressed("Tab", everything(focus=("b_user", "", ""))).block == "b_secret"


def test_tab_walks_through_every_stop_once_and_skips_disabled_buttons() -> None:
    shown, seen = everything(), list[tuple[str, str]]()
    while (event := pressed("Tab", shown)).kind in ("focus", "fill"):
        place = (event.block, "" if event.kind == "fill" else event.row)
        seen.append(place)
        shown = everything(focus=(*place, "" if event.kind == "fill" else event.value))
    assert len(seen) == len(set(seen)) > 20
    assert ("b_three", "") not in seen
    assert ("b_edit", "r2") in seen


@pytest.mark.parametrize(("buttons", "sender"), [("", "b_save"), ("reversed", "b_skip"), ("above", "b_save")])
def test_enter_sends_a_form_by_the_button_that_comes_first_in_the_variant(buttons: str, sender: str) -> None:
    name = Field("b_name", "text_field", "name", "Name", "", False, "", purpose="text")
    shown = view(Form("f", (name, submit("b_save", "Save", "f"), submit("b_skip", "Skip", "f"))))
    rendered = Rendered(shown, SITE.dressed(Variant(buttons=buttons)))
    bid = rendered.number_of(Target("b_name", kind="text"))
    assert resolve(f"press('{bid}', 'Enter')", rendered, shown, SITE, ()) == Event("use", sender)


def test_a_dialog_keeps_the_focus_to_itself() -> None:
    assert pressed("Tab", with_dialog(), "d_why", "text") == Event("focus", "d_yes")


@pytest.mark.parametrize(
    ("key", "event"),
    [
        ("a", Event("fill", "b_user", "1:1", "aana")),
        ("Shift+KeyA", Event("fill", "b_user", "1:1", "Aana")),
        ("Space", Event("fill", "b_user", "1:1", " ana")),
        ("Control+a", Event("fill", "b_user", "0:3", "ana")),
        ("ControlOrMeta+KeyA", Event("fill", "b_user", "0:3", "ana")),
        ("End", Event("fill", "b_user", "3:3", "ana")),
        ("Shift+ArrowRight", Event("fill", "b_user", "0:1", "ana")),
        ("Control+Delete", Event("fill", "b_user", "0:0", "")),
        ("Home", Event("focus", "b_user")),
        ("Alt", Event("focus", "b_user")),
        ("Shift+Enter", Event("use", "b_send")),
    ],
)
def test_a_key_in_a_box_begins_before_its_text(key: str, event: Event) -> None:
    assert pressed(key, everything(), "b_user", "text") == event


def test_a_box_with_the_focus_and_one_named_by_its_label_go_on_where_they_were() -> None:
    carets = (("b_user", 0, 2),)
    focused = everything(focus=("b_user", "", ""))
    assert pressed("x", focused, "b_user", "text", carets=carets) == Event("fill", "b_user", "1:1", "xa")
    assert pressed("x", everything(), "b_user", "label", carets=carets) == Event("fill", "b_user", "1:1", "xa")
    assert pressed("x", everything(), "b_user", "text", carets=carets) == Event("fill", "b_user", "1:1", "xana")


@pytest.mark.parametrize(
    ("key", "place", "words"),
    [
        ("Foo", ("b_user", "text"), 'Unknown key: "Foo"'),
        ("é", ("b_user", "text"), "Unknown key"),
        ("", ("b_user", "text"), "Unknown key"),
        ("a+b", ("b_user", "text"), 'Unknown key: "a"'),
        ("Control+v", ("b_user", "text"), "clipboard"),
        ("Shift+Insert", ("b_user", "text"), "clipboard"),
        ("Control+z", ("b_send", "button"), "clipboard"),
        ("Alt+ArrowLeft", ("b_user", "text"), "'Alt+ArrowLeft' is not possible"),
        ("Control+Enter", ("b_two", "link"), "'Control+Enter' is not possible"),
        ("b", ("b_to", "select"), "depends on timing"),
        ("x", ("b_city", "text"), "answers this field"),
        ("x", ("b_note", "area"), "'x' is not possible"),
        ("Space", ("b_note", "area"), "'Space' is not possible"),
        ("ArrowRight", ("b_secret", "text"), "this writing"),
    ],
)
def test_what_depends_on_timing_tabs_or_fonts_is_refused_in_words(key: str, place: tuple[str, ...], words: str) -> None:
    event = pressed(key, everything(), *place)
    assert event.kind == "reject"
    assert words in event.value


@pytest.mark.parametrize(("kind", "place"), [("button", "b_send"), ("link", "b_two"), ("checkbox", "b_agree")])
@pytest.mark.parametrize("key", ["q", "Backspace", "Control+a", "Control+c", "Insert", "Shift"])
def test_letters_do_nothing_to_what_takes_no_text(key: str, kind: str, place: str) -> None:
    assert pressed(key, everything(), place, kind) == Event("focus", place)
