"""The graph of one instance as the symbolic interface sees it: nodes as integers and masks, events by number."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from ...machine.episodes import graph
from ...machine.episodes.edge import Edge
from ...machine.episodes.graph import Graph, PageNode
from ...machine.episodes.machine import Machine
from ...machine.pages.interruptions import Interference
from ...machine.pages.state import Focus, Start, State
from ...machine.pages.view import Control, Field, Shown, View
from ...machine.steps.drafts import PUTTING, put
from ..listing import Instance
from .encoding import Encoding, Numbers, Said
from .moves import Box, Mask, Move, Shape, Spots, Use, move_of
from .vocabulary import VALUES, Vocabulary

PARTS: Final = 256
"""Parts of pages of a board whose numbers are kept, all forgotten when there are more, and with nodes."""


Offer = tuple[Box, str, tuple[int | None, int]]
"""An action that puts a text into a field: where, which as the field holds it, and what an observation says of it."""


class Sheet(NamedTuple):
    """A page node as integers: what its nodes have in common.

    Attributes:
        board: Where it stands.
        numbers: The observation with the texts of the page's state and without focus, int16.
        fields: These texts.
        shape: What it can be used for.
        moves: What the actions of a slot do there, see `Shape`.
        offered: The same of actions that differ with what a field offers, by slot and number, once they were done.
        blocks: The blocks of the texts, in their order.
    """

    board: "Board"
    numbers: Numbers
    fields: tuple[str, ...]
    shape: Shape
    moves: dict[int, Move]
    offered: dict[tuple[int, int], Offer | None]
    blocks: Iterable[str]


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
        return sheet.shape.mask


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
        self,
        machine: Machine,
        instance: Instance,
        start: Start,
        encoding: Encoding,
        vocabulary: Vocabulary,
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
            counts = page.seen.shape.counts
            if slot < len(counts) and value < counts[slot]:
                return self._used(node, slot, value)
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
                spot = sheet.shape.spots.get((block, "")) if text != before else None
                control = None if spot is None else controls[spot]
                if spot is not None and isinstance(control, Field):
                    _tell(numbers, encoding.place(spot), encoding.told(control, text, self.vocabulary))
        numbers[encoding.focus_at] = _spot_of(node.focus, sheet.shape.spots)
        return numbers

    def _used(self, node: Node, slot: int, value: int) -> Edge:
        """Return what it brings to give a value to the control in a slot."""
        moves = node.page.seen.moves
        try:
            move = moves[slot]
        except KeyError:
            move = moves[slot] = self._move(node.page, slot)
        if isinstance(move, Use):
            return self.graph.followed(node, move.event, move.way)
        vocabulary = self.vocabulary
        if isinstance(move, Box) and vocabulary.is_sendable:
            text = move.draft.holds(vocabulary.typed[value])
            return self._put(node, move, text, vocabulary.told(text))
        return self._offered(node, slot, value)

    def _move(self, page: PageNode, slot: int) -> Move:
        """Return what the actions of a slot do."""
        control = self._control(page, slot)
        if isinstance(control, Field) and page.seen.shape.spots[control.id, control.row] != slot:
            return None
        return move_of(page, control, slot, self._encoding.place(slot))

    def _offered(self, node: Node, slot: int, value: int) -> Edge:
        """Return what it brings to give a value to a field that offers something, or where somebody listens."""
        page, offered = node.page, node.page.seen.offered
        if (slot, value) not in offered:
            offered[slot, value] = self._offer(page, slot, value)
        offer: Offer | None = offered[slot, value]
        if offer is None:
            return self.graph.after(node, self._encoding.given(self._control(page, slot), value, self.vocabulary))
        return self._put(node, *offer)

    def _offer(self, page: PageNode, slot: int, value: int) -> Offer | None:
        """Return what giving a value to a field does on one page, None if that has to be played."""
        field, encoding = self._control(page, slot), self._encoding
        event = encoding.given(field, value, self.vocabulary)
        is_put = event.kind in PUTTING and page.seen.shape.spots[field.id, field.row] == slot
        draft = self.graph.draft(page, event) if is_put else None
        if draft is None or not isinstance(field, Field):
            return None
        text = draft.holds(put(event))
        return Box(draft, encoding.place(slot), slot + 1), text, encoding.told(field, text, self.vocabulary)

    def _put(self, node: Node, box: Box, text: str, told: tuple[int | None, int]) -> Edge:
        """Return what it brings to put a text into a field; what is seen there differs in a few numbers."""
        edge = self.graph.typed(node, box.draft, text)
        numbers = node.observation.copy()
        _tell(numbers, box.place, told)
        numbers[self._focus_at] = box.focus
        edge.node.seen = numbers
        return edge

    def _control(self, page: PageNode, slot: int) -> Control:
        """Return the control in a slot."""
        return self._view(page).controls()[slot]

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

    def _look(self, page: PageNode) -> None:
        """Keep a new page node as integers."""
        encoding, top = self._encoding, page.state.top
        numbers, shape = encoding.seen(self._view(page), self.vocabulary, self._blank, self._said)
        numbers[encoding.focus_at] = 0
        plan = self.machine.plan.page(top.page)
        blocks: Iterable[str] = () if plan is None else plan.by_block
        page.seen = Sheet(self, numbers, top.fields, shape, shape.moves_on(top.page, top.record), {}, blocks)

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
