"""The site answers the requests of a browser, and nothing else does."""

from typing import Any

import pytest

from flow_models.runtime.envs.chromium.routes import answer, first_page_script, routed
from flow_models.runtime.site.web import NOW_PATH, Session
from tests.flow_models.runtime.site.samples import SITE, everything
from tests.parity.test_chromium import Still


class Caught:
    """A request as Playwright hands it over, and what became of it."""

    def __init__(self, url: str, method: str = "GET") -> None:
        self.request = self
        self.url, self.method = url, method
        self.headers: dict[str, str] = {}
        self.post_data_buffer = None
        self.outcome: Any = None

    def abort(self, code: str) -> None:
        self.outcome = code

    def fulfill(self, *, status: int, headers: dict[str, str], body: bytes) -> None:
        del headers, body
        self.outcome = status


def outcome(path: str, host: str = f"https://{SITE.host}", method: str = "GET", **how: bool) -> Any:
    caught = Caught(f"{host}{path}", method)
    answer(caught, Session(Still(everything()), SITE), **how)  # type: ignore[arg-type]
    return caught.outcome


def test_a_browser_visits_the_site_and_no_other_host() -> None:
    assert outcome(NOW_PATH) == 200
    assert outcome("/somewhere") == 200
    assert outcome("/", "https://elsewhere.test") == "failed"
    assert outcome("/", f"http://{SITE.host}") == "failed"


@pytest.mark.parametrize(("path", "method"), [("/somewhere", "GET"), ("/_/go", "POST")])
def test_a_page_whose_documents_are_exchanged_in_place_loads_none(path: str, method: str) -> None:
    assert outcome(path, method=method, is_held=True) == "aborted"
    assert outcome(path, method=method) != "aborted"


def test_such_a_page_loads_its_first_document_and_the_files_of_the_site() -> None:
    assert outcome(NOW_PATH, is_held=True) == 200
    assert outcome(SITE.style_path, is_held=True) == 200


def test_without_a_session_nothing_is_answered() -> None:
    caught = Caught(f"https://{SITE.host}/")
    answer(caught, None)  # type: ignore[arg-type]
    assert caught.outcome == "failed"


def test_a_handler_serves_one_session_from_its_present_page_on() -> None:
    session = Session(Still(everything()), SITE)
    caught = Caught(f"https://{SITE.host}{NOW_PATH}")
    routed(session)(caught)  # type: ignore[arg-type]
    assert caught.outcome == 200
    assert f"https://{SITE.host}{NOW_PATH}" in first_page_script(session)
