"""Keys: the Tab order, Enter, Space, arrows and Escape."""

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.field_blocks import ChoiceField
from flow_models.runtime.machine import Episode, Event, Machine, View
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.resolve import resolve
from tests.flow_models.builders import flow, page, task
from tests.flow_models.runtime.site.samples import SITE, everything, with_dialog
from tests.flow_models.runtime.site.test_resolve import number


def pressed(key: str, shown: View, *place: str) -> Event:
    bid = number(shown, *place) if place else 0
    return resolve(f"press('{bid}', {key!r})", Rendered.of(shown, SITE), shown, SITE)


@pytest.mark.parametrize(
    ("key", "place", "event"),
    [
        ("Tab", ("b_user", "text"), Event("focus", "b_secret")),
        ("Shift+Tab", ("b_secret", "text"), Event("focus", "b_user")),
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
    assert ", focused" not in Rendered.of(shown, SITE).axtree
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
        in Rendered.of(episode.view, Site.of(program)).axtree
    )


def test_tab_on_plain_content_goes_on_from_the_focus() -> None:
    assert pressed("Tab", everything()) == Event("focus", "b_home")
    assert pressed("Tab", everything(focus=("b_user", "", ""))) == Event("focus", "b_secret")


def test_tab_walks_through_every_stop_once_and_skips_disabled_buttons() -> None:
    shown, seen = everything(), list[tuple[str, str]]()
    while (event := pressed("Tab", shown)).kind == "focus":
        seen.append((event.block, event.row))
        shown = everything(focus=(event.block, event.row, event.value))
    assert len(seen) == len(set(seen)) > 20
    assert ("b_three", "") not in seen
    assert ("b_edit", "r2") in seen


def test_a_dialog_keeps_the_focus_to_itself() -> None:
    assert pressed("Tab", with_dialog(), "d_why", "text") == Event("focus", "d_yes")


def test_other_keys_are_refused() -> None:
    assert pressed("a", everything(), "b_user", "text").kind == "reject"
    assert pressed("Space", everything(), "b_user", "text").kind == "reject"
