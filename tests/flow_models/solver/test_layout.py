"""Where on a site it matters that a move is made."""

from flow_models.document.behaviour import Transition
from flow_models.solver.influence import Influence
from flow_models.solver.layout import Layout
from flow_models.solver.outline import Outline
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of


def _layout(*arrows: Transition) -> Layout:
    """Return two pages, the first of which has a field, that lead to a third."""
    built = make.flow(
        make.page("one", make.field("text"), make.link("a")),
        make.page("two", make.link("b")),
        make.page("three", make.link("c")),
        make.variable("seen", "text"),
        make.variable("count", "integer", 0),
        *arrows,
    )
    outline = Outline(machine_of(built).program)
    return Layout(outline, Influence(outline, ""))


def test_the_same_way_from_two_pages_counts_once() -> None:
    layout = _layout(
        make.arrow("one", "three", use="a", do=(make.sets("count", "count + 1"),)),
        make.arrow("two", "three", use="b", do=(make.sets("count", "count + 1"),)),
    )
    assert layout.everywhere((0,)) == layout.everywhere((1,)) is not None


def test_ways_that_do_different_things_are_told_apart() -> None:
    layout = _layout(
        make.arrow("one", "three", use="a", do=(make.sets("count", "1"),)),
        make.arrow("two", "three", use="b", do=(make.sets("count", "2"),)),
    )
    assert layout.everywhere((0,)) != layout.everywhere((1,))


def test_where_one_stands_matters_to_a_way_that_reads_a_field() -> None:
    layout = _layout(make.arrow("one", "three", use="a", do=(make.sets("seen", "field.text"),)))
    assert layout.everywhere((0,)) is None


def test_where_one_stands_matters_to_who_stays() -> None:
    assert _layout(make.arrow("one", use="a", do=(make.sets("count", "1"),))).everywhere((0,)) is None
