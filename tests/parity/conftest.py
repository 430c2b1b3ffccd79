"""One Chromium for all tests of this folder that need one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.parity.chromium import browser_path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium on this computer")
    with sync_playwright() as playwright:
        playwright.selectors.set_test_id_attribute("bid")
        started = playwright.chromium.launch(executable_path=path)
        yield started
        started.close()
