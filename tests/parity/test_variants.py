"""One flow with every block that offers, unfolds and turns, played in Chromium and in the simulation, in variants."""

import difflib
import random
from collections.abc import Iterator

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.blocks import FoldOut, Group, Image, Link, Menu, Navigation, Pagination, Steps, Tab, Tabs
from flow_models.document.field_blocks import ChoiceGrid, DateField, FileField, Slider, SuggestField, TimeField
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.window import Window
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine.pages.view import Field
from flow_models.runtime.site import Rendered, Site, Target
from tests.daily import daily
from tests.flow_models.builders import (
    arrow,
    button,
    field,
    flow,
    form,
    heading,
    page,
    rows_of,
    section,
    sets,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.runtime.site.outline import outline

VARIANTS: tuple[dict[str, object], ...] = (
    {},
    {"seed": 3, "order": 7, "buttons": "reversed", "lists": "cards", "wording": 5, "navigation": "menu"},
    {
        "seed": 4,
        "order": 12,
        "buttons": "above_reversed",
        "lists": "table",
        "wording": 9,
        "navigation": "end",
        "align": "end",
        "columns": "two",
    },
    {"seed": 5, "navigation": "side", "labels": "beside", "interruption": "cookies", "conduct": "sure"},
    {"seed": 6, "interruption": "newsletter", "conduct": "slow", "look": "neon"},
)
KEYS = ("Tab", "Shift+Tab", "Enter", "ArrowDown", "ArrowLeft", "ArrowUp", "PageUp", "PageDown", "Home", "End")
TEXTS = ("li", "Lisbon", "", "x", "09:30", "2027-04-01", "6", "not a number", "120")
STEPS = 40


def zoo() -> Bundle:
    """Return a bundle of one flow with all of them."""
    cities = ("Lisbon", "Lille", "Lima", "Oslo", "Porto", "Paris", "Prague")
    seats = tuple((f"{row}{letter}", row, letter == "B") for row in (1, 2) for letter in "ABC")
    fields = (
        TimeField(id="f_time", name="time", title="Time", required=True),
        DateField(id="f_day", name="day", title="Day"),
        Slider(id="f_tip", name="tip", title="Tip", maximum=10, help="A thank you"),
        Slider(id="f_loud", name="loud", title="Volume", minimum=-20, maximum=100, step=15),
        SuggestField(id="f_city", name="city", title="City", table="cities", limit=3, required=True),
        FileField(id="f_file", name="file", title="Receipt", files=("bill.pdf", "card.jpg")),
        ChoiceGrid(
            id="f_seat", name="seat", title="Seat", table="seats", line="line", label="{row.label}", free_if="not taken"
        ),
        button("send", title="Save", submit=True, style="primary"),
        button("cancel", title="Cancel", submit=True),
    )
    home = page(
        "home",
        heading("h", "Search"),
        Steps(id="steps", titles=("Search", "Seat", "Pay"), current=2),
        Image(id="image", picture="city", text="A town"),
        Image(id="ornament", picture="city"),
        form("f", *fields),
        words("said", "Tip {tip}, city {town}"),
        FoldOut(id="fold", title="Help", blocks=(words("w_help", "Ask us"), button("inside", title="Continue"))),
        Tabs(
            id="tabs",
            tabs=(Tab(title="Details", blocks=(words("w1", "One"),)), Tab(title="Search", blocks=(field("x"),))),
        ),
        Menu(
            id="menu", title="Account", items=(Link(id="m_next", title="Settings"), button("m_out", title="Sign out"))
        ),
        Group(id="g", title="Overview", blocks=(words("w2", "Two"), words("w3", "Three"), button("b3", title="Close"))),
        rows_of("list", "cities", "{label}", "{number}").rebuilt(page_size=3, row_controls=(button("pick_row"),)),
        Pagination(id="pages", list="list"),
    )
    links = (Link(id="n_home", title="Home"), Link(id="n_next", title="Settings"))
    built = flow(
        home,
        page("next", heading("h2", "Settings"), words("w4", "Nothing here"), button("go_home", title="Back")),
        section("all", "home", "next", header=(Navigation(id="nav", title="Main", links=links),)),
        table("cities", "label:text", "number:integer", rows=tuple((name, n) for n, name in enumerate(cities))),
        table("seats", "label:text", "line:integer", "taken:boolean", rows=seats),
        variable("tip", "integer", 0),
        variable("town", "text"),
        arrow("home", change="f_loud", do=(sets("tip", "field.loud"),)),
        arrow("home", change="f_city", do=(sets("town", "field.city.label"),)),
        arrow("home", change="f_day", do=(sets("tip", "tip + 1"),)),
        arrow("home", "next", use="send", notice="Saved."),
        arrow("home", "next", use="m_next"),
        arrow("home", "next", use="n_next"),
        arrow("next", "home", use="go_home"),
        arrow("next", "home", use="n_home"),
        task("t"),
    )
    marked = built.rebuilt(site=built.site.rebuilt(brand=built.site.brand.rebuilt(logo="Z")))
    program = compile_flow(marked).program
    return Bundle(program, [Instance(name, 0, 0, "train", steps=5) for name in program.tasks])


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return zoo()


@pytest.fixture(scope="module")
def browser_env(bundle: Bundle) -> Iterator[BrowserEnv]:
    env = BrowserEnv(bundle, bundle.task_names)
    yield env
    env.close()


def some_action(env: TextEnv, site: Site, rng: random.Random) -> str:
    """Return an action on something that the page offers."""
    rendered = Rendered(env.episode.view, site)
    chance = rng.random()
    if chance < 0.05:
        return rng.choice(["go_back()", "go_forward()", "noop(1)"])
    number, target = rng.choice([*rendered.targets.items()])
    if chance < 0.3 and target.kind != "label":
        return f"press('{number}', {rng.choice(KEYS)!r})"
    if chance < 0.35:
        return f"focus('{number}')"
    return used(env, number, target, rng)


def used(env: TextEnv, number: int, target: Target, rng: random.Random) -> str:
    """Return the action that uses a control."""
    if target.kind in ("text", "slider") and rng.random() < 0.8:
        control = env.episode.view.control(target.block)
        offered = TEXTS if not isinstance(control, Field) or control.kind != "slider" else ("6", "0", "10", "-20", "55")
        return f"fill('{number}', {rng.choice(offered)!r})"
    return f"click('{number}')"


@pytest.mark.parametrize("place", daily(range(len(VARIANTS)), [4]))
def test_a_walk_reads_alike_in_chromium(bundle: Bundle, browser_env: BrowserEnv, place: int) -> None:
    variant = VARIANTS[place]
    text = TextEnv(bundle, bundle.task_names)
    options = {"instance": 0, "variant": variant}
    seen, theirs = text.reset(options=options)[0], browser_env.reset(options=options)[0]
    site, rng = Site.of(bundle.program).dressed(text.episode.start.variant), random.Random(str(variant))
    log: list[str] = []
    for _ in range(STEPS):
        assert_alike(seen, theirs, log)
        action = some_action(text, site, rng)
        log.append(action)
        mine, other = text.step(action), browser_env.step(action)
        seen, theirs = mine[0], other[0]
        assert mine[1:4] == other[1:4], log
        if mine[2] or mine[3]:
            break
    assert_alike(seen, theirs, log)
    assert text.episode.state.base == browser_env.episode.state.base


def test_a_slider_reads_alike_however_it_is_moved_and_shows_where_it_stands(
    bundle: Bundle, browser_env: BrowserEnv
) -> None:
    text = TextEnv(bundle, bundle.task_names)
    seen, theirs = text.reset(options={"instance": 0})[0], browser_env.reset(options={"instance": 0})[0]
    slider = Rendered(text.episode.view, Site.of(bundle.program)).number_of(Target("f_tip", kind="slider"))
    moves = ["fill('{}', '7')", *(f"press('{{}}', {key!r})" for key in ("ArrowLeft", "PageUp", "Home", "End"))]
    log: list[str] = []
    for move in (*moves, "click('{}')", "fill('{}', '3.2')", "fill('{}', 'x')", "clear('{}')"):
        log.append(move.format(slider))
        seen, theirs = text.step(log[-1])[0], browser_env.step(log[-1])[0]
        assert_alike(seen, theirs, log)
        control = text.episode.view.control("f_tip")
        assert isinstance(control, Field)
        assert browser_env.inside(reading) == control.text, log


def test_tab_enters_radio_buttons_without_a_choice_at_the_end_wherever_the_focus_was(
    bundle: Bundle, browser_env: BrowserEnv
) -> None:
    text = TextEnv(bundle, bundle.task_names)
    text.reset(options={"instance": 0})
    browser_env.reset(options={"instance": 0})
    rendered = Rendered(text.episode.view, Site.of(bundle.program))
    seats = [number for number, one in rendered.targets.items() if (one.block, one.kind) == ("f_seat", "radio")]
    file, send = (rendered.number_of(Target(*one, kind="button")) for one in (("f_file", "browse"), ("send", "")))
    log = [f"focus('{seats[2]}')", f"press('{send}', 'Shift+Tab')", f"press('{file}', 'Tab')"]
    for action in log:
        seen, theirs = text.step(action)[0], browser_env.step(action)[0]
        assert_alike(seen, theirs, log)


@pytest.mark.parametrize("style", ["mark", "picture city"])
def test_a_click_on_an_ornament_hits_nothing_and_is_no_error(
    bundle: Bundle, browser_env: BrowserEnv, style: str
) -> None:
    text = TextEnv(bundle, bundle.task_names)
    text.reset(options={"instance": 0})
    browser_env.reset(options={"instance": 0})
    rendered = Rendered(text.episode.view, Site.of(bundle.program))
    ornament = [number for number, one in enumerate(outline(rendered)) if one.attributes.get("class") == style][-1]
    log = [f"focus('{rendered.number_of(Target('f_time', kind='text'))}')", f"click('{ornament}')"]
    for action in log:
        seen, theirs = text.step(action)[0], browser_env.step(action)[0]
        assert_alike(seen, theirs, log)
    assert seen["last_action_error"] == theirs["last_action_error"] == ""


def reading(window: Window) -> str | None:
    """Return what stands beside the first slider."""
    found: str | None = window.page.locator("[name] + .reading").first.text_content()
    return found


def assert_alike(ours: dict[str, str], theirs: dict[str, str], log: list[str]) -> None:
    """Compare two observations; the words of errors are exempt."""
    diff = difflib.unified_diff(
        theirs["axtree_txt"].split("\n"), ours["axtree_txt"].split("\n"), "Chromium", "ours", n=1, lineterm=""
    )
    assert "\n".join(diff) == "", log
    assert bool(ours["last_action_error"]) == bool(theirs["last_action_error"]), (log, ours, theirs)
    for key in ("url", "focused_element_bid", "goal"):
        assert ours[key] == theirs[key], (key, log)
