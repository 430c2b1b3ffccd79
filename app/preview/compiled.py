"""A flow that is ready to be shown: its program, what runs it, and what finds ways in it. No Qt here."""

from collections.abc import Callable

from app.preview.ways import Ways
from app.words.variants import looks_of
from flow_models.compiler import LeftOut, compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.runtime.site.site import Site
from flow_models.solver.data_lines import Liner, titles_of


class Compiled:
    """A compiled flow with what runs it."""

    def __init__(self, flow: Flow, is_wanted_elsewhere: Callable[[], bool], part: Flow | None = None) -> None:
        """Compile a flow, or for a picture only a part of it.

        Raises:
            CompileError: The flow has no page.
        """
        program, left_out = compile_flow(part or flow, partial=True)
        self.flow = flow
        self.is_whole = part is None
        self.program = program
        self.left_out: tuple[LeftOut, ...] = left_out
        self.machine = Machine(program)
        self.site = Site.of(program)
        self.looks = looks_of(program)
        self.liner = Liner(self.machine, titles_of(flow))
        self._is_wanted_elsewhere = is_wanted_elsewhere
        self._ways: Ways | None = None

    @property
    def ways(self) -> Ways:
        """What finds ways in the program."""
        if self._ways is None:
            self._ways = Ways(self.program, self._is_wanted_elsewhere)
        return self._ways
