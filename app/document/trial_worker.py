"""The process that tries the tasks of a flow out for the window. It imports no Qt, and ends with its pipe."""

import os
from multiprocessing.connection import Connection

from flow_models.checks.running import check_by_running
from flow_models.document import storage

NICENESS = 10
"""The window comes first where the system knows of manners."""


def work(flow_text: str, pipe: Connection) -> None:
    """Check a flow by running it; send ("progress", done, all) now and then, and ("found", problems) at the end."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        problems = check_by_running(
            storage.loads(flow_text), progress=lambda done, parts: pipe.send(("progress", done, parts))
        )
        pipe.send(("found", problems))
    except (BrokenPipeError, OSError):
        return
    finally:
        pipe.close()
