"""The site as a web application: one function from request to response over an episode.

Sockets are not here: `server` has them, and inside Playwright `routes` needs none. Only uses of the page are steps:
assets, favicon, prefetch and reload are not. A request that nobody could have made with the page in hand (a forged,
repeated or mangled one) changes nothing and is answered with the page as it is, as a site would.

The answer to a POST is the next page itself, with status 200; a redirect would not be intercepted by Playwright's
`route`. Names of fields and buttons hold for one rendering only.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Final, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlsplit

from ..machine.base.events import Event
from ..machine.base.results import Result
from ..machine.base.texts import typed
from ..machine.pages.fields import TICKED
from ..machine.pages.state import State
from ..machine.pages.uses import Refusal, giving, is_tickable, reached, refusal
from ..machine.pages.view import Field, View
from .document import SCRIPT_PATH
from .elements import AREA, BUTTON, LABEL, OPTION, PRESSED, RADIO, TICK, WRITTEN, Target
from .pieces import ACTION_PATH
from .rendered import Rendered, token_maker
from .site import Site

NOW_PATH: Final = "/_/now"
"""The page as it is, whatever its address; asking for it is no step."""

DRAFT_PATH: Final = "/_/draft"
"""Where the preview's script tells what is being typed."""

BODY_LIMIT: Final = 256 * 1024
FORM_FIELDS_LIMIT: Final = 500

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Request(NamedTuple):
    """One request; `headers` have lower-case names, `path` is the path with its query."""

    method: str
    path: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Response(NamedTuple):
    """One answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Visit(Protocol):
    """What the web application needs of an episode."""

    @property
    def view(self) -> View:
        """What the page shows now."""

    @property
    def state(self) -> State:
        """The present state."""

    @property
    def end_reason(self) -> str:
        """Why the episode has ended, empty while it runs."""

    def step(self, event: Event) -> Result:
        """Do one event."""


class Session:
    """One visitor's browser over one episode.

    Attributes:
        visit: The episode; step it through `step` only, so that the listener hears of it.
        site: What the renderer knows about the website.
        reports_drafts: Whether the page's script tells what is being typed.
        lock: Held while a request is answered; hold it to read the episode or to put another one in its place.
    """

    def __init__(
        self,
        visit: Visit,
        site: Site,
        *,
        reports_drafts: bool = False,
        listener: Callable[[Event, Result], None] | None = None,
        secret: bytes | None = None,
    ) -> None:
        """Open a session; `listener` hears of every step, in the thread that made it."""
        self.visit = visit
        self.site = site
        self.reports_drafts = reports_drafts
        self._listener = listener
        self._secret = secrets.token_bytes(32) if secret is None else secret
        self.lock = threading.RLock()
        self._count = 0
        self._names: dict[str, Target] = {}
        self._shown: tuple[object, ...] | None = None
        self._announced: Event | None = None

    def step(self, event: Event) -> Result | None:
        """Do one event that the browser does not ask for; None, and nothing happens, once the episode has ended."""
        with self.lock:
            if self.visit.end_reason:
                return None
            result = self.visit.step(event)
            if self._listener is not None:
                self._listener(event, result)
            return result

    def announce(self, event: Event) -> None:
        """Say which event the browser's next request for an address is; else it is taken for `goto`."""
        with self.lock:
            self._announced = event

    @property
    def is_stale(self) -> bool:
        """Whether the site has answered since the browser was given a page; texts being typed do not count."""
        with self.lock:
            return self._shown != _place(self.visit.state)

    def page(self) -> bytes:
        """Render the present page with new names; the names of the rendering before are forgotten."""
        with self.lock:
            self._count += 1
            seed = hashlib.blake2s(str(self._count).encode(), key=self._secret[:32]).digest()
            rendered = Rendered(self.visit.view, self.site)
            token = token_maker(seed)
            self._names = {token(number): target for number, target in rendered.targets.items()}
            self._shown = _place(self.visit.state)
            return rendered.html(seed, reports_drafts=self.reports_drafts).encode("utf-8", "replace")

    def name_of(self, block: str, row: str = "", option: str = "") -> str:
        """Return the name that a control or option has in the page as last rendered; empty if it is not there."""
        with self.lock:
            places = ((name, target) for name, target in self._names.items() if target.kind != LABEL)
            wanted = (block, row, option)
            return next((name for name, one in places if (one.block, one.row, one.option) == wanted), "")

    def respond(self, request: Request) -> Response:
        """Answer a request."""
        with self.lock:
            return _respond(self, request)

    def opened(self, path: str) -> None:
        """Do what asking for an address means: an announced event, going through the history, or a new address."""
        event, self._announced = self._announced, None
        if event is None:
            event = _arrival(self.visit.state, path)
        self.step(event)

    def posted(self, data: list[tuple[str, str]]) -> bool:
        """Do what a sent page means: its texts as far as they changed, then the use; say whether it was understood."""
        names = dict(data)
        used = self._used(names)
        if used is None or len(names) != len(data):
            return False
        if isinstance(reached(self.visit.view, used.block, used.row), Refusal):
            return False
        drafts = self._drafts(names, used)
        if drafts is None:
            return False
        page = _place(self.visit.state)
        # The field whose change is answered comes last: the answer would take the others' texts away.
        for event in sorted(drafts, key=lambda event: event.block == used.block):
            self.step(event)
            if _place(self.visit.state) != page:
                return True
        if used.kind in PRESSED:
            self.step(Event("use", used.block, used.row))
        return True

    def drafted(self, data: list[tuple[str, str]]) -> bool:
        """Do what a report of the script, or of whatever drives the browser, means; say whether it was understood."""
        target = self._names.get(data[0][0]) if len(data) == 1 else None
        field = None if target is None else self.visit.view.control(target.block)
        if target is None or not isinstance(field, Field):
            return False
        told = data[0][1]
        sent: str | None = _held(told, target)
        if target.kind == TICK:
            sent = TICKED if told else ""
        elif target.kind not in WRITTEN:
            sent = self._option(told, target)
        for event in self._draft(field, sent):
            self.step(event)
        return True

    def _used(self, names: Mapping[str, str]) -> Target | None:
        """Return the one thing whose use sent a page: its button, or what the script names; None if that is unclear."""
        sent = [self._names[name] for name in names if name in self._names]
        used: list[Target | None] = [target for target in sent if target.kind == BUTTON]
        if "go" in names:
            used.append(self._names.get(names["go"]))
        return used[0] if len(used) == 1 else None

    def _option(self, name: str, target: Target) -> str | None:
        """Return the key of a sent option of a field, or None if it has none such that can be chosen."""
        option = self._names.get(name)
        if option is None or option.kind not in (OPTION, RADIO) or option.block != target.block:
            return None
        event = Event("select", target.block, value=option.option)
        return option.option if refusal(self.visit.view, event) is None else None

    def _drafts(self, names: Mapping[str, str], used: Target) -> list[Event] | None:
        """Return the events that lead from the episode's texts to the sent ones; None if they make no sense."""
        view = self.visit.view
        texts = self._texts(names)
        form = view.form_of(used.block)
        events: list[Event] = []
        for field in view.controls():
            if not isinstance(field, Field):
                continue
            if field.id not in texts and is_tickable(field) and ("all" in names or view.form_of(field.id) is form):
                # A browser sends nothing for a box that is not ticked.
                texts[field.id] = ""
            if field.id in texts:
                sent = texts[field.id]
                if sent is None:
                    return None
                events += self._draft(field, sent)
        return events

    def _texts(self, names: Mapping[str, str]) -> dict[str, str | None]:
        """Return the sent texts by the block of their field; None for an option that it does not have now."""
        texts: dict[str, str | None] = {}
        for name, text in names.items():
            target = self._names.get(name)
            if target is None or target.kind in PRESSED or target.kind == LABEL:
                continue
            if target.kind in WRITTEN:
                texts[target.block] = _held(text, target)
            else:
                texts[target.block] = TICKED if target.kind == TICK else self._option(text, target)
        return texts

    def _draft(self, field: Field, text: str | None) -> tuple[Event, ...]:
        """Return the event that gives a field a text; none if it has it, or does not take it."""
        if text is None or text == field.text:
            return ()
        events = giving(field, text)
        return events if all(refusal(self.visit.view, event) is None for event in events) else ()


def _held(text: str, target: Target) -> str:
    """Return a text that a box has sent as the machine's field holds it."""
    return typed(text, lines=target.kind == AREA)


def respond(session: Session, request: Request) -> Response:
    """Answer a request over a session's episode."""
    return session.respond(request)


def _respond(session: Session, request: Request) -> Response:
    """Answer a request; the session is locked."""
    if request.method in ("GET", "HEAD"):
        return _asked(session, request)
    if request.method != "POST":
        return Response(405, {**HEADERS, "Allow": "GET, HEAD, POST"}, b"")
    path, data = _path_of(request.path), _form_data(request)
    if path == DRAFT_PATH:
        return _reported(session, data)
    if path != ACTION_PATH or data is None:
        return _document(session, 400)
    return _document(session, 200 if session.posted(data) else 409)


def _asked(session: Session, request: Request) -> Response:
    """Answer a request for a file or page."""
    path = _path_of(request.path)
    asset = _asset(session.site, path)
    if asset is not None:
        return asset
    if path != NOW_PATH and not _is_no_step(request):
        session.opened(path)
    return _document(session, 200)


def _reported(session: Session, data: list[tuple[str, str]] | None) -> Response:
    """Answer a report of the page's script on what is being typed: 205 if the page shown is not the present one."""
    if data is None or not session.reports_drafts or not session.drafted(data):
        return Response(409, HEADERS, b"")
    return Response(205 if session.is_stale else 204, HEADERS, b"")


def _document(session: Session, status: int) -> Response:
    """Return the present page as an answer."""
    return Response(status, {**HEADERS, "Content-Type": "text/html; charset=utf-8"}, session.page())


def _asset(site: Site, path: str) -> Response | None:
    """Return a file that belongs to every page, or None if the path names none."""
    if path == site.style_path:
        return _file(site.style() + style_sheet(), "text/css")
    if path == SCRIPT_PATH:
        return _file(_static("site.js"), "text/javascript")
    if path == "/favicon.ico" or (path.startswith("/_/") and path != NOW_PATH):
        return Response(404, HEADERS, b"")
    return None


def _file(text: str, kind: str) -> Response:
    """Return a file that browsers may keep for an hour."""
    headers = {**HEADERS, "Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "max-age=3600"}
    return Response(200, headers, text.encode())


def style_sheet() -> str:
    """Return the style sheet that all looks have in common, before which a site puts its own properties."""
    return _static("site.css")


def _static(name: str) -> str:
    """Return the text of a file beside this module."""
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")


def _path_of(address: str) -> str:
    """Return the path of what was asked for; an address that is none is a page that the site does not have."""
    try:
        return urlsplit(address).path or "/"
    except ValueError:
        return address.partition("?")[0]


def _is_no_step(request: Request) -> bool:
    """Say whether a request for a page is a reload, made ahead of use, or asks for nothing but what it would get."""
    if request.method == "HEAD":
        return True
    cache = request.headers.get("cache-control", "")
    purpose = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return "max-age=0" in cache or "no-cache" in cache or "prefetch" in purpose


def _arrival(state: State, path: str) -> Event:
    """Return what asking for an address means: the entry beside the present one in the history, or a new address."""
    before, after = state.position - 1, state.position + 1
    if before >= 0 and state.history[before].path == path:
        return Event("back")
    if after < len(state.history) and state.history[after].path == path:
        return Event("forward")
    return Event("goto", value=path)


def _form_data(request: Request) -> list[tuple[str, str]] | None:
    """Return the names and values of a sent form, or None if it is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or len(request.body) > BODY_LIMIT:
        return None
    try:
        text = request.body.decode("ascii")
        return parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=FORM_FIELDS_LIMIT
        )
    except ValueError:
        return None


def _place(state: State) -> tuple[object, ...]:
    """Return where a state is, for noticing that the site has moved on by itself."""
    return (state.base.page, state.base.record, state.dialog is None, state.answered, state.broken)
