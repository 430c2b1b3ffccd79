"""The Insert menu: one step, and the keyboard led to the new element."""

import pytest

from app.document.selection import Selection
from app.document.session import DocumentSession
from app.window.inserting import MAKERS, insert
from flow_models.document.edits.parts import part_of
from flow_models.document.edits.starts import starter
from flow_models.document.elements import Element, ElementKind


@pytest.mark.parametrize("kind", MAKERS)
def test_a_new_element_is_one_step_and_its_title_is_revealed(qapp: object, kind: ElementKind) -> None:
    session = DocumentSession(starter())
    selection = Selection(session)
    told: list[Element] = []
    selection.revealed.connect(told.append)
    insert(session, selection, kind)
    assert (told[0].kind, told[0].field) == (kind, "title")
    assert part_of(session.flow, told[0]) is not None
    assert session.undo_stack.count() == 1
    session.undo()
    assert part_of(session.flow, told[0]) is None
