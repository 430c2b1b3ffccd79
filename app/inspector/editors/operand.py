"""One side of a comparison, or the value of an effect: a name, a value typed in, or two of these combined."""

from collections import Counter
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

import resources
from app.inspector.building import ANYTHING, EMPTY, Ground, Wanted
from app.inspector.editors.base import Picker, PlainLine
from app.inspector.pictures import picture
from app.theme import Colours, colours_of
from app.widgets.styling import set_look
from flow_models.document.wording import Titles
from flow_models.formulas import Node
from flow_models.formulas.kinds import is_literal
from flow_models.formulas.offers import Offer, literal_of
from flow_models.formulas.sentences import Called, Items, Plain


class LiteralEdit(QWidget):
    """A value typed in, or picked where the values are known."""

    changed = Signal(object)
    """Carries the literal's node."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = PlainLine(parent=self)
        self.box = Picker(parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        layout.addWidget(self.box)
        for widget in (self.line, self.box):
            widget.setAccessibleName(resources.text("inspector.operand.value"))
        self._wanted = ANYTHING
        self._values: list[str] = []
        self.line.textEdited.connect(self._typed)
        self.box.chosen.connect(self._picked)

    def show_node(self, node: Node, wanted: Wanted) -> None:
        """Show a literal of a wanted type."""
        kind = node["type"] if node["type"] != "none" and wanted.kind in (None, "scalar") else wanted.kind
        self._wanted = Wanted(kind, wanted.choices)
        values = ["true", "false"] if kind == "boolean" else list(wanted.choices)
        self.box.setVisible(bool(values))
        self.line.setVisible(not values)
        # By type: to Python 1 and True are the same key.
        current = str(node["value"]).lower() if node["type"] == "boolean" else str(node["value"])
        if values:
            self._show_listed(values, current)
            return
        example = kind if kind in ("integer", "decimal", "money", "date", "time") else "text"
        self.line.setPlaceholderText(resources.text(f"inspector.value.example_{example}"))
        if self._made(self.line.text()) != node:
            self.line.show_text(current)

    def _show_listed(self, values: list[str], current: str) -> None:
        """Show one of some values; one that is no longer among them stands behind them."""
        if current not in values:
            values.append(current)
        if values != self._values:
            self._values = values
            self.box.clear()
            is_boolean = self._wanted.kind == "boolean"
            self.box.addItems([_boolean_word(value) if is_boolean else value for value in values])
        self.box.setCurrentIndex(values.index(current))

    def _made(self, text: str) -> Node | None:
        return literal_of(self._wanted.kind or "text", text)

    def _typed(self, text: str) -> None:
        node = self._made(text)
        set_look(self.line, "invalid", "error" if node is None else "")
        if node is not None:
            self.changed.emit(node)

    def _picked(self, index: int) -> None:
        node = literal_of(self._wanted.kind or "choice", self._values[index])
        if node is not None:
            self.changed.emit(node)


class PlainEdit(QWidget):
    """A drop-down of names with, for a value typed in, a field beside it."""

    changed = Signal(object)
    """Carries a `Plain`."""
    extra = Signal(str)
    """Carries which of the further ways was chosen; `blank` for none."""

    def __init__(self, blank: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blank = blank
        self.box = Picker(parent=self)
        self.box.setAccessibleName(resources.text("inspector.operand.what"))
        self._literal: LiteralEdit | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self._line.addWidget(self.box, 1)
        self._entries: list[object] = []
        self._key: object = None
        self._wanted = ANYTHING
        self.box.chosen.connect(self._picked)

    @property
    def literal(self) -> LiteralEdit:
        """The field for a value typed in; made when first needed."""
        if self._literal is None:
            self._literal = LiteralEdit(self)
            self._literal.changed.connect(lambda node: self.changed.emit(Plain(node)))
            self._line.addWidget(self._literal, 1)
            self.setTabOrder(self.box, self._literal)
        return self._literal

    def show_plain(self, plain: Plain | None, ground: Ground, wanted: Wanted, extras: tuple[str, ...] = ()) -> None:
        """Show a name or a literal where these names, and these further ways, may stand."""
        self._wanted = wanted
        node = None if plain is None else plain.node
        found = wanted.offered(ground)
        key = (found, wanted, extras, None if node is None else is_literal(node) or node)
        if key != self._key:
            self._key = key
            self._fill(found, node, ground, extras)
        if self._literal is not None:
            self._literal.setVisible(node is not None and is_literal(node))
        self.box.setCurrentIndex(self._index_of(node))
        if node is None:
            self.box.setPlaceholderText(resources.text("inspector.operand.choose"))
        elif is_literal(node):
            self.literal.show_node(node, wanted)

    def _index_of(self, node: Node | None) -> int:
        """Return the entry that stands for a node; -1 if nothing is chosen and there is no entry for that."""
        if node is None:
            return self._entries.index("blank") if self._blank else -1
        if node["op"] == "value":
            return self._entries.index("value" if is_literal(node) else "empty")
        return self._entries.index(node)

    def _fill(self, found: tuple[Offer, ...], node: Node | None, ground: Ground, extras: tuple[str, ...]) -> None:
        """Fill the drop-down: names under where they come from, then a value, then the further ways."""
        self.box.clear()
        self._entries = []
        if self._blank:
            self._add("blank", self._blank, "")
        self._add_names(found, ground)
        if node is not None and node["op"] != "value" and node not in self._entries:
            self._add(node, ground.titles.node(node), "")
        ways = self._ways(node)
        if self._entries and (ways or extras):
            self._separate()
        for way in (*ways, *extras):
            self._add(way, resources.text(f"inspector.operand.{way}"), "")

    def _add_names(self, found: tuple[Offer, ...], ground: Ground) -> None:
        """Add names under headings; one that stands under two says where it comes from."""
        groups = [(origin, list(offered)) for origin, offered in groupby(found, key=lambda offer: offer.origin)]
        titles = Counter(ground.titles.node(offer.node) for offer in found)
        for origin, offered in groups:
            if len(groups) > 1 or self._blank:
                self._head(resources.text(f"inspector.origin.{origin}", table=ground.table_words(origin)))
            for offer in offered:
                title = ground.titles.node(offer.node)
                self._add(offer.node, ground.titles.qualified(offer.node) if titles[title] > 1 else title, offer.source)

    def _ways(self, node: Node | None) -> tuple[str, ...]:
        """Return what can stand here besides names: something typed in, or nothing; what stands here always can."""
        stands = "" if node is None or node["op"] != "value" else "value" if is_literal(node) else "empty"
        is_row = (self._wanted.kind or "").startswith("row")
        return tuple(
            way
            for way in ("value", "empty")
            if way == stands or (way in self._wanted.takes and not (way == "value" and is_row))
        )

    def _head(self, words: str) -> None:
        """Add a heading, which cannot be chosen."""
        self._entries.append(None)
        self.box.addItem(words)
        model = self.box.model()
        if isinstance(model, QStandardItemModel):
            heading = model.item(self.box.count() - 1)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)

    def _add(self, entry: object, label: str, tip: str) -> None:
        self._entries.append(entry)
        self.box.addItem(label)
        if tip:
            self.box.setItemData(self.box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def _separate(self) -> None:
        self._entries.append(None)
        self.box.insertSeparator(self.box.count())

    def _picked(self, index: int) -> None:
        entry = self._entries[index]
        if entry == "value":
            self.changed.emit(Plain(self._wanted.literal()))
            (self.literal.line if self.literal.box.isHidden() else self.literal.box).setFocus()
        elif entry == "empty":
            self.changed.emit(Plain(EMPTY))
        elif isinstance(entry, dict):
            self.changed.emit(Plain(entry))
        elif isinstance(entry, str):
            self.extra.emit(entry)


class ItemsEdit(QWidget):
    """Several values with commas between them."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = PlainLine(parent=self)
        self.line.setPlaceholderText(resources.text("inspector.operand.items"))
        self.line.setAccessibleName(resources.text("inspector.operand.items"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self._kind = "text"
        self.line.textEdited.connect(self._typed)

    def show_items(self, items: Items, titles: Titles) -> None:
        """Show the values; what is none but a name or function stands in words and is kept until something is typed."""
        self._kind = items.kind.removeprefix("list:")
        if self._made(self.line.text()) != items.items:
            self.line.show_text(", ".join(_bare(item, titles) for item in items.items))

    def _made(self, text: str) -> tuple[Plain, ...] | None:
        nodes = [literal_of(self._kind, part.strip()) for part in text.split(",") if part.strip()]
        found = tuple(Plain(node) for node in nodes if node is not None)
        return found if len(found) == len(nodes) and found else None

    def _typed(self, text: str) -> None:
        made = self._made(text)
        if made is not None:
            self.changed.emit(Items(made, f"list:{self._kind}"))


def small_button(idea: str, label: str, parent: QWidget) -> QToolButton:
    """Return a button with an icon whose words are in its tooltip and for screen readers."""
    button = IconButton(idea, parent)
    button.setToolTip(label)
    button.setAccessibleName(label)
    return button


class IconButton(QToolButton):
    """A small button with an icon that follows the colours."""

    def __init__(self, idea: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._idea = idea
        self._drawn_in: Colours | None = None
        self.setAutoRaise(True)
        self.setProperty("role", "small")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def _draw(self) -> None:
        colours = colours_of(self.palette())
        if colours != self._drawn_in:
            self._drawn_in = colours
            self.setIcon(picture(self._idea, self.palette()))

    def changeEvent(self, event: object) -> None:
        """Draw the icon in the new colours."""
        super().changeEvent(event)  # type: ignore[arg-type]  # Qt calls it with a QEvent
        if hasattr(self, "_drawn_in"):
            self._draw()


def _bare(item: Plain | Called, titles: Titles) -> str:
    """Return a literal as it is typed, anything else in words."""
    if isinstance(item, Plain) and is_literal(item.node):
        return str(item.node["value"])
    return titles.operand(item)


def _boolean_word(value: str) -> str:
    return resources.text("inspector.value.yes" if value == "true" else "inspector.value.no")
