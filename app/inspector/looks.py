"""The inspector's own style sheet, in the colours of the window: cards, headings, quiet buttons, fields at fault."""

import resources
from app.theme import DARK, Colours


def style_sheet(c: Colours, points: float) -> str:
    """Return the style sheet in some colours, for a text size in points."""
    name = "dark" if c is DARK else "light"
    down, up = (resources.path("looks", f"chevron_{way}_{name}.svg").as_posix() for way in ("down", "up"))
    check = resources.path("looks", f"check_{name}.svg").as_posix()
    return f"""
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {c.outline}; border-radius: 4px;
    background: {c.base}; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url({check}); }}
QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; }}
QCheckBox:focus {{ color: {c.accent}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url({down}); width: 12px; height: 12px; }}
QSpinBox, QDoubleSpinBox {{ padding: 4px 20px 4px 6px; min-height: 17px; }}
QSpinBox:focus, QDoubleSpinBox:focus {{ padding: 3px 19px 3px 5px; }}
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{ border: none; padding: 0px 4px; background: transparent; }}
QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; border: none; width: 20px; }}
QSpinBox::down-button, QDoubleSpinBox::down-button {{ subcontrol-position: bottom right; border: none; width: 20px; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url({up}); width: 10px; height: 10px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url({down}); width: 10px; height: 10px; }}
QWidget#inspector_form {{ background: {c.window}; }}
QLabel[role="help"], QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="help"] {{ font-size: {points * 0.85:.1f}pt; }}
QLabel[tone="error"], QLabel[tone="warning"], QLabel[tone="hint"] {{ background: transparent; }}
QLabel[tone="error"] {{ color: {c.error}; font-size: {points * 0.9:.1f}pt; }}
QLabel[tone="warning"] {{ color: {c.warning}; font-size: {points * 0.9:.1f}pt; }}
QLabel[tone="hint"] {{ color: {c.hint}; font-size: {points * 0.9:.1f}pt; }}
QLabel[role="inspector_title"] {{ font-size: {points * 1.3:.1f}pt; font-weight: 600; }}
QFrame[role="inspector_head"] {{ border: none; border-bottom: 1px solid {c.border}; background: {c.window}; }}
QFrame[role="inspector_section"] {{ border: none; border-top: 1px solid {c.border}; padding-top: 4px; }}
QFrame[role="inspector_card"] {{ background: {c.base}; border: 1px solid {c.border}; border-radius: 7px; }}
QFrame[role="inset"] {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px; }}
QFrame[role="condition"] {{ background: {c.base}; border: 1px solid {c.border}; border-left: 3px solid {c.accent};
    border-radius: 5px; }}
QPushButton[role="section_title"], QPushButton[role="card_title"] {{ background: transparent; text-align: left;
    border: 1px solid transparent; border-radius: 4px; padding: 3px 2px; }}
QPushButton[role="section_title"] {{ font-weight: 600; }}
QPushButton[role="section_title"]:focus, QPushButton[role="card_title"]:focus {{ border-color: {c.accent}; }}
QToolButton[role="small"] {{ padding: 3px; border-radius: 4px; }}
QToolButton[role="crumb"] {{ padding: 1px 4px; color: {c.muted}; }}
QToolButton[role="crumb"]:hover {{ color: {c.text}; }}
QToolButton[role="fx"] {{ padding: 4px 6px; font-style: italic; color: {c.muted}; border: 1px solid {c.border}; }}
QToolButton[role="fx"]:checked {{ color: {c.on_selection}; border-color: {c.accent}; }}
QPushButton[role="quiet"] {{ border: 1px solid transparent; background: transparent; color: {c.accent};
    padding: 4px 8px; }}
QPushButton[role="quiet"]:hover {{ background: {c.raised}; }}
QPushButton[role="quiet"]:focus {{ border-color: {c.accent}; }}
QPushButton[role="quiet"]:disabled {{ color: {c.outline}; }}
QFrame[tone] QLabel {{ background: transparent; }}
QFrame[tone="error"], QFrame[tone="warning"], QFrame[tone="info"] {{ border-radius: 6px; }}
QPushButton[role="fix"] {{ border: 1px solid transparent; background: transparent; color: {c.accent};
    padding: 3px 6px; text-align: left; }}
QPushButton[role="fix"]:hover {{ background: {c.raised}; }}
QPushButton[role="fix"]:focus {{ border-color: {c.accent}; }}
QPushButton[role="item"] {{ border: 1px solid transparent; background: transparent; text-align: left; padding: 0px;
    border-radius: 5px; }}
QPushButton[role="item"]:hover {{ background: {c.raised}; }}
QPushButton[role="item"]:focus {{ border-color: {c.accent}; }}
QTreeWidget[role="framed"], QTableView[role="framed"] {{ border: 1px solid {c.border}; border-radius: 6px;
    background: {c.base}; }}
QTreeWidget[role="framed"]:focus, QTableView[role="framed"]:focus {{ border-color: {c.accent}; }}
QTreeWidget[role="framed"]::item {{ padding: 2px; }}
QLineEdit[invalid="error"], QPlainTextEdit[invalid="error"], QComboBox[invalid="error"],
QSpinBox[invalid="error"], QTreeWidget[invalid="error"] {{ border: 1px solid {c.error}; }}
QLineEdit[invalid="true"] {{ border: 1px solid {c.error}; }}
QLineEdit[invalid="warning"], QPlainTextEdit[invalid="warning"], QComboBox[invalid="warning"] {{
    border: 1px solid {c.warning}; }}
"""
