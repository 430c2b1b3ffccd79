"""The graph of one instance as the symbolic interface sees it: nodes as integers and masks, events by number."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from ...machine.base.events import Event
from ...machine.episodes import graph
from ...machine.episodes.edge import Edge
from ...machine.episodes.graph import Graph, PageNode
from ...machine.episodes.machine import Machine
from ...machine.pages.interruptions import Interference
from ...machine.pages.state import Focus, Start, State
from ...machine.pages.uses import texts_of, unsaid
from ...machine.pages.view import Control, Field, Shown, View
from ...machine.steps.drafts import PUTTING, Draft, put
from ..listing import Instance
from .encoding import Encoding, Mask, Numbers, Said
from .vocabulary import VALUES, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Hashable

PARTS: Final = 256
"""Parts of pages and fields of a board whose numbers are kept, all forgotten when there are more, and with nodes."""

Spots = dict[tuple[str, str], int]
"""The number of each control of a page, from 0, by block and row."""


K = TypeVar("K")
V = TypeVar("V")


class Move(NamedTuple):
    """What the actions of a slot do.

    Attributes:
        draft: The field, if all of them only put a text into one without anybody listening.
        texts: What they put in, as the field holds it.
        told: What an observation says of each text, see `Encoding.told`.
        place: Where it does.
        event: What happens if the slot has one action only, a use.
        way: By what it is known where that leads, see `Graph.way`.
    """

    draft: Draft | None = None
    texts: tuple[str, ...] = ()
    told: tuple[tuple[int | None, int], ...] = ()
    place: int = 0
    event: Event | None = None
    way: "Hashable" = None


_SEVERAL: Final = Move()
"""Of actions that differ and have to be played, or looked up."""


class Sheet(NamedTuple):
    """A page node as integers: what its nodes have in common.

    Attributes:
        board: Where it stands.
        numbers: The observation with the texts of the page's state and without focus, int16.
        fields: These texts.
        mask: What is allowed.
        spots: Where the controls stand.
        blocks: The blocks of the texts.
        moves: What the actions of a slot do, by slot, once one of them was done.
    """

    board: "Board"
    numbers: Numbers
    fields: tuple[str, ...]
    mask: Mask
    spots: Spots
    blocks: tuple[str, ...]
    moves: dict[int, Move]


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
    """

    def __init__(
        self, machine: Machine, instance: Instance, start: Start, encoding: Encoding, vocabulary: Vocabulary
    ) -> None:
        self.vocabulary = vocabulary
        self.machine = machine
        self.instance = instance
        self.start = start
        self.max_steps = machine.rules(start.task).max_steps
        self._encoding = encoding
        self._first_use, self._focus_at = encoding.first_use, encoding.focus_at
        self.graph = Graph(machine, start, Node, self._look, infeasible=instance.infeasible)
        # The last one: a split without variation begins there each time.
        self._begun: tuple[Interference, Node] | None = None
        self._blank = encoding.blank(start.task, vocabulary)
        # By content, a few for each page; forgotten with the nodes.
        self._shapes: dict[Hashable, tuple[Mask, Spots]] = {}
        self._shared: dict[Hashable, tuple[tuple[str, ...], tuple[tuple[int | None, int], ...]]] = {}
        # By identity, with what keeps that: most parts of a new page stood on another one before.
        self._parts: dict[int, Said] = {}
        self._fields: dict[Hashable, tuple[Control, Move]] = {}
        # By content; the same link stands on most pages. Python's collector walks all objects time and again.
        self._uses: dict[Move, Move] = {}

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
            if move.draft is not None and value < len(move.texts):
                return self._typed(node, move, slot, value)
            if move.event is not None and not value:
                return self.graph.followed(node, move.event, move.way)
        return self.graph.after(node, self._encoding.event(action, self._view(page), self.vocabulary))

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

    def _typed(self, node: Node, move: Move, slot: int, value: int) -> Edge:
        """Return what it brings to put a text into a field; what is seen there differs in a few numbers."""
        if move.draft is None:
            raise ValueError("this move types nothing")
        edge = self.graph.typed(node, move.draft, move.texts[value])
        numbers = node.observation.copy()
        _tell(numbers, move.place, move.told[value])
        numbers[self._focus_at] = slot + 1
        edge.node.seen = numbers
        return edge

    def sweep(self) -> int:
        """Forget what nobody has come to since the last time, and return how much it was."""
        self._forget_parts()
        return self.graph.sweep()

    def forget(self) -> int:
        """Forget everything and return how much it was; whoever stands on a node can go on from it."""
        self._forget_parts()
        return self.graph.forget()

    def _forget_parts(self) -> None:
        """Forget what is kept besides nodes."""
        for kept in (self._shapes, self._shared, self._parts, self._fields, self._uses):
            kept.clear()

    def _view(self, page: PageNode) -> View:
        """Return what a page shows, with the texts of its state."""
        return self.machine.view(self.start, page.state)

    def _move(self, page: PageNode, slot: int) -> Move:
        """Return what the actions of a slot do."""
        controls = self._view(page).controls()
        if slot >= len(controls):
            return _SEVERAL
        control = controls[slot]
        if not isinstance(control, Field):
            events = self._encoding.events(slot, self._view(page), self.vocabulary)
            move = Move(event=events[0], way=self.graph.way(page, events[0])) if events else _SEVERAL
            return self._uses.get(move) or _put(self._uses, move, move)
        if page.seen.spots.get((control.id, control.row)) != slot:
            return _SEVERAL
        # A box does the same whatever stands in it; other fields differ in what they offer.
        offering = None if texts_of(control) is None else id(control)
        key = (control.id, slot, page.state.top.page, offering)
        found = self._fields.get(key)
        if found is None:
            found = _put(self._fields, key, (control, self._field_move(page, slot, control)))
        return found[1]

    def _field_move(self, page: PageNode, slot: int, field: Field) -> Move:
        """Return what the actions of a field do, which is the same wherever it stands in this slot of its page."""
        encoding = self._encoding
        events = encoding.events(slot, self._view(page), self.vocabulary)
        draft = self._draft(page, events)
        if draft is None:
            return _SEVERAL
        texts = tuple([draft.holds(put(event)) for event in events])
        told = tuple([encoding.told(field, text, self.vocabulary) for text in texts])
        # One tuple for all boxes that hold what is typed as it is.
        return Move(draft, *self._shared.setdefault((texts, told), (texts, told)), encoding.place(slot))

    def _draft(self, page: PageNode, events: Sequence[Event]) -> Draft | None:
        """Return the field of which all events of a slot only change the text; None if there is none."""
        if not events or any(event.kind not in PUTTING for event in events):
            return None
        # Whether a box takes a text depends on the text alone.
        asked = events[:1] if events[0].kind == "fill" else events
        drafts = [self.graph.draft(page, event) for event in asked]
        is_sent = all(unsaid(event) is None for event in events[len(asked) :])
        return drafts[0] if is_sent and None not in drafts else None

    def _look(self, page: PageNode) -> None:
        """Keep a new page node as integers."""
        encoding, top = self._encoding, page.state.top
        numbers, counts, names = encoding.seen(self._view(page), self.vocabulary, self._blank, self._said)
        numbers[encoding.focus_at] = 0
        # Pages with the same controls have equal masks, which would take a third of all memory.
        shape = self._shapes.get((counts, names))
        if shape is None:
            shape = self._shapes[counts, names] = self._shape(counts, names)
        plan = self.machine.plan.page(top.page)
        blocks = () if plan is None else tuple(plan.by_block)
        page.seen = Sheet(self, numbers, top.fields, *shape, blocks, {})

    def _shape(self, counts: Sequence[int], names: Sequence[tuple[str, str]]) -> tuple[Mask, Spots]:
        """Return what is allowed on pages with these controls, and where they stand; of two with one name the first."""
        return self._encoding.masked(counts, self.vocabulary), {
            name: spot for spot, name in reversed(list(enumerate(names)))
        }

    def _said(self, part: Shown) -> Said:
        """Return what is to be said of a part."""
        found = self._parts.get(id(part))
        return _put(self._parts, id(part), self._encoding.said(part, self.vocabulary)) if found is None else found


def _put(kept: dict[K, V], key: K, value: V) -> V:
    """Keep a value where there is room, which is made by forgetting all others, and return it."""
    if len(kept) >= PARTS:
        kept.clear()
    kept[key] = value
    return value


def _spot_of(focus: Focus, spots: Spots) -> int:
    """Return the number of the control in focus, from 1; 0 for none."""
    return 0 if focus is None else spots.get(focus[:2], -1) + 1


def _tell(numbers: Numbers, place: int, told: tuple[int | None, int]) -> None:
    """Put into an observation what a slot says of what is typed there."""
    bits, number = told
    if bits is not None:
        numbers[place] = bits
    numbers[place + 1] = number
