"""An export as a job for another process: plain JSON in and out, and words where it cannot be done."""

from pathlib import Path

from exporters.errors import GuessError, NameTakenError, VersionError
from exporters.export import export
from exporters.failures import FAILURES, words
from flow_models.document import storage
from flow_models.processes.jobs import Data, JobError, Talk


def export_flow(data: Data, talk: Talk) -> Data:
    """Export a flow and return the report as `Report.as_data` tells it.

    Args:
        data: `flow` (the text of its file), `out` (a directory), and `counts` (of instances, by split).
        talk: Told the stage, how much of it is done, and how much there is.

    Raises:
        JobError: The export could not be finished. If versions of tasks must rise first, `tasks` names these;
            if another flow has the package's name there, `package` is a free one; if a solution does what nothing
            has told, `walk` leads there.
    """
    train, validation, test = data["counts"]

    def advance(*stage: object) -> None:
        talk.tell(stage)

    try:
        return export(storage.loads(data["flow"]), Path(data["out"]), (train, validation, test), advance).as_data()
    except NameTakenError as error:
        raise JobError(words(error), package=error.free) from error
    except VersionError as error:
        raise JobError(words(error), tasks=error.tasks) from error
    except GuessError as error:
        raise JobError(words(error), walk=error.walk.as_data()) from error
    except FAILURES as error:
        raise JobError(words(error)) from error
