"""The palette: every kind of block in the order in which it is offered, in groups, with the drawing of its icon."""

from collections.abc import Mapping
from types import MappingProxyType

PALETTE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "said": {
            "heading": "format-header-1",
            "text": "text",
            "image": "image-outline",
            "notice": "note-text-outline",
            "divider": "minus",
        },
        "asked": {
            "form": "form-select",
            "text_field": "form-textbox",
            "long_text": "text-long",
            "number_field": "numeric",
            "money_field": "cash",
            "date_field": "calendar-month-outline",
            "time_field": "clock-outline",
            "slider": "tune-variant",
            "choice_field": "form-dropdown",
            "suggest_field": "magnify",
            "choice_grid": "view-grid-outline",
            "file_field": "file-upload-outline",
            "checkbox": "checkbox-marked-outline",
        },
        "ways": {
            "button": "gesture-tap-button",
            "link": "link-variant",
            "menu": "dots-horizontal-circle-outline",
            "navigation": "menu",
            "steps": "progress-check",
        },
        "rows": {
            "list": "format-list-bulleted",
            "pagination": "book-open-page-variant-outline",
            "details": "card-text-outline",
        },
        "order": {
            "group": "group",
            "columns": "view-column-outline",
            "tabs": "tab",
            "fold_out": "arrow-expand-down",
        },
    }
)
"""The groups by name, which `shell.palette.group` words.

The drawings are names of the Material Design font, as `app.theme.icons` has them for ideas.
"""
