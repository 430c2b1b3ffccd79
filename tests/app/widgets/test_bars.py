"""Messages above the work."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.widgets.bars import BarArea


def test_a_choice_acts_once_and_takes_the_message_away(qtbot: QtBot) -> None:
    area = BarArea()
    qtbot.addWidget(area)
    area.show()
    done: list[str] = []
    bar = area.tell("topic", "info", "Something happened.", [("Do it", lambda: done.append("done"))])
    QTest.keyClick(bar.buttons[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: area.messages() == {})
    assert done == ["done"]


def test_a_topic_has_one_message(qtbot: QtBot) -> None:
    area = BarArea()
    qtbot.addWidget(area)
    area.tell("topic", "info", "First.")
    area.tell("topic", "warning", "Second.")
    area.tell("other", "error", "Third.")
    qtbot.wait(1)
    assert {topic: bar.text for topic, bar in area.messages().items()} == {"topic": "Second.", "other": "Third."}


def test_dropping_what_is_not_there_does_nothing(qtbot: QtBot) -> None:
    area = BarArea()
    qtbot.addWidget(area)
    area.drop("nothing")
    assert area.messages() == {}
