"""How the window looks: light or dark, in high contrast or not, or as the system.

One palette, one small style sheet, named icons.

Widgets ask `colours_of` their own palette, so that nothing holds a theme: a changed palette reaches all of them through
Qt's own event. The option not taken, a theme object handed around, leaves stale colours behind.
"""

from app.theme.colours import DARK, LIGHT, Colours, colours_of, contrast
from app.theme.icons import icon
from app.theme.theme import MODES, Theme, filled

__all__ = ["DARK", "LIGHT", "MODES", "Colours", "Theme", "colours_of", "contrast", "filled", "icon"]
