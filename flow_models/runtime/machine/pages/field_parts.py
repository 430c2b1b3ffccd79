"""Fields, ready to be shown: with their present text and message, and the buttons that stand inside them.

All of a field but these is made once for the data that it reads.
"""

from typing import TYPE_CHECKING, Final

from ..base.program import Json
from ..formulas.memo import LIMIT, kept
from ..formulas.reads import reads_of
from . import view
from .fields import Field, raw_text
from .offered import Suggesting, picking
from .unfolding import BROWSE, CLOSED, OPEN, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..formulas.closures import Formulas
    from .blocks import Builder, Scene

BROWSE_TEXT: Final = "Choose a file"


def field_builder(formulas: "Formulas", block: Json) -> "Builder":
    """Return what shows a field with its present text and message."""
    field = Field(formulas, block)
    help_text = formulas.text(block.get("help", ()))

    def make(scene: "Scene") -> dict[tuple[str, str, str], view.Field]:
        return _Frame(field, block, help_text(scene), scene)

    frame = kept(formulas.schema, field.reads | reads_of(block.get("help")), make)
    name = field.name

    def build(scene: "Scene") -> view.Shown:
        return frame(scene)[scene.drafts[scene.places[name]], scene.errors.get(name, ""), ""]

    def build_suggesting(scene: "Scene") -> view.Shown:
        place = scene.places[name]
        return frame(scene)[scene.drafts[place], scene.errors.get(name, ""), scene.texts[place]]

    def build_browsing(scene: "Scene") -> view.Shown:
        opened = state_of(scene.unfolded, field.id)
        return frame(scene)[scene.drafts[scene.places[name]], scene.errors.get(name, ""), opened]

    return {"suggest_field": build_suggesting, "file_field": build_browsing}.get(field.kind, build)


class _Frame(dict[tuple[str, str, str], view.Field]):
    """All of a field but text and message; made fields by (text, message, and what the buttons inside depend on).

    The last is the text that the site knows, for a field with suggestions, and whether files are shown.
    """

    def __init__(self, field: Field, block: Json, help_text: str, scene: "Scene") -> None:
        super().__init__()
        self._parts = {
            "kind": field.kind,
            "name": field.name,
            "title": block["title"],
            "help": help_text,
            "required": bool(block["required"]),
            "options": field.options(scene),
            "purpose": block.get("purpose", ""),
            "minimum": raw_text(field.minimum(scene)),
            "maximum": raw_text(field.maximum(scene)),
            "max_length": block.get("max_length", 0),
            "placeholder": block.get("placeholder", ""),
            "style": block.get("style", ""),
            "places": 2 if field.kind == "money_field" else block.get("places", 0),
            "step": block.get("step", 1),
            "grid": field.lines(scene),
        }
        self._id = field.id
        self._kind = field.kind
        self._suggesting = Suggesting(field.id, (), 0)
        if field.kind == "suggest_field":
            self._suggesting = Suggesting(field.id, field.offered(scene), block["limit"])
        self._files: Sequence[str] = block.get("files", ())

    def __missing__(self, key: tuple[str, str, str]) -> view.Field:
        if len(self) >= LIMIT:
            self.clear()
        text, message, more = key
        made = view.Field(self._id, text=text, error=message, buttons=self._buttons(more), **self._parts)
        self[key] = made
        return made

    def _buttons(self, more: str) -> tuple[view.Button, ...]:
        """Return the buttons inside the field."""
        if self._kind == "suggest_field":
            return self._suggesting.buttons(more)
        if self._kind != "file_field":
            return ()
        state = OPEN if more == OPEN else CLOSED
        browse = view.Button(self._id, BROWSE, BROWSE_TEXT, "secondary", True, False, "", state)
        files = self._files if more == OPEN else ()
        return (browse, *(picking(self._id, name, name) for name in files))
