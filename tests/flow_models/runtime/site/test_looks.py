"""Every look that ships: legible by the numbers of WCAG AA, and made of what the style sheet knows."""

import json
import re
from pathlib import Path

import pytest

import resources
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.site.colours import CONTRAST_FLOOR, EDGE_FLOOR, contrast
from flow_models.runtime.site.site import Site
from tests.flow_models.runtime.site.samples import PROGRAM, program_of

SHEET = (Path(__file__).parents[4] / "flow_models/runtime/site/static/site.css").read_text(encoding="utf-8")
FOLDER = resources.path("looks", "sites")
LOOKS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json"))}
DEFAULTS = dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", SHEET[: SHEET.index("}")]))
BRANDS = [
    {"primary": "#1f5f8b", "accent": "#d9822b", "background": "#f6f7f9"},
    {"primary": "#ffe600", "accent": "#fff3b0", "background": "#ffffff"},
    {"primary": "#0b0c0c", "accent": "#000000", "background": "#101820"},
    {"primary": "#8a3ffc", "accent": "#ffffff", "background": "#5a5a72"},
    {"primary": "#777777", "accent": "#888888", "background": "#8c8c8c"},
]

TEXTS = {
    "surface": ("ink", "ink-soft", "brand-text", "bad"),
    "surface-soft": ("ink", "ink-soft", "brand-text", "bad"),
    "page": ("on-page", "on-page-soft", "brand-text"),
    "page-end": ("on-page", "on-page-soft", "brand-text"),
    "stripe": ("ink", "ink-soft", "brand-text"),
    "hover": ("ink", "ink-soft", "brand-text"),
    "thead": ("on-thead",),
    "field": ("on-field", "hint"),
    "brand": ("on-brand",),
    "brand-hover": ("on-brand",),
    "danger": ("on-danger",),
    "head": ("on-head",),
    "band": ("on-band",),
    "here": ("on-here",),
    "mark": ("on-mark",),
    "foot": ("on-foot",),
    "good-soft": ("good",),
    "warn-soft": ("warn",),
    "bad-soft": ("bad",),
    "note-soft": ("note",),
}
"""Which texts stand on which grounds."""

EDGES = {
    "surface": ("line-strong", "focus", "brand-line"),
    "surface-soft": ("line-strong", "focus"),
    "page": ("line-strong", "focus", "brand-line"),
    "page-end": ("line-strong", "focus", "brand-line"),
}
"""Which borders of controls and focus rings must be seen on which grounds."""


def colour(properties: dict[str, str], name: str) -> str | None:
    """Return a colour as `#rrggbb`, or None where nothing is painted or the ground is a mixture."""
    value = properties.get(name, "transparent")
    inner = re.fullmatch(r"var\(--([a-z0-9-]+)\)", value)
    if inner:
        return colour(properties, inner.group(1))
    return value if re.fullmatch(r"#[0-9a-f]{6}", value) else None


def too_weak(properties: dict[str, str]) -> list[str]:
    """Return the pairs of colours of a look that miss their floor."""
    found = []
    for floor, pairs in ((CONTRAST_FLOOR, TEXTS), (EDGE_FLOOR, EDGES)):
        for ground, names in pairs.items():
            behind = colour(properties, ground)
            for name in names if behind else ():
                front = colour(properties, name)
                assert front is not None, name
                ratio = contrast(front, str(behind))
                if ratio < floor:
                    found.append(f"{name} on {ground}: {ratio:.2f}")
    return found


def site_in(look: str) -> Site:
    """Return the samples' site in a look."""
    return Site.of(PROGRAM).dressed(Variant(look=look))


@pytest.mark.parametrize("name", LOOKS)
def test_every_text_and_every_control_of_a_look_can_be_seen(name: str) -> None:
    assert too_weak(DEFAULTS | LOOKS[name]["properties"]) == []


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: f"{brand['primary']} on {brand['background']}")
def test_any_brand_can_be_read_where_the_site_is_as_drawn(brand: dict[str, str]) -> None:
    style = Site.of(program_of(**brand)).style()
    properties = DEFAULTS | dict(re.findall(r"--([a-z0-9-]+):([^;]+);", style))
    assert too_weak(properties) == []


def test_there_are_many_looks_and_about_a_quarter_is_held_out() -> None:
    held_out = [name for name, look in LOOKS.items() if look["is_held_out"]]
    assert len(LOOKS) >= 14
    assert 0.2 <= len(held_out) / len(LOOKS) <= 0.3


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_says_only_what_the_style_sheet_knows(name: str) -> None:
    look = LOOKS[name]
    unknown = [key for key in look["properties"] if f"var(--{key})" not in SHEET and key != "page-end"]
    unknown += [key for key in look["classes"] if f".{key} " not in SHEET]
    assert set(look) == {"title", "is_held_out", "classes", "properties"}
    assert unknown == []
    assert not any(mark in value for value in look["properties"].values() for mark in ("url", "{", "}", ";", "<"))


def test_looks_differ_in_more_than_their_colours() -> None:
    shapes = [
        tuple(
            look["properties"].get(key, "")
            for key in ("font", "size", "radius", "edge", "shadow", "cell-edge", "control")
        )
        for look in LOOKS.values()
    ]
    assert len(set(shapes)) == len(shapes)


def test_the_style_and_the_classes_follow_from_the_variant() -> None:
    plain = Site.of(PROGRAM)
    dressed = site_in("editorial").dressed(Variant(look="editorial", navigation="side", align="end", labels="beside"))
    assert plain.classes == ""
    assert dressed.classes == "head-mast nav-side align-end labels-beside"
    assert "--brand:#7c2b23;" in dressed.style()
    assert "--brand:#1f5f8b;" in plain.style()


def test_each_style_has_an_address_of_its_own() -> None:
    paths = {site_in(name).style_path for name in ("", *LOOKS)}
    assert len(paths) == 1 + len(LOOKS)
    assert site_in("glass").style_path == site_in("glass").style_path
