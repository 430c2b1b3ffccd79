"""One page of a browser that shows one session after another, documents exchanged in place.

Only the first document is loaded; later ones are put into its place by `visit.js`, which also catches what the page
sends. Between episodes the history is emptied and nothing of the session before stays. The one page is all that there
is: other pages that a site might open are closed, and every request but for the site's own files is refused.
"""

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from ...machine.base.events import Event
from ...machine.steps.turns import HISTORY_LIMIT
from ...site.editing import Line
from ...site.keyboard import Goal
from ...site.web import NOW_PATH, Request, Response, Session
from .errors import BrowserGoneError
from .held import Held
from .marks import marked
from .picture import Pixels, pixels
from .pruning import pruned
from .reading import Reading, read
from .routes import answer

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .launch import Chromium


class Screen(NamedTuple):
    """On what a page is shown.

    Attributes:
        width: Of the page, in CSS pixels; `height` likewise.
        scale: How many pixels of a picture a CSS pixel is wide.
        is_phone: Whether fingers touch it, and pages are told that they are on a phone.
    """

    width: int = 1280
    height: int = 720
    scale: float = 1.0
    is_phone: bool = False

    @property
    def shape(self) -> tuple[int, int, int]:
        """The shape of its pictures: height, width, 3."""
        return (round(self.height * self.scale), round(self.width * self.scale), 3)


DESKTOP: Final = Screen()

PHONE_SIZE: Final = (390, 844)
"""Width and height of a phone's page in CSS pixels."""

_FORM: Final[Mapping[str, str]] = {"content-type": "application/x-www-form-urlencoded"}


class Look(NamedTuple):
    """What has become of a page since it was looked at last.

    Attributes:
        asked: The request that the page has made, or None.
        changed: (name, text) of the fields that have another text.
        focus: The number of the element with the focus; the body's if none has it.
        address: The full address.
        lines: The boxes for one line, by the number of their element.
    """

    asked: Request | None
    changed: tuple[tuple[str, str], ...]
    focus: str
    address: str
    lines: Mapping[str, Line]


class Window:
    """A page over a session.

    Attributes:
        chromium: The browser.
        screen: On what the page is shown.
        page: Playwright's handle.
        held: The keys and buttons of the mouse that are held down.
        look: The page as it was looked at last.
    """

    def __init__(self, chromium: "Chromium", screen: Screen = DESKTOP) -> None:
        self.chromium = chromium
        self.screen = screen
        self._session: Session | None = None
        self._length = 1
        self._position = 0
        self.look = Look(None, (), "", "", {})
        context = chromium.browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=screen.scale,
            is_mobile=screen.is_phone,
            has_touch=screen.is_phone,
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
        )
        context.route("**/*", lambda route: answer(route, self._session, is_held=True))
        context.add_init_script(files(__package__).joinpath("visit.js").read_text(encoding="utf-8"))
        self.page: Page = context.new_page()
        context.on("page", lambda other: other.close())
        self.held = Held(self.page)
        self._protocol = context.new_cdp_session(self.page)

    @property
    def session(self) -> Session:
        """The session that is shown.

        Raises:
            BrowserGoneError: None has been opened yet.
        """
        if self._session is None:
            raise BrowserGoneError("The browser's page shows no site yet.")
        return self._session

    def open(self, session: Session) -> None:
        """Show a session from its present page on, as if the browser had just been started."""
        is_first = self._session is None
        self._session = session
        if is_first:
            self.page.goto(session.site.url(NOW_PATH), wait_until="load")
            self._take(self.page.evaluate("__visit.begin()"))
        else:
            self.page.mouse.move(0, 0)
            self._show(self._now(), is_new=False)
            # Not before: a button of the last episode's page would take a key that is released for a click.
            self.held.release()
        self._protocol.send("Page.resetNavigationHistory")
        self._length, self._position = 1, 0

    def refresh(self) -> None:
        """Look at the page again."""
        self._take(self.page.evaluate("__visit.look()"))

    def send(self, request: Request) -> None:
        """Let the site answer what the page has asked for, and show the answer: a new entry of the history."""
        self._show(self.session.respond(request), is_new=True)
        self._add_entry()

    def go(self, path: str) -> None:
        """Open an address of the site; the one that is shown already takes no new entry."""
        self.session.announce(Event("goto", value=path))
        parts = urlsplit(self.look.address)
        is_other = path != parts.path + (f"?{parts.query}" if parts.query else "")
        response = self.session.respond(Request("GET", path))
        self._show(response, is_new=is_other)
        if is_other:
            self._add_entry()

    def travel(self, distance: int) -> bool:
        """Go through the history by one entry; say whether there was one."""
        if not 0 <= self._position + distance < self._length:
            return False
        path = self.page.evaluate("(distance) => __visit.travel(distance)", distance)
        self._position += distance
        self.session.announce(Event("back" if distance < 0 else "forward"))
        self._show(self.session.respond(Request("GET", path)), is_new=False)
        return True

    def show_anew(self) -> None:
        """Show the session's present page, which has changed by itself."""
        self._show(self._now(), is_new=False)

    def reading(self) -> Reading:
        """Read the page."""
        return read(self._protocol.send("Accessibility.getFullAXTree")["nodes"])

    def screenshot(self) -> Pixels:
        """Return what the page looks like."""
        from base64 import b64decode

        wanted = {"format": "png", "optimizeForSpeed": True, **self._enlarged()}
        shot = self._protocol.send("Page.captureScreenshot", wanted)
        return pixels(b64decode(shot["data"]))

    def _enlarged(self) -> dict[str, Any]:
        """Return what lets a picture have the device's pixels; without, it has CSS pixels (Chromium 150)."""
        screen = self.screen
        if screen.scale == 1:
            return {}
        across, down = self.page.evaluate("[scrollX, scrollY]")
        return {"clip": {"x": across, "y": down, "width": screen.width, "height": screen.height, "scale": screen.scale}}

    def marked_screenshot(self) -> Pixels:
        """Return what the page looks like, with a box and its number around each element that can be used there."""
        scale = self.screen.scale
        boxes = [(bid, *(round(side * scale) for side in box)) for bid, *box in self.page.evaluate("__visit.marks()")]
        return marked(self.screenshot(), boxes, max(round(2 * scale), 1))

    def pruned_html(self) -> str:
        """Return the document with element numbers and without scripts, styles and bare wrappers."""
        return pruned(self._protocol.send("DOMSnapshot.captureSnapshot", {"computedStyles": []}))

    def reach(self, bid: str) -> dict[str, Any]:
        """Return where an element is and whether the mouse reaches it."""
        told: dict[str, Any] = self.page.evaluate("(bid) => __visit.reach(bid)", bid)
        return told

    def settle(self) -> None:
        """Wait until the page has scrolled to where it is going."""
        self.page.evaluate("__visit.settled()")

    def goal(self, bid: str) -> Goal:
        """Return what would get a key on an element."""
        kind, line, listens = self.page.evaluate("(bid) => __visit.goal(bid)", bid)
        return Goal(kind, None if line is None else Line(*line), listens)

    def focus(self, bid: str) -> None:
        """Give an element the focus, as a state that was saved has it."""
        self._take(self.page.evaluate("(bid) => __visit.focus(bid)", bid))

    def select(self, selected: Mapping[str, tuple[int, int]]) -> None:
        """Select in boxes, by the numbers of their elements, from one place to another."""
        self.page.evaluate("(selected) => __visit.select(selected)", [[bid, *ends] for bid, ends in selected.items()])

    def _add_entry(self) -> None:
        """Note that the history has a new entry behind the present one; the browser forgets the oldest of too many."""
        self._position = min(self._position + 1, HISTORY_LIMIT - 1)
        self._length = self._position + 1

    def _now(self) -> Response:
        """Return the session's present page."""
        return self.session.respond(Request("GET", NOW_PATH))

    def _show(self, response: Response, *, is_new: bool) -> None:
        """Exchange the document."""
        given = {"html": response.body.decode(), "isNew": is_new}
        self._take(self.page.evaluate("(given) => __visit.show(given)", given))

    def _take(self, told: dict[str, Any]) -> None:
        """Note what the page has told."""
        asked = told["asked"]
        request = None
        if asked is not None:
            request = Request(asked["method"], asked["path"], _FORM, asked["body"].encode())
        changed = tuple((name, text) for name, text in told["changed"])
        lines = {bid: Line(*line) for bid, *line in told["lines"]}
        self.look = Look(request, changed, told["focus"], told["address"], lines)
