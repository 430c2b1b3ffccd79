"""What is guessed for new things is what the examples' authors wrote, or nothing."""

import pytest

import resources
from flow_models.checks import check
from flow_models.document import storage
from flow_models.document.base import ValueType
from flow_models.document.behaviour import AddEffect, ChangeEffect, RemoveEffect, Transition
from flow_models.document.data import Table, Variable
from flow_models.document.edits import guesses
from flow_models.document.edits.guesses import guessed_change, guessed_setting, likely_table, said_of, typed_as
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.retyping import retyped
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

NAMES = ("three_pages", "north_bank", "skylark_air", "block_zoo")
FLOWS = {name: storage.load(resources.path("examples", f"{name}.flow.json")) for name in NAMES}


def rows_changed(flow: Flow) -> list[tuple[Element, AddEffect | ChangeEffect | RemoveEffect]]:
    """Return every effect on rows with the list in which it stands."""
    return [
        (Element("transition", arrow.id, "do"), effect)
        for arrow in flow.transitions
        for effect in arrow.do
        if isinstance(effect, AddEffect | ChangeEffect | RemoveEffect)
    ]


def guess_again(flow: Flow, at: Element, made: AddEffect | ChangeEffect | RemoveEffect) -> object:
    """Return what would be added where an author's effects are taken away."""
    bare = with_value(flow, at, ())
    return guessed_change(bare, at, type(made)(table=flow.tables[0].id))


@pytest.mark.parametrize("name", NAMES)
def test_an_added_row_is_of_the_table_and_has_the_values_that_its_author_gave(name: str) -> None:
    flow = FLOWS[name]
    tables = wrong = values = 0
    for at, made in rows_changed(flow):
        guess = guess_again(flow, at, made)
        tables += getattr(guess, "table", "") != made.table
        if isinstance(made, AddEffect | ChangeEffect) and getattr(guess, "table", "") == made.table:
            own = getattr(guess, "values", {})
            values += len(own)
            wrong += sum(made.values.get(column, source) != source for column, source in own.items())
    assert tables <= len(rows_changed(flow)) * 0.15
    assert wrong <= values * 0.05


@pytest.mark.parametrize("name", NAMES)
def test_expected_changes_are_of_the_table_that_the_task_is_about(name: str) -> None:
    flow = FLOWS[name]
    wrong = []
    for task in flow.tasks:
        at = Element("task", task.id, "success.changes")
        first = task.success.changes[:1]
        for change in first:
            blank = change.rebuilt(table=flow.tables[0].id, where="", values={})
            guess = guessed_change(with_value(flow, at, ()), at, blank)
            wrong += [task.name] * (guess.table != change.table)
    assert len(wrong) <= 1, wrong


@pytest.mark.proof
def test_no_guess_names_what_formulas_do_not_know() -> None:
    for flow in FLOWS.values():
        before = {(problem.code, problem.elements) for problem in check(flow)}
        for at, made in rows_changed(flow):
            changed = with_value(flow, at, (guess_again(flow, at, made),))
            codes = {problem.code for problem in check(changed) if (problem.code, problem.elements) not in before}
            assert not {code for code in codes if code.startswith("formula.")}, (at, codes)


def test_a_row_at_hand_fills_the_one_column_that_can_mean_it() -> None:
    flow = FLOWS["three_pages"]
    at = Element("transition", "x_borrow", "do")
    guess = guessed_change(with_value(flow, at, ()), at, AddEffect(table=flow.tables[0].id))
    assert "record" in guess.values.values()


def test_where_two_fit_nothing_is_guessed() -> None:
    flow = FLOWS["north_bank"]
    task = next(task for task in flow.tasks if task.name == "remove-payees")
    change = task.success.changes[0].rebuilt(where="")
    at = Element("task", task.id, "success.changes")
    assert guessed_change(with_value(flow, at, ()), at, change).where == ""


def test_a_variable_that_is_set_is_one_for_which_there_is_a_value() -> None:
    flow = FLOWS["skylark_air"]
    page = next(page for page in flow.pages if any(block.kind == "text_field" for block in page.blocks_by_id.values()))
    field = next(block for block in page.blocks_by_id.values() if block.kind == "text_field")
    twin = Variable.model_validate({"id": "var_twin", "name": getattr(field, "name", ""), "title": "Twin"})
    flow = flow.rebuilt(variables=(twin, *flow.variables))
    arrow = next(arrow for arrow in flow.transitions if arrow.source == page.id)
    at = Element("transition", arrow.id, "do")
    made = guessed_setting(with_value(flow, at, ()), at)
    assert (made.variable, made.value) == (twin.id, f"field.{twin.name}")


def test_a_title_means_the_table_called_so_in_one_or_many() -> None:
    flow = FLOWS["north_bank"]
    for words, name in (("Payee", "payees"), ("Payees", "payees"), ("From account", "accounts"), ("Card", "cards")):
        found = likely_table(flow, words)
        assert found is not None
        assert found.name == name
    assert likely_table(flow, "Colour") is None


def test_a_parameter_becomes_a_row_of_a_table_once_its_type_is_a_row() -> None:
    flow = FLOWS["three_pages"]
    task = flow.tasks[0]
    weeks = next(parameter for parameter in task.parameters if parameter.type.kind != "row")
    titled = with_value(flow, Element("parameter", weeks.id, "title"), "Book")
    changed = retyped(titled, Element("parameter", weeks.id), "row")
    part = part_of(changed, Element("parameter", weeks.id))
    books = next(table for table in flow.tables if table.name == "books")
    assert (part.source.kind, part.type.table) == ("row", books.id)  # type: ignore[union-attr]
    back = part_of(retyped(changed, Element("parameter", weeks.id), "boolean"), Element("parameter", weeks.id))
    assert (back.source.kind, back.source.values) == ("choice", (True, False))  # type: ignore[union-attr]


def test_a_choice_takes_the_choices_of_its_namesake() -> None:
    flow = FLOWS["three_pages"]
    table = next(table for table in flow.tables if table.name == "books")
    status = next(column for column in table.columns if column.name == "status")
    loans = next(table for table in flow.tables if table.name == "loans")
    twin = loans.columns[0].rebuilt(name="status", type=ValueType())
    assert typed_as(flow, twin, "choice").choices == status.type.choices


def test_a_row_is_shown_by_its_name() -> None:
    flow = FLOWS["three_pages"]
    books = next(table for table in flow.tables if table.name == "books")
    assert said_of(flow, "task.book", ValueType(kind="row", table=books.id)) == "{task.book.title}"
    assert said_of(flow, "amount", ValueType(kind="money")) == "{amount}"
    empty = Table.model_validate({"id": "t_none", "name": "none"})
    assert guesses.naming_column(empty) is None


def test_a_transition_says_which_row_its_page_shows_where_one_is_at_hand() -> None:
    flow = FLOWS["north_bank"]
    arrows = [arrow for arrow in flow.transitions if _needs_record(flow, arrow)]
    assert arrows
    for arrow in arrows:
        bare = with_value(flow, Element("transition", arrow.id, "record"), "")
        assert guesses.led(bare, arrow.id).transitions_by_id[arrow.id].record in ("", arrow.record)


def _needs_record(flow: Flow, arrow: Transition) -> bool:
    return bool(arrow.record) and arrow.to in flow.pages_by_id
