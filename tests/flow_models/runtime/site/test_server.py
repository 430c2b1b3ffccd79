"""The preview's server: one host name for each session, everything else refused."""

import http.client
from collections.abc import Iterator

import pytest

from flow_models.runtime.site.server import SiteServer, first_address
from tests.flow_models.runtime.site.visitor import Visitor


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with SiteServer() as running:
        yield running


def asked(
    server: SiteServer, host: str, path: str = "/_/now", method: str = "GET", **headers: str
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request(method, path, headers={"Host": host, **headers})
    answer = connection.getresponse()
    status, body = answer.status, answer.read()
    connection.close()
    return status, body


def test_each_session_has_its_own_host(server: SiteServer) -> None:
    one, other = server.add(Visitor().session), server.add(Visitor().session)
    assert one != other
    assert first_address(one) == f"{one}/_/now"
    assert b"Our items" in asked(server, one.removeprefix("http://"))[1]


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "abc.localhost:{port}", "evil.test", ""])
def test_other_hosts_are_refused(server: SiteServer, host: str) -> None:
    server.add(Visitor().session)
    assert asked(server, host.format(port=server.port)) == (403, b"")


def test_a_page_elsewhere_cannot_post(server: SiteServer) -> None:
    visitor = Visitor()
    host = server.add(visitor.session).removeprefix("http://")
    assert asked(server, host, "/_/go", "POST", Origin="http://evil.test")[0] == 403
    assert visitor.episode.steps == 0


def test_a_removed_session_is_gone(server: SiteServer) -> None:
    origin = server.add(Visitor().session)
    server.remove(origin)
    assert asked(server, origin.removeprefix("http://"))[0] == 403


def test_a_body_that_is_too_long_is_refused(server: SiteServer) -> None:
    host = server.add(Visitor().session).removeprefix("http://")
    headers = {"Content-Length": "99999999"}
    assert asked(server, host, "/_/go", "POST", **headers)[0] == 413


def test_a_session_survives_requests_from_several_connections(server: SiteServer) -> None:
    visitor = Visitor()
    host = server.add(visitor.session).removeprefix("http://")
    assert [asked(server, host, path)[0] for path in ("/home", "/orders_page", "/home")] == [200, 200, 200]
    assert visitor.episode.steps == 3
