"""Reads any page of Playwright's as the browser environment reads its own."""

import re
from importlib.resources import files
from typing import Final

from playwright.sync_api import Page

from flow_models.runtime.envs.chromium.reading import read

SCRIPT: Final = files("flow_models.runtime.envs.chromium").joinpath("visit.js").read_text(encoding="utf-8")


def axtree(page: Page) -> str:
    """Return the accessibility text of a page, without `InlineTextBox` lines."""
    if not page.evaluate("'__visit' in window"):
        page.evaluate(SCRIPT)
    page.evaluate("document.documentElement.hasAttribute('bid') ? __visit.look() : __visit.begin()")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return read(nodes).text


def numbered_tags() -> frozenset[str]:
    """Return the tags whose elements have numbers."""
    listed = SCRIPT[SCRIPT.index("const STANDARD") : SCRIPT.index(').split(" ")')]
    return frozenset(word for line in re.findall(r'"([^"]*)"', listed) for word in line.split())
