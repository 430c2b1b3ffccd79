"""What steps of the history are called: what was done, and in which page, section, transition, table or task."""

import resources
from app.words.elements import title_of
from flow_models.document.edits.parts import owner_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def placed(flow: Flow, words: str, at: Element | None) -> str:
    """Return what a step is called, with where the element lies that it is about; once is enough to name that."""
    owner = None if at is None else owner_of(flow, at)
    where = "" if owner is None else title_of(flow, owner)
    return words if not where or where in words else resources.text("shell.step.placed", words=words, where=where)
