"""Icons by idea, so that one idea looks the same everywhere; drawn from the Material Design font of qtawesome.

An icon never stands alone for a state: a word goes with it.
"""

from collections.abc import Mapping
from types import MappingProxyType

import qtawesome
from PySide6.QtGui import QIcon, QPalette

from app.theme.colours import colours_of

GLYPHS: Mapping[str, str] = MappingProxyType(
    {
        "about": "information-outline",
        "add": "plus",
        "app": "sitemap",
        "back": "arrow-left",
        "button": "gesture-tap-button",
        "cancel": "close",
        "check": "check",
        "checkbox": "checkbox-marked-outline",
        "choice": "form-dropdown",
        "close": "close",
        "column": "table-column",
        "columns": "view-column-outline",
        "connect": "vector-polyline",
        "copy": "content-copy",
        "dark": "weather-night",
        "data": "database-outline",
        "date": "calendar-month-outline",
        "delete": "trash-can-outline",
        "details": "card-text-outline",
        "dialog": "window-restore",
        "divider": "minus",
        "down": "arrow-down",
        "duplicate": "content-duplicate",
        "edit": "pencil-outline",
        "error": "alert-circle",
        "example": "bank-outline",
        "export": "package-variant-closed",
        "field": "form-textbox",
        "file": "file-upload-outline",
        "fit": "fit-to-page-outline",
        "fix": "auto-fix",
        "flow": "sitemap",
        "fold": "chevron-up",
        "fold_out": "arrow-expand-down",
        "form": "form-select",
        "forward": "arrow-right",
        "fx": "function-variant",
        "heading": "format-header-1",
        "help": "help-circle-outline",
        "hint": "lightbulb-on-outline",
        "history": "history",
        "image": "image-outline",
        "light": "weather-sunny",
        "link": "link-variant",
        "list": "format-list-bulleted",
        "long_text": "text-long",
        "menu": "dots-horizontal-circle-outline",
        "money": "cash",
        "more": "chevron-double-right",
        "navigation": "menu",
        "new": "file-plus-outline",
        "note": "note-text-outline",
        "number": "numeric",
        "open": "folder-open-outline",
        "outline": "file-tree-outline",
        "page": "file-document-outline",
        "pagination": "book-open-page-variant-outline",
        "parameter": "variable-box",
        "paste": "content-paste",
        "pause": "pause",
        "play": "play",
        "problems": "clipboard-check-outline",
        "record": "record-circle-outline",
        "redo": "redo",
        "reload": "refresh",
        "restore": "backup-restore",
        "row": "table-row",
        "save": "content-save-outline",
        "save_as": "content-save-edit-outline",
        "search": "magnify",
        "seats": "view-grid-outline",
        "section": "group",
        "settings": "cog-outline",
        "sheet": "view-grid",
        "shuffle": "shuffle-variant",
        "side_by_side": "view-split-vertical",
        "site": "web",
        "slider": "tune-variant",
        "start": "home-outline",
        "step": "skip-next",
        "steps": "progress-check",
        "stop": "stop",
        "success": "check-circle",
        "system": "theme-light-dark",
        "table": "table",
        "tabs": "tab",
        "task": "flag-checkered",
        "template": "shape-outline",
        "text": "text",
        "tidy": "broom",
        "time": "clock-outline",
        "transition": "arrow-right-thin",
        "undo": "undo",
        "unfold": "chevron-down",
        "up": "arrow-up",
        "variable": "variable",
        "variation": "palette-outline",
        "warning": "alert",
        "zoom_in": "magnify-plus-outline",
        "zoom_out": "magnify-minus-outline",
    }
)


def icon(idea: str, palette: QPalette, colour: str = "text") -> QIcon:
    """Return the icon of an idea in one of the palette's colours, by that colour's name.

    Raises:
        KeyError: No icon stands for this idea.
    """
    colours = colours_of(palette)
    drawn: QIcon = qtawesome.icon(
        f"mdi6.{GLYPHS[idea]}",
        color=getattr(colours, colour),
        color_disabled=colours.outline,
    )
    return drawn
