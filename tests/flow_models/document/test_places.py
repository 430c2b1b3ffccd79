"""Every formula of a flow is found, with what may be named there."""

import pytest

from flow_models.document.base import ValueType
from flow_models.document.behaviour import (
    AddEffect,
    ChangeEffect,
    Notice,
    Page,
    RemoveEffect,
    Section,
    SetEffect,
    Transition,
    UseTrigger,
)
from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Details,
    DetailsItem,
    FoldOut,
    Form,
    Image,
    Link,
    ListBlock,
    ListColumn,
    Menu,
    Tab,
    Tabs,
    Text,
)
from flow_models.document.data import Column, FormulaGenerator, Generate, RowGenerator, Table, Variable
from flow_models.document.elements import Element
from flow_models.document.field_blocks import (
    ChoiceField,
    ChoiceGrid,
    FileField,
    MoneyField,
    Slider,
    SuggestField,
    TimeField,
)
from flow_models.document.flow import Flow, Site
from flow_models.document.places import Place, place_at, places
from flow_models.document.tasks import (
    ExpectedChange,
    Failure,
    FormulaSource,
    Milestone,
    Parameter,
    RowSource,
    Success,
    Task,
)
from flow_models.formulas import Scope, parse, parse_template

ACCOUNTS = Table(
    id="t_acc",
    name="accounts",
    columns=(
        Column(id="c_no", name="number"),
        Column(id="c_bal", name="balance", type=ValueType(kind="money")),
        Column(id="c_kind", name="kind", type=ValueType(kind="choice", choices=("current", "savings"))),
    ),
    generate=Generate(maximum=3, columns={"c_bal": FormulaGenerator(formula="5"), "c_no": FormulaGenerator()}),
)
PAYMENTS = Table(
    id="t_pay",
    name="payments",
    columns=(
        Column(id="c_from", name="account", type=ValueType(kind="row", table="t_acc")),
        Column(id="c_amount", name="amount", type=ValueType(kind="money")),
        Column(id="c_gone", name="gone", type=ValueType(kind="row", table="t_gone")),
    ),
    generate=Generate(
        maximum=9,
        columns={
            "c_from": RowGenerator(where='kind == "current"'),
            "c_amount": FormulaGenerator(formula="account.balance / 2"),
        },
    ),
)
PAGE = Page(
    id="p_pay",
    title="Account {record.number}",
    path="/accounts/{record.number}",
    record="t_acc",
    open_by_url="record.balance > 0",
    blocks=(
        Form(
            id="b_form",
            blocks=(
                MoneyField(id="b_amount", name="amount", maximum="record.balance"),
                ChoiceField(id="b_to", name="to", table="t_acc", where="row != record", label="{row.number}"),
                Button(id="b_send", title="Send {field.amount}", submit=True, enabled_if="field.amount > 0"),
            ),
        ),
        ListBlock(
            id="b_list",
            table="t_pay",
            where="account == record",
            sort="amount",
            columns=(ListColumn(text="{amount}", link=Link(id="b_open", title="{row.amount}")),),
            row_controls=(Button(id="b_undo", show_if="amount > 0"),),
        ),
        Details(id="b_details", items=(DetailsItem(text="{row.number}"),)),
    ),
)
SEND = Transition(
    id="x_send",
    source="p_pay",
    on=UseTrigger(block="b_send"),
    when="field.amount <= record.balance",
    do=(
        AddEffect(table="t_pay", values={"c_from": "record", "c_amount": "field.amount"}),
        ChangeEffect(table="t_acc", where="row == record", values={"c_bal": "balance - field.amount"}),
        SetEffect(variable="v_last", value="field.amount"),
    ),
    to="p_pay",
    record="record",
    notice=Notice(text="Sent {field.amount}."),
)
UNDO = Transition(
    id="x_undo",
    source="p_pay",
    on=UseTrigger(block="b_undo"),
    when="row.amount > 0",
    do=(RemoveEffect(table="t_pay", where="row == used"),),
)
TASK = Task(
    id="k_pay",
    name="pay",
    wordings=("Send {task.amount} from {task.source.number}.",),
    parameters=(
        Parameter(
            id="a_from", name="source", type=ValueType(kind="row", table="t_acc"), source=RowSource(where="balance > 9")
        ),
        Parameter(
            id="a_amount",
            name="amount",
            type=ValueType(kind="money"),
            source=FormulaSource(formula="task.source.balance / 2"),
        ),
    ),
    require="task.amount > 1",
    start="p_pay",
    start_record="task.source",
    success=Success(
        changes=(
            ExpectedChange(kind="added", table="t_pay", values={"c_amount": "task.amount"}),
            ExpectedChange(kind="changed", table="t_acc", where="row == task.source", values={"c_kind": '"savings"'}),
        ),
        also="count(added(payments)) == 1",
    ),
    failures=(Failure(when="any(before.accounts, balance < 0)"),),
    milestones=(Milestone(when="last_amount > 0"),),
)
FLOW = Flow(
    id="f",
    site=Site(start="p_pay"),
    tables=(ACCOUNTS, PAYMENTS),
    variables=(Variable(id="v_last", name="last_amount", type=ValueType(kind="money")),),
    sections=(Section(id="s", pages=("p_pay",), header=(Text(id="b_hi", text="Hi {last_amount}"),)),),
    pages=(PAGE,),
    transitions=(SEND, UNDO),
    tasks=(TASK,),
)


def _scope_at(flow: Flow, element: Element, field: str) -> Scope | None:
    """Return what may be named in one field of an element."""
    place = place_at(flow, element._replace(field=field))
    return None if place is None else place.scope


def _read(place: Place) -> tuple[str, ...]:
    if place.template:
        return tuple(error.message_id for error in parse_template(place.source, place.scope).errors)
    found = parse(place.source, place.scope, place.expected, place.choices)
    return tuple(error.message_id for error in found.errors if error.severity == "error")


@pytest.mark.parametrize("place", tuple(places(FLOW)), ids=lambda place: f"{place.element.id}.{place.field}")
def test_every_formula_of_a_sound_flow_reads_in_its_scope(place: Place) -> None:
    assert _read(place) == ()


def test_every_formula_and_text_is_found_once() -> None:
    found = [(place.element.kind, place.element.id, place.field) for place in places(FLOW)]
    assert len(found) == len(set(found))
    sources = [place.source for place in places(FLOW)]
    expected = [
        *("5", 'kind == "current"', "account.balance / 2", "Hi {last_amount}"),
        *("Account {record.number}", "/accounts/{record.number}", "record.balance > 0", "record.balance"),
        *("row != record", "{row.number}", "Send {field.amount}", "field.amount > 0", "account == record", "amount"),
        *("{amount}", "{row.amount}", "amount > 0", "{row.number}"),
        *("field.amount <= record.balance", "record", "field.amount", "row == record", "balance - field.amount"),
        *("field.amount", "record", "Sent {field.amount}.", "row.amount > 0", "row == used"),
        *("Send {task.amount} from {task.source.number}.", "balance > 9", "task.source.balance / 2"),
        *("task.amount > 1", "task.source", "task.amount", "row == task.source", '"savings"'),
        *("count(added(payments)) == 1", "any(before.accounts, balance < 0)", "last_amount > 0"),
    ]
    assert sources == expected


def test_a_place_knows_the_elements_around_it() -> None:
    place = next(place for place in places(FLOW) if place.source == "Send {field.amount}")
    assert place.elements == (Element("page", "p_pay"), Element("block", "b_send"))
    assert place.element == Element("block", "b_send", "title")


def test_generators_see_only_the_columns_before_their_own() -> None:
    scope = _scope_at(FLOW, Element("table", "t_acc"), "generate.columns.c_bal.formula")
    assert scope is not None
    assert list(scope.tables["accounts"].columns) == ["number"]
    assert list(scope.tables["payments"].columns) == ["account", "amount"]


def test_parameters_see_only_those_before_them() -> None:
    scope = _scope_at(FLOW, Element("parameter", "a_amount"), "source.formula")
    assert scope is not None
    assert dict(scope.task) == {"source": "row:accounts"}


def test_a_row_buttons_transition_knows_the_row_that_was_used() -> None:
    scope = _scope_at(FLOW, Element("transition", "x_undo"), "when")
    assert scope is not None
    assert (scope.row, scope.used, scope.record) == ("payments", "payments", "accounts")


def test_the_editor_gets_the_scope_of_a_value_that_is_not_written_yet() -> None:
    place = place_at(FLOW, Element("transition", "x_send", "do.1.values.c_kind"))
    assert place is not None
    assert (place.source, place.expected, place.choices) == ("", "choice", ("current", "savings"))
    assert place.scope.row == "accounts"


def test_a_field_without_formula_is_no_place() -> None:
    assert place_at(FLOW, Element("block", "b_send", "style")) is None
    assert place_at(FLOW, Element("page", "gone", "title")) is None


def test_names_whose_table_is_gone_are_left_out() -> None:
    broken = FLOW.rebuilt(tables=(PAYMENTS,))
    assert {place.scope.row for place in places(broken)} <= {None, "payments"}
    assert all(list(place.scope.tables) == ["payments"] for place in places(broken))


def test_a_flow_in_which_everything_dangles_has_its_places_still() -> None:
    broken = FLOW.rebuilt(tables=(), pages=(), variables=(), sections=())
    assert "field.amount <= record.balance" in [place.source for place in places(broken)]


def test_equal_tables_and_pages_give_equal_scopes_so_that_parsing_stays_cached() -> None:
    again = FLOW.rebuilt(title="Other")
    assert [hash(place.scope) for place in places(FLOW)] == [hash(place.scope) for place in places(again)]
    assert [place.scope for place in places(FLOW)] == [place.scope for place in places(again)]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (TimeField(id="f", name="x"), "time"),
        (Slider(id="f", name="x"), "integer"),
        (FileField(id="f", name="x", files=("a",)), "text"),
        (SuggestField(id="f", name="x", table="t_acc"), "row:accounts"),
        (ChoiceGrid(id="f", name="x", table="t_acc"), "row:accounts"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_formulas_know_the_type_of_every_field(block: AnyBlock, kind: str) -> None:
    built = Flow(id="f", tables=(ACCOUNTS,), pages=(Page(id="p", blocks=(block, Text(id="t", text="{field.x}"))),))
    scope = _scope_at(built, Element("block", "t"), "text")
    assert scope is not None
    assert scope.fields["x"] == kind


def test_formulas_are_found_in_what_is_unfolded_offered_and_pictured() -> None:
    blocks = (
        FoldOut(id="fold", title="{1}", blocks=(Image(id="image", text="{2}"),)),
        Tabs(id="tabs", tabs=(Tab(blocks=(Menu(id="menu", title="{3}", items=(Link(id="link", title="{4}"),)),)),)),
        SuggestField(id="s", name="s", table="t_acc", where="true", sort="number", label="{number}"),
        ChoiceGrid(id="g", name="g", table="t_acc", where="true", line="number", label="{number}", free_if="true"),
        TimeField(id="time", name="time", minimum='"08:00"', maximum='"18:00"'),
    )
    built = Flow(id="f", tables=(ACCOUNTS,), pages=(Page(id="p", title="P", path="/p", blocks=blocks),))
    found = {(place.element.id, place.field) for place in places(built) if place.element.kind == "block"}
    assert found == {
        ("fold", "title"), ("image", "text"), ("menu", "title"), ("link", "title"),
        ("s", "where"), ("s", "sort"), ("s", "label"),
        ("g", "where"), ("g", "line"), ("g", "label"), ("g", "free_if"),
        ("time", "minimum"), ("time", "maximum"),
    }  # fmt: skip


def test_the_label_of_a_suggestion_may_read_no_field() -> None:
    block = SuggestField(id="s", name="s", table="t_acc", label="{field.s.number}", where="row == field.s")
    built = Flow(id="f", tables=(ACCOUNTS,), pages=(Page(id="p", blocks=(block,)),))
    label, where = (_scope_at(built, Element("block", "s"), field) for field in ("label", "where"))
    assert label is not None
    assert where is not None
    assert parse_template(block.label, label).errors
    assert not parse(block.where, where).errors
