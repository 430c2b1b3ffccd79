"""The preview's thread: compiles, finds ways, owns the episode, and tells the window by queued signals.

What the browser does arrives in the server's threads, under the session's lock, and is told the same way.
"""

import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.document.jobs import Jobs
from app.preview.compiled import Compiled
from app.preview.origins import Origins
from app.preview.parts import Part, parts_of
from app.preview.play import Edit, Origin, Picture, Play, begun
from app.preview.showing import Showing
from app.preview.snapshot import Snapshot
from app.preview.telling import pictured, played
from app.preview.ways import Patience, default_origin, to_the_end
from flow_models.compiler import CompileError
from flow_models.document.flow import Flow
from flow_models.runtime.machine import DrawError, Event, FormulaFaultError, Machine, MachineError, Result, Start
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import draw
from flow_models.runtime.site.server import SiteServer
from flow_models.runtime.site.web import Session
from flow_models.solver.solution import Solution

SOLVE_S = 10.0
"""How long a solution is looked for."""


class Backstage(QObject):
    """Does the preview's work in a thread of its own; call its methods from the window.

    It has no parent: the thread keeps it alive until `close`.
    """

    shown = Signal(object)
    """Carries a `Snapshot`."""
    solved = Signal(object)
    """Carries (task, seed, status, events): how the task goes on to its end."""
    lent = Signal(object, object)
    """Carries who asked for a page to show, and a `Showing`."""
    refused = Signal(str)
    """Carries a message id: why something could not be done."""

    def __init__(self, server: SiteServer) -> None:
        super().__init__()
        self._server = server
        self._serial = 0
        self._jobs = Jobs("preview", lambda _bug: self.refused.emit("preview.trouble.bug"))
        self._origins = Origins(self._jobs.is_wanted_elsewhere)
        self._play: Play | None = None
        self._flow: Flow | None = None
        self._wanted = ""
        self._data = Edit()
        self._variant = PLAIN
        self._session: Session | None = None
        self.origin = ""

    # Asked by the window

    def show_page(self, flow: Flow, page: str) -> None:
        """Show a picture of a page, unless a play is on; a play goes on with the flow as it is now."""
        self._jobs.post("show", lambda: self._show(flow, page))

    def play(self, flow: Flow, origin: Origin) -> None:
        """Begin a play."""
        self._jobs.post("play", lambda: self._begin(flow, replace(origin, variant=self._variant)))

    def walk(self, flow: Flow, origin: Origin, events: Sequence[Event]) -> None:
        """Begin a play in a variant, with some events done already."""
        self._jobs.post("play", lambda: self._begin(flow, origin, events))

    def test(self, flow: Flow, page: str) -> None:
        """Begin a play at a page, in the state of its picture."""
        self._jobs.post("play", lambda: self._test(flow, page))

    def stop(self, flow: Flow, page: str) -> None:
        """End the play and show a page again."""
        self._jobs.post("play", self._end)
        self._jobs.post("show", lambda: self._show(flow, page))

    def step(self, event: Event) -> None:
        """Do one event in the play."""
        self._jobs.post(f"step {threading.get_ident()} {id(event)}", lambda: self._step(event))

    def jump(self, number: int) -> None:
        """Show another moment of the play."""
        self._jobs.post("jump", lambda: self._jump(number))

    def edit(self, edit: Edit) -> None:
        """Change the site's data by hand, in the play or in the pictures."""
        self._jobs.post(f"edit {id(edit)}", lambda: self._edit(edit))

    def reset_data(self) -> None:
        """Forget what was changed by hand for the pictures."""
        self._jobs.post("reset", self._reset_data)

    def shuffle(self, flow: Flow, page: str, seed: int) -> None:
        """Let the site appear in the variant of a seed, in pictures and in the play."""
        self._jobs.post("dress", lambda: self._shuffle(flow, page, seed))

    def dress(self, flow: Flow, page: str, variant: Variant) -> None:
        """Let the site appear in a variant, in pictures and in the play."""
        self._jobs.post("dress", lambda: self._dress(flow, page, variant))

    def lend(self, borrower: object, flow: Flow, page: str) -> None:
        """Make a page, or the beginning of the play, ready for a view of its own; `lent` tells."""
        self._jobs.post(f"lend {id(borrower)}", lambda: self._lend(borrower, flow, page))

    def name_of(self, event: Event) -> str:
        """Return what the page in the browser calls the control that an event uses; empty if it has none such."""
        session = self._session
        if session is None or not event.block:
            return ""
        option = event.value if event.kind == "select" else ""
        return session.name_of(event.block, event.row, option) or session.name_of(event.block, event.row)

    def parts(self) -> tuple[Part, ...]:
        """Return which elements of the page in the browser belong to which block."""
        session = self._session
        if session is None:
            return ()
        with session.lock:
            return parts_of(session.visit.view, session.site)

    def solve(self) -> None:
        """Find how the play's task goes on to its end; `solved` tells."""
        self._jobs.post("solve", self._solve)

    def forget(self) -> None:
        """Forget ways and changed data: another document was opened."""
        self._jobs.post("play", self._end)
        self._jobs.post("forget", self._forget)

    def close(self) -> None:
        """End the thread; a job that runs is finished."""
        self._jobs.close()
        if self.origin:
            self._server.remove(self.origin)

    # Pictures, in the thread

    def _show(self, flow: Flow, page: str) -> None:
        self._wanted, self._flow = page, flow
        if self._play is not None:
            self._play_on(flow)
            return
        try:
            compiled = self._origins.around(flow, page)
        except CompileError as error:
            self._tell(Snapshot(0, flow, "empty", page, left_out=error.left_out, trouble="preview.trouble.no_pages"))
            return
        if page not in compiled.program.pages:
            self._tell(Snapshot(0, flow, "empty", page, left_out=compiled.left_out, trouble="preview.trouble.no_page"))
            return
        origin = self._origin_of(compiled, page)
        try:
            start, state = begun(compiled.machine, origin)
        except (MachineError, KeyError):
            self._data = Edit()
            origin = default_origin(compiled.machine, page)
            start, state = begun(compiled.machine, origin)
        picture = Picture(compiled.machine, start, state)
        self._exchange(compiled, picture)
        self._tell(pictured(compiled, picture, origin, self._wanted))

    def _origin_of(self, compiled: Compiled, page: str) -> Origin:
        """Return where a page's picture comes from; without a way it is shown at once, and looked for longer later."""
        if not self._origins.find(compiled, page):
            self._jobs.post("search", lambda: self._search(compiled.flow, page))
        data = None if self._data == Edit() else self._data
        return replace(self._origins.of(compiled, page), data=data, variant=self._variant)

    def _search(self, flow: Flow, page: str) -> None:
        """Look longer for a way to a page that is shown without one."""
        if self._wanted != page or self._play is not None:
            return
        if self._origins.search(self._origins.whole(flow), page):
            self._show(flow, page)

    # Variants

    def _shuffle(self, flow: Flow, page: str, seed: int) -> None:
        try:
            variant = draw(self._origins.whole(flow).program, seed)
        except CompileError:
            self.refused.emit("preview.trouble.no_pages")
            return
        if variant == PLAIN:
            self.refused.emit("preview.trouble.no_variants")
        self._dress(flow, page, variant)

    def _dress(self, flow: Flow, page: str, variant: Variant) -> None:
        """Show the page or go on with the play in a variant; what was done is done again, as far as it fits."""
        self._variant = variant
        play, compiled = self._play, self._origins.compiled
        if play is None or compiled is None:
            self._show(flow, page)
            return
        try:
            again = play.on(compiled.machine, variant)
        except (MachineError, KeyError):
            self.refused.emit("preview.trouble.no_start")
        else:
            self._put(compiled, again)

    def _lend(self, borrower: object, flow: Flow, page: str) -> None:
        play = self._play
        try:
            compiled = self._origins.whole(flow) if play is not None else self._origins.around(flow, page)
        except CompileError:
            return
        if play is None and page not in compiled.program.pages:
            return
        origin = play.origin if play is not None else self._origin_of(compiled, page)
        machine = Machine(compiled.program)
        self.lent.emit(borrower, Showing(flow, page, compiled.program, machine, compiled.site, compiled.looks, origin))

    def _reset_data(self) -> None:
        self._data = Edit()
        if self._play is None and self._flow is not None:
            self._show(self._flow, self._wanted)

    def _forget(self) -> None:
        self._origins.forget()
        self._data = Edit()
        self._variant = PLAIN

    # Plays

    def _test(self, flow: Flow, page: str) -> None:
        try:
            compiled = self._origins.whole(flow)
        except CompileError:
            self.refused.emit("preview.trouble.no_pages")
            return
        self._begin(flow, self._origin_of(compiled, page))

    def _begin(self, flow: Flow, origin: Origin, events: Sequence[Event] = ()) -> None:
        try:
            compiled = self._origins.whole(flow)
            play = Play(compiled.machine, origin)
            for event in events:
                play.step(event)
        except CompileError:
            self.refused.emit("preview.trouble.no_pages")
        except DrawError:
            self.refused.emit("preview.trouble.no_instance")
        except (MachineError, KeyError):
            self.refused.emit("preview.trouble.no_start")
        else:
            self._put(compiled, play)

    def _put(self, compiled: Compiled, play: Play) -> None:
        with nullcontext() if self._session is None else self._session.lock:
            self._exchange(compiled, play)
            self._play = play
            self._tell(played(compiled, play, self._wanted))

    def _play_on(self, flow: Flow) -> None:
        """Go on with the play in an edited flow: everything is done again, as far as it fits."""
        play = self._play
        if play is None or (self._origins.compiled is not None and self._origins.compiled.flow is flow):
            return
        try:
            compiled = self._origins.compiled_anew(flow)
            again = play.on(compiled.machine)
        except (CompileError, MachineError, KeyError):
            self._end()
            self.refused.emit("preview.trouble.play_ended")
            self._show(flow, self._wanted)
        else:
            self._origins.compiled = compiled
            self._put(compiled, again)

    def _end(self) -> None:
        self._play = None

    def _step(self, event: Event) -> None:
        compiled, play, session = self._origins.compiled, self._play, self._session
        if compiled is None or play is None or session is None:
            return
        if event.kind == "infeasible" and not play.end_reason:
            self._judge_report(compiled, play)
        session.step(event)
        self._tell_play(is_answered=False)

    def _jump(self, number: int) -> None:
        if self._session is None or self._play is None:
            return
        with self._session.lock:
            self._play.jump(number)
        self._tell_play(is_answered=False)

    def _edit(self, edit: Edit) -> None:
        play, flow = self._play, self._flow
        if flow is None or self._session is None:
            return
        try:
            if play is not None:
                with self._session.lock:
                    play.edit(edit)
                self._tell_play(is_answered=False)
                return
            joined = self._data.joined(edit)
            compiled = self._origins.around(flow, self._wanted)
            origin = replace(self._origin_of(compiled, self._wanted), data=joined)
            begun(compiled.machine, origin)
        except (FormulaFaultError, KeyError, ValueError):
            self.refused.emit("preview.trouble.value")
            return
        self._data = joined
        self._show(flow, self._wanted)

    def _solve(self) -> None:
        """Find the way on from the shown state; on a machine of its own, since the browser goes on meanwhile."""
        compiled, play, session = self._origins.compiled, self._play, self._session
        if compiled is None or play is None or session is None or not play.origin.rules:
            return
        with session.lock:
            start = play.start._replace(state=play.state)
        solution = self._solution(compiled, start)
        if solution.status == "infeasible" and play.at == 0:
            with session.lock:
                play.make_infeasible()
        status = "typed" if solution.reason == "typed" else solution.status
        self.solved.emit((play.origin.task, play.origin.seed, status, solution.events))

    def _solution(self, compiled: Compiled, start: Start) -> Solution:
        patience = Patience(seconds=SOLVE_S, is_wanted_elsewhere=self._jobs.is_wanted_elsewhere)
        return to_the_end(Machine(compiled.program), start, patience)

    def _judge_report(self, compiled: Compiled, play: Play) -> None:
        """Find out whether reporting the task as impossible is right, before that is scored."""
        rules = compiled.program.tasks.get(play.start.task)
        may_be = rules is not None and rules.may_be_infeasible
        if may_be and self._solution(compiled, play.start).status == "infeasible":
            play.make_infeasible()

    # Telling

    def _exchange(self, compiled: Compiled, visit: Play | Picture) -> None:
        """Let the browser see another episode."""
        session, site = self._session, compiled.site.dressed(visit.start.variant)
        if session is None:
            session = Session(visit, site, reports_drafts=True, listener=self._stepped)
            self._session = session
            self.origin = self._server.add(session)
            return
        with session.lock:
            session.visit, session.site = visit, site

    def _stepped(self, event: Event, result: Result) -> None:
        """Hear of a step of the browser, in a thread of the server; steps of the backstage are told by itself."""
        del event, result
        if not self._jobs.is_here:
            self._tell_play(is_answered=True)

    def _tell_play(self, *, is_answered: bool) -> None:
        session, play, compiled = self._session, self._play, self._origins.compiled
        if session is None or play is None or compiled is None:
            return
        with session.lock:
            snapshot = replace(played(compiled, play, self._wanted), is_answered=is_answered)
            self._tell(snapshot)

    def _tell(self, snapshot: Snapshot) -> None:
        self._serial += 1
        self.shown.emit(replace(snapshot, serial=self._serial))
