"""Playing small flows in tests: compile, draw the first task (or just visit), and use things by block id."""

from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Episode, Event, Machine, Result, View
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.pages.view import Heading, Text


class Play:
    """An episode with short ways to act; `last` is the latest result."""

    def __init__(
        self, flow: Flow, task: str = "", seed: int = 0, *, infeasible: bool = False, variant: Variant = PLAIN
    ) -> None:
        self.machine = Machine(compile_flow(flow).program)
        start = self.machine.draw(task, seed, variant) if task else self.machine.visit(variant)
        self.episode = Episode(self.machine, start, infeasible=infeasible)
        self.last: Result | None = None

    def do(self, kind: str, block: str = "", value: str = "", row: str = "") -> Result:
        self.last = self.episode.step(Event(kind, block, row, value))
        return self.last

    def use(self, block: str, row: str = "") -> Result:
        return self.do("use", block, row=row)

    def fill(self, block: str, text: str) -> Result:
        return self.do("fill", block, text)

    def noop(self, times: int = 1) -> Result:
        return [self.do("noop") for _ in range(times)][-1]

    @property
    def view(self) -> View:
        return self.episode.view

    @property
    def page(self) -> str:
        return self.episode.state.page

    def value(self, variable: str) -> object:
        return self.machine.variables(self.episode.state)[variable]

    def rows(self, table: str) -> list[dict[str, object]]:
        return self.machine.rows(self.episode.state, table)

    def texts(self) -> list[str]:
        """Return the words of all paragraphs and headings."""
        parts = (*self.view.header, *self.view.main, *self.view.footer)
        return [part.text for part in parts if isinstance(part, Heading | Text)]

    def field(self, name: str) -> str:
        return self.machine.field_texts(self.episode.state)[name]
