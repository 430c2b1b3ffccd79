"""What a task asks for, guessed from a table: parameters, where their values come from, and the wording."""

import pytest

from flow_models.document.base import ValueType
from flow_models.document.data import Column, Table
from flow_models.document.edits.asking import asked_like_row, source_called
from flow_models.document.edits.starts import new_task
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow
from flow_models.document.tasks import PoolSource

BOOKS = Table(id="t_b", name="books", title="Books", columns=(Column(id="c_t", name="title", title="Title"),))
LOANS = Table(
    id="t_l",
    name="loans",
    title="Loans",
    columns=(
        Column(id="c_b", name="book", title="Book", type=ValueType(kind="row", table="t_b")),
        Column(id="c_n", name="name", title="Name"),
        Column(id="c_o", name="note", title="Note"),
    ),
)


def flow() -> Flow:
    made = Flow(id="f", tables=(BOOKS, LOANS))
    return made.rebuilt(tasks=(new_task(made, "Lend a book"),))


def test_a_task_asks_for_what_a_row_of_a_table_holds_and_says_so() -> None:
    before = flow()
    task = asked_like_row(before, before.tasks[0].id, "t_l").tasks[0]
    assert [(one.name, one.type.kind, one.source.kind) for one in task.parameters] == [
        ("book", "row", "row"),
        ("name", "text", "pool"),
        ("note", "text", "choice"),
    ]
    assert task.wordings == ("Lend a book: {task.book.title}, {task.name}, {task.note}.",)


def test_what_is_asked_already_is_not_asked_twice_and_an_own_wording_stays() -> None:
    before = flow()
    once = asked_like_row(before, before.tasks[0].id, "t_l")
    own = once.rebuilt(tasks=(once.tasks[0].rebuilt(wordings=("Mine.",)),))
    twice = asked_like_row(own, own.tasks[0].id, "t_l")
    assert twice.tasks[0] == own.tasks[0]


def test_a_table_that_is_gone_is_refused() -> None:
    before = flow()
    with pytest.raises(UnknownElementError):
        asked_like_row(before, before.tasks[0].id, "t_gone")


@pytest.mark.parametrize(("name", "pool"), [("email", "email"), ("name", "person"), ("city", "city"), ("colour", "")])
def test_a_value_called_like_a_ready_list_comes_from_it(name: str, pool: str) -> None:
    source = source_called(name, ValueType())
    assert (source.pool if isinstance(source, PoolSource) else "") == pool
    assert not isinstance(source_called(name, ValueType(kind="integer")), PoolSource)
