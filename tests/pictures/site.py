"""Six pages of North Bank in Chromium: Playwright clicks through the server code that ships in a bundle."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.envs.chromium.find import find_chromium
from flow_models.runtime.envs.chromium.routes import first_page_script, routed
from flow_models.runtime.machine import Episode, Machine
from flow_models.runtime.site.site import Site
from flow_models.runtime.site.web import Session

SITE_SIZE: ViewportSize = {"width": 1120, "height": 760}


def _stay(_page: Page) -> None:
    """Stay on the first page."""


def _fail_to_sign_in(page: Page) -> None:
    page.get_by_label("User name").fill("tidy.beaver")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("User name").fill("tidy.beaver")


def _filter(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Transactions").click()
    page.get_by_label("Period").select_option("This month")
    page.get_by_role("button", name="Show", exact=True).click()


def _send(page: Page, amount: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Send money").click()
    page.get_by_label("From account").select_option(index=1)
    page.get_by_label("To").select_option(index=2)
    page.get_by_label("Amount").fill(amount)
    page.get_by_label("Reference").fill("Thank you for dinner")
    page.get_by_role("button", name="Continue").click()


def _freeze(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Cards").click()
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("button", name="Freeze card").click()
    page.get_by_label("Lost").check()


WALKS: dict[str, tuple[str, int, Callable[[Page], None]]] = {
    "sign_in": ("change-phone", 3, _fail_to_sign_in),
    "accounts": ("pay-payee", 3, _stay),
    "transactions": ("pay-payee", 3, _filter),
    "send_money": ("pay-payee", 3, lambda page: _send(page, "99999")),
    "review": ("pay-payee", 3, lambda page: _send(page, "24.90")),
    "freeze_card": ("freeze-card", 3, _freeze),
}
"""Six pages: the task and seed that each begins with, and what a visitor does there."""


def take_site(folder: Path) -> None:
    """Take six pages of the bank."""
    path = find_chromium()
    machine = Machine(compile_flow(storage.load(resources.path("examples", "north_bank.flow.json"))).program)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        for name, (task, seed, walk) in WALKS.items():
            page = visit(browser, machine, task, seed)
            walk(page)
            page.screenshot(path=folder / f"site_{name}.png", animations="disabled")
            page.close()
        browser.close()


def visit(browser: Browser, machine: Machine, task: str, seed: int) -> Page:
    """Return a browser page at the start of an instance."""
    site = Site.of(machine.program)
    session = Session(Episode(machine, machine.draw(task, seed)), site)
    page = browser.new_page(viewport=SITE_SIZE)
    page.set_default_timeout(5000)
    page.route("**/*", routed(session))
    page.evaluate(first_page_script(session))
    page.wait_for_url(site.url("/**"))
    return page
