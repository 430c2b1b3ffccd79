"""What a control takes, and why it takes nothing else."""

import pytest

from flow_models.runtime.machine.base import limits
from flow_models.runtime.machine.base.events import EVENT_KINDS, Event
from flow_models.runtime.machine.base.kinds import FIELDS, KINDS
from flow_models.runtime.machine.pages.uses import (
    AIMED,
    REASONS,
    Refusal,
    events_of,
    giving,
    refusal,
    texts_of,
)
from flow_models.runtime.machine.pages.view import Button, Control, Field, Link, Place, View

LINES = (("1", (Place("a", "A", True), Place("b", "B", False))),)


def field(kind: str, **more: object) -> Field:
    return Field("f", kind, "f", "F", "", False, "", **more)  # type: ignore[arg-type]


def button(*, enabled: bool = True) -> Button:
    return Button("b", "", "Go", "primary", enabled, submit=False, form="")


def page(*parts: Control, over: View | None = None) -> View:
    return View("p", "P", "/", "page", (), (), parts, (), dialog=over)


def code(view: View, *event: str) -> str:
    found = refusal(view, Event(*event))
    return "" if found is None else found.code


def test_a_field_takes_the_events_of_its_kind() -> None:
    for kind in FIELDS:
        assert events_of(field(kind)) == KINDS[kind].traits.events


def test_a_field_takes_the_events_that_give_it_a_text() -> None:
    options, grid, bounds = (("a", "A"),), LINES, {"minimum": "0", "maximum": "10"}
    for kind in FIELDS - {"file_field"}:
        shown = field(kind, options=options, grid=grid if kind == "choice_grid" else (), **bounds)
        text = (texts_of(shown) or ("x",))[-1]
        (event,) = giving(shown, text)
        assert event.kind in events_of(shown)
        assert refusal(page(shown), event) is None


def test_a_file_is_picked_by_the_buttons_inside_its_field() -> None:
    assert giving(field("file_field"), "bill.pdf") == (Event("use", "f", "browse"), Event("use", "f", "pick:bill.pdf"))


@pytest.mark.parametrize(
    ("control", "texts"),
    [
        (button(), ("",)),
        (button(enabled=False), ()),
        (Link("l", "", "Out", "/out"), ("",)),
        (field("text_field"), None),
        (field("checkbox"), ("", "true")),
        (field("slider", minimum="-2", maximum="3", step=2), ("-2", "0", "2")),
        (field("choice_field", options=(("a", "A"), ("b", "B"))), ("a", "b")),
        (field("file_field"), ()),
    ],
)
def test_a_control_takes_the_texts_that_it_offers(control: Control, texts: tuple[str, ...] | None) -> None:
    assert texts_of(control) == texts


@pytest.mark.parametrize(
    ("control", "event", "expected"),
    [
        (button(), ("use", "b"), ""),
        (button(), ("use", "other"), "absent"),
        (button(), ("use", "b", "row"), "absent"),
        (button(enabled=False), ("use", "b"), "disabled"),
        (button(enabled=False), ("focus", "b"), "disabled"),
        (button(enabled=False), ("fill", "b", "", "x"), "disabled"),
        (button(), ("fill", "b", "", "x"), "no_box"),
        (button(), ("select", "b", "", "x"), "no_list"),
        (button(), ("check", "b"), "no_tick"),
        (field("text_field"), ("use", "f"), "no_control"),
        (field("text_field"), ("focus", "f"), ""),
        (field("text_field"), ("fill", "f", "", "x" * limits.TEXT), ""),
        (field("text_field"), ("fill", "f", "", "x" * (limits.TEXT + 1)), "too_long"),
        (field("text_field"), ("fill", "f", "", "\ud800"), "unsendable"),
        (field("checkbox"), ("fill", "f", "", "x"), "ticked"),
        (field("choice_field", style="radio"), ("fill", "f", "", "x"), "ticked"),
        (field("choice_field", style="drop_down"), ("fill", "f", "", "x"), "no_box"),
        (field("choice_field", options=(("a", "A"),)), ("select", "f", "", "b"), "not_offered"),
        (field("choice_grid", options=(("a", "A"),), grid=LINES), ("select", "f", "", "a"), ""),
        (field("choice_grid", options=(("a", "A"),), grid=LINES), ("select", "f", "", "b"), "disabled"),
        (field("choice_grid", options=(("a", "A"),), grid=LINES), ("select", "f", "", "c"), "not_offered"),
    ],
)
def test_what_cannot_be_done_has_its_reason(control: Control, event: tuple[str, ...], expected: str) -> None:
    assert code(page(control), *event) == expected


def test_what_stands_behind_a_dialog_is_inert_and_not_absent() -> None:
    view = page(button(), over=page(Link("l", "", "Close", "")))
    assert code(view, "use", "b") == "inert"
    assert code(view, "use", "l") == ""
    assert code(view, "use", "x") == "absent"


def test_only_events_that_name_a_control_ask_for_one() -> None:
    for kind in frozenset(EVENT_KINDS) - AIMED - {"reject"}:
        assert code(page(), kind) == ""


def test_a_rejected_event_says_why_itself() -> None:
    assert refusal(page(), Event("reject", value="{no} such thing")) == Refusal("told", "{no} such thing")
    assert Refusal("told", "{no} such thing").words == "{no} such thing"
    assert code(page(), "reject") == "unclear"


def test_every_reason_has_words_of_its_own() -> None:
    words = [Refusal(each, "x").words for each in REASONS]
    assert all(words)
    assert len(set(words)) == len(words)
