"""Light and dark: readable, complete, and following what was chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from app.desktop.settings import Settings
from app.theme import DARK, LIGHT, Colours, Theme, colours_of, contrast, icon
from app.theme.colours import ALL, CONTRAST_DARK, CONTRAST_LIGHT, palette_of
from app.theme.icons import GLYPHS
from app.theme.theme import BY_MODE, TEXT_STEPS, of_system, style_sheet

GROUNDS = ("window", "base", "raised", "canvas")


@pytest.mark.parametrize("colours", BY_MODE.values(), ids=BY_MODE)
def test_every_text_is_readable_on_every_ground(colours: Colours) -> None:
    pairs = [(text, ground) for text in ("text", "muted", "accent") for ground in GROUNDS]
    pairs += [
        (tone, ground) for tone in ("error", "warning", "hint", "success", "playing") for ground in ("base", "window")
    ]
    pairs += [(tone, f"{tone}_ground") for tone in ("error", "warning", "hint", "success")]
    pairs += [("text", f"{tone}_ground") for tone in ("error", "warning", "hint", "success")]
    pairs += [("on_accent", "accent"), ("on_selection", "selection")]
    least = 7 if colours.is_strong else 4.5
    weak = [(a, b, round(c, 2)) for a, b in pairs if (c := contrast(getattr(colours, a), getattr(colours, b))) < least]
    assert weak == []


@pytest.mark.parametrize("colours", BY_MODE.values(), ids=BY_MODE)
def test_the_edge_of_a_field_can_be_seen(colours: Colours) -> None:
    marks = ("outline", "accent", "playing", *(("border",) if colours.is_strong else ()))
    weak = [(mark, ground) for mark in marks for ground in GROUNDS if seen(colours, mark, ground) < 3]
    assert weak == []


def seen(colours: Colours, mark: str, ground: str) -> float:
    return contrast(getattr(colours, mark), getattr(colours, ground))


def test_the_systems_wish_for_high_contrast_is_followed() -> None:
    assert of_system(is_dark=False, is_strong=True) is CONTRAST_LIGHT
    assert of_system(is_dark=True, is_strong=True) is CONTRAST_DARK
    assert of_system(is_dark=True, is_strong=False) is DARK


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_palette_tells_its_colours(qapp: QApplication) -> None:
    assert [colours_of(palette_of(colours)) for colours in ALL] == list(ALL)


def test_a_widget_that_the_style_sheet_dresses_keeps_its_colours(qapp: QApplication) -> None:
    for colours in (DARK, LIGHT):
        palette = palette_of(colours)
        palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.black)
        assert colours_of(palette) is colours


def test_a_palette_of_another_program_goes_by_its_ground(qapp: QApplication) -> None:
    assert colours_of(QPalette(QColor("#202020"))) is DARK
    assert colours_of(QPalette(QColor("#eeeeee"))) is LIGHT


def test_every_idea_has_a_drawing_of_its_font(qapp: QApplication) -> None:
    missing = [idea for idea in GLYPHS if is_blank(icon(idea, QPalette()).pixmap(16).toImage())]
    assert missing == []


def is_blank(image: QImage) -> bool:
    return all(image.pixelColor(x, y).alpha() == 0 for x in range(image.width()) for y in range(image.height()))


def test_the_style_sheet_has_no_unfilled_colour() -> None:
    assert "$" not in style_sheet(LIGHT, 10).split("*/", 1)[1]


def test_the_choice_is_applied_and_kept(qapp: QApplication, tmp_path: Path) -> None:
    theme = Theme(qapp, Settings(tmp_path))
    theme.set_mode("dark")
    assert colours_of(qapp.palette()) is DARK
    theme.set_mode("light")
    assert colours_of(qapp.palette()) is LIGHT
    theme.set_mode("contrast_dark")
    assert colours_of(qapp.palette()) is CONTRAST_DARK
    theme.set_mode("light")
    assert Settings(tmp_path).get("theme") == "light"
    theme.deleteLater()


def test_text_grows_within_bounds_and_stays_so(qapp: QApplication, tmp_path: Path) -> None:
    theme = Theme(qapp, Settings(tmp_path))
    normal = qapp.font().pointSizeF()
    theme.set_text_step(3)
    assert qapp.font().pointSizeF() == normal + 3
    theme.set_text_step(99)
    assert theme.text_step == TEXT_STEPS[-1]
    assert Settings(tmp_path).get("text_step") == str(TEXT_STEPS[-1])
    theme.set_text_step(0)
    assert qapp.font().pointSizeF() == normal
    theme.deleteLater()


def test_a_damaged_setting_means_the_default(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"text_step": "huge", "theme": "pink", "panels": 3}')
    theme = Theme(qapp, Settings(tmp_path))
    assert (theme.text_step, theme.mode) == (0, "system")
    theme.deleteLater()
