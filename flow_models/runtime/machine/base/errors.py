"""What can go wrong inside the machine, by the boundary that failed."""


class MachineError(Exception):
    """The root of what the machine raises on purpose."""


class ProgramError(MachineError):
    """A program is not one that this machine can run; always a fault of the compiler or of a changed file."""


class FormulaFaultError(MachineError):
    """A formula could not be computed while running, such as a division by zero.

    The machine turns it into the end reason `environment_error`; it never reaches the caller of a step.
    """


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
