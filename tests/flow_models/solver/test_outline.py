"""What a program's effects write and read, found out once."""

from flow_models.solver.outline import Outline
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of

DAY, NOTE = ("column", "trips", "day"), ("column", "trips", "note")


def _outline() -> Outline:
    """Return a site with trips, which can be added and moved, and votes, which can only be added or all forgotten."""
    return Outline(
        machine_of(
            make.flow(
                make.page(
                    "home",
                    make.form("f", make.field("day"), make.field("note"), make.button("add", submit=True)),
                    make.button("move"),
                    make.button("vote"),
                    make.button("forget"),
                ),
                make.table("trips", "day:text", "note:text"),
                make.table("votes", "day:text"),
                make.arrow("home", use="add", do=(make.adds("trips", day="field.day", note="field.note"),)),
                make.arrow("home", use="move", do=(make.changes("trips", 'note == ""', day='"Monday"'),)),
                make.arrow("home", use="vote", do=(make.adds("votes", day='"Monday"'),)),
                make.arrow("home", use="forget", do=(make.clears("votes"),)),
            )
        ).program
    )


def test_an_effect_reads_only_what_feeds_what_is_wanted() -> None:
    add, move, *_ = _outline().writes
    assert add.feeding({DAY}) == {("field", "day")}
    assert move.feeding({DAY}) == {NOTE}
    assert move.feeding({NOTE}) == frozenset()


def test_a_row_more_is_written_in_all_columns_but_changes_none_of_the_others() -> None:
    add = _outline().writes[0]
    assert add.items == {("table", "trips"), DAY, NOTE}
    assert add.changes == {("table", "trips")}


def test_only_what_is_overwritten_or_taken_away_can_change() -> None:
    outline = _outline()
    assert outline.shrinking == {"votes"}
    assert outline.changed_columns == {DAY}
    assert outline.changeable == {DAY, ("table", "votes"), ("column", "votes", "day")}


def test_all_columns_of_a_table_can_be_spelled_out() -> None:
    assert _outline().expanded({("columns", "trips"), ("variable", "v")}) == {DAY, NOTE, ("variable", "v")}
