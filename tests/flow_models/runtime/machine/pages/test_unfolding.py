"""Fold-outs, tabs, menus, pages of lists, suggestions, sliders and files: what their parts do to a visit."""

import json

import pytest

from flow_models.document.blocks import AnyBlock, FoldOut, Image, Menu, Pagination, Steps, Tab, Tabs
from flow_models.document.field_blocks import ChoiceField, FileField, Slider, SuggestField
from flow_models.runtime.machine.episodes.saved import state_from_json, state_to_json
from flow_models.runtime.machine.pages.unfolding import with_state
from flow_models.runtime.machine.pages.view import Field, ListView
from flow_models.runtime.machine.pages.view import Image as ImageView
from flow_models.runtime.machine.pages.view import Pagination as PaginationView
from flow_models.runtime.machine.pages.view import Steps as StepsView
from tests.flow_models.builders import (
    arrow,
    button,
    field,
    flow,
    form,
    link,
    page,
    rows_of,
    sets,
    table,
    variable,
    words,
)
from tests.flow_models.runtime.machine.play import Play

TOWNS = table("towns", "name", rows=(("Rome",), ("Romford",), ("Paris",), ("Oslo",), ("Riga",)))
TABS = Tabs(id="tabs", tabs=(Tab(title="One", blocks=(words("w1", "first"),)), Tab(title="Two", blocks=(field("x"),))))


def playing(*blocks: AnyBlock, **more: str) -> Play:
    """Return a visit of a page with these blocks, from which a link leads away and back."""
    away = page("away", link("back"))
    arrows = (arrow("home", "away", use="go"), arrow("away", "home", use="back"))
    return Play(flow(page("home", *blocks, link("go")), away, TOWNS, *arrows))


def part_of(play: Play, kind: type) -> object:
    return next(part for part in play.view.main if isinstance(part, kind))


def names(play: Play) -> list[str]:
    """Return the names in the first list of the page."""
    shown = part_of(play, ListView)
    assert isinstance(shown, ListView)
    return [str(row.cells[0]) for row in shown.rows]


def test_what_is_folded_is_not_on_the_page_and_an_arrival_folds_it_again() -> None:
    play = playing(FoldOut(id="fold", title="More", blocks=(field("x"),)))
    assert play.view.control("f_x") is None
    play.use("fold", "fold")
    assert play.view.control("f_x") is not None
    play.use("go")
    play.use("back")
    assert play.view.control("f_x") is None


def test_one_drawn_open_can_be_closed_and_both_ways_lead_to_the_same_state() -> None:
    play = playing(FoldOut(id="fold", title="More", is_open=True, blocks=(field("x"),)))
    before = play.episode.state.base.unfolded
    play.use("fold", "fold")
    assert play.view.control("f_x") is None
    play.use("fold", "fold")
    assert play.episode.state.base.unfolded == before == ()


def test_using_a_part_is_an_answer_that_keeps_typed_texts_and_makes_an_entry_of_the_history() -> None:
    play = playing(field("x"), words("said", "{field.x}"), FoldOut(id="fold", title="More"))
    play.fill("f_x", "hello")
    assert "hello" not in play.texts()
    play.use("fold", "fold")
    assert "hello" in play.texts()
    assert len(play.episode.state.history) == 2


def test_one_tab_is_on_the_page_at_a_time_and_remembers_what_was_typed() -> None:
    play = playing(TABS)
    assert play.view.control("f_x") is None
    play.use("tabs", "2")
    play.fill("f_x", "kept")
    play.use("tabs", "1")
    assert play.view.control("f_x") is None
    play.use("tabs", "2")
    control = play.view.control("f_x")
    assert isinstance(control, Field)
    assert control.text == "kept"


@pytest.mark.parametrize("row", ["3", "0", "fold", "x", ""])
def test_a_part_that_is_not_there_is_refused(row: str) -> None:
    assert playing(TABS).use("tabs", row).error


def test_a_menu_closes_once_something_in_it_was_used() -> None:
    play = Play(
        flow(
            page("home", Menu(id="menu", title="Menu", items=(button("count"),))),
            variable("n", "integer", 0),
            arrow("home", use="count", do=(sets("n", "n + 1"),)),
        )
    )
    assert play.use("count").error
    play.use("menu", "menu")
    play.use("count")
    assert play.value("n") == 1
    assert play.view.control("count") is None


def test_a_list_shows_one_page_and_its_numbers_turn_it() -> None:
    play = playing(rows_of("list", "towns", "{name}", page_size=2, sort="name"), Pagination(id="pages", list="list"))
    assert names(play) == ["Oslo", "Paris"]
    play.use("pages", "next")
    assert names(play) == ["Riga", "Rome"]
    play.use("pages", "3")
    assert names(play) == ["Romford"]
    assert play.use("pages", "next").error == "element is not enabled"
    play.use("pages", "previous")
    assert names(play) == ["Riga", "Rome"]


def test_filter_sort_and_pages_work_together_and_too_few_rows_lead_back_to_the_first_page() -> None:
    order = ChoiceField(id="order", name="order", choices=("Short", "Long"))
    sort = 'len(name) if field.order == "Short" else 0 - len(name)'
    listed = rows_of("list", "towns", "{name}", page_size=2, where="contains(name, field.part)", sort=sort)
    blocks = form("f", field("part"), order, button("send", submit=True))
    play = playing(blocks, listed, Pagination(id="pages", list="list"))
    play.use("pages", "3")
    assert names(play) == ["Romford"]
    play.do("select", "order", "Long")
    play.use("send")
    assert names(play) == ["Riga"]
    play.fill("f_part", "ro")
    play.use("send")
    assert names(play) == ["Romford", "Rome"]


def test_of_many_pages_only_some_have_a_button_and_one_page_needs_none() -> None:
    many = table("many", "n:integer", rows=tuple((number,) for number in range(40)))
    built = flow(page("home", rows_of("list", "many", "{n}", page_size=2), Pagination(id="pages", list="list")), many)
    play = Play(built)
    play.use("pages", "20")
    play.use("pages", "previous")
    shown = part_of(play, PaginationView)
    assert isinstance(shown, PaginationView)
    assert [one.row for one in shown.buttons] == ["previous", "1", "18", "19", "20", "next"]
    assert [one.row for one in shown.buttons if one.state == "chosen"] == ["19"]
    single = playing(rows_of("list", "towns", "{name}", page_size=5), Pagination(id="pages", list="list"))
    assert not any(isinstance(part, PaginationView) for part in single.view.main)


def suggested(play: Play) -> list[str]:
    control = play.view.control("town")
    assert isinstance(control, Field)
    return [one.text for one in control.buttons]


def test_suggestions_follow_what_was_typed_until_it_is_one_of_them() -> None:
    play = playing(SuggestField(id="town", name="town", table="towns", limit=3), words("said", "{field.town.name}"))
    assert suggested(play) == []
    play.fill("town", "R")
    assert suggested(play) == ["Rome", "Romford", "Paris"]
    play.use("town", "pick:towns_2")
    assert suggested(play) == []
    assert "Romford" in play.texts()
    play.fill("town", "ROME")
    assert "Rome" in play.texts()


def test_suggestions_wait_for_the_answer_of_the_site() -> None:
    play = playing(SuggestField(id="town", name="town", table="towns"))
    play.episode.type({"town": "Ro"})
    assert suggested(play) == []
    play.fill("town", "")
    play.fill("town", "Ro")
    assert suggested(play) == ["Rome", "Romford"]


def test_a_transition_listens_to_the_row_that_is_meant_not_to_the_text() -> None:
    play = Play(
        flow(
            page("home", SuggestField(id="town", name="town", table="towns")),
            TOWNS,
            variable("n", "integer", 0),
            arrow("home", change="town", do=(sets("n", "n + 1"),)),
        )
    )
    for text, count in (("R", 0), ("rome", 1), ("Rome", 1), ("Paris", 2), ("", 3)):
        play.fill("town", text)
        assert play.value("n") == count, text
    play.fill("town", "Ro")
    play.use("town", "pick:towns_1")
    assert play.value("n") == 4


def test_a_slider_takes_the_nearest_step_but_only_exact_ones_without_an_error_and_heard() -> None:
    play = Play(
        flow(
            page("home", Slider(id="size", name="size", maximum=100, step=5)),
            variable("n", "integer", 0),
            arrow("home", change="size", do=(sets("n", "field.size"),)),
        )
    )
    assert play.fill("size", "33").error == "Error: Malformed value"
    assert play.machine.field_texts(play.episode.state) == {"size": "35"}
    assert play.value("n") == 0
    assert not play.fill("size", "40").error
    assert play.value("n") == 40
    play.episode.type({"size": "1000"})
    assert play.machine.field_texts(play.episode.state) == {"size": "100"}


def test_a_file_is_chosen_from_the_list_that_its_button_opens() -> None:
    play = playing(FileField(id="plan", name="plan", files=("a.pdf", "b.pdf")))
    assert play.use("plan", "pick:a.pdf").error
    assert play.fill("plan", "a.pdf").error
    play.use("plan", "browse")
    play.use("plan", "pick:b.pdf")
    control = play.view.control("plan")
    assert isinstance(control, Field)
    assert (control.text, [one.row for one in control.buttons]) == ("b.pdf", ["browse"])


def test_pictures_and_steps_are_shown() -> None:
    play = playing(
        Image(id="i", picture="city", text="{count(towns)} roofs"), Steps(id="s", titles=("A", "B"), current=9)
    )
    assert part_of(play, ImageView) == ImageView("i", "city", "5 roofs")
    assert part_of(play, StepsView) == StepsView("s", ("A", "B"), 2)


def test_what_is_unfolded_survives_saving_and_tells_states_apart() -> None:
    play = playing(TABS)
    before = play.episode
    key = before.machine.key(before.start, before.state)
    play.use("tabs", "2")
    assert before.machine.key(before.start, before.state) != key
    saved = json.loads(json.dumps(state_to_json(before.state)))
    again = state_from_json(
        saved, before.start.state, before.machine.schema, before.machine.program.vocabulary.unpacked
    )
    assert again == before.state


def test_states_of_blocks_are_sorted_and_the_empty_one_is_forgotten() -> None:
    one = with_state(with_state((), "b", "2"), "a", "open")
    assert one == (("a", "open"), ("b", "2"))
    assert with_state(one, "b", "") == (("a", "open"),)
