"""Trying an edit that may be refused: the one place that knows how a refusal is raised, and says it in words."""

from collections.abc import Callable
from typing import NamedTuple

from pydantic import ValidationError

import resources
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.reasons import reason_of

Change = Callable[[Flow], Flow]


class Tried(NamedTuple):
    """A flow after an edit, or as it was; then `refused` says why."""

    flow: Flow
    refused: str = ""


def tried(change: Change, flow: Flow) -> Tried:
    """Return what an edit makes of a flow; where it cannot be made, the flow itself and the reason in words.

    An edit refuses by an `EditError` where it knows why, and by pydantic's error where a value has not the shape that
    the field wants, which only the model knows.
    """
    try:
        return Tried(change(flow))
    except EditError as error:
        return Tried(flow, error.sentence())
    except ValidationError as error:
        return Tried(flow, resources.text("shell.refused", reason=reason_of(error)))
