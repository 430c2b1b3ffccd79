"""Tables against a plain list of rows that does the same."""

from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.machine.base.tables import Base, Row, Table, differences, sorted_rows

COLOURS = st.sampled_from(["red", "blue", None])
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 20), COLOURS),
        st.tuples(st.just("change"), st.integers(0, 20), COLOURS),
        st.tuples(st.just("remove"), st.integers(0, 20), COLOURS),
    ),
    max_size=25,
)


def start(size: int = 6) -> Table:
    return Table("t", Base((f"r{number}", "red" if number % 2 else "blue") for number in range(size)))


@given(ACTIONS)
def test_a_table_does_what_a_list_of_rows_does(actions: list[tuple[str, int, str | None]]) -> None:
    table, model = start(), list(start().rows)
    for kind, number, colour in actions:
        if kind == "add":
            table = table.with_row(("", colour))
            model.append((table.added[-1][0], colour))
        elif model:
            row = model[number % len(model)]
            new: Row | None = (row[0], colour) if kind == "change" else None
            table = table.with_changes({row[0]: new})
            model = [new if old == row else old for old in model if old != row or new is not None]  # type: ignore[misc]
    assert list(table.rows) == model
    assert len(table) == len(model)
    for colour in ("red", "blue", None):
        assert list(table.where(1, colour)) == [row for row in model if row[1] == colour]
        assert list(table.where_all((1, 0), (colour, "r1"))) == [row for row in model if row == ("r1", colour)]
        assert list(table.where_all((1, 1), (colour, colour))) == list(table.where(1, colour))
    assert all(table.get(row[0]) == row for row in model)


@given(ACTIONS)
def test_differences_lead_from_one_table_to_the_other(actions: list[tuple[str, int, str | None]]) -> None:
    before = start().with_row(("", "red")).begun()
    now = before
    for kind, number, colour in actions:
        rows = now.rows
        if kind == "add":
            now = now.with_row(("", colour))
        elif rows:
            key = rows[number % len(rows)][0]
            now = now.with_changes({key: (key, colour) if kind == "change" else None})
    found = {row[0]: row for row in before.rows}
    for old, new in differences(before, now):
        if old is not None:
            del found[old[0]]
        if new is not None:
            found[new[0]] = new
    assert found == {row[0]: row for row in now.rows}


def test_adding_and_removing_a_row_leads_back_to_an_equal_table() -> None:
    table = start()
    again = table.with_row(("", "red")).with_changes({"+1": None})
    assert again.content() == table.content()
    assert again.with_row(("", "red")).added[0][0] == "+1"


def test_changing_a_row_back_leads_back_to_an_equal_table() -> None:
    table = start()
    changed = table.with_changes({"r1": ("r1", "blue")})
    assert changed.with_changes({"r1": ("r1", "red")}).content() == table.content()


def test_keys_of_rows_from_before_the_episode_are_never_given_again() -> None:
    begun = start().with_row(("", "red")).begun()
    assert begun.with_changes({"+1": None}).with_row(("", "blue")).added[0][0] == "+2"


def test_sorting_is_stable_ignores_case_and_puts_empty_values_last() -> None:
    rows: list[Row] = [("1", "b"), ("2", None), ("3", "A"), ("4", "B"), ("5", "a")]
    assert [row[0] for row in sorted_rows(rows, lambda row: row[1], descending=False)] == ["3", "5", "1", "4", "2"]
    assert [row[0] for row in sorted_rows(rows, lambda row: row[1], descending=True)] == ["1", "4", "3", "5", "2"]


def test_episodes_share_the_look_ups_of_their_base() -> None:
    table = start()
    table.where(1, "red")
    assert table.with_changes({"r1": None}).base is table.base


def test_episodes_with_one_base_begin_with_the_same_table_and_effects_lead_to_another() -> None:
    drawn = start()
    begun = drawn.begun()
    assert Table("t", drawn.base).begun() is begun
    assert begun.with_changes({}).shared() is not begun
    assert start().begun() is not begun
