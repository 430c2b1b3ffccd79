"""Where the pictures of pages come from: the flow compiled, whole or in part, and the ways to its pages. No Qt here."""

from collections.abc import Callable

from app.preview.compiled import Compiled
from app.preview.play import Origin
from app.preview.trimming import LARGE, passed_on, trimmed
from app.preview.ways import QUICK_S, THOROUGH_S, default_origin, leads_to
from flow_models.document.flow import Flow


class Origins:
    """What is known of the flow as it was last shown; of a large one a picture needs a part only."""

    def __init__(self, is_wanted_elsewhere: Callable[[], bool]) -> None:
        self._is_wanted_elsewhere = is_wanted_elsewhere
        self.compiled: Compiled | None = None
        """The whole flow as it was last compiled."""
        self._part: tuple[Flow, str, Origin | None, Compiled] | None = None
        self._by_page: dict[str, Origin] = {}
        self._passed: dict[str, tuple[str, ...]] = {}

    def whole(self, flow: Flow) -> Compiled:
        """Return the compiled flow.

        Raises:
            CompileError: The flow has no page.
        """
        if self.compiled is None or self.compiled.flow is not flow:
            self.compiled = self.compiled_anew(flow)
        return self.compiled

    def compiled_anew(self, flow: Flow) -> Compiled:
        """Return a flow compiled, which does not take the place of the last one yet.

        Raises:
            CompileError: The flow has no page.
        """
        return Compiled(flow, self._is_wanted_elsewhere)

    def around(self, flow: Flow, page: str) -> Compiled:
        """Return what shows a page: the compiled flow, or a part of it if it is large.

        Raises:
            CompileError: There is no page to show.
        """
        if len(flow.pages) < LARGE or page not in flow.pages_by_id:
            return self.whole(flow)
        origin = self._by_page.get(page)
        if self._part is None or self._part[0] is not flow or self._part[1:3] != (page, origin):
            task = "" if origin is None else origin.task
            part = trimmed(flow, page, self._passed.get(page, ()), task)
            self._part = (flow, page, origin, Compiled(flow, self._is_wanted_elsewhere, part))
        return self._part[3]

    def find(self, compiled: Compiled, page: str) -> bool:
        """Look for a way to a page for a moment, unless one is known that still leads there.

        Returns:
            Whether nothing more is to be done: a way was found, or that there is none was found out before.
        """
        known = self._by_page.get(page)
        if known is not None and (known.page or leads_to(compiled.machine, known, page)):
            return True
        found = compiled.ways.to(page, QUICK_S) if compiled.is_whole else None
        self._by_page[page] = found or default_origin(compiled.machine, page)
        return found is not None

    def search(self, compiled: Compiled, page: str) -> bool:
        """Look longer for a way to a page; return whether one was found."""
        found = compiled.ways.to(page, THOROUGH_S)
        if found is not None:
            self._by_page[page] = found
            self._passed[page] = passed_on(compiled.machine, found)
        return found is not None

    def of(self, compiled: Compiled, page: str) -> Origin:
        """Return where a page's picture begins: a found way, else shown by hand at the start of a task that is there.

        Raises:
            KeyError: Nothing was ever looked for.
        """
        known = self._by_page[page]
        if known.page and known.task and known.task not in compiled.machine.tasks:
            known = self._by_page[page] = default_origin(compiled.machine, page)
        return known

    def forget(self) -> None:
        """Forget all ways: another document was opened."""
        self._by_page.clear()
        self._passed.clear()
