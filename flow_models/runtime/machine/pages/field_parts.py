"""Fields, ready to be shown: with their present text and message, and the buttons that stand inside them.

All of a field but these is made once for the data that it reads.
"""

from collections.abc import Callable
from typing import Any, Final

from ..base import field_blocks
from ..base.values import MONEY_PLACES
from ..formulas.closures import Formulas
from ..formulas.memo import LIMIT, kept
from ..formulas.reads import reads_of
from ..formulas.work import searching
from . import view
from .field_kinds import field_of
from .fields import AnyField, raw_text
from .offered import Options, Suggesting, picking
from .scene import Builder, Scene
from .unfolding import BROWSE, CLOSED, OPEN, state_of

BROWSE_TEXT: Final = "Choose a file"

_Buttons = Callable[[str], tuple[view.Button, ...]]
"""What makes the buttons inside a field, from what they depend on besides the data that the field reads."""


def field_builder(formulas: Formulas, block: field_blocks.FieldBlock) -> Builder:
    """Return what shows a field with its present text and message."""
    field = field_of(formulas, block)
    help_text = formulas.text(block.help)

    def make(scene: Scene) -> _Frame:
        return _Frame(field, help_text(scene), scene)

    frame = kept(formulas.schema, field.reads | reads_of(block.help), make)
    name = field.name

    def build(scene: Scene) -> view.Shown:
        return frame(scene)[scene.drafts[scene.places[name]], scene.errors.get(name, ""), ""]

    def build_suggesting(scene: Scene) -> view.Shown:
        place = scene.places[name]
        found, text = frame(scene), scene.texts[place]
        scene.charge(searching(found.length, len(text)))
        return found[scene.drafts[place], scene.errors.get(name, ""), text]

    def build_browsing(scene: Scene) -> view.Shown:
        opened = state_of(scene.unfolded, field.id)
        return frame(scene)[scene.drafts[scene.places[name]], scene.errors.get(name, ""), opened]

    match block:
        case field_blocks.SuggestField():
            return build_suggesting
        case field_blocks.FileField():
            return build_browsing
        case _:
            return build


class _Frame(dict[tuple[str, str, str], view.Field]):
    """All of a field but text and message; made fields by (text, message, and what the buttons inside depend on).

    The last is the text that the site knows, for a field with suggestions, and whether files are shown. At most `LIMIT`
    fields, all forgotten when there are more: agents type anything. Equal fields are one object, whose text is kept.

    Attributes:
        length: The characters of all labels among which suggestions are looked for.
    """

    def __init__(self, field: AnyField, help_text: str, scene: Scene) -> None:
        super().__init__()
        block = field.block
        self._parts: dict[str, Any] = {
            "kind": field.kind,
            "name": field.name,
            "title": block.title,
            "help": help_text,
            "required": block.required,
            "options": field.options(scene),
            "minimum": raw_text(field.minimum(scene)),
            "maximum": raw_text(field.maximum(scene)),
            "grid": field.lines(scene),
            **_particulars(block),
        }
        # Asked once: what is offered is work, and counts each time that it is asked for.
        offered = field.offered(scene) if isinstance(block, field_blocks.SuggestField) else ()
        if offered:
            self._parts["offered"] = offered
        self._id = field.id
        self.length = sum([len(label) for _, label in offered])
        self._buttons = _buttons(field, offered)

    def __missing__(self, key: tuple[str, str, str]) -> view.Field:
        if len(self) >= LIMIT:
            self.clear()
        text, message, more = key
        made = view.Field(self._id, text=text, error=message, buttons=self._buttons(more), **self._parts)
        self[key] = made
        return made


def _particulars(block: field_blocks.FieldBlock) -> dict[str, Any]:
    """Return what only fields of one kind show."""
    match block:
        case field_blocks.TextField():
            return {"purpose": block.purpose, "max_length": block.max_length}
        case field_blocks.LongText():
            return {"max_length": block.max_length}
        case field_blocks.NumberField():
            return {"places": block.places}
        case field_blocks.MoneyField():
            return {"places": MONEY_PLACES}
        case field_blocks.Slider():
            return {"step": block.step}
        case field_blocks.SuggestField():
            return {"placeholder": block.placeholder}
        case field_blocks.ChoiceField():
            return {"placeholder": block.placeholder, "style": block.style}
        case _:
            return {}


def _buttons(field: AnyField, offered: Options) -> _Buttons:
    """Return what makes the buttons inside a field: suggestions of what is offered, or files and what opens them."""
    block = field.block
    match block:
        case field_blocks.SuggestField():
            return Suggesting(field.id, offered, block.limit).buttons
        case field_blocks.FileField():
            return lambda opened: _file_buttons(field.id, block.files, is_open=opened == OPEN)
        case _:
            return lambda _more: ()


def _file_buttons(block: str, files: tuple[str, ...], *, is_open: bool) -> tuple[view.Button, ...]:
    """Return the button that opens and closes the files, and those of the files while they are shown."""
    state = OPEN if is_open else CLOSED
    browse = view.Button(block, BROWSE, BROWSE_TEXT, "secondary", True, False, "", state)
    return (browse, *(picking(block, name, name) for name in (files if is_open else ())))
