"""The graph of one instance as the symbolic interface sees it: nodes as integers and masks, events by number."""

from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from ...machine.episodes import graph
from ...machine.episodes.graph import Edge, Frame, Graph
from ...machine.episodes.machine import Machine
from ...machine.pages.interruptions import Interference
from ...machine.pages.state import Focus, Start, State
from ...machine.pages.view import Field, View
from ...machine.steps.drafts import PUTTING, Draft, put
from ..listing import Instance
from .encoding import Encoding, Mask
from .layout import Integers
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Hashable

Spots = dict[tuple[str, str], int]
"""The number of each control of a page, from 0, by block and row."""


class Typing(NamedTuple):
    """A field into which a text can be put without anybody listening, and the texts, as it holds them, by value."""

    draft: Draft | None
    texts: tuple[str, ...]


_PLAYED: Final = Typing(None, ())
"""What has to be played, or looked up."""


class Sheet(NamedTuple):
    """A frame as integers: what its nodes have in common.

    Attributes:
        board: Where it stands.
        numbers: The observation with the texts of the frame's state and without focus, int16.
        fields: These texts.
        mask: What is allowed.
        spots: Where the controls stand.
        blocks: The blocks of the texts.
        typing: By slot what its actions do, once one of them was done.
    """

    board: "Board"
    numbers: npt.NDArray[np.int16]
    fields: tuple[str, ...]
    mask: Mask
    spots: Spots
    blocks: tuple[str, ...]
    typing: dict[int, "Typing"]


class Node(graph.Node):
    """One state: what the agent sees there, what it may do, and what is known to follow."""

    __slots__ = ()

    @property
    def observation(self) -> Integers:
        """What the agent sees, shape (length,), dtype int32; made anew each time."""
        sheet = cast("Sheet", self.frame.seen)
        return sheet.board.observed(self, sheet)

    @property
    def mask(self) -> Mask:
        """What may be done, shape (actions,), dtype int8; shared, so it must not be changed."""
        return cast("Sheet", self.frame.seen).mask


class Board:
    """The visited states of one instance.

    Args:
        machine: The machine of the program.
        instance: The instance, and `start` where it begins.
        encoding: How pages become integers.
        vocabulary: The values of the instance.
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
        self._graph = Graph(machine, start, Node, self._look, infeasible=instance.infeasible)
        # By content, a few for each page; forgotten with the nodes.
        self._shapes: dict[Hashable, tuple[Mask, Spots]] = {}

    def __len__(self) -> int:
        return len(self._graph)

    def first(self, interference: Interference) -> Node:
        """Return where an episode begins in which this is to come between."""
        return self._graph.first(interference)

    def edge(self, node: Node, action: int) -> Edge:
        """Return what an action brings at a node."""
        frame, encoding = node.frame, self._encoding
        if action >= encoding.first_use and frame.idle is not None:
            slot, value = divmod(action - encoding.first_use, encoding.values)
            typing = cast("Sheet", frame.seen).typing
            draft, texts = typing.get(slot) or typing.setdefault(slot, self._typing(frame, slot))
            if draft is not None and value < len(texts):
                return self._graph.typed(node, draft, texts[value])
        return self._graph.after(node, encoding.event(action, self._view(frame), self.vocabulary))

    def node(self, state: State, reached: tuple[bool, ...]) -> Node:
        """Return the node of a state, the one made earlier where there is one."""
        return self._graph.node(state, reached)

    def observed(self, node: Node, sheet: Sheet) -> Integers:
        """Return what the agent sees at a node: what its frame shows, with its own texts and focus."""
        numbers, encoding = sheet.numbers.astype(np.int32), self._encoding
        if node.fields != sheet.fields:
            controls = self._view(node.frame).controls()
            for block, text, before in zip(sheet.blocks, node.fields, sheet.fields, strict=True):
                if text != before:
                    spot = sheet.spots.get((block, ""))
                    control = None if spot is None else controls[spot]
                    if spot is not None and isinstance(control, Field):
                        encoding.tell(numbers, spot, control, text, self.vocabulary)
        numbers[encoding.focus_at] = _spot_of(node.focus, sheet.spots)
        return numbers

    def forget(self) -> int:
        """Forget all nodes and return how many they were; whoever stands on one can go on from it."""
        self._shapes.clear()
        return self._graph.forget()

    def _view(self, frame: Frame) -> View:
        """Return what a frame shows, with the texts of its state."""
        return self.machine.view(self.start, frame.state)

    def _typing(self, frame: Frame, slot: int) -> Typing:
        """Return what the actions of a slot do if they only put a text into a field."""
        view = self._view(frame)
        events = self._encoding.events(slot, view, self.vocabulary) if slot < len(view.controls()) else ()
        drafts = [self._graph.draft(frame, event) if event.kind in PUTTING else None for event in events]
        draft = drafts[0] if drafts and None not in drafts else None
        if draft is None:
            return _PLAYED
        texts = tuple([draft.holds(put(event)) for event in events])
        # One tuple for all boxes that hold what is typed as it is.
        return Typing(draft, self.vocabulary.typed if texts == self.vocabulary.typed else texts)

    def _look(self, frame: Frame) -> None:
        """Keep a new frame as integers."""
        view, encoding = self._view(frame), self._encoding
        numbers = encoding.observe(self.start.task, view, self.vocabulary).astype(np.int16)
        numbers[encoding.focus_at] = 0
        mask = encoding.mask(view, self.vocabulary)
        # Pages with the same controls have equal masks, which would take a third of all memory.
        names = tuple([(control.id, control.row) for control in view.controls()[: encoding.slots]])
        key = (mask.tobytes(), names)
        shape = self._shapes.get(key)
        if shape is None:
            # Of two with one name the first is meant.
            spots = {name: spot for spot, name in reversed(list(enumerate(names)))}
            shape = self._shapes[key] = (mask, spots)
        top = frame.state.top
        page = self.machine.plan.page(top.page)
        blocks = () if page is None else tuple([field.id for field in page.fields])
        frame.seen = Sheet(self, numbers, top.fields, *shape, blocks, {})


def _spot_of(focus: Focus, spots: Spots) -> int:
    """Return the number of the control in focus, from 1; 0 for none."""
    return 0 if focus is None else spots.get(focus[:2], -1) + 1
