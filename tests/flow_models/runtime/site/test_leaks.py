"""What can be read of a site gives away nothing about how it is made: every page, and every answer of the server."""

import itertools
import re
import socket
from collections.abc import Iterator

import pytest

from flow_models.compiler import compile_flow
from flow_models.runtime.machine import Episode, Machine
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.document import SCRIPT_PATH
from flow_models.runtime.site.server import SiteServer
from flow_models.runtime.site.web import Request, Session
from tests.daily import without
from tests.flow_models.builders import flow, heading, page, table
from tests.flow_models.runtime.examples import EXAMPLES, flow_of, machine_of, start_of, visits
from tests.flow_models.runtime.site.secrets import found_in, hidden_texts, secrets_of

TOKEN = re.compile(r"\bt[0-9a-f]{18}\b")
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW")
PATHS = (
    *("/", "/_/now", "/_/go", "/_/draft", "/_/site.css", "/favicon.ico", "/_/nothing", "/_", "/_/"),
    *("/robots.txt", "/.git/config", "/program.json", "/tasks.json", "/_/state", "/__init__.py", "/site.py"),
    *("/../../etc/passwd", "/%2e%2e/%2e%2e/x", "/_/../site.js", "/%00", "/%ff%fe", "/a?b=c#d", "/" + "x" * 3000),
    *("//", "//[", "http://[/", "http://elsewhere.test/", "/\u00e9".encode().decode("latin-1")),
)


@pytest.mark.parametrize("name", without(EXAMPLES, ["skylark_air"]))
def test_no_page_gives_anything_away(name: str) -> None:
    machine = machine_of(name)
    site, secrets = Site.of(machine.program), secrets_of(flow_of(name), machine)
    seen: dict[str, str] = {}
    for episode in visits(machine, episodes=4, length=25):
        rendered = Rendered(episode.view, site.dressed(episode.start.variant))
        if rendered.axtree not in seen:
            seen[rendered.axtree] = episode.view.page
            read = rendered.html(b"seed") + rendered.axtree
            assert (episode.view.page, found_in(secrets, read)) == (episode.view.page, [])
            assert episode.goal not in read
            hidden = hidden_texts(machine.program, episode.start.state.tables)
            assert (episode.view.page, [text for text in hidden if text in read]) == (episode.view.page, [])
    assert len(set(seen.values())) >= min(15, len(machine.program.pages) - 1)


def test_texts_of_columns_that_no_page_reads_are_hidden_and_others_are_not() -> None:
    told = table("t", "x", "secret", "copied", rows=(("Shown text", "Hidden text", "Shown"),))
    machine = Machine(compile_flow(flow(page("home", heading("h", "{first(t).x}")), told)).program)
    assert hidden_texts(machine.program, machine.visit().state.tables) == {"Hidden text"}
    on_page = Machine(compile_flow(flow(page("home", heading("h", "{first(t).secret}")), told)).program)
    assert hidden_texts(on_page.program, on_page.visit().state.tables) == {"Shown text"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_that_the_server_answers_gives_anything_away(name: str) -> None:
    machine = machine_of(name)
    secrets = secrets_of(flow_of(name), machine)
    paths = [*PATHS, *{"".join(map(str, page.path)) or "/" for page in machine.program.pages.values()}]
    with SiteServer() as server:
        host = server.add(Session(Episode(machine, start_of(machine, 1)), Site.of(machine.program)))
        asked = [*itertools.product(("GET", "HEAD", "POST"), paths), *itertools.product(METHODS, ("/", "/_/go"))]
        for method, path in asked:
            answer = raw(server, f"{method} {path} HTTP/1.1\r\nHost: {host.removeprefix('http://')}\r\n")
            assert (method, path, found_in(secrets, answer)) == (method, path, [])
            assert (method, path, answer[9:10] in "24") == (method, path, True)
            assert "Python" not in answer


def test_the_script_is_the_same_for_every_flow() -> None:
    answers = set()
    for name in EXAMPLES:
        session = Session(Episode(machine_of(name), start_of(machine_of(name), 1)), Site.of(machine_of(name).program))
        answers.add(session.respond(Request("GET", SCRIPT_PATH)).body)
    assert len(EXAMPLES) > len(answers) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n",
        "POST /_/go HTTP/1.1\r\nHost: {host}\r\nContent-Length: " + "9" * 5000 + "\r\n",
        "POST /_/go HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n",
        "GET / HTTP/1.1\r\nHost: other.localhost\r\n",
        "GET / HTTP/9.9\r\nHost: {host}\r\n",
        "GET / HTTP/1.1 more\r\nHost: {host}\r\n",
        "GET\r\n",
        "\0\1\2 / HTTP/1.1\r\n",
        "GET /" + "x" * 70_000 + " HTTP/1.1\r\nHost: {host}\r\n",
        "GET / HTTP/1.1\r\nHost: {host}\r\n" + "".join(f"X-{n}: 1\r\n" for n in range(300)),
    ],
)
def test_requests_that_are_none_are_refused_without_a_word(lines: str) -> None:
    machine = machine_of(EXAMPLES[0])
    with SiteServer() as server:
        session = Session(Episode(machine, start_of(machine, 1)), Site.of(machine.program))
        host = server.add(session).removeprefix("http://")
        answer = raw(server, lines.replace("{host}", host))
        head, _, body = answer.partition("\r\n\r\n")
        assert (head[9:10] or "4", body) == ("4", "")
        assert "Python" not in answer
        assert session.visit.state is session.visit.start.state  # type: ignore[attr-defined]  # an Episode has it


@pytest.mark.parametrize("name", EXAMPLES)
def test_two_renderings_of_a_page_have_no_name_in_common(name: str) -> None:
    machine = machine_of(name)
    site, count = Site.of(machine.program), 0
    for episode in visits(machine, episodes=2, length=10):
        session = Session(episode, site.dressed(episode.start.variant))
        one, other = (set(TOKEN.findall(session.page().decode())) for _ in range(2))
        assert len(one) == len(other)
        assert not one & other
        count += len(one)
    assert count > 20


def test_fields_and_buttons_have_no_name_but_those_of_the_rendering() -> None:
    machine = machine_of("north_bank")
    for html in pages(machine.tasks):
        names = re.findall(r'\s(?:name|data-go)="([^"]*)"', html.partition("<body")[2])
        assert names
        assert [name for name in names if not TOKEN.fullmatch(name)] == []


def pages(tasks: tuple[str, ...]) -> Iterator[str]:
    """Yield the HTML of the first page of each task's first instance."""
    machine = machine_of("north_bank")
    for number, _ in enumerate(tasks):
        session = Session(Episode(machine, start_of(machine, number)), Site.of(machine.program))
        yield session.page().decode()


def raw(server: SiteServer, lines: str) -> str:
    """Send lines to a server as they are and return what it answers."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(f"{lines}Connection: close\r\n\r\n".encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        got = b""
        try:
            while part := connection.recv(65_536):
                got += part
        except ConnectionResetError:
            pass
    return got.decode("utf-8", "replace")
