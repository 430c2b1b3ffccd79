"""A visitor without a browser: reads names out of the HTML and sends what a form would."""

import re
from urllib.parse import urlencode

from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Episode, Event, Machine, Result
from flow_models.runtime.site import Site
from flow_models.runtime.site.web import Request, Response, Session, respond
from tests.flow_models.builders import shop

FORM = {"content-type": "application/x-www-form-urlencoded"}


class Visitor:
    """One session over a fresh episode of a flow's first task, with the last answer at hand."""

    def __init__(self, flow: Flow | None = None, seed: int = 1, *, reports_drafts: bool = False) -> None:
        program = compile_flow(flow or shop()).program
        machine = Machine(program)
        self.episode = Episode(machine, machine.draw(machine.tasks[0], seed))
        self.heard: list[tuple[Event, Result]] = []
        self.session = Session(self.episode, Site.of(program), reports_drafts=reports_drafts, listener=self._hear)
        self.answer: Response = self.get("/_/now")

    def _hear(self, event: Event, result: Result) -> None:
        self.heard.append((event, result))

    @property
    def html(self) -> str:
        return self.answer.body.decode()

    @property
    def events(self) -> list[Event]:
        return [event for event, _ in self.heard]

    def get(self, path: str, **headers: str) -> Response:
        self.answer = respond(self.session, Request("GET", path, headers))
        return self.answer

    def post(self, data: dict[str, str], path: str = "/_/go") -> Response:
        self.answer = respond(self.session, Request("POST", path, FORM, urlencode(data).encode()))
        return self.answer

    def button(self, text: str) -> str:
        found = re.search(rf'<button[^>]* name="(\w+)"[^>]*>{re.escape(text)}<', self.html)
        assert found
        return found[1]

    def link(self, text: str) -> str:
        found = re.search(rf'<a [^>]*data-go="(\w+)"[^>]*>{re.escape(text)}<', self.html)
        assert found
        return found[1]

    def field(self, title: str) -> str:
        found = re.search(rf"<label[^>]*>{re.escape(title)}</label>.*? name=\"(\w+)\"", self.html)
        assert found
        return found[1]

    def option(self, text: str, attribute: str) -> str:
        found = re.search(rf'<input type="radio"[^>]* {attribute}="(\w+)"[^>]*>{re.escape(text)}<', self.html)
        assert found
        return found[1]

    def press(self, text: str, **texts: str) -> Response:
        names = {self.field(title.replace("_", " ").capitalize()): value for title, value in texts.items()}
        return self.post({**names, "all": "1", self.button(text): ""})

    def follow(self, text: str) -> Response:
        return self.post({"all": "1", "go": self.link(text)})
