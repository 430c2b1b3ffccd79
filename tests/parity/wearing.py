"""Shows a session in Chromium, and dresses the page in another look without loading it anew."""

from importlib.resources import files
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from flow_models.runtime.envs.chromium.routes import first_page_script, routed
from flow_models.runtime.site import Site
from flow_models.runtime.site.web import Session

SHEET: Final = files("flow_models.runtime.site").joinpath("static", "site.css").read_text(encoding="utf-8")

_WEAR = """
([classes, sheet]) => {
  document.documentElement.className = classes;
  document.querySelectorAll('link[rel="stylesheet"], style').forEach((old) => { old.disabled = true; });
  document.adoptedStyleSheets = [new CSSStyleSheet()];
  document.adoptedStyleSheets[0].replaceSync(sheet);
}
"""


def opened(browser: Browser | BrowserContext, session: Session, width: int = 1280, height: int = 800) -> Page:
    """Return a page that shows what a session shows, in a window of a size."""
    page = browser.new_page()
    page.set_viewport_size(ViewportSize(width=width, height=height))
    page.route("**/*", routed(session))
    page.evaluate(first_page_script(session))
    page.wait_for_url(session.site.url("/**"))
    return page


def wear(page: Page, site: Site, width: int) -> None:
    """Give the page the classes and the style sheet of a site in its variant, in a window of a width."""
    page.set_viewport_size(ViewportSize(width=width, height=800))
    page.evaluate(_WEAR, [site.classes, site.style() + SHEET])
