"""What success looks at, and what the goal tells of it."""

from typing import Any

import pytest

from flow_models.document.behaviour import Page, Transition
from flow_models.document.data import Table, Variable
from flow_models.document.field_blocks import ChoiceField
from flow_models.document.flow import Flow
from flow_models.document.tasks import FormulaSource, Parameter, RangeSource, Success
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
    rows_of,
    sets,
    table,
    task,
    variable,
)
from tests.flow_models.checks.asking import assert_case, problems_of

WHAT = parameter("what", "text", "Tea", "Milk")
NOTE = parameter("note", "text", "Soon", "Later")
ORDERED = expect_added("orders", what="task.what")


def ordering(
    *parts: Page | Transition | Table | Variable,
    wording: str = "Order {task.what}.",
    parameters: tuple[Parameter, ...] = (WHAT,),
    **fields: Any,
) -> Flow:
    """A page on which one orders something with a note, for a draft first; the task asks for it."""
    given: dict[str, object] = {"success": Success(changes=(ORDERED,)), **fields}
    kind = ChoiceField(id="f_kind", name="kind", title="Kind", choices=("Quick", "Cheap"))
    return flow(
        page("a", form("f", field("what"), field("note"), kind, button("send", submit=True))),
        table("orders", "what", "note", "kind:choice:Quick|Cheap"), table("cart", "what", durable=False),
        variable("draft", "text", "Nothing"), variable("fixed", "text", "Tea"),
        arrow("a", use="send", do=(
            adds("orders", what="field.what", note="field.note", kind="field.kind"),
            adds("cart", what="field.what"), sets("draft", "field.what"),
        )),
        *parts,
        task("order", wording, parameters=parameters).rebuilt(**given),
    )  # fmt: skip


def judged(*changes: Any, **fields: Any) -> Success:
    return Success(changes=changes or (ORDERED,), **fields)


BOTH: dict[str, Any] = {"parameters": (WHAT, NOTE), "wording": "Order {task.what} with the note {task.note}."}
NOTED = expect_added("orders", what="task.what", note="task.note")
QUICK = expect_added("orders", what="task.what", kind='"Quick"')
CASES = {
    "task.passing_counts": (
        ordering(success=judged(also="draft == task.what")),
        ordering(success=judged(also="fixed == 'Tea'")),
    ),
    "task.answer_passing": (ordering(success=Success(), answer="draft"), ordering(success=Success(), answer="fixed")),
    "task.told_unjudged": (ordering(**BOTH), ordering(success=judged(NOTED), **BOTH)),
    "task.value_untold": (
        ordering(success=judged(QUICK)),
        ordering(success=judged(QUICK), wording="Order {task.what}, and be quick."),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_drafts_in_a_passing_table_and_in_expected_values_count_as_well() -> None:
    for success in (
        judged(also="count(cart) == 1"),
        judged(expect_added("orders", what="draft")),
        judged(also="any(cart, what == task.what)"),
    ):
        [found] = problems_of("task.passing_counts", ordering(success=success))
        assert found.elements[0].field.startswith("success.")


def test_what_is_told_may_be_said_in_other_words() -> None:
    said = NOTE.rebuilt(source=FormulaSource(formula="upper(task.what)"))
    near = NOTE.rebuilt(
        type=NOTE.type.rebuilt(kind="integer"),
        source=RangeSource(minimum="len(task.what)", maximum="9 + len(task.what)"),
    )
    same = NOTE.rebuilt(source=NOTE.source.rebuilt(values=("Soon",)))
    for note in (said, near, same):
        assert problems_of("task.told_unjudged", ordering(**BOTH | {"parameters": (WHAT, note)})) == []


def test_what_the_site_asks_for_need_not_be_judged() -> None:
    people = table("people", "name", "word", rows=(("Ann", "x"), ("Bob", "y")))
    who = parameter("who", "row:people")
    asked: dict[str, Any] = {
        "parameters": (WHAT, who),
        "wording": "As {task.who.name} with {task.who.word}, order {task.what}.",
    }
    assert problems_of("task.told_unjudged", ordering(people, **asked))
    guarded = arrow("a", use="send", name="in", when="any(people, name == field.what and word == field.note)")
    assert problems_of("task.told_unjudged", ordering(people, guarded, **asked)) == []


def test_each_column_of_a_row_that_no_page_shows_has_to_be_judged() -> None:
    slips = table("slips", "what", "note", rows=(("Tea", "Soon"), ("Milk", "Later")))
    told: dict[str, Any] = {
        "parameters": (parameter("slip", "row:slips"),),
        "wording": "Order {task.slip.what} with the note {task.slip.note}.",
    }
    one = judged(expect_added("orders", what="task.slip.what"))
    [found] = problems_of("task.told_unjudged", ordering(slips, success=one, **told))
    assert found.fix is not None
    mended = found.fix.edit(ordering(slips, success=one, **told))
    assert "task.slip.note" in mended.tasks[0].success.changes[0].values.values()
    assert problems_of("task.told_unjudged", mended) == []
    shown = page("b", rows_of("list", "slips", "{what}"))
    assert problems_of("task.told_unjudged", ordering(slips, shown, success=one, **told)) == []


def test_a_value_that_is_only_said_not_to_be_meant_is_not_told() -> None:
    for said in ("not a quick", "anything but quick", "without the quick"):
        assert problems_of(
            "task.value_untold", ordering(success=judged(QUICK), wording=f"Order {{task.what}}, {said}.")
        )
    for said in ("not only quick", "not slow but quick", "no matter how: quick"):
        wording = f"Order {{task.what}}, {said}."
        assert problems_of("task.value_untold", ordering(success=judged(QUICK), wording=wording)) == []


def test_the_fix_expects_the_parameter_in_the_column_of_its_name() -> None:
    [found] = problems_of("task.told_unjudged", ordering(**BOTH))
    assert found.fix is not None
    assert found.fix.sentence() == "Expect “Note” in “Note”"
    assert found.fix.edit(ordering(**BOTH)).tasks[0].success == judged(NOTED)


def test_a_value_that_a_field_has_from_the_first_need_not_be_told() -> None:
    quick = ordering(success=judged(QUICK))
    kind = quick.pages[0].blocks_by_id["f_kind"].rebuilt(initial='"Quick"')
    begun = quick.rebuilt(
        pages=(page("a", form("f", field("what"), field("note"), kind, button("send", submit=True))),)
    )
    assert problems_of("task.value_untold", begun) == []
