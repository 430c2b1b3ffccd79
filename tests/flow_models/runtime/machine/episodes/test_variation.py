"""Variants follow from program and seed, aspect by aspect, and reach the instance as they should."""

from dataclasses import replace
from functools import cache

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.blocks import Navigation as NavigationBlock
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine, ProgramError
from flow_models.runtime.machine.base.appearance import AspectValues
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.splits import SHARES, SPLITS, split_of
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.base.words import Word
from flow_models.runtime.machine.episodes.variation import ASPECTS, Variants, draw, named, values_of, with_value
from flow_models.runtime.machine.pages.view import Heading, Menu, Navigation
from tests.flow_models.builders import arrow, flow, heading, link, page, section, shop


@cache
def program() -> Program:
    return compile_flow(shop()).program


def with_navigation() -> Flow:
    """Two pages under a header with a navigation."""
    home, help_page = page("home", heading("h", "Settings")), page("help_page", heading("h2", "Help"))
    links = NavigationBlock(id="nav", title="Main", links=(link("to_home"), link("to_help")))
    shared = section("all", "home", "help_page", header=(links,))
    return flow(home, help_page, shared, arrow("all", "home", use="to_home"), arrow("all", "help_page", use="to_help"))


def test_a_variant_follows_from_program_and_seed() -> None:
    assert draw(program(), 5) == draw(program(), 5)
    assert len({draw(program(), seed) for seed in range(50)}) == 50


def test_another_value_of_one_aspect_shifts_no_other() -> None:
    axes = program().variation.axes
    more = {**axes, "look": {"look": replace(axes["look"]["look"], train=("plain", "one", "two"))}}
    other = replace(program(), variation=replace(program().variation, axes=more))
    for seed in range(30):
        assert draw(program(), seed)._replace(look="") == draw(other, seed)._replace(look="")


def test_every_value_of_training_is_drawn_and_no_other() -> None:
    variants = [Variants(program()).draw(seed) for seed in range(600)]
    for aspect in set(ASPECTS) - {"order", "wording", "goal"}:
        axis = next(axis for axis in program().variation.axes.values() if aspect in axis)
        wanted = {"" if value == "plain" else value for value in axis[aspect].train}
        assert {getattr(variant, aspect) for variant in variants} == wanted, aspect


def test_half_of_training_has_an_interruption_and_a_third_conduct() -> None:
    variants = [Variants(program()).draw(seed) for seed in range(2000)]
    assert 0.45 < sum(bool(variant.interruption) for variant in variants) / 2000 < 0.55
    assert 0.28 < sum(bool(variant.conduct) for variant in variants) / 2000 < 0.38


def test_an_axis_that_is_off_stays_as_drawn() -> None:
    still = shop().rebuilt(variation={"layout": {"is_on": False}, "wording": {"is_on": False}})
    quiet = compile_flow(still).program
    variants = [draw(quiet, seed) for seed in range(50)]
    assert {(variant.navigation, variant.order, variant.wording) for variant in variants} == {("", 0, 0)}
    assert len({variant.look for variant in variants}) > 3


def test_a_flow_can_leave_values_out_and_hold_others_out() -> None:
    variation = {"layout": {"left_out": ("navigation.menu",), "held_out": ("navigation.side",)}}
    axis = compile_flow(shop().rebuilt(variation=variation)).program.variation.axes["layout"]
    assert axis["navigation"] == AspectValues(("plain", "end"), ("side",))
    assert axis["buttons"] == AspectValues(("plain", "reversed", "above", "above_reversed"), ())


def test_a_variant_is_named_by_its_fields() -> None:
    assert named(program(), {"navigation": "menu", "order": 3}) == Variant(navigation="menu", order=3)
    with pytest.raises(ProgramError, match="no navigation 'inside'"):
        named(program(), {"navigation": "inside"})


def test_every_value_can_be_had_alone() -> None:
    for aspect in ASPECTS:
        for value in values_of(program(), aspect):
            variant = with_value(aspect, value, 1)
            assert sum(field != default for field, default in zip(variant[1:], PLAIN[1:], strict=True)) in (1, 2)


def test_training_asks_in_the_first_wordings_and_tests_in_the_last_third() -> None:
    ways = ("One {task.note}.", "Two {task.note}.", "Three {task.note}.")
    asked = shop().rebuilt(tasks=(shop().tasks[0].rebuilt(wordings=ways),))
    machine = Machine(compile_flow(asked).program)

    def goals(*, is_new: bool) -> set[str]:
        variants = (PLAIN._replace(goal=number, new_goal=is_new) for number in range(1, 20))
        return {machine.draw("buy-item", 1, variant).goal.split()[0] for variant in variants}

    assert goals(is_new=False) == {"One", "Two"}
    assert goals(is_new=True) == {"Three"}


def test_a_variant_has_a_state_of_its_own() -> None:
    machine = Machine(program())
    plain, other = (machine.draw("buy-item", 1, variant) for variant in (PLAIN, PLAIN._replace(look="airy")))
    assert plain.state is not other.state
    assert plain.state == other.state
    assert machine.draw("buy-item", 1, Variant()) is plain


def test_fixed_texts_of_the_thesaurus_are_words_and_others_are_not() -> None:
    machine = Machine(compile_flow(with_navigation()).program)
    start = machine.visit()
    (title,) = [part for part in machine.view(start, start.state).main if isinstance(part, Heading)]
    assert isinstance(title.text, Word)
    assert title.text == "Settings"
    said = {title.text.said(PLAIN._replace(wording=number)) for number in range(1, 200)}
    assert said == {"Settings", "Preferences", "Options", "Your settings", "Your preferences", "Your options"}
    assert not said & {title.text.said(PLAIN._replace(wording=number, new_words=True)) for number in range(1, 200)}


def test_a_navigation_goes_behind_a_button_where_the_variant_says_so() -> None:
    machine = Machine(compile_flow(with_navigation()).program)
    start = machine.visit(PLAIN._replace(navigation="menu"))
    (menu,) = machine.view(start, start.state).header
    assert isinstance(menu, Menu)
    assert machine.step(start, start.state, Event("use", "to_help")).error
    opened = machine.step(start, start.state, Event("use", "nav", "menu")).state
    after = machine.step(start, opened, Event("use", "to_help")).state
    assert after.page == "help_page"
    (closed,) = machine.view(start, after).header
    assert isinstance(closed, Menu)
    assert not closed.is_open
    drawn = machine.visit()
    assert isinstance(machine.view(drawn, drawn.state).header[0], Navigation)


def test_seeds_are_shared_out_among_the_splits() -> None:
    counts = [sum(split_of(seed) == split for seed in range(3000)) for split in SPLITS]
    for count, share in zip(counts, SHARES, strict=True):
        assert abs(count / 3000 - share / sum(SHARES)) < 0.03
