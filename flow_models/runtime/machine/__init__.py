"""The machine: a program becomes episodes. Standard library only.

`Machine` holds what a program means; `draw` makes an instance, `step` goes from state to state without changing
either, `view` says what a state shows, `Episode` remembers what an attempt has earned. Inside, trees become closures
(`closures`, `selections`, `functions`) over a `Context`; `pages` makes a program ready, `steps` and `turns` say what a
step means, `drawing` makes instances and `scoring` judges. `variation` draws variants, of which interruptions and
conduct (`side`, `asides`) and navigations in menus reach the machine. The option not taken is one object that changes
in place: search, branching and replay would each need to copy it.
"""

from .episode import Episode
from .errors import DrawError, FormulaFaultError, MachineError, ProgramError, SavedStateError
from .events import EVENT_KINDS, Event
from .explain import Explained
from .machine import Machine
from .results import END_REASONS, REWARD_PARTS, Result, Verdict
from .state import Start, State, Step, Surface
from .view import View

__all__ = [
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
