"""The menus and tools as a whole: keys, words, and that everything is in a menu."""

from app.window.main_window import MainWindow
from app.window.menus import KEYS


def test_no_two_actions_share_a_key_and_every_action_has_words(window: MainWindow) -> None:
    window.add_late_panels()
    keys = [keys.toString() for action in window.menus.actions() for keys in action.shortcuts()]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
    assert [action for action in window.menus.actions() if not action.text()] == []


def test_every_key_of_the_catalogue_belongs_to_an_action(window: MainWindow) -> None:
    names = {action.objectName() for action in window.menus.actions()} | {"clear_recent"}
    assert sorted(set(KEYS) - names) == []


def test_every_action_of_the_tools_is_in_a_menu(window: MainWindow) -> None:
    tools = [action for action in window.tools.actions() if not action.isSeparator()]
    assert [action.text() for action in tools if action not in window.menus.actions()] == []
