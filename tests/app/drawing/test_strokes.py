"""Words in every script stay in their room."""

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.drawing.strokes import fitted
from flow_models.geometry.measure import shortened

TEXTS = {
    "chinese": "\u56fe\u4e66\u9986\u9884\u8ba2\u7cfb\u7edf\u786e\u8ba4\u4ed8\u6b3e\u9875\u9762",
    "arabic": "\u0645\u0643\u062a\u0628\u0629 \u0639\u0627\u0645\u0629 \u0644\u0644\u0643\u062a\u0628",
    "emoji": "\U0001f4da\u2705\U0001f389\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "burmese": "\u1005\u102c\u1000\u103c\u100a\u1037\u103a\u1010\u102d\u102f\u1000\u103a",
    "capitals": "WIDE WORDS \u2014 \u0416\u0428\u0429\u042e",
}


@pytest.mark.parametrize("size", [8, 10, 13])
@pytest.mark.parametrize("width", [40.0, 112.0])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_was_shortened_to_a_room_is_drawn_in_it(qapp: QApplication, text: str, width: float, size: int) -> None:
    cut = shortened(text, width, size, bold=True)
    assert QFontMetricsF(fitted(cut, width, size, bold=True)).horizontalAdvance(cut) <= width + 0.5
