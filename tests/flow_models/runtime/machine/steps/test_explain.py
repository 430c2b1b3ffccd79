"""What the canvas says about the present page's transitions."""

from flow_models.runtime.machine.base.nodes import Comparison
from tests.flow_models.builders import arrow, button, flow, page, rows_of, table, variable
from tests.flow_models.runtime.machine.play import Play


def reasons(play: Play) -> dict[str, str]:
    found = play.machine.explain(play.episode.start, play.episode.state)
    return {one.transition: one.reason or "possible" for one in found}


def test_each_transition_says_whether_it_is_possible_and_why_not() -> None:
    play = Play(
        flow(
            page("home", button("a"), button("b", show_if="1 > 2"), button("c", enabled_if="1 > 2"), button("d")),
            variable("n", "integer", 0),
            arrow("home", use="a"),
            arrow("home", use="b"),
            arrow("home", use="c"),
            arrow("home", use="d", when="n == 0 and n > 5", name="guarded"),
            arrow("home", use="a", name="second"),
        )
    )
    assert reasons(play) == {
        "home-a-stay": "possible",
        "home-b-stay": "hidden",
        "home-c-stay": "disabled",
        "guarded": "guard",
        "second": "earlier",
    }


def test_the_first_part_of_a_guard_that_does_not_hold_is_named() -> None:
    play = Play(
        flow(
            page("home", button("d")),
            variable("n", "integer", 0),
            arrow("home", use="d", when="n == 0 and n > 5"),
        )
    )
    failing = play.machine.explain(play.episode.start, play.episode.state)[0].failing
    assert failing is not None
    assert isinstance(failing, Comparison)
    assert failing.test == ">"


def test_a_row_control_is_possible_if_one_of_its_rows_works() -> None:
    items = table("items", "n:integer", rows=((1,), (2,)))
    listing = rows_of("list", "items", "{n}", row_controls=(button("open"),))
    play = Play(
        flow(
            page("home", listing),
            items,
            arrow("home", use="open", when="row.n == 2"),
            arrow("home", use="open", when="row.n == 3", name="never"),
        )
    )
    assert reasons(play) == {"home-open-stay": "possible", "never": "guard"}


def test_a_guard_that_cannot_be_computed_is_a_fault() -> None:
    play = Play(flow(page("home", button("a")), variable("n", "integer", 0), arrow("home", use="a", when="1 // n > 0")))
    assert reasons(play) == {"home-a-stay": "fault"}
