"""Transitions, ready to run: trigger, guard, effects and where they lead."""

from ..base import behaviour
from ..base.nodes import Node, table_of
from ..formulas.closures import Formulas
from ..formulas.context import Closure
from ..formulas.limits import located
from ..formulas.reads import conjuncts, reads_of
from ..formulas.work import TRIED, weight
from .effects import effect


class Transition:
    """One arrow.

    Attributes:
        id: Its id.
        kind: The kind of its trigger: `use change enter open wait`.
        block: The block whose use or change triggers it, else empty.
        steps: After how many steps it fires, for `wait`.
        when: The guard's tree, or None.
        guard: What says whether the guard holds.
        to: A page's id, `stay` or `close`.
        record: What finds the key of the row that the target shows, or None for the rule.
        uses_chance: Whether its luck is drawn, so that its tries are counted.
        units: The work of trying it, besides what its formulas look at.
        is_plain: Whether it only leads somewhere, without a formula of its own.
        reads_texts: Whether what it does may depend on what is typed on its page.
    """

    def __init__(self, formulas: Formulas, program: behaviour.Transition) -> None:
        self.id = program.id
        self.kind = program.on.kind
        self.block = program.on.block
        self.steps = program.on.steps
        self.when = program.when
        self.guard = located(formulas.condition(self.when), self.when)
        self.effects = [effect(formulas, one) for one in program.do]
        self.to = program.to
        node = program.record
        self.record: Closure | None = None if node is None else located(formulas.value(node), node)
        self.record_table: str | None = None if node is None else table_of(node.type)
        notice = program.notice
        self.tone = "" if notice is None else notice.tone
        self.notice: Closure | None = None if notice is None else formulas.text(notice.text)
        reads = reads_of(self.when, program.do)
        self.uses_chance = "chance" in reads.flags
        self.is_plain = self.when is None and not program.do and self.record is None and self.notice is None
        self.units = TRIED + weight(self.when, node, () if notice is None else notice.text)
        said = "" if notice is None else notice.text
        self.reads_texts = "fields" in (reads | reads_of(node) | reads_of(said)).flags
        self._formulas = formulas

    def parts(self) -> list[tuple[Node, Closure]]:
        """Return the conditions that must all hold for the guard to hold, each with what says whether it does."""
        return [(part, self._formulas.condition(part)) for part in conjuncts(self.when)]
