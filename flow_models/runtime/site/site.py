"""What the renderer needs to know about the website as a whole, read once from a program."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, Final
from urllib.parse import quote, urlsplit

from ..machine.base.appearance import Look
from ..machine.base.program import Page, Program
from ..machine.base.variant import PLAIN, Variant
from ..machine.base.words import Word, said
from .brand import brand_properties
from .elements import flat

_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.%-]*")

_CLASSES: Final = {
    "navigation": {"side": "nav-side", "end": "nav-end"},
    "align": {"end": "align-end", "wide": "align-wide"},
    "columns": {"one": "columns-one", "two": "columns-two"},
    "labels": {"beside": "labels-beside"},
}
"""The classes of those values of a variant that are the style sheet's business, by aspect."""


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
        looks: The looks that a variant can choose from, by name.
        pages: The pages, by id.
        variant: How the site appears; which look, layout and words.
        frames: Headers and footers made so far, each with the parts by whose id it is known; shared by the site in all
            variants.
        kept: What parts of views have kept of their texts, shared likewise, so that a long-lived site can forget it.
        mark: What tells the site from itself in other variants.
    """

    name: str
    host: str
    locale: str
    logo: str
    colours: Mapping[str, str]
    font: str
    radius: int
    listening: frozenset[str]
    looks: Mapping[str, Look] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict, compare=False, repr=False)
    variant: Variant = PLAIN
    frames: dict[tuple[str, int, bool | None], tuple[Any, object]] = field(
        default_factory=dict, compare=False, repr=False
    )
    kept: list[Any] = field(default_factory=list, compare=False, repr=False)
    mark: object = field(default_factory=object, init=False, compare=False, repr=False)

    @classmethod
    def of(cls, program: Program) -> "Site":
        """Return the site of a program."""
        site, brand = program.site, program.site.brand
        return cls(
            name=site.name,
            host=site.host,
            locale=site.locale,
            logo=brand.logo,
            colours={"primary": brand.primary, "accent": brand.accent, "background": brand.background},
            font=brand.font,
            radius=brand.radius,
            listening=frozenset(one.on.block for one in program.transitions if one.on.kind == "change"),
            looks=program.variation.looks,
            pages=program.pages,
        )

    def dressed(self, variant: Variant) -> "Site":
        """Return the site as it appears in a variant."""
        return self if variant == self.variant else replace(self, variant=variant)

    @cached_property
    def shown_name(self) -> str:
        """The name as a browser shows it."""
        return flat(self.name)

    @cached_property
    def spoken(self) -> dict[str, str]:
        """The fixed texts that the site has said so far in its variant, by how they are drawn."""
        # As many as the program has words, gone with the dressed site: an episode says the same ones at each step.
        return {}

    def said(self, text: str) -> str:
        """Return a text as the variant says it and as a browser shows it."""
        if type(text) is str:  # Most are, and nothing says them otherwise.
            return flat(text) if text else text
        if type(text) is Word:
            spoken = self.spoken
            found = spoken.get(text)
            if found is None:
                found = spoken[text] = flat(text.said(self.variant))
            return found
        return flat(said(text, self.variant)) if text else text

    @cached_property
    def facets(self) -> "Facets":
        """What of the variant a text depends on, for each combination of the bits of `writer`."""
        return Facets(self.variant)

    def start_of(self, page: str) -> str:
        """Return the address with which the section of a page begins; empty if there is none, or not one for all."""
        shown = self.pages.get(page)
        if shown is None or shown.section is None:
            return ""
        first = next(one for one in self.pages.values() if one.section == shown.section and one.kind == "page")
        return str(first.path[0]) if len(first.path) == 1 and isinstance(first.path[0], str) else ""

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

    @cached_property
    def classes(self) -> str:
        """The classes of the document that follow from the variant, in a fixed order; empty for the site as drawn."""
        look = self.looks.get(self.variant.look)
        found = [] if look is None else list(look.classes)
        for aspect, classes in _CLASSES.items():
            name = classes.get(getattr(self.variant, aspect))
            found += [] if name is None else [name]
        return " ".join(found)

    @cached_property
    def style_path(self) -> str:
        """The address of the style sheet, another one for each style: browsers may keep such files."""
        digest = hashlib.blake2s(self.style().encode(), digest_size=6).hexdigest()
        return f"/_/site-{digest}.css"

    def style(self) -> str:
        """Return the custom properties of the style sheet that follow from the look, or from the brand without one."""
        look = self.looks.get(self.variant.look)
        properties = brand_properties(self.colours, self.font, self.radius) if look is None else look.properties
        return ":root{" + "".join(f"--{name}:{value};" for name, value in properties.items()) + "}\n"


class Facets(dict[int, tuple[object, ...]]):
    """The values of a variant by which bits are asked for, each made when first needed: sixteen at most."""

    def __init__(self, variant: Variant) -> None:
        super().__init__()
        self._values = ((variant.wording, variant.new_words), variant.order, variant.buttons, variant.lists)

    def __missing__(self, bits: int) -> tuple[object, ...]:
        found = self[bits] = tuple([value for bit, value in enumerate(self._values) if bits >> bit & 1])
        return found


# By the path; 4,096, the least used go. Two or three a step; a fifth of the time that it takes to look a path through.
@lru_cache(maxsize=4096)
def quoted(path: str) -> str:
    """Return a path with what a browser would escape escaped."""
    if _PLAIN_PATH.fullmatch(path) is not None:
        return path
    return quote(path, safe="/?#%&=+,;:@!$'()*~[]")
