"""What can go wrong inside the machine, by the boundary that failed."""


class MachineError(Exception):
    """The root of what the machine raises on purpose."""


class ProgramError(MachineError):
    """A program is not one that this machine can run; always a fault of the compiler or of a changed file."""


class FormulaFaultError(MachineError):
    """A formula could not be computed while running, such as a division by zero.

    The machine turns it into the end reason `environment_error`; it never reaches the caller of a step. That is for
    faults of the flow itself; what the values of the moment bring about is an `OutOfRangeError`.
    """


class OutOfRangeError(FormulaFaultError):
    """A formula left the range of values: a number too large, a date beyond the calendar, nothing to divide by.

    An agent can bring that about, so it never ends an episode:

    - a transition whose condition, effects or record leave the range is refused: data stay as they are, the page comes
      again and says so beside the fields that the formula reads, else in a notice (`steps.turns`);
    - a text says so in place of the value, a block that cannot be made shows words instead (`pages.saying`);
    - any other condition does not hold: of a block, a button, an address, of failure, success and milestones;
    - an initial text or a bound is none, but what is typed beside such a bound is refused;
    - an instance that cannot be drawn without is not drawn.

    Attributes:
        sentence: The site's sentence about it, by name.
        tree: The innermost formula that left the range, once it is known.
    """

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(reason)
        self.sentence = sentence
        self.tree: object | None = None

    def at(self, tree: object) -> "OutOfRangeError":
        """Note the formula, unless an inner one is known, and return the error."""
        if self.tree is None:
            self.tree = tree
        return self


class TooMuchError(FormulaFaultError):
    """A part of a step is more work than it may be; see `formulas.work`.

    It never ends an episode: a step is refused, a block says so in its place, a rule does not hold.
    """

    def __init__(self) -> None:
        super().__init__("there is too much to compute")


class DrawError(MachineError):
    """No instance could be drawn: none of the tried parameters met what the task requires.

    Attributes:
        task: The task's name.
        seed: The seed that was tried.
    """

    def __init__(self, task: str, seed: int, reason: str) -> None:
        super().__init__(f"{task}, seed {seed}: {reason}")
        self.task = task
        self.seed = seed


class SavedStateError(MachineError):
    """A saved state does not belong to this program or task, or is damaged."""
