"""One Chromium of each kind for all tests of this folder that need one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from flow_models.runtime.envs.chromium.find import find_chromium, has_chromium
from flow_models.runtime.envs.chromium.launch import Chromium, driver, release


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    if not has_chromium():
        pytest.skip("no Chromium on this computer")
    started = Chromium()
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser that reaches this computer, unlike those of environments."""
    if not has_chromium():
        pytest.skip("no Chromium on this computer")
    started = driver().chromium.launch(executable_path=find_chromium())
    yield started
    started.close()
    release()
