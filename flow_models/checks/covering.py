"""Measuring what walks touch of a site as a job for another process, and what they miss in words."""

from typing import Any

import resources
from flow_models.compiler import CompileError, compile_flow
from flow_models.document import storage
from flow_models.processes.jobs import Data, JobError, Talk
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.coverage import Touch
from flow_models.solver.surveying import place_of, survey, title_of


def cover(data: Data, talk: Talk) -> Any:
    """Survey a flow; return its share, the shares of its pages by id, and what nothing touches.

    Args:
        data: `flow`, the text of its file.
        talk: Told how many parts are done, and how many there are.

    Raises:
        JobError: The flow has mistakes.
    """
    try:
        program = compile_flow(storage.loads(data["flow"])).program
    except CompileError as error:
        raise JobError(resources.text("checks.untouched.mistakes")) from error
    found = survey(Machine(program), tuple(program.tasks), progress=lambda *parts: talk.tell(parts)).tour
    return {
        "share": found.coverage.share,
        "walks": len(found.walks),
        "pages": found.coverage.by_page(),
        "missing": [_plain(program, one) for one in found.coverage.missing],
    }


def missing_words(program: Program, one: Touch) -> str:
    """Return in words what was not touched."""
    name = place_of(program, one.element) if one.element else ""
    return resources.text(f"checks.untouched.{one.kind}", name=name)


def _plain(program: Program, one: Touch) -> Data:
    """Return what was not touched as plain JSON: the page, its title, the element to go to, and the words."""
    is_arrow = one.kind in ("transition", "met", "unmet")
    kind, element = ("transition" if is_arrow else "block", one.element) if one.element else ("page", one.page)
    title = title_of(program, one.page) if one.page else ""
    return {"title": title, "kind": kind, "id": element, "words": missing_words(program, one)}
