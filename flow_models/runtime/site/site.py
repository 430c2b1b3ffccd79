"""What the renderer needs to know about the website as a whole, read once from a program."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import quote, urlsplit

from ..machine.variant import PLAIN, Variant
from .colours import readable_on, text_on
from .elements import Element

_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.%-]*")

_FONTS = {
    "sans": 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif',
    "serif": 'Georgia, "Iowan Old Style", "Noto Serif", "Liberation Serif", "DejaVu Serif", serif',
    "rounded": 'ui-rounded, "SF Pro Rounded", Nunito, Quicksand, "Segoe UI", "DejaVu Sans", sans-serif',
}


@dataclass(frozen=True)
class Site:
    """One website: its name, address, brand, and the fields whose change is answered at once.

    Attributes:
        name: The name in the header and behind each page's title.
        host: The host name that the agent sees.
        locale: The language tag of its texts.
        logo: One or two letters or a symbol; empty for none.
        colours: The brand's `primary`, `accent` and `background` as `#rrggbb`.
        font: `sans`, `serif` or `rounded`.
        radius: Corner radius in CSS pixels.
        listening: Ids of the field blocks with a transition on change.
        variant: How the site appears; which look, layout and words.
        frames: Headers and footers made so far by the parts in them, which are held so that no id is used twice.
    """

    name: str
    host: str
    locale: str
    logo: str
    colours: Mapping[str, str]
    font: str
    radius: int
    listening: frozenset[str]
    variant: Variant = PLAIN
    frames: dict[tuple[object, ...], tuple[object, Element]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, program: Mapping[str, object]) -> "Site":
        """Read a program's site."""
        site = cast("Mapping[str, object]", program["site"])
        brand = cast("Mapping[str, object]", site.get("brand") or {})
        transitions = cast("list[dict[str, dict[str, object]]]", program.get("transitions") or [])
        return cls(
            name=str(site.get("name") or ""),
            host=str(site.get("host") or "example.test"),
            locale=str(site.get("locale") or "en-US"),
            logo=str(brand.get("logo") or ""),
            colours={
                "primary": str(brand.get("primary") or "#1f5f8b"),
                "accent": str(brand.get("accent") or "#d9822b"),
                "background": str(brand.get("background") or "#f6f7f9"),
            },
            font=str(brand.get("font") or "sans"),
            radius=int(str(brand.get("radius", 8))),
            listening=frozenset(str(item["on"]["block"]) for item in transitions if item["on"]["kind"] == "change"),
        )

    def dressed(self, variant: Variant) -> "Site":
        """Return the site as it appears in a variant."""
        return self if variant == self.variant else replace(self, variant=variant, frames={})

    def url(self, path: str) -> str:
        """Return the full address of a path, written as a browser shows it."""
        return f"https://{self.host}{quoted(path)}"

    def path_of(self, url: str) -> str | None:
        """Return the path of an address on this site, or None for an address elsewhere."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        if parts.scheme != "https" or parts.netloc.lower() != self.host:
            return None
        return parts.path or "/"

    def style(self) -> str:
        """Return the custom properties of the style sheet that follow from the brand."""
        primary, background = self.colours["primary"], self.colours["background"]
        properties = {
            "brand": primary,
            "on-brand": text_on(primary),
            "brand-text": readable_on(primary, "#ffffff", background),
            "accent": self.colours["accent"],
            "page": background,
            "on-page": text_on(background),
            "radius": f"{self.radius}px",
            "font": _FONTS.get(self.font, _FONTS["sans"]),
        }
        return ":root{" + "".join(f"--{name}:{value};" for name, value in properties.items()) + "}\n"


def quoted(path: str) -> str:
    """Return a path with what a browser would escape escaped."""
    if _PLAIN_PATH.fullmatch(path) is not None:
        return path
    return quote(path, safe="/?#%&=+,;:@!$'()*~[]")
