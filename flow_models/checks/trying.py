"""Trying a flow's tasks out as a job for another process, and its findings as plain JSON and back."""

from flow_models.checks.plain import plain
from flow_models.checks.running import check_by_running
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.processes.jobs import Data, Talk


def try_out(data: Data, talk: Talk) -> list[Data]:
    """Check a flow by running it and return what that shows, for `problems_of`.

    Args:
        data: `flow`, the text of its file.
        talk: Told how many parts are done, and how many there are.
    """
    found = check_by_running(storage.loads(data["flow"]), progress=lambda *parts: talk.tell(parts))
    return [plain(problem) for problem in found]


def show_otherwise(data: Data, talk: Talk) -> list[Data]:
    """Return walks in other instances that show the same problem, as plain JSON.

    Args:
        data: `flow`, the text of its file; `task`, its name; `first`, the seed from which instances are drawn; `code`
            and `elements` of the problem.
        talk: Told nothing.
    """
    del talk
    flow, elements = storage.loads(data["flow"]), [Element(*one) for one in data["elements"]]
    found = check_by_running(flow, tasks=(data["task"],), first=data["first"])
    same = (one for one in found if one.code == data["code"] and list(one.elements) == elements)
    return [walk.as_data() for one in same for walk in (one.walk, *one.others) if walk is not None]
