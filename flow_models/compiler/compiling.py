"""The entrance: a flow becomes a program."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from flow_models.compiler.addresses import always_reachable
from flow_models.compiler.behaviour import BehaviourCompiler
from flow_models.compiler.data import DataCompiler
from flow_models.compiler.formulas import FormulaTrees, Json
from flow_models.compiler.interruptions import sentences
from flow_models.compiler.names import Names
from flow_models.compiler.pages import PageCompiler
from flow_models.compiler.problems import BrokenPartError, CompileError, LeftOut, broken
from flow_models.compiler.variation import variation_of
from flow_models.document.edits.removal import freed
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.packages import latin, package_of
from flow_models.document.places import places
from flow_models.runtime.machine.base.program import FORMAT, MEANING, Program, program_hash, read_program
from flow_models.runtime.machine.base.texts import composed, writable
from flow_models.runtime.machine.formulas.reads import reads_of

if TYPE_CHECKING:
    from flow_models.document.base import PageId

_CLOCK = frozenset({"date", "time", "step"})

SITE = "site"
"""The name of a flow's one site in its program."""


class Compiled(NamedTuple):
    """A program, and the parts of the flow that are not in it."""

    program: Program
    left_out: tuple[LeftOut, ...]


def compile_flow(flow: Flow, *, partial: bool = False) -> Compiled:
    """Return the program of a flow.

    With `partial`, broken parts are left out and named, as the preview needs it; a flow without a start page then
    starts at its first page.

    Raises:
        CompileError: A part is broken and `partial` is not asked for; or the flow has no page at all.
    """
    left_out: dict[LeftOut, None] = {}
    while True:
        compiler = _Compiler(flow)
        program = compiler.program()
        left_out.update(dict.fromkeys(compiler.left_out))
        if not program["pages"] or (left_out and not partial):
            raise CompileError(tuple(left_out))
        # What named a part that was left out cannot stay either; formulas that did are found by compiling again.
        smaller = freed(flow, _gone(compiler.left_out))
        if smaller == flow:
            return Compiled(read_program(program), tuple(left_out))
        flow = smaller


def _gone(left_out: Iterable[LeftOut]) -> Iterator[tuple[ElementKind, str]]:
    """Yield the parts that are not in the program at all, of those that others may name."""
    for element, _, _ in left_out:
        if element.kind in ("block", "column", "variable") or (element.kind, element.field) == ("table", "name"):
            yield element.kind, element.id


class _Compiler:
    """One compilation."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self.left_out: list[LeftOut] = []
        trees, names = FormulaTrees(places(flow)), Names(flow)
        self._pages = PageCompiler(trees, names, self.left_out)
        self._behaviour = BehaviourCompiler(flow, trees, names)
        self._data = DataCompiler(flow, trees, names, self._behaviour, self.left_out)

    def program(self) -> Json:
        """Return the program."""
        flow = self._flow
        program: Json = {
            "format": FORMAT,
            "meaning": MEANING,
            "id": flow.id,
            "title": flow.title,
            "version": flow.version,
            "module": package_of(flow),
            "clock": flow.site.clock.model_dump(exclude_defaults=False),
            "sites": {SITE: self._site()},
            "tables": self._tables(),
            "variables": self._variables(),
            "sections": {section.id: {**self._pages.section(section), "site": SITE} for section in flow.sections},
            "pages": {},
        }
        for page in flow.pages:
            section = flow.section_of.get(page.id)
            program["pages"][page.id] = self._pages.page(page, None if section is None else section.id)
        self._paths(program)
        program["transitions"] = self._transitions(program)
        program["tasks"] = self._tasks()
        program["variation"] = variation_of(self._flow)
        program["reads"] = []
        self._conclude(program)
        written: Json = _composed(program)
        written["hash"] = program_hash(written)
        return written

    @staticmethod
    def _conclude(program: Json) -> None:
        """Write what follows from the whole: what of the clock is read, and the rule for addresses.

        The rule is for the pages of which the designer did not say when their address opens.
        """
        read = read_program(program)
        reads = reads_of(read.pages, read.sections, read.transitions, read.tasks)
        program["reads"] = sorted(_CLOCK & reads.flags)
        reachable = always_reachable(read) if read.site.start else frozenset()
        for page_id, page in program["pages"].items():
            if page["open_by_url"] is None:
                page["open_by_url"] = page_id in reachable

    def _paths(self, program: Json) -> None:
        """Give each page without an address one made from its title, else from its id."""
        taken = {page.path for page in self._flow.pages}
        for page in self._flow.pages:
            written = program["pages"][page.id]
            if written["path"] or page.kind != "page":
                continue
            slug = re.sub(r"[^a-z0-9]+", "-", latin(page.title)).strip("-")
            path = f"/{slug}" if slug and f"/{slug}" not in taken else f"/{page.id}"
            taken.add(path)
            written["path"] = [path]

    def _site(self) -> Json:
        """Return the site, with a start page that exists."""
        flow, site = self._flow, self._flow.site
        start: PageId | None = site.start
        if start not in flow.pages_by_id:
            reason = "no_start" if flow.pages else "no_pages"
            self.left_out.append(broken(Element("site", "", "start"), reason).problem)
            start = flow.pages[0].id if flow.pages else None
        not_found = site.not_found
        if not_found is not None and not_found not in flow.pages_by_id:
            self.left_out.append(broken(Element("site", "", "not_found"), "unknown_page").problem)
            not_found = None
        written = site.model_dump(exclude_defaults=False)
        return {
            "name": site.name or flow.title,
            "host": site.host,
            "currency": site.currency,
            "locale": site.locale,
            "start": start,
            "not_found": not_found,
            "brand": written.get("brand", {}),
            "sentences": sentences(),
        }

    def _tables(self) -> Json:
        """Return the tables by name."""
        written: Json = {}
        for table in self._flow.tables:
            if table.name in written:
                self.left_out.append(broken(Element("table", table.id, "name"), "same_name", name=table.name).problem)
            else:
                written[table.name] = self._data.table(table)
        return written

    def _variables(self) -> Json:
        """Return the variables by name."""
        written: Json = {}
        for variable in self._flow.variables:
            at = Element("variable", variable.id, "name")
            if variable.name in written:
                self.left_out.append(broken(at, "same_name", name=variable.name).problem)
                continue
            try:
                written[variable.name] = self._data.variable(variable)
            except BrokenPartError as error:
                self.left_out.append(error.problem)
        return written

    def _transitions(self, program: Json) -> list[Json]:
        """Return the transitions, and write into each page which are tried there: its own, then its section's."""
        shown = frozenset(_block_ids([*program["pages"].values(), *program["sections"].values()]))
        written: list[Json] = []
        by_source: dict[str, list[int]] = {}
        for transition in self._flow.transitions:
            try:
                compiled = self._behaviour.transition(transition, shown)
            except BrokenPartError as error:
                self.left_out.append(error.problem)
                continue
            by_source.setdefault(transition.source, []).append(len(written))
            written.append(compiled)
        for page_id, page in program["pages"].items():
            page["transitions"] = [*by_source.get(page_id, ()), *by_source.get(page["section"] or "", ())]
        return written

    def _tasks(self) -> Json:
        """Return the tasks by name."""
        written: Json = {}
        for task in self._flow.tasks:
            try:
                if task.name in written:
                    raise broken(Element("task", task.id, "name"), "same_name", name=task.name)
                written[task.name] = self._data.task(task)
            except BrokenPartError as error:
                self.left_out.append(error.problem)
        return written


def _composed(written: Any) -> Any:
    """Return a written part of a program with each text, names too, in the one way of writing its characters.

    So texts that look alike are equal, whoever wrote them on whatever keyboard.
    """
    if isinstance(written, str):
        return composed(writable(written))
    if isinstance(written, Mapping):
        return {_composed(key): _composed(value) for key, value in written.items()}
    return [_composed(one) for one in written] if isinstance(written, list | tuple) else written


def _block_ids(written: object) -> Iterator[str]:
    """Yield the ids of every block in a written part of a program."""
    if isinstance(written, list):
        for one in written:
            yield from _block_ids(one)
    elif isinstance(written, dict) and "op" not in written:
        if "kind" in written and "id" in written:
            yield written["id"]
        for value in written.values():
            yield from _block_ids(value)
