"""The boards of a bundle, one for each instance, and the episodes that are played on them.

All symbolic environments of a bundle share its boards, copies too. How many states they hold together is bounded while
they grow, not only when another instance is begun.
"""

from typing import Any, Final, Self

from ...machine.base.variant import PLAIN, Variant
from ...machine.episodes.edge import Edge
from ...machine.episodes.saved import Standing, standing_from_json, standing_to_json
from ...machine.pages.interruptions import first_interference
from ...machine.pages.state import State, Visited
from ...machine.pages.view import View
from ..bundle import Bundle
from ..graph_set import GraphSet
from ..listing import Instance
from .board import Board, Node
from .encoding import Encoding
from .vocabulary import Vocabulary, plausible_answers

BOARDS: Final = 1024
"""Instances whose visited states are kept."""

NODES: Final = 20_000
"""Visited states and ways between them that are kept over all instances: one takes 6 KB, its page included.

Trainers run one process a core, so that this is what a symbolic environment may cost however long it lives.
"""

POOL: Final = 40
"""Instances from which plausible answers to a question are gathered."""


class Boards:
    """The boards of a bundle; when they hold too many states, the instances begun longest ago are forgotten.

    Args:
        bundle: The exported package.
        limit: How many states they hold at most.

    Attributes:
        encoding: How pages become integers.
    """

    def __init__(self, bundle: Bundle, limit: int = NODES) -> None:
        self.encoding = Encoding(bundle.program)
        self._bundle = bundle
        self._boards: GraphSet[Instance, Board] = GraphSet(limit, BOARDS)
        # By task, as many as the program has; gathering them draws `POOL` instances.
        self._answers: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, bundle: Bundle) -> "Boards":
        """Return the boards of a bundle, the same for all environments that play it."""
        return bundle.shared(cls)

    def __len__(self) -> int:
        return self._boards.held

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Boards.of, (self._bundle,)

    def episode(self, instance: Instance, variant: Variant = PLAIN) -> "BoardEpisode":
        """Return a new attempt at an instance."""
        board = self._boards.begun(instance)
        if board is None:
            board = self._boards.put(instance, self.made(instance))
        before = len(board)
        node = board.first(first_interference(variant))
        self.make_room(board, before)
        return BoardEpisode(self, board, node, variant)

    def node(self, board: Board, state: State, reached: tuple[bool, ...]) -> Node:
        """Return the node of a state."""
        before = len(board)
        node = board.node(state, reached)
        self.make_room(board, before)
        return node

    def made(self, instance: Instance) -> Board:
        """Return an empty board, which whoever asks for it keeps and bounds."""
        machine, start = self._bundle.machine, self._bundle.start(instance)
        vocabulary = Vocabulary(machine, start, self._plausible(instance.task))
        return Board(machine, instance, start, self.encoding, vocabulary)

    def make_room(self, board: Board, before: int) -> None:
        """Take note of how a board has grown, and forget what is too much."""
        self._boards.grown(board, len(board) - before)

    def _plausible(self, task: str) -> tuple[str, ...]:
        """Return plausible answers to a task's question."""
        found = self._answers.get(task)
        if found is None:
            if not self._bundle.machine.rules(task).is_question:
                return ()
            instances = self._bundle.instances[task][:POOL]
            starts = tuple(self._bundle.start(instance) for instance in instances)
            found = self._answers[task] = plausible_answers(self._bundle.machine, starts)
        return found


class BoardEpisode:
    """An attempt on a board: an `Episode` whose steps are looked up where somebody has made them before.

    Attributes:
        board: The states of its instance.
        node: Where it stands.
        variant: How the site appears, of which only what comes between matters here.
        steps: How many steps have been made.
        end_reason: Why it has ended, empty while it runs.
    """

    __slots__ = ("_boards", "board", "end_reason", "node", "steps", "variant")

    def __init__(self, boards: Boards, board: Board, node: Node, variant: Variant) -> None:
        self._boards = boards
        self.board = board
        self.node = node
        self.variant = variant
        self.steps = 0
        self.end_reason = ""

    @property
    def view(self) -> View:
        """What the page shows now."""
        return self.board.machine.view(self.board.start, self.node.state)

    @property
    def page(self) -> View:
        """What the page shows now to who reads it as text: in a variant whose navigation is a menu, that menu."""
        start = self.board.start._replace(variant=self.variant)
        return self.board.machine.view(start, self.node.state.replaced())  # what the node's own shows is kept on it

    def step(self, action: int) -> Edge:
        """Do an action."""
        board = self.board
        graph = board.graph
        before = graph.count
        edge = board.edge(self.node, action)
        if graph.count != before:
            self._boards.make_room(board, before)
        self.steps += 1
        if self.steps >= board.max_steps and not edge.result.end_reason:
            edge = Edge(edge.node, edge.result._replace(truncated=True, end_reason="step_limit"))
        self.node, self.end_reason = edge.node, edge.result.end_reason
        return edge

    def copy(self) -> "BoardEpisode":
        """Return an attempt that goes its own way from here; the board is shared."""
        other = BoardEpisode(self._boards, self.board, self.node, self.variant)
        other.steps, other.end_reason = self.steps, self.end_reason
        return other

    def get_state(self) -> dict[str, object]:
        """Return the attempt as plain JSON, as an `Episode` does; what has been done is not in it."""
        board, node = self.board, self.node
        start = board.start._replace(variant=self.variant)
        # A node is met after more steps and fewer, and on several ways; its state has the count of whoever came first.
        base = node.state.base
        history = (Visited(base.page, base.record, base.path),)
        state = node.state.replaced(steps=self.steps, history=history, position=0)
        standing = Standing(start, state, node.reached, board.instance.infeasible, end_reason=self.end_reason)
        return standing_to_json(standing, board.machine.program_hash)

    def set_state(self, saved: dict[str, object]) -> None:
        """Continue from a saved attempt at the same instance.

        Raises:
            SavedStateError: It belongs to another program or is damaged.
        """
        standing = standing_from_json(saved, self.board.machine, self.board.start)
        self.variant = standing.start.variant
        self.node = self._boards.node(self.board, standing.state, standing.reached)
        self.steps, self.end_reason = standing.state.steps, standing.end_reason
