"""The machine: a program becomes episodes. Standard library only.

Five floors, each standing on those below it: `base` (values, tables, the program as typed values), `formulas` (closures
over a context), `pages` (blocks, fields, views), `steps` (from state to state), `episodes` (drawing, scoring, saving).
`Machine` holds what a program means; `draw` makes an instance, `step` goes from state to state without changing
either, `view` says what a state shows, `Episode` remembers what an attempt has earned. The option not taken is one
object that changes in place: search, branching and replay would each need to copy it.
"""

from .base.errors import DrawError, FormulaFaultError, MachineError, ProgramError, SavedStateError
from .base.events import EVENT_KINDS, Event
from .base.results import END_REASONS, REWARD_PARTS, Result, Verdict
from .episodes.answering.rules import ANSWER_RULES
from .episodes.episode import Episode
from .episodes.machine import Machine
from .pages.state import Start, State, Step, Surface
from .pages.view import View
from .steps.explain import Explained

__all__ = [
    "ANSWER_RULES",
    "END_REASONS",
    "EVENT_KINDS",
    "REWARD_PARTS",
    "DrawError",
    "Episode",
    "Event",
    "Explained",
    "FormulaFaultError",
    "Machine",
    "MachineError",
    "ProgramError",
    "Result",
    "SavedStateError",
    "Start",
    "State",
    "Step",
    "Surface",
    "Verdict",
    "View",
]
