"""What formulas and blocks read, as the solver reasons with it."""

from flow_models.document.blocks import ListBlock
from flow_models.solver.items import Item, conduct_of, data_of, fields_of, items_of
from flow_models.solver.outline import Outline
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of


def conduct(listed: ListBlock) -> frozenset[Item]:
    """Return what a list on a page decides by."""
    built = make.flow(make.page("home", listed), make.table("trips", "day:text", "free:boolean"))
    [block] = [one for one in Outline(machine_of(built).program).blocks("home") if one.id == listed.id]
    return items_of(conduct_of(block))


def test_what_a_list_shows_decides_nothing_without_anything_to_use_in_it() -> None:
    assert not conduct(make.rows_of("list", "trips", "{day}", where="free"))


def test_which_rows_have_a_button_decides_what_can_be_done() -> None:
    listed = make.rows_of("list", "trips", "{day}", where="free", sort="day", row_controls=(make.button("open"),))
    assert conduct(listed) == {("table", "trips"), ("column", "trips", "free")}


def test_the_order_decides_where_only_the_first_rows_are_listed() -> None:
    listed = make.rows_of("list", "trips", "{day}", sort="day", limit=2, row_controls=(make.button("open"),))
    assert ("column", "trips", "day") in conduct(listed)


def test_data_and_fields_are_told_apart() -> None:
    built = make.flow(
        make.page("home", make.form("f", make.field("day"), make.button("send", submit=True))),
        make.table("trips", "day:text"),
        make.arrow("home", use="send", when="any(trips, day == field.day)"),
    )
    guard = machine_of(built).program.transitions[0].when
    assert data_of(guard) == {("table", "trips"), ("column", "trips", "day")}
    assert fields_of(guard) == {"day"}
