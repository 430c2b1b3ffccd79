"""Icons by idea, so that one idea looks the same everywhere; drawn from the Material Design font of qtawesome.

An icon never stands alone for a state: a word goes with it. A kind of block is an idea by its own name, whose
drawing the palette says.
"""

from collections.abc import Mapping
from types import MappingProxyType

import qtawesome
from PySide6.QtGui import QIcon, QPalette

from app.theme.colours import colours_of
from app.words.palette import PALETTE

GLYPHS: Mapping[str, str] = MappingProxyType(
    {
        **{kind: glyph for group in PALETTE.values() for kind, glyph in group.items()},
        "about": "information-outline",
        "add": "plus",
        "app": "sitemap",
        "back": "arrow-left",
        "block": "view-grid-plus-outline",
        "cancel": "close",
        "check": "check",
        "close": "close",
        "column": "table-column",
        "connect": "vector-polyline",
        "contrast_dark": "circle-half-full",
        "contrast_light": "contrast-circle",
        "copy": "content-copy",
        "dark": "weather-night",
        "data": "database-outline",
        "delete": "trash-can-outline",
        "desk": "monitor",
        "dialog": "window-restore",
        "down": "arrow-down",
        "duplicate": "content-duplicate",
        "edit": "pencil-outline",
        "error": "alert-circle",
        "example": "bank-outline",
        "export": "package-variant-closed",
        "field": "form-textbox",
        "fit": "fit-to-page-outline",
        "fix": "auto-fix",
        "flow": "sitemap",
        "fold": "chevron-up",
        "forward": "arrow-right",
        "fx": "function-variant",
        "help": "help-circle-outline",
        "hint": "lightbulb-on-outline",
        "history": "history",
        "large": "arrow-expand-all",
        "light": "weather-sunny",
        "measure": "gauge",
        "menu": "dots-horizontal",
        "more": "chevron-double-right",
        "new": "file-plus-outline",
        "note": "progress-pencil",
        "open": "folder-open-outline",
        "outline": "file-tree-outline",
        "page": "file-document-outline",
        "parameter": "variable-box",
        "paste": "content-paste",
        "pause": "pause",
        "phone": "cellphone",
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
        "section": "group",
        "settings": "cog-outline",
        "sheet": "view-grid",
        "shuffle": "shuffle-variant",
        "side_by_side": "view-split-vertical",
        "site": "web",
        "start": "home-outline",
        "step": "skip-next",
        "stop": "stop",
        "success": "check-circle",
        "system": "theme-light-dark",
        "table": "table",
        "tablet": "tablet",
        "task": "flag-checkered",
        "template": "shape-outline",
        "tidy": "broom",
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
