"""The look of a site as drawn: the custom properties of the style sheet that follow from the designer's brand.

The brand is the designer's choice, whatever it is; what stands on it and beside it is moved until it can be seen. On a
dark page forms and lists are dark too, because no colour of links is legible on black and on white.
"""

from collections.abc import Mapping
from typing import Final

from .colours import EDGE_FLOOR, luminance, mixed, readable_on, softened, text_on

FONTS: Final = {
    "sans": 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif',
    "serif": 'Georgia, "Iowan Old Style", "Noto Serif", "Liberation Serif", "DejaVu Serif", serif',
    "rounded": 'ui-rounded, "SF Pro Rounded", Nunito, Quicksand, "Segoe UI", "DejaVu Sans", sans-serif',
}

_LIGHT: Final = {"surface": "#ffffff", "surface-soft": "#f3f6f9", "line-strong": "#75828f"}
"""What forms and lists stand on, and the borders of their controls; the style sheet says so too."""

_DARK_BELOW: Final = 0.18
"""The luminance below which white is easier to read on a page than black."""

_ON_DARK: Final = {
    "scheme": "dark",
    "ink": "#f4f7fa",
    "on-field": "#f4f7fa",
    "good": "#86e5b1",
    "good-soft": "#10352a",
    "warn": "#ffd479",
    "warn-soft": "#3b2f12",
    "bad": "#ffb3b3",
    "bad-soft": "#421c22",
    "note": "#a9d0ff",
    "note-soft": "#16304d",
    "danger": "#ffb3b3",
    "on-danger": "#33070b",
}
"""What the style sheet's defaults for light surfaces give way to."""


def brand_properties(colours: Mapping[str, str], font: str, radius: int) -> dict[str, str]:
    """Return the custom properties that follow from a brand.

    Args:
        colours: `primary`, `accent` and `background` as `#rrggbb`.
        font: A key of `FONTS`; another one is taken for `sans`.
        radius: Corner radius in CSS pixels.
    """
    primary, accent, page = colours["primary"], colours["accent"], colours["background"]
    is_dark = luminance(page) < _DARK_BELOW
    surfaces = _dark_surfaces(page) if is_dark else _LIGHT
    grounds = (surfaces["surface"], surfaces["surface-soft"], page)
    return {
        "brand": primary,
        "on-brand": text_on(primary),
        "brand-line": readable_on(primary, *grounds, floor=EDGE_FLOOR),
        "here": mixed(primary, 255 if luminance(text_on(primary)) < 0.5 else 0, 0.24),
        "brand-text": readable_on(primary, *grounds),
        "focus": readable_on(accent, *grounds, floor=EDGE_FLOOR),
        "accent": accent,
        "page": page,
        "on-page": text_on(page),
        "on-page-soft": softened(text_on(page), page),
        "radius": f"{radius}px",
        "font": FONTS.get(font, FONTS["sans"]),
        **surfaces,
        "line-strong": readable_on(surfaces["line-strong"], *grounds, floor=EDGE_FLOOR),
    }


def _dark_surfaces(page: str) -> dict[str, str]:
    """Return the properties of forms and lists on a dark page."""
    surface = mixed(page, 255, 0.07) if luminance(page) < 0.04 else mixed(page, 0, 0.45)
    soft = mixed(surface, 0, 0.2)
    ink = _ON_DARK["ink"]
    return {
        **_ON_DARK,
        "surface": surface,
        "surface-soft": soft,
        "field": soft,
        "ink-soft": softened(ink, surface),
        "hint": softened(ink, soft),
        "line": mixed(surface, 255, 0.18),
        "line-strong": mixed(surface, 255, 0.4),
    }
