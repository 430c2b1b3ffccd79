"""The fields by the name of their kind."""

from typing import Final

from ..base.field_blocks import FieldBlock
from ..formulas.closures import Formulas
from . import offering_fields, typed_fields
from .fields import AnyField

_CLASSES: Final[dict[str, type[AnyField]]] = {
    "text_field": typed_fields.TextField,
    "long_text": typed_fields.LongText,
    "number_field": typed_fields.NumberField,
    "money_field": typed_fields.Bounded,
    "date_field": typed_fields.DateField,
    "time_field": typed_fields.TimeField,
    "slider": typed_fields.Slider,
    "suggest_field": offering_fields.SuggestField,
    "file_field": offering_fields.FileField,
    "choice_field": offering_fields.ChoiceField,
    "choice_grid": offering_fields.ChoiceGrid,
    "checkbox": typed_fields.Checkbox,
}


def field_of(formulas: Formulas, block: FieldBlock) -> AnyField:
    """Return the field of a block, ready to run."""
    return _CLASSES[block.kind](formulas, block)
