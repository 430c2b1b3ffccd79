"""The site's data as lines: what changed, what can be chosen, what a typed text means."""

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Event, Machine, State
from flow_models.solver.data_changes import changes_in
from flow_models.solver.data_lines import ROWS_SHOWN, Kind, Liner, read, titles_of

LIBRARY = load(resources.path("examples", "three_pages.flow.json"))
MACHINE = Machine(compile_flow(LIBRARY).program)
START = MACHINE.draw("borrow-book", 0)


def borrowed() -> list[State]:
    """Return the states of an instance while somebody borrows a book."""
    key = str(next(row["key"] for row in MACHINE.rows(START.state, "books") if row["status"] == "Available"))
    states = [START.state]
    for event in (
        Event("use", "b_open", key),
        Event("select", "b_weeks", value="2 weeks"),
        Event("select", "b_branch", value="Harbour"),
        Event("use", "b_borrow"),
    ):
        states.append(MACHINE.step(START, states[-1], event).state)
    return states


def test_the_last_step_marks_what_it_added_and_changed() -> None:
    *_, before, after = borrowed()
    data = Liner(MACHINE).lines(after, before)
    books, loans = data.tables
    changed = [cell.text for row in books.rows for cell in row.cells if cell.is_changed]
    assert changed == ["On loan"]
    assert [row.is_new for row in loans.rows] == [True]
    assert loans.rows[0].cells[1].text == "2 weeks"
    assert len(changes_in(data)) == 2


def test_a_step_that_changes_nothing_has_no_changes() -> None:
    first, second, *_ = borrowed()
    assert changes_in(Liner(MACHINE).lines(second, first)) == []


def test_a_row_is_called_by_its_title_where_another_points_to_it() -> None:
    books, loans = Liner(MACHINE).lines(borrowed()[-1], None).tables
    cell = loans.rows[0].cells[0]
    assert cell.text == next(row.cells[1].text for row in books.rows if row.key == cell.stored)
    assert (str(cell.stored), cell.text) in loans.columns[0][2].choices


@pytest.mark.parametrize(
    ("columns", "called"),
    [
        ([("code", "text"), ("name", "text")], "Ada"),
        ([("code", "text"), ("title", "text")], "Ada"),
        ([("code", "text"), ("word", "text")], "A-1"),
        ([("day", "date"), ("count", "integer")], "15 March 2027"),
    ],
)
def test_a_row_is_called_by_its_name_and_never_by_its_key(columns: list[tuple[str, str]], called: str) -> None:
    values = {"code": "A-1", "name": "Ada", "title": "Ada", "word": "Ada", "day": "2027-03-15", "count": 3}
    table = {
        "id": "t_people",
        "name": "people",
        "columns": [{"id": f"c_{name}", "name": name, "type": {"kind": kind}} for name, kind in columns],
        "rows": [{"id": "r_1", "values": {f"c_{name}": values[name] for name, _ in columns}}],
    }
    variable = {"id": "v_who", "name": "who", "title": "Who", "type": {"kind": "row", "table": "t_people"}}
    page = {"id": "p_one", "path": "/", "title": "One"}
    flow = Flow.model_validate(
        {"id": "people", "title": "People", "site": {"locale": "en-GB", "start": "p_one"}, "pages": [page]}
        | {"tables": [table], "variables": [variable]}
    )
    machine = Machine(compile_flow(flow).program)
    before = machine.visit().state
    after = machine.edited(before, {"who": str(machine.rows(before, "people")[0]["key"])}, {})
    lines = Liner(machine, titles_of(flow)).lines(after, before)
    assert changes_in(lines) == [f"Who is now {called}"]
    assert [row.title for row in lines.tables[0].rows] == [called]


def test_lines_of_an_unchanged_table_are_the_same_object() -> None:
    liner = Liner(MACHINE)
    before = liner.lines(START.state, None)
    after = MACHINE.step(START, START.state, Event("noop")).state
    assert liner.lines(after, START.state).tables[0] is before.tables[0]


def test_of_a_long_table_only_the_first_and_the_changed_rows_are_shown() -> None:
    books = LIBRARY.tables_by_id["t_books"]
    assert books.generate is not None
    many = books.rebuilt(generate=books.generate.rebuilt(minimum=300, maximum=300))
    machine = Machine(compile_flow(LIBRARY.rebuilt(tables=(many, LIBRARY.tables_by_id["t_loans"]))).program)
    before = machine.visit().state
    rows = machine.rows(before, "books")
    after = machine.edited(before, {}, {"books": {str(rows[-1]["key"]): {"author": "Nobody"}}})
    lines = Liner(machine).lines(after, before).tables[0]
    assert (len(lines.rows), lines.hidden) == (ROWS_SHOWN + 1, len(rows) - ROWS_SHOWN - 1)
    assert lines.rows[-1].cells[2].text == "Nobody"


@pytest.mark.parametrize(
    ("text", "kind", "stored"),
    [
        ("12", "integer", 12),
        ("$1,250.5", "money", "1250.50"),
        ("2027-03-15", "date", "2027-03-15"),
        ("14:30", "time", "14:30"),
        ("words", "text", "words"),
        (" ", "integer", None),
    ],
)
def test_a_typed_text_becomes_the_stored_value(text: str, kind: str, stored: object) -> None:
    assert read(text, Kind(kind), "USD") == stored


@pytest.mark.parametrize(
    ("text", "kind"), [("x", "integer"), ("x", "money"), ("2027-02-30", "date"), ("25:00", "time")]
)
def test_a_text_that_is_no_value_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(text, Kind(kind), "USD")
