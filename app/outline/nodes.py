"""The outline's tree of nodes, built from a flow: what stands below what, and what it is called."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import resources
from app.elements import icon_idea, title_of_part, word_of_part
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import AnyBlock, children
from flow_models.document.edits.parts import Part
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow


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
        """Put nodes below this one and return this one."""
        for node in nodes:
            node.parent = self
            node.row = len(self.children)
            self.children.append(node)
        return self

    def looks_like(self, other: "Node") -> bool:
        """Return whether this line reads the same as another."""
        return (self.title, self.word, self.idea) == (other.title, other.word, other.idea)


def tree_of(flow: Flow) -> Node:
    """Return the outline of a flow below a root that is not shown."""
    leaving: dict[str, list[Transition]] = defaultdict(list)
    for transition in flow.transitions:
        leaving[transition.source].append(transition)
    loose = [page for page in flow.pages if page.id not in flow.section_of]
    pages = _group("pages", "page").adopt(
        [
            *(_section(flow, section, leaving) for section in flow.sections),
            *(_page(flow, page, leaving) for page in loose),
        ]
    )
    data = _group("data", "data").adopt(
        [
            *(
                _line(flow, "table", table).adopt(_line(flow, "column", part) for part in table.columns)
                for table in flow.tables
            ),
            *(_line(flow, "variable", variable) for variable in flow.variables),
        ]
    )
    tasks = _group("tasks", "task").adopt(
        _line(flow, "task", task).adopt(_line(flow, "parameter", part) for part in task.parameters)
        for task in flow.tasks
    )
    root = Node("root", None, "", "", "")
    return root.adopt([_line(flow, "flow", flow), _line(flow, "site", flow.site), pages, data, tasks])


def _section(flow: Flow, section: Section, leaving: dict[str, list[Transition]]) -> Node:
    bands = [
        Node(name, None, resources.text(f"shell.outline.{name}"), "", "form").adopt(_blocks(flow, blocks))
        for name, blocks in (("header", section.header), ("footer", section.footer))
        if blocks
    ]
    members = [flow.pages_by_id[page_id] for page_id in section.pages if page_id in flow.pages_by_id]
    owned = [page for page in members if flow.section_of.get(page.id) is section]
    return _line(flow, "section", section).adopt(
        [
            *bands,
            *(_line(flow, "transition", transition) for transition in leaving[section.id]),
            *(_page(flow, page, leaving) for page in owned),
        ]
    )


def _page(flow: Flow, page: Page, leaving: dict[str, list[Transition]]) -> Node:
    return _line(flow, "page", page).adopt(
        [
            *_blocks(flow, page.blocks),
            *(_line(flow, "transition", transition) for transition in leaving[page.id]),
        ]
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
