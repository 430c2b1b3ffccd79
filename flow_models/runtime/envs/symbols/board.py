"""The graph of one instance as the symbolic interface sees it: nodes as integers and masks, events by number."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from ...machine.base.events import Event
from ...machine.episodes import graph
from ...machine.episodes.edge import Edge
from ...machine.episodes.graph import Graph, PageNode
from ...machine.episodes.machine import Machine
from ...machine.pages.interruptions import Interference
from ...machine.pages.state import Focus, Start, State
from ...machine.pages.uses import is_enabled, is_sendable, is_suggesting, texts_of
from ...machine.pages.view import Field, Shown, View
from ...machine.steps.drafts import PUTTING, Draft, put
from ..listing import Instance
from .encoding import Box, Encoding, Mask, Numbers, Said, Spots, Use
from .vocabulary import VALUES, Vocabulary

PARTS: Final = 256
"""Parts of pages of a board whose numbers are kept, all forgotten when there are more, and with nodes."""


class Choices(NamedTuple):
    """The actions of a field that offers something, or where somebody listens.

    Attributes:
        field: The field.
        drafts: By number, those that were done: the field if they only put a text into it without anybody listening.
    """

    field: Field
    drafts: dict[int, Draft | None]


Move = Box | Use | Choices
"""What the actions of a slot do."""


class Sheet(NamedTuple):
    """A page node as integers: what its nodes have in common.

    Attributes:
        board: Where it stands.
        numbers: The observation with the texts of the page's state and without focus, int16.
        fields: These texts.
        mask: What is allowed.
        spots: Where the controls stand.
        blocks: The blocks of the texts, in their order.
        moves: What the actions of a slot do, by slot, once one of them was done.
    """

    board: "Board"
    numbers: Numbers
    fields: tuple[str, ...]
    mask: Mask
    spots: Spots
    blocks: Iterable[str]
    moves: dict[int, Move | None]


class Node(graph.Node):
    """One state: what the agent sees there, what it may do, and what is known to follow."""

    __slots__ = ()

    @property
    def observation(self) -> Numbers:
        """What the agent sees, shape (length,), dtype int16; kept, so it must not be changed."""
        if self.seen is None:
            sheet: Sheet = self.page.seen
            self.seen = sheet.board.observed(self, sheet)
        observation: Numbers = self.seen
        return observation

    @property
    def mask(self) -> Mask:
        """What may be done, shape (actions,), dtype int8; shared, so it must not be changed."""
        sheet: Sheet = self.page.seen
        return sheet.mask


class Board:
    """The visited states of one instance.

    Args:
        machine: The machine of the program.
        instance: The instance, and `start` where it begins.
        encoding: How pages become integers.
        vocabulary: The values of the instance.

    Attributes:
        graph: The states.
        max_steps: The step limit, which whoever walks counts.
        is_kept: Whether it is one of a set, which bounds it; else it goes with whoever plays on it.
    """

    def __init__(
        self, machine: Machine, instance: Instance, start: Start, encoding: Encoding, vocabulary: Vocabulary
    ) -> None:
        self.vocabulary = vocabulary
        self.machine = machine
        self.instance = instance
        self.start = start
        self.is_kept = False
        self.max_steps = machine.rules(start.task).max_steps
        self._encoding = encoding
        self._first_use, self._focus_at = encoding.first_use, encoding.focus_at
        self.graph = Graph(machine, start, Node, self._look, infeasible=instance.infeasible)
        # The last one: a split without variation begins there each time.
        self._begun: tuple[Interference, Node] | None = None
        self._blank = encoding.blank(start.task, vocabulary)
        # By identity, and what keeps that: most parts of a new page stood on another one before.
        self._parts: dict[int, Said] = {}
        self._held: list[Shown] = []

    def __len__(self) -> int:
        return len(self.graph)

    def first(self, interference: Interference) -> Node:
        """Return where an episode begins in which this is to come between."""
        known = self._begun
        if known is None or known[0] != interference or not known[1].is_kept:
            known = self._begun = (interference, self.graph.first(interference))
        node = known[1]
        node.is_used = True
        return node

    def edge(self, node: Node, action: int) -> Edge:
        """Return what an action brings at a node."""
        page, use = node.page, action - self._first_use
        if use >= 0 and page.idle is not None:
            slot, value = divmod(use, VALUES)
            moves = page.seen.moves
            move = moves.get(slot)
            if move is None:
                move = moves[slot] = self._move(page, slot)
            edge = self._done(node, move, slot, value)
            if edge is not None:
                return edge
        return self.graph.after(node, self._encoding.event(action, self._view(page), self.vocabulary))

    def tried(self, node: Node, observation: Numbers, action: int) -> Edge:
        """Return what an action brings at a node of which somebody else keeps what is seen and what follows."""
        node.seen = observation
        edge = self.edge(node, action)
        node.clear()
        return edge

    def node(self, state: State, reached: tuple[bool, ...]) -> Node:
        """Return the node of a state, the one made earlier where there is one."""
        return self.graph.node(state, reached)

    def observed(self, node: Node, sheet: Sheet) -> Numbers:
        """Return what the agent sees at a node: what its page shows, with its own texts and focus."""
        numbers, encoding = sheet.numbers.copy(), self._encoding
        if node.fields != sheet.fields:
            controls = self._view(node.page).controls()
            for block, text, before in zip(sheet.blocks, node.fields, sheet.fields, strict=True):
                spot = sheet.spots.get((block, "")) if text != before else None
                control = None if spot is None else controls[spot]
                if spot is not None and isinstance(control, Field):
                    _tell(numbers, encoding.place(spot), encoding.told(control, text, self.vocabulary))
        numbers[encoding.focus_at] = _spot_of(node.focus, sheet.spots)
        return numbers

    def _done(self, node: Node, move: Move | None, slot: int, value: int) -> Edge | None:
        """Return what an action brings of which it is known what it does, None for one that the mask forbids."""
        if isinstance(move, Use):
            return None if value else self.graph.followed(node, move.event, move.way)
        texts = self.vocabulary.typed
        if isinstance(move, Box) and value < len(texts) and is_sendable(texts[value]):
            return self._put(node, slot, move, move.draft.holds(texts[value]))
        return self._chosen(node, slot, move, value) if isinstance(move, Choices) else None

    def _chosen(self, node: Node, slot: int, choices: Choices, value: int) -> Edge | None:
        """Return what it brings to give a value to a field that offers something, None if that has to be played."""
        event = self._encoding.given(choices.field, value, self.vocabulary)
        if value not in choices.drafts:
            choices.drafts[value] = self.graph.draft(node.page, event) if event.kind in PUTTING else None
        draft = choices.drafts[value]
        return None if draft is None else self._put(node, slot, Box(draft, choices.field), draft.holds(put(event)))

    def _put(self, node: Node, slot: int, box: Box, text: str) -> Edge:
        """Return what it brings to put a text into a field; what is seen there differs in a few numbers."""
        edge = self.graph.typed(node, box.draft, text)
        numbers, encoding = node.observation.copy(), self._encoding
        _tell(numbers, encoding.place(slot), encoding.told(box.field, text, self.vocabulary))
        numbers[self._focus_at] = slot + 1
        edge.node.seen = numbers
        return edge

    def thin(self) -> int:
        """Forget what nobody has come to since the last time, and return how much it was."""
        self._forget_parts()
        return self.graph.sweep()

    def forget(self) -> int:
        """Forget everything and return how much it was; whoever stands on a node can go on from it."""
        self._forget_parts()
        return self.graph.forget()

    def _forget_parts(self) -> None:
        """Forget what is kept besides nodes."""
        self._parts.clear()
        self._held.clear()

    def _view(self, page: PageNode) -> View:
        """Return what a page shows, with the texts of its state."""
        return self.machine.view(self.start, page.state)

    def _move(self, page: PageNode, slot: int) -> Move | None:
        """Return what the actions of a slot do, None if there are none, or another control has its name."""
        controls = self._view(page).controls()
        control = controls[slot] if slot < len(controls) else None
        if isinstance(control, Field):
            return self._of_field(page, slot, control)
        if control is None or not is_enabled(control):
            return None
        event = self._encoding.given(control, 0, self.vocabulary)
        return self._encoding.same_use(Use(event, self.graph.way(page, event)))

    def _of_field(self, page: PageNode, slot: int, field: Field) -> Move | None:
        """Return what the actions of a field do; a box does the same whatever stands in it and in all instances."""
        if page.seen.spots.get((field.id, field.row)) != slot:
            return None
        if texts_of(field) is not None or is_suggesting(field):
            return Choices(field, {})
        boxes, key = self._encoding.boxes, (page.state.top.page, field.id)
        box = boxes.get(key)
        if box is None:
            draft = self.graph.draft(page, Event("fill", field.id))
            if draft is None:
                return Choices(field, {})
            box = boxes[key] = Box(draft, field)
        return box

    def _look(self, page: PageNode) -> None:
        """Keep a new page node as integers."""
        encoding, top = self._encoding, page.state.top
        numbers, mask, spots = encoding.seen(self._view(page), self.vocabulary, self._blank, self._said)
        numbers[encoding.focus_at] = 0
        plan = self.machine.plan.page(top.page)
        blocks: Iterable[str] = () if plan is None else plan.by_block
        page.seen = Sheet(self, numbers, top.fields, mask, spots, blocks, {})

    def _said(self, part: Shown) -> Said:
        """Return what is to be said of a part."""
        found = self._parts.get(id(part))
        if found is None:
            if len(self._held) >= PARTS:
                self._forget_parts()
            found = self._parts[id(part)] = self._encoding.said(part, self.vocabulary)
            self._held.append(part)
        return found


def _spot_of(focus: Focus, spots: Spots) -> int:
    """Return the number of the control in focus, from 1; 0 for none."""
    return 0 if focus is None else spots.get(focus[:2], -1) + 1


def _tell(numbers: Numbers, place: int, told: tuple[int | None, int]) -> None:
    """Put into an observation what a slot says of what is typed there."""
    bits, number = told
    if bits is not None:
        numbers[place] = bits
    numbers[place + 1] = number
