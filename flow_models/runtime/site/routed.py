"""The site inside Playwright without a socket: a handler for `route` that serves a session under `https://HOST`.

`context.route("**/*", routed(session))` is all; every request for another host is refused. Playwright itself is not
imported: the handler uses the few methods named here.
"""

from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import urlsplit

from .web import Request, Session, respond


class RoutedRequest(Protocol):
    """What the handler reads of Playwright's request."""

    @property
    def url(self) -> str:
        """The full address."""

    @property
    def method(self) -> str:
        """The method in capital letters."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers with lower-case names."""

    @property
    def post_data_buffer(self) -> bytes | None:
        """The body."""


class Route(Protocol):
    """What the handler uses of Playwright's route."""

    @property
    def request(self) -> RoutedRequest:
        """The request."""

    def abort(self, error_code: str | None = None) -> None:
        """Refuse the request."""

    def fulfill(
        self, *, status: int | None = None, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> None:
        """Answer the request."""


def routed(session: Session) -> Callable[[Route], None]:
    """Return a handler for Playwright's `route` (synchronous) that serves a session."""

    def handle(route: Route) -> None:
        request = route.request
        address = urlsplit(request.url)
        if address.scheme != "https" or address.netloc != session.site.host:
            route.abort()
            return
        path = address.path + (f"?{address.query}" if address.query else "")
        body = request.post_data_buffer or b""
        response = respond(session, Request(request.method, path, dict(request.headers), body))
        route.fulfill(status=response.status, headers=dict(response.headers), body=response.body)

    return handle


def first_page_script(session: Session) -> str:
    """Return the JavaScript that opens a session's present page without leaving an entry in the history."""
    return f"location.replace({session.site.url('/_/now')!r})"
