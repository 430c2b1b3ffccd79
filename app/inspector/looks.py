"""The inspector's own style sheet, in the colours of the window: cards, headings, quiet buttons, fields at fault."""

from app.theme import Colours, filled


def style_sheet(colours: Colours, points: float) -> str:
    """Return the style sheet in some colours, for a text size in points."""
    sizes = {"help": points * 0.85, "remark": points * 0.9, "title": points * 1.3}
    return filled("inspector", colours, {f"{name}_points": f"{size:.1f}pt" for name, size in sizes.items()})
