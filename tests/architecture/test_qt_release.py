"""The pinned release of Qt for Python keeps its references: 6.12.0 aborts after some 500 emitted booleans."""

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    said = Signal(bool)


def test_ten_thousand_booleans_can_be_emitted() -> None:
    sender = Sender()
    heard: list[bool] = []
    sender.said.connect(heard.append)
    for turn in range(10_000):
        sender.said.emit(turn % 2 == 0)
    assert len(heard) == 10_000
    assert sum(heard) == 5_000
