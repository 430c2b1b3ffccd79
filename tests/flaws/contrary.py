"""Flaws of effects that do the contrary of what is meant: they give again, take from others, remove what is saved."""

from flow_models.document.base import Formula
from flow_models.document.behaviour import AddEffect, Effect, RemoveEffect
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.field_blocks import DateField
from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter, RangeSource
from tests.flaws.editing import adding, at
from tests.flaws.table import Edit, Flaw, edits, sets
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    field,
    flow,
    form,
    page,
    parameter,
    table,
    task,
    value_type,
)


def _does(name: str, *effects: Effect) -> Edit:
    """Return the edit that gives a transition other effects."""
    return sets("transition", name, "do", effects)


def _removes(table: str, where: Formula) -> RemoveEffect:
    return RemoveEffect(table=table, where=where)


def _asks(name: str, when: Formula, block: str, page: str) -> Edit:
    """Return the edit by which a transition asks for something, and is refused with a message."""
    return edits(sets("transition", name, "when", when), adding(arrow(page, use=block, notice="It is out.")))


OPEN_TO_ALL = sets("block", "b_borrow_form", "show_if", "")
"""Shows the form of every book, lent or not."""

GIVEN = tuple(
    Flaw(title, "given again", base, edit, code, at(name, place), near, severity="warning")
    for title, base, edit, code, name, place, near in (
        (
            "a book that is lent is lent again", "three_pages", OPEN_TO_ALL,
            "giving.again", "x_borrow", "do.1",
            edits(OPEN_TO_ALL, _asks("x_borrow", "record.status != 'On loan'", "b_borrow", "p_book")),
        ),
        (
            "only a note says that a book is lent", "three_pages",
            sets("block", "b_borrow_form", "show_if", "record.pages > 0"),
            "giving.again", "x_borrow", "do.1",
            edits(OPEN_TO_ALL, _asks("x_borrow", "not any(loans, book == record)", "b_borrow", "p_book")),
        ),
        (
            "a lent book is refused by its length", "three_pages",
            edits(OPEN_TO_ALL, _asks("x_borrow", "record.pages < 900", "b_borrow", "p_book")),
            "giving.again", "x_borrow", "do.1",
            edits(OPEN_TO_ALL, sets("transition", "x_open", "when", "status == 'Available'")),
        ),
        (
            "a seat that is kept is kept again", "block_zoo", sets("block", "b_seat", "free_if", "not is_taken"),
            "giving.free", "x_talk", "do.0",
            sets("block", "b_seat", "free_if", "not any(guests as g, g.seat == row)"),
        ),
    )
)  # fmt: skip


def with_button(page: str, title: str, *effects: Effect) -> Edit:
    """Return the edit that puts a button on a page, with what it does."""

    def edit(now: Flow) -> Flow:
        return insert_block(now, Slot("page", page), None, button("b_extra", title=title))

    return edits(edit, adding(arrow(page, use="b_extra", do=effects, name="x_extra")))


def _row(table: str, **values: str) -> AddEffect:
    """Return the effect that adds a row; keys are ids of columns."""
    return AddEffect(table=table, values=values)


LAST = _removes("t_payees", "row == last(payees)")

CONTRARY = tuple(
    Flaw(title, "contrary", base, edit, code, at(name, "do"), near, severity="warning")
    for title, base, edit, code, name, near in (
        (
            "a traveller that is saved goes", "skylark_air",
            _does("x_at_ok", _removes("t_travellers", "row == last(travellers)")), "opposite.removes", "x_at_ok",
            sets("block", "b_at_save", "title", "Clear"),
        ),
        (
            "Save changes removes the payee", "north_bank",
            _does("x_ed_ok", _removes("t_payees", "row == record")), "opposite.removes", "x_ed_ok",
            _does("x_ed_ok", _removes("t_payees", "row == record"), _row("t_payees", c_pa_name="field.name")),
        ),
        (
            "Add a payee takes one away", "north_bank",
            with_button("p_payees", "Add a payee", LAST), "opposite.removes", "x_extra",
            with_button("p_payees", "Take the last one away", LAST),
        ),
        (
            "Remove payee adds one", "north_bank",
            _does("x_rm_go", _row("t_payees", c_pa_name="record.name")), "opposite.adds", "x_rm_go",
            _does("x_rm_go", _row("t_replies", c_re_text="record.name")),
        ),
        (
            "Delete adds a card", "north_bank",
            with_button("p_card", "Delete this card", _row("t_cards", c_ca_name="record.name")), "opposite.adds",
            "x_extra", with_button("p_card", "Order one more", _row("t_cards", c_ca_name="record.name")),
        ),
    )
)  # fmt: skip

PAYERS = tuple(
    Flaw(
        title, "another pays", base, sets("transition", name, f"{place}.where", where), "balance.other",
        at(name, place), sets("transition", name, f"{place}.where", near), severity="warning",
    )
    for title, base, name, place, where, near in (
        (
            "the first account pays", "north_bank", "x_rv_ok", "do.1", "row == first(accounts)",
            "number == draft_source.number",
        ),
        (
            "the richest account pays", "north_bank", "x_rv_ok", "do.1",
            "row == first(accounts, balance > 0)", "row == last(transfers).source",
        ),
        (
            "another card than the one chosen pays", "skylark_air", "x_py_ok", "do.0", "row == last(cards)",
            "number == field.card.number",
        ),
    )
)  # fmt: skip


ORDERS = flow(
    page("a", form("f", DateField(id="day", name="day", title="Day"), button("go", submit=True))),
    table("orders", "day:date"),
    arrow("a", use="go", do=(adds("orders", day="field.day"),)),
    task(
        "order",
        expect=(expect_added("orders", day="task.day"),),
        parameters=(
            Parameter(
                id="m_day",
                name="day",
                type=value_type("date"),
                source=RangeSource(minimum="'2027-04-01'", maximum="'2027-04-20'"),
            ),
        ),
    ),
)
"""Orders for a day of one April."""


def within(block: str, limit: str, formula: str) -> Edit:
    """Return the edit that gives a field of days a limit."""
    return sets("block", block, limit, formula)


LIMITS = tuple(
    Flaw(title, "limits of days", base, edit, code, Element("block", block, limit), near, severity="warning")
    for title, base, edit, code, block, limit, near in (
        (
            "no delivery before a day of the calendar", "block_zoo", within("b_day", "minimum", "'2027-03-10'"),
            "day.fixed", "b_day", "minimum", within("b_day", "minimum", "today() + 1"),
        ),
        (
            "no departure after a day of the calendar", "skylark_air", within("b_ho_date", "maximum", "'2027-03-20'"),
            "day.fixed", "b_ho_date", "maximum", within("b_ho_date", "maximum", "today() + 300"),
        ),
        (
            "no way back before last year", "skylark_air", within("b_hr_back", "minimum", "'2026-01-01'"),
            "day.fixed", "b_hr_back", "minimum", within("b_hr_back", "minimum", "today() + 0"),
        ),
        (
            "a day is asked for that the field refuses", ORDERS, within("day", "maximum", "'2027-04-10'"),
            "day.barred", "day", "maximum", within("day", "maximum", "'2027-04-30'"),
        ),
    )
)  # fmt: skip

NOTES = flow(
    page("a", form("f", field("text"), button("go", submit=True))),
    table("notes", "text:text"),
    arrow("a", use="go", do=(adds("notes", text="field.text"),)),
    task(
        "write",
        "Write {task.text}.",
        expect=(expect_added("notes", text="task.text"),),
        parameters=(parameter("text", "text", "milk", "bread"),),
    ),
)
"""Notes as they are typed."""

RECKONED = tuple(
    Flaw(
        title, "reckoned untold", base, sets("task", task, place, formula), "task.reckoned_untold",
        Element("task", task, place), near, severity="warning",
    )
    for title, base, task, place, formula, near in (
        (
            "twice the limit is expected", "north_bank", "k_limit", "success.changes.0.values.c_ca_limit",
            "task.limit * 2", sets("task", "k_limit", "success.also", "any(cards, limit > task.limit - 1)"),
        ),
        (
            "a fee that nobody takes is expected", "north_bank", "k_pay", "success.changes.0.values.c_tf_amount",
            "task.amount + 3",
            edits(
                sets("task", "k_pay", "success.changes.0.values.c_tf_amount", "task.amount + 3"),
                sets("transition", "x_rv_ok", "do.0.values.c_tf_amount", "draft_amount + 3"),
            ),
        ),
        (
            "capitals are expected that nobody asks for", NOTES, "write", "success.changes.0.values.notes_text",
            "upper(task.text)",
            edits(
                sets("task", "write", "success.changes.0.values.notes_text", "upper(task.text)"),
                sets("transition", "a-go-stay", "do.0.values.notes_text", "upper(field.text)"),
            ),
        ),
        (
            "half the amount is expected by a condition", "north_bank", "k_pay", "success.also",
            "any(added(transfers), amount == task.amount / 2)",
            edits(
                sets("task", "k_pay", "success.also", "any(added(transfers), amount == task.amount / 2)"),
                sets("task", "k_pay", "wordings", ("Pay half of {task.amount} to {task.payee.name}.",)),
            ),
        ),
    )
)  # fmt: skip

FLAWS = (*GIVEN, *CONTRARY, *PAYERS, *LIMITS, *RECKONED)
