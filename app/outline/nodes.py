"""The outline's tree of nodes, built from a flow: what stands below what, and what it is called."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import resources
from app.words.elements import icon_idea, title_of_part, word_of_part
from flow_models.document.base import PageId
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import AnyBlock
from flow_models.document.edits.parts import Part
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.rooms import children


@dataclass(eq=False, slots=True)
class Node:
    """One line of the outline; a line without an element groups others."""

    key: str
    """Stable among the node's neighbours."""
    element: Element | None
    title: str
    word: str
    idea: str
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None
    row: int = 0
    serial: int = 0
    """The number by which Qt's model knows the node; 0 until Qt asks."""

    def adopt(self, nodes: Iterable["Node"]) -> "Node":
        """Put nodes below this one and return this one; a node that stands in a tree already keeps its place there."""
        for node in nodes:
            if node.parent is None:
                node.parent = self
                node.row = len(self.children)
            self.children.append(node)
        return self

    def looks_like(self, other: "Node") -> bool:
        """Return whether this line reads the same as another."""
        return (self.title, self.word, self.idea) == (other.title, other.word, other.idea)


class TreeBuilder:
    """Builds outlines of one flow again and again; what stands below an unchanged page is built once."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[object, ...], Node]] = {}

    def tree_of(self, flow: Flow) -> Node:
        """Return the outline of a flow below a root that is not shown."""
        leaving: dict[str, list[Transition]] = defaultdict(list)
        for transition in flow.transitions:
            leaving[transition.source].append(transition)
        former, self._kept = self._kept, {}
        loose = [page for page in flow.pages if page.id not in flow.section_of]
        pages = _group("pages", "page").adopt(
            [
                *(self._section(flow, section, leaving, former) for section in flow.sections),
                *(self._page(flow, page, None, leaving, former) for page in loose),
            ]
        )
        root = Node("root", None, "", "", "")
        data = self._known("data", (*flow.tables, *flow.variables), former, lambda: _data(flow))
        tasks = self._known("tasks", flow.tasks, former, lambda: _tasks(flow))
        return root.adopt([_line(flow, "flow", flow), _line(flow, "site", flow.site), pages, data, tasks])

    def _section(
        self,
        flow: Flow,
        section: Section,
        leaving: Mapping[str, list[Transition]],
        former: Mapping[str, tuple[tuple[object, ...], Node]],
    ) -> Node:
        members = [flow.pages_by_id[page_id] for page_id in section.pages if page_id in flow.pages_by_id]
        owned = [page for page in members if flow.section_of.get(page.id) is section]
        pages = [self._page(flow, page, section, leaving, former) for page in owned]
        arrows = leaving.get(section.id, ())
        inputs = (section, *arrows, *_titles_at_ends(flow, arrows), *pages)

        def made() -> Node:
            lines = (_line(flow, "transition", transition) for transition in arrows)
            return _line(flow, "section", section).adopt([*_bands(flow, section), *lines, *pages])

        return self._known(f"section {section.id}", inputs, former, made)

    def _page(
        self,
        flow: Flow,
        page: Page,
        section: Section | None,
        leaving: Mapping[str, list[Transition]],
        former: Mapping[str, tuple[tuple[object, ...], Node]],
    ) -> Node:
        """Return the lines of a page: those of last time, if nothing that they say has changed."""
        arrows = leaving.get(page.id, ())
        # Not the page itself: where it lies is said nowhere here, and all are moved at once at times.
        inputs = (page.title, page.kind, *page.blocks, section, *arrows, *_titles_at_ends(flow, arrows))

        def made() -> Node:
            below = [*_blocks(flow, page.blocks), *(_line(flow, "transition", arrow) for arrow in arrows)]
            return _line(flow, "page", page).adopt(below)

        return self._known(f"page {page.id}", inputs, former, made)

    def _known(
        self,
        key: str,
        inputs: tuple[object, ...],
        former: Mapping[str, tuple[tuple[object, ...], Node]],
        make: Callable[[], Node],
    ) -> Node:
        """Return the lines of last time if they were made from the same, else make them."""
        known = former.get(key)
        node = known[1] if known is not None and _same(known[0], inputs) else make()
        self._kept[key] = (inputs, node)
        return node


def _titles_at_ends(flow: Flow, arrows: Iterable[Transition]) -> Iterator[str]:
    """Yield the titles of the pages to which transitions lead."""
    targets = (flow.pages_by_id.get(PageId(arrow.to)) for arrow in arrows)
    yield from (target.title if target else "" for target in targets)


def _bands(flow: Flow, section: Section) -> list[Node]:
    """Return the header and the footer of a section, where there are any."""
    return [
        Node(name, None, resources.text(f"shell.outline.{name}"), "", "form").adopt(_blocks(flow, blocks))
        for name, blocks in (("header", section.header), ("footer", section.footer))
        if blocks
    ]


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Return whether two inputs are the same objects, or equal texts."""
    if len(one) != len(other):
        return False
    return all(
        left is right or (isinstance(left, str) and left == right) for left, right in zip(one, other, strict=True)
    )


def _data(flow: Flow) -> Node:
    tables = [
        _line(flow, "table", table).adopt(_line(flow, "column", part) for part in table.columns)
        for table in flow.tables
    ]
    return _group("data", "data").adopt([*tables, *(_line(flow, "variable", part) for part in flow.variables)])


def _tasks(flow: Flow) -> Node:
    return _group("tasks", "task").adopt(
        _line(flow, "task", task).adopt(_line(flow, "parameter", part) for part in task.parameters)
        for task in flow.tasks
    )


def _blocks(flow: Flow, blocks: Iterable[AnyBlock]) -> Iterable[Node]:
    for block in blocks:
        yield _line(flow, "block", block).adopt(_blocks(flow, children(block)))


def _line(flow: Flow, kind: ElementKind, part: Part) -> Node:
    part_id = getattr(part, "id", kind)
    element = Element(kind, part_id)
    return Node(f"{kind}:{part_id}", element, title_of_part(flow, part), word_of_part(part), icon_idea(part))


def _group(name: str, idea: str) -> Node:
    return Node(name, None, resources.text(f"shell.outline.{name}"), "", idea)
