"""What the search types into fields: values as they are written there, their neighbours, texts that mean nothing."""

from decimal import Decimal
from typing import Any

import pytest

from flow_models.document.field_blocks import (
    Checkbox,
    DateField,
    LongText,
    MoneyField,
    NumberField,
    Slider,
    TextField,
    TimeField,
)
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.pages.fields import AnyField
from flow_models.solver.field_texts import fitting, means, neighbours, samples, types_taken
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of


def ready(kind: type[Any], **fields: object) -> tuple[AnyField, Context]:
    """Return a field of a page, and what it sees there."""
    machine = machine_of(make.flow(make.page("home", kind(id="f_x", name="x", title="X", **fields))))
    page = machine.plan.page("home")
    assert page is not None
    start = machine.visit()
    return page.fields[0], machine.plan.scene(start, start.state, start.state.top)


@pytest.mark.parametrize(
    ("kind", "fields", "value", "beside"),
    [
        (NumberField, {}, Decimal("24.90"), (24, 25)),
        (NumberField, {"places": 1}, 24, (Decimal("23.9"), Decimal("24.1"))),
        (MoneyField, {}, Decimal("24.90"), (Decimal("24.89"), Decimal("24.91"))),
        (Slider, {"maximum": 50, "step": 5}, 20, (15, 25)),
        (TimeField, {}, "00:00", ("00:01",)),
        (DateField, {}, "2027-02-28", ("2027-02-27", "2027-03-01")),
        (TextField, {}, "Anna", ()),
        (Checkbox, {}, True, ()),
    ],
)
def test_neighbours_are_as_far_apart_as_the_field_can_tell(
    kind: type[Any], fields: dict[str, object], value: Value, beside: tuple[Value, ...]
) -> None:
    field, _ = ready(kind, **fields)
    assert neighbours(field, value) == beside


@pytest.mark.parametrize(
    ("kind", "fields", "value", "text"),
    [
        (NumberField, {}, Decimal("24.90"), ""),
        (NumberField, {}, Decimal("24.00"), "24"),
        (MoneyField, {}, Decimal("24.9"), "24.90"),
        (Slider, {"maximum": 50, "step": 5}, 22, "20"),
        (TextField, {}, "Anna", "Anna"),
        (DateField, {}, "2027-02-28", "2027-02-28"),
    ],
)
def test_a_value_is_written_as_the_field_takes_it(
    kind: type[Any], fields: dict[str, object], value: Value, text: str
) -> None:
    assert fitting(ready(kind, **fields)[0], value) == text


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (TextField, {}),
        (TextField, {"pattern": "@@-###"}),
        (TextField, {"purpose": "email"}),
        (TextField, {"min_length": 40}),
        (TextField, {"max_length": 3}),
        (LongText, {"max_length": 5}),
        (NumberField, {"minimum": "7", "maximum": "9"}),
        (MoneyField, {"maximum": "0.50"}),
        (DateField, {"minimum": '"2030-01-01"'}),
        (TimeField, {"maximum": '"08:00"'}),
    ],
)
def test_a_required_field_has_a_sample_that_its_form_takes(kind: type[Any], fields: dict[str, object]) -> None:
    field, context = ready(kind, required=True, **fields)
    assert any(not field.complaint(text, context) for text in samples(field, context))


def test_what_is_chosen_from_a_list_elsewhere_is_typed_in_a_line_but_not_in_prose() -> None:
    assert types_taken(ready(TextField)[0]) - types_taken(ready(LongText)[0]) == {"choice"}


def test_numbers_mean_the_same_however_they_are_written() -> None:
    field, context = ready(MoneyField)
    assert means(field, "1,250.5", Decimal("1250.50"), lambda: context)
    assert not means(field, "", None, lambda: context)
