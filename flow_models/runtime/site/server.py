"""A small server on 127.0.0.1 for the app's preview: each view has a session under a host name of its own.

`http://TOKEN.localhost:PORT` keeps cookies and storage of views apart, and a page elsewhere cannot guess the name; a
request for any other host is refused. Requests of one session are answered one after the other.
"""

import secrets
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from .web import BODY_LIMIT, HEADERS, NOW_PATH, Request, Response, Session, respond

IDLE_S: Final = 30.0


class SiteServer:
    """Serves sessions until it is closed; made before the app's window, used from any thread.

    Attributes:
        port: The port, chosen by the system.
    """

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()
        self._http = _Http(self)
        self.port: int = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, name="site server", daemon=True)
        self._thread.start()

    def add(self, session: Session) -> str:
        """Serve a session and return its origin, such as `http://1f….localhost:40001`."""
        token = secrets.token_hex(8)
        with self._lock:
            self._sessions[token] = session
        return f"http://{token}.localhost:{self.port}"

    def remove(self, origin: str) -> None:
        """Stop serving the session of an origin."""
        with self._lock:
            self._sessions.pop(origin.removeprefix("http://").partition(".")[0], None)

    def session_of(self, host: str) -> Session | None:
        """Return the session of a `Host` header, or None if it names none."""
        token, _, rest = host.lower().partition(".")
        if rest != f"localhost:{self.port}":
            return None
        with self._lock:
            return self._sessions.get(token)

    def close(self) -> None:
        """Stop serving; sessions are forgotten."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        self._sessions.clear()

    def __enter__(self) -> "SiteServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def first_address(origin: str) -> str:
    """Return the address at which a browser begins a session: its present page."""
    return origin + NOW_PATH


class _Http(ThreadingHTTPServer):
    """The listening socket, bound to this computer only."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: SiteServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser that goes away in the middle go; anything else is a bug and is printed."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Carries requests and answers between a socket and a session."""

    protocol_version = "HTTP/1.1"
    server_version = "site"
    sys_version = ""
    timeout = IDLE_S

    def _answer(self) -> None:
        server = self.server
        if not isinstance(server, _Http):
            raise TypeError(server)
        host = self.headers.get("Host", "")
        session = server.owner.session_of(host)
        origin = self.headers.get("Origin")
        if session is None or origin not in (None, "null", f"http://{host}"):
            self.send_error(403)
            return
        length = self._length()
        if length is None:
            self.send_error(413)
            return
        body = self.rfile.read(length)
        if len(body) < length:
            self.send_error(400)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(respond(session, Request(self.command, self.path, headers, body)))

    def _length(self) -> int | None:
        """Return how long the body is; None if the request does not say so, or it is too long."""
        length = self.headers.get("Content-Length", "0")
        is_number = length.isascii() and length.isdigit() and len(length) <= len(str(BODY_LIMIT))
        if not is_number or int(length) > BODY_LIMIT or "Transfer-Encoding" in self.headers:
            return None
        return int(length)

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 204:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request that a browser sends, and say nothing more; it is never the site's own fault."""
        del message, explain
        self.close_connection = True
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else code
        self._send(Response(400 if status >= 500 else status, HEADERS, b""))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet: steps are told by the session's listener."""
