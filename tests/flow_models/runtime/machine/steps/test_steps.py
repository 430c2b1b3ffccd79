"""Every rule of what a step means, each with the smallest flow that shows it."""

import json

from flow_models.document.behaviour import Transition
from flow_models.document.blocks import Group
from flow_models.document.field_blocks import Checkbox, ChoiceField, DateField, NumberField
from flow_models.document.flow import Clock, Flow, Site
from flow_models.runtime.machine import Event
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    clears,
    field,
    flow,
    form,
    link,
    money_field,
    page,
    section,
    sets,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.runtime.machine.play import Play


def two_pages(*arrows: Transition, start: str = "home") -> Flow:
    home, after = page("home", button("go"), link("out")), page("next", button("stay"), field("name"))
    return flow(home, after, *arrows, start=start)


def test_every_event_counts_as_a_step_even_one_that_is_refused() -> None:
    play = Play(two_pages())
    for kind in ("noop", "reject", "use", "back", "blur"):
        play.do(kind)
    assert play.episode.steps == 5


def test_an_absent_element_is_refused_and_changes_nothing() -> None:
    play = Play(two_pages(arrow("home", "next", use="go")))
    result = play.use("stay")
    assert result.error
    assert play.page == "home"


def test_a_malformed_action_reports_what_was_wrong() -> None:
    assert Play(two_pages()).do("reject", value="ValueError: no such function").error == "ValueError: no such function"


def test_a_disabled_button_is_refused() -> None:
    play = Play(flow(page("home", button("go", enabled_if="1 > 2")), page("next"), arrow("home", "next", use="go")))
    assert play.use("go").error == "element is not enabled"
    assert play.page == "home"


def test_a_block_that_is_not_shown_cannot_be_used() -> None:
    play = Play(flow(page("home", button("go", show_if="1 > 2")), page("next"), arrow("home", "next", use="go")))
    assert play.use("go").error
    assert play.view.controls() == ()


def test_a_field_is_of_the_wrong_kind_for_a_click_that_uses() -> None:
    play = Play(flow(page("home", field("name"))))
    assert play.use("f_name").error
    assert play.do("check", "f_name").error
    assert play.do("select", "f_name", "x").error


def test_fill_changes_only_the_text_and_the_focus() -> None:
    play = Play(flow(page("home", field("name"), words("echo", "You are {field.name}"))))
    before = play.episode.state
    play.fill("f_name", "Ada")
    assert play.field("name") == "Ada"
    assert play.view.focus == ("f_name", "", "")
    assert play.texts()[-1] == "You are "
    assert play.episode.state.tables is before.tables


def test_a_text_field_makes_spaces_of_line_breaks_as_browsers_do() -> None:
    play = Play(flow(page("home", field("name"))))
    play.fill("f_name", "A\nd\r\na")
    assert play.field("name") == "A d a"


def test_the_page_reads_texts_as_of_the_last_answer() -> None:
    play = Play(flow(page("home", field("name"), words("echo", "You are {field.name}"), button("show"))))
    play.fill("f_name", "Ada")
    play.use("show")
    assert play.texts()[-1] == "You are Ada"


def test_a_changed_trigger_listens_to_choices_and_ticks() -> None:
    tick = Checkbox(id="agree", name="agree", title="I agree")
    colours = ChoiceField(id="colour", name="colour", choices=("red", "blue"), placeholder="Choose")
    play = Play(
        flow(
            page("home", tick, colours),
            variable("seen"),
            arrow("home", change="agree", do=(sets("seen", '"ticked"'),)),
            arrow("home", change="colour", do=(sets("seen", "field.colour"),)),
        )
    )
    play.do("check", "agree")
    assert play.value("seen") == "ticked"
    play.do("select", "colour", "blue")
    assert play.value("seen") == "blue"
    play.do("select", "colour", "blue")
    assert play.last is not None
    assert play.last.transition is None


def test_a_date_and_a_number_listen_when_filled_but_plain_text_does_not() -> None:
    play = Play(
        flow(
            page("home", DateField(id="day", name="day"), NumberField(id="count", name="count"), field("name")),
            variable("seen", "integer", 0),
            *(arrow("home", change=block, do=(sets("seen", "seen + 1"),)) for block in ("day", "count", "f_name")),
        )
    )
    play.fill("day", "2027-03-15")
    play.fill("count", "3")
    play.fill("f_name", "Ada")
    assert play.value("seen") == 2


def order_form(**fields: object) -> Flow:
    return flow(
        page(
            "home",
            form("order", field("name", required=True), money_field("amount", **fields), button("send", submit=True)),
        ),
        page("next"),
        arrow("home", "next", use="send"),
    )


def test_a_form_with_a_failing_field_stays_and_says_so_beside_the_field() -> None:
    play = Play(order_form())
    play.fill("f_amount", "12.345")
    play.use("send")
    assert play.page == "home"
    assert set(play.view.errors) == {"name", "amount"}
    assert play.field("amount") == "12.345"
    assert play.view.focus is None


def test_validation_messages_live_until_the_next_answer() -> None:
    play = Play(order_form())
    play.use("send")
    play.fill("f_name", "Ada")
    assert play.view.errors
    play.use("send")
    assert not play.view.errors
    assert play.page == "next"


def test_a_form_may_leave_its_checks_to_the_designer() -> None:
    blocks = form("order", field("name", required=True), button("send", submit=True), check=False)
    play = Play(flow(page("home", blocks), page("next"), arrow("home", "next", use="send")))
    play.use("send")
    assert play.page == "next"


def test_a_button_that_does_not_submit_does_not_check() -> None:
    blocks = form("order", field("name", required=True), button("cancel"))
    play = Play(flow(page("home", blocks), page("next"), arrow("home", "next", use="cancel")))
    play.use("cancel")
    assert play.page == "next"


def test_the_range_of_a_field_is_checked_by_formulas() -> None:
    play = Play(order_form(minimum="5", maximum="5 + 5"))
    play.fill("f_name", "Ada")
    for text, page_id in (("4.99", "home"), ("10.01", "home"), ("$10.00", "next")):
        play.fill("f_amount", text)
        play.use("send")
        assert play.page == page_id


def test_transitions_are_tried_in_order_and_page_before_section() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("first"),
            page("second"),
            page("third"),
            section("all", "home"),
            arrow("all", "third", use="go"),
            arrow("home", "first", use="go", when="1 > 2"),
            arrow("home", "second", use="go"),
        )
    )
    play.use("go")
    assert play.page == "second"


def test_without_a_holding_guard_nothing_changes_and_texts_survive() -> None:
    play = Play(two_pages(arrow("next", "home", use="stay", when="1 > 2"), start="next"))
    play.fill("f_name", "Ada")
    result = play.use("stay")
    assert (result.transition, result.error, play.page, play.field("name")) == (None, "", "next", "Ada")


def test_effects_see_what_the_ones_before_them_did() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            variable("n", "integer", 1),
            arrow("home", use="go", do=(sets("n", "n + 1"), sets("n", "n * 10"))),
        )
    )
    play.use("go")
    assert play.value("n") == 20


def test_effects_are_all_or_none_and_out_of_range_they_are_refused() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            table("log", "text:text"),
            variable("n", "integer", 0),
            arrow("home", use="go", do=(adds("log", text='"a"'), sets("n", "5 // n"))),
        )
    )
    result = play.use("go")
    assert (result.end_reason, result.transition, result.error) == ("", None, "")
    assert play.rows("log") == []
    assert play.view.notices == (("error", "This could not be done. Nothing can be divided by zero."),)


def test_a_fault_of_the_flow_truncates_and_undoes_the_step() -> None:
    ring = (arrow("a", "b", on="enter"), arrow("b", "a", on="enter"))
    start = page("home", button("go"))
    play = Play(flow(start, page("a"), page("b"), arrow("home", "a", use="go"), *ring))
    result = play.use("go")
    assert (result.terminated, result.truncated, result.end_reason) == (False, True, "environment_error")
    assert play.view.title == "Something went wrong"
    assert "by themselves" in play.episode.fault


def test_a_page_says_which_of_its_texts_are_out_of_range() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("bad", words("text", "Each gets {10 // n}.")),
            variable("n", "integer", 5),
            arrow("home", "bad", use="go", do=(sets("n", "0"),)),
        )
    )
    assert play.use("go").end_reason == ""
    assert play.view.main[0].text == "Each gets (out of range)."  # type: ignore[attr-defined]


def test_a_drop_down_without_placeholder_begins_with_its_first_option() -> None:
    fields = [
        ChoiceField(id="a", name="a", choices=("x", "y")),
        ChoiceField(id="b", name="b", choices=("x", "y"), placeholder="Choose"),
        ChoiceField(id="c", name="c", choices=("x", "y"), style="radio"),
        ChoiceField(id="d", name="d", choices=("x", "y"), initial='"y"'),
    ]
    play = Play(flow(page("home", *fields)))
    assert [play.field(name) for name in "abcd"] == ["x", "", "", "y"]


def test_after_a_page_answer_the_focus_is_on_the_document() -> None:
    play = Play(two_pages(arrow("next", use="stay"), start="next"))
    play.fill("f_name", "Ada")
    play.use("stay")
    assert play.view.focus is None


def test_focus_moves_by_focus_and_leaves_by_blur() -> None:
    play = Play(two_pages())
    play.do("focus", "go")
    assert play.view.focus == ("go", "", "")
    play.do("blur")
    assert play.view.focus is None


def test_notices_live_until_the_next_taken_transition() -> None:
    play = Play(two_pages(arrow("home", "next", use="go", notice="Welcome {1 + 1}"), arrow("next", use="stay")))
    play.use("go")
    play.fill("f_name", "Ada")
    assert [text for _, text in play.view.notices] == ["Welcome 2"]
    play.use("stay")
    assert not play.view.notices


def test_a_notice_survives_what_happens_by_itself_on_arrival() -> None:
    play = Play(two_pages(arrow("home", "next", use="go", notice="Sent"), arrow("next", on="enter")))
    play.use("go")
    assert play.view.notices == (("success", "Sent"),)


def test_change_effects_are_computed_over_the_rows_as_they_were() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            table("t", "n:integer", rows=((1,), (2,), (3,))),
            arrow("home", use="go", do=(changes("t", "n > 1", n="n + sum(t, n)"), clears("t"))),
            arrow("home", use="other"),
        ).rebuilt(transitions=(arrow("home", use="go", do=(changes("t", "n > 1", n="n + sum(t, n)"),)),))
    )
    play.use("go")
    assert [row["n"] for row in play.rows("t")] == [1, 8, 9]


def test_clear_empties_a_table_and_resets_a_variable() -> None:
    play = Play(
        flow(
            page("home", button("go"), button("clear")),
            table("cart", "n:integer", durable=False, rows=((1,),)),
            variable("n", "integer", 3),
            arrow("home", use="go", do=(sets("n", "9"), adds("cart", n="2"))),
            arrow("home", use="clear", do=(clears("cart"), clears("n"))),
        )
    )
    play.use("go")
    assert len(play.rows("cart")) == 2
    play.use("clear")
    assert (play.rows("cart"), play.value("n")) == ([], 3)


def test_the_clock_ticks_first_and_texts_show_it_as_of_the_last_answer() -> None:
    site = Site(start="home", clock=Clock(start="2027-03-15T23:59", tick_s=60))
    play = Play(flow(page("home", words("now", "{clock.step} {clock.date}"), button("go")), site=site))
    play.noop()
    assert play.texts() == ["0 March 15, 2027"]
    play.use("go")
    assert play.texts() == ["2 March 16, 2027"]


def test_chance_is_keyed_by_the_try_and_not_by_the_clock() -> None:
    lucky = flow(
        page("home", button("go")),
        variable("n", "integer", 0),
        arrow("home", use="go", when="chance(0.5)", do=(sets("n", "n + 1"),)),
        task("t", max_steps=1000),
    )
    plain, slow = Play(lucky, "t"), Play(lucky, "t")
    for _ in range(20):
        plain.use("go")
        slow.noop()
        slow.use("go")
    assert plain.value("n") == slow.value("n")
    assert 0 < int(str(plain.value("n"))) < 20


def test_typing_without_a_step_changes_only_the_draft() -> None:
    play = Play(two_pages(start="next"))
    play.episode.type({"name": "Ada", "unknown": "x"})
    assert (play.field("name"), play.episode.steps) == ("Ada", 0)


def test_equal_pages_are_the_same_view_so_that_renderers_can_keep_them() -> None:
    play = Play(two_pages(arrow("home", "next", use="go")))
    first = play.view
    play.noop()
    assert play.view is first
    play.do("goto", value="/home")
    assert play.view is first


def test_blocks_inside_groups_are_usable() -> None:
    inner = Group(id="g", title="More", blocks=(button("go"),))
    play = Play(flow(page("home", inner), page("next"), arrow("home", "next", use="go")))
    play.use("go")
    assert play.page == "next"


def test_an_unknown_kind_of_event_is_refused() -> None:
    play = Play(two_pages())
    result = play.episode.step(Event("fly"))
    assert "unknown" in result.error


def test_half_a_character_is_refused_by_every_action() -> None:
    play = Play(flow(page("home", field("name")), page("other")))
    for kind, block in (("fill", "f_name"), ("goto", ""), ("message", "")):
        assert "half of a character" in play.do(kind, block, "/\ud800").error
    assert play.field("name") == ""


def test_at_the_end_of_the_calendar_the_clock_stands_still() -> None:
    site = Site(name="Late", start="home", clock=Clock(start="9999-12-31T23:00", tick_s=86_400))
    play = Play(flow(page("home", button("look")), arrow("home", use="look", when="today() != empty"), site=site))
    assert play.use("look").transition == "home-look-stay"
    assert play.machine.schema.moment(10**9) == ("9999-12-31", "23:59")


def test_a_text_comes_with_what_is_selected_in_it_until_the_site_answers() -> None:
    play = Play(flow(page("home", field("name"), button("go")), arrow("home", use="go")))

    def selected(text: str, row: str) -> list[tuple[str, int, int]]:
        play.do("fill", "f_name", text, row=row)
        return list(play.episode.state.carets)

    assert selected("one two", "7:4") == [("f_name", 7, 4)]
    assert selected("one two", "0:0") == []
    for odd in ("", "x", "3", "9:1", "1:2:3", "-1:2"):
        assert selected("ab", odd) == [("f_name", 2, 2)]
    play.use("go")
    assert play.episode.state.carets == ()


def test_a_selection_is_saved_and_states_of_before_have_none() -> None:
    play = Play(flow(page("home", field("name")), task("t")), "t")
    play.do("fill", "f_name", "one two", row="7:4")
    saved = json.loads(json.dumps(play.episode.get_state()))
    before = play.episode.state
    play.do("fill", "f_name", "other")
    play.episode.set_state(saved)
    assert play.episode.state == before
    del saved["state"]["carets"]
    play.episode.set_state(saved)
    assert play.episode.state.carets == ()
    assert play.episode.state != before
