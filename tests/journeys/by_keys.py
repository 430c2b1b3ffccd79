"""The same person without a pointer: everything is reached with keys, each of which counts."""

import json

from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QTableView, QWidget

from app.inspector.editors.base import Picker
from flow_models.document.blocks import AnyBlock
from tests.journeys.person import InPage, Person, called

MOST_TABS = 90


class ByKeys(Person):
    """Somebody who uses only keys."""

    def reach(self, widget: QWidget) -> None:
        """Go to a widget with Tab, in the direction that is shorter."""
        proxy = widget.focusProxy() or widget
        if self._is_at(proxy):
            return
        if self.inspector.isAncestorOf(proxy) and not self.inspector.isAncestorOf(self._front()):
            self.press("Alt+3")
        around = self._front().parentWidget()
        if around is not None and isinstance(around.parentWidget(), QTableView):
            # In a cell Tab goes to the next cell.
            self.press("Return")
        way = "Shift+Tab" if self._lies_before(proxy) else "Tab"
        for _ in range(MOST_TABS):
            if self._is_at(proxy):
                return
            self.press(way)
        raise AssertionError(f"{called(widget)!r} is not reached by Tab")

    def click(self, widget: QWidget) -> None:
        """Go to a widget; what is pressed is pressed with Space."""
        self.reach(widget)
        if isinstance(widget, QAbstractButton):
            self.press("Space")

    def choose(self, words: str) -> None:
        """Go down the menu that is open to an entry, and press Return."""
        self.awaited(
            lambda: [one for one in [QApplication.activePopupWidget()] if isinstance(one, QMenu)],
            lambda: f"no menu is open in which to choose {words!r}",
        )
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in range(len(menu.actions()) + 1):
            active = menu.activeAction()
            if active is not None and active.text().replace("&", "") == words:
                self.press("Return")
                self.come_back()
                return
            self.press("Down")
        raise AssertionError(f"the menu has no {words!r}")

    def pick(self, box: Picker, words: str) -> None:
        """Open a drop-down, type the beginning of an entry, and press Return."""
        assert box.findText(words) >= 0, f"{words!r} is not offered"
        self.reach(box)
        self.press("Space")
        self.qtbot.waitUntil(lambda: box.view().isVisible())
        # A space would choose what is marked.
        self.write(words.split()[0])
        for _ in range(box.count()):
            if box.view().currentIndex().data() == words:
                break
            self.press("Down")
        self.press("Return")
        self.come_back()

    def open_menu(self, title: str) -> None:
        """Press Alt with the letter that is underlined in a menu's title."""
        titles = (action.text() for action in self.window.menuBar().actions())
        words = next(words for words in titles if words.replace("&", "") == title)
        self.press(f"Alt+{words[words.index('&') + 1]}")

    def in_page(self) -> "InPageByKeys":
        """Return what works in the page."""
        return InPageByKeys(self)

    def to_canvas(self) -> None:
        """Go to the canvas."""
        view = self.window.canvas.view
        for _ in range(12):
            if self._is_at(view):
                return
            self.press("F6")
        raise AssertionError("the canvas is not reached by F6")

    def select_page(self, title: str) -> None:
        """Find a page by its name."""
        self.press("Ctrl+K")
        self.write(title)
        self.qtbot.wait(50)
        self.press("Return")
        self.come_back()
        self.qtbot.waitUntil(lambda: self.window.selection.ids("page") == (self.page(title).id,))

    def rename_page(self, title: str, to: str) -> None:
        """Find a page and type another title on its card."""
        self.select_page(title)
        self.to_canvas()
        self.press("F2")
        self.write(to)
        self.press("Return")

    def select_block(self, words: str) -> None:
        """Go to a block in the tree of the selected page."""
        self.reach(self.tree().tree)
        for _ in range(30):
            # What is marked has a form of its own, with the tree in it.
            self.qtbot.wait(1)
            current = self.tree().tree.currentItem()
            if current is not None and current.text(0) == words:
                return
            self.press("Down")
        raise AssertionError(f"the page has no {words!r}")

    def _leads_to(self, page: str, block: AnyBlock, target: str) -> None:
        """Say in the form of a button to which page it leads."""
        title = str(getattr(block, "title", ""))
        if self.window.selection.ids("block") != (block.id,):
            self.select_page(page)
            self.select_block(title)
        self.push("+ Add", "When it is used")
        self.pick_in("Page", target, within="Go to")

    def click_arrow(self, page: str, target: str) -> None:
        """Go from a page along its arrows to the one that leads to another page."""
        ends = (self.page(page).id, self.page(target).id)
        self.select_page(page)
        self.to_canvas()
        for _ in range(len(self.flow.transitions)):
            self.press("Alt+Down")
            chosen = self.window.selection.ids("transition")
            if any((arrow.source, arrow.to) == ends for arrow in self.flow.transitions if arrow.id in chosen):
                return
        raise AssertionError(f"no key leads to the arrow from {page!r} to {target!r}")

    def drag_from_button(self, page: str, block: AnyBlock, target: str) -> None:
        """Lead a button to a page."""
        self._leads_to(page, block, target)

    def drag_to_new(self, page: str, block: AnyBlock, title: str) -> None:
        """Lead a button to a new page, go there, and name it."""
        before = {one.id for one in self.flow.pages}
        self._leads_to(page, block, "New page…")
        made = next(one for one in self.flow.pages if one.id not in before)
        self.rename_page(made.title, title)

    def drag_from_card(self, page: str, target: str) -> None:
        """Connect a page to another one."""
        self.select_page(page)
        self.to_canvas()
        self.press("Ctrl+L")
        self.write(target)
        self.press("Return")
        self.come_back()

    def drag_from_card_to_new(self, page: str, title: str) -> None:
        """Make a page beside another one, and connect them."""
        self.select_page(page)
        self.to_canvas()
        self.press("Ctrl+Shift+P")
        self.name_page(title)
        self.drag_from_card(page, title)
        self.select_page(title)

    def _front(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _is_at(self, widget: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is widget or widget.isAncestorOf(focus))

    def _lies_before(self, widget: QWidget) -> bool:
        """Say whether a widget lies above the keyboard."""
        front = self._front()
        if front.window() is not widget.window():
            return False
        here, there = (one.mapTo(one.window(), one.rect().topLeft()) for one in (front, widget))
        return (there.y() // 12, there.x()) < (here.y() // 12, here.x())


class InPageByKeys(InPage):
    """Keys inside the page: Tab from one thing to the next."""

    def __init__(self, person: ByKeys) -> None:
        super().__init__(person.qtbot, person.preview, person.did)
        self._person = person

    def click(self, selector: str) -> None:
        """Go to an element of the page with Tab; what is pressed is pressed with Space."""
        is_there = f"document.activeElement === document.querySelector({json.dumps(selector)})"
        self.until_painted()
        if not self.panel.isAncestorOf(QApplication.focusWidget() or self._person.window):
            self._person.press("Alt+4")
        for _ in range(MOST_TABS):
            if self.script(is_there):
                break
            self._key("Tab")
        else:
            raise AssertionError(f"{selector} is not reached by Tab in the page")
        if self.script("document.activeElement.matches('button, a')"):
            self._key("Space")

    def _key(self, keys: str) -> None:
        """Press a key and wait until the page has had it."""
        self._person.press(keys)
        self.script("1")
