"""Long work in a process of its own: plain JSON goes in, progress and plain JSON come out, and ending it cancels it.

The window and the command line use it so that neither waits. A job is a function that can be imported by name; it gets
its input and somebody to tell how far it is. Started processes begin a fresh interpreter, so the program that uses
this keeps what it does at start behind `if __name__ == "__main__"`.
"""

import multiprocessing
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from flow_models.runtime.machine import Machine

from .audit import audit
from .instances import build_instances
from .solution import STEPS_TRIED, Budget
from .solving import Solver

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from flow_models.runtime.machine.base.program import Json

Data = dict[str, Any]
"""Plain JSON."""

Advance = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""

Job = Callable[[Data, Advance], Data]
"""Work that a worker does; a module's own function, so that the new process finds it by name."""

_END_PATIENCE_S: Final = 2.0


class WorkerError(Exception):
    """The work failed, or its process ended before it was done; `details` is the traceback, if there is one."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details


class Progress(NamedTuple):
    """How far a job is."""

    stage: str
    done: int
    of: int


class Worker:
    """One job in one process.

    Args:
        job: What to do: one of `JOBS` by name, or any function that can be imported.
        data: Its input.
    """

    def __init__(self, job: str | Job, data: Data) -> None:
        work = JOBS[job] if isinstance(job, str) else job
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process: SpawnProcess = context.Process(target=_run, args=(work, data, theirs))
        self._process.start()
        theirs.close()
        self._result: Data | None = None
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()

    @property
    def handle(self) -> int:
        """The file descriptor that becomes readable when there is something to `poll`."""
        return self._pipe.fileno()

    @property
    def is_over(self) -> bool:
        """Whether the job is done, failed or cancelled."""
        return self._is_over

    def poll(self, timeout_s: float = 0.0) -> Progress | Data | None:
        """Return the next news: how far it is, or the result (after which the job is over); None if there is none yet.

        Raises:
            WorkerError: The work failed.
        """
        if self._is_over or not self._pipe.poll(timeout_s):
            return None
        try:
            kind, *content = self._pipe.recv()
        except (EOFError, OSError):
            self.cancel()
            raise WorkerError("the process ended before it was done") from None
        if kind == "progress":
            return Progress(*content)
        self.cancel()
        if kind == "failed":
            raise WorkerError(*content)
        result: Data = content[0]
        return result

    def wait(self, advance: Advance | None = None) -> Data:
        """Return the result once it is there, telling `advance` how far it is meanwhile.

        Raises:
            WorkerError: The work failed or was cancelled.
        """
        while not self._is_over:
            news = self.poll(timeout_s=0.2)
            if isinstance(news, Progress):
                if advance is not None:
                    advance(*news)
            elif news is not None:
                return news
        raise WorkerError("the work was cancelled")

    def cancel(self) -> None:
        """End the job, whatever it is doing."""
        if self._is_over:
            return
        self._is_over = True
        self._pipe.close()
        self._process.terminate()
        self._process.join(_END_PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def _run(job: Job, data: Data, pipe: Connection) -> None:
    """Do a job in the new process."""

    def advance(stage: str, done: int, of: int) -> None:
        pipe.send(("progress", stage, done, of))

    try:
        result = job(data, advance)
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 - the end of a background task: whoever waits is told
        pipe.send(("failed", str(error) or type(error).__name__, traceback.format_exc()))
    else:
        pipe.send(("done", result))


def solve_job(data: Data, advance: Advance) -> Data:
    """Solve instances.

    Args:
        data: `program`, `task`, `seeds`, and `tried` if not the usual budget.
        advance: Told after each seed.
    """
    machine = Machine(data["program"])
    solver = Solver(machine)
    found = []
    for done, seed in enumerate(data["seeds"], 1):
        solution = solver.solve(machine.draw(data["task"], seed), budget=Budget(data.get("tried", STEPS_TRIED)))
        found.append({"seed": seed, **solution._asdict(), "events": [list(event) for event in solution.events]})
        advance("solve", done, len(data["seeds"]))
    return {"solutions": found}


def instances_job(data: Data, advance: Advance) -> Data:
    """Make the instances of a program and measure the cheap policies.

    Args:
        data: `program`, `counts`, and `seeds` for the cheap policies.
        advance: Told in stages `instances` and `audit`.
    """
    program: Json = data["program"]
    instances = build_instances(
        program, tuple(data["counts"]), progress=lambda done, of: advance("instances", done, of), processes=1
    )
    audits = audit(
        program, instances, seeds=data["seeds"], progress=lambda done, of: advance("audit", done, of), processes=1
    )
    return {"tasks": instances.tasks, "audits": {task: one.as_data() for task, one in audits.items()}}


JOBS: Final[Mapping[str, Job]] = {
    "solve": solve_job,
    "instances": instances_job,
}
"""The jobs that have a name."""
