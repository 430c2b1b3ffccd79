"""The site inside Playwright without a socket: a session answers the requests of a browser under `https://HOST`.

Every request for another host is refused, so a page reaches nothing but the site. Playwright itself is not imported.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ...site.web import NOW_PATH, Request, Session

if TYPE_CHECKING:
    from playwright.sync_api import Route

_OWN: Final = "/_/"
"""Where the site's files are, and the present page whatever its address."""


def answer(route: "Route", session: Session | None, *, is_held: bool = False) -> None:
    """Answer a request that Playwright has caught.

    Args:
        route: The request.
        session: What answers it; None refuses it.
        is_held: Whether documents are exchanged in place (`window`), so that the browser may load nothing but the
            site's files and its first page. What else it asks for is aborted, which leaves the page as it is: for a
            failed navigation Chromium would show an error page of its own.
    """
    request = route.request
    address = urlsplit(request.url)
    is_wanted = not is_held or (request.method == "GET" and address.path.startswith(_OWN))
    if session is None or not is_wanted or (address.scheme, address.netloc) != ("https", session.site.host):
        route.abort("aborted" if is_held else "failed")
        return
    path = address.path + (f"?{address.query}" if address.query else "")
    body = request.post_data_buffer or b""
    response = session.respond(Request(request.method, path, dict(request.headers), body))
    route.fulfill(status=response.status, headers=dict(response.headers), body=response.body)


def routed(session: Session) -> Callable[["Route"], None]:
    """Return a handler for Playwright's `route` by which a browser visits a session as it would a site."""
    return lambda route: answer(route, session)


def first_page_script(session: Session) -> str:
    """Return the JavaScript that opens a session's present page without leaving an entry in the history."""
    return f"location.replace({session.site.url(NOW_PATH)!r})"
