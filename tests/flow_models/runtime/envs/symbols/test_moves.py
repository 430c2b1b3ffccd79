"""What the actions of controls do, known once for a program."""

import numpy as np
import pytest

from flow_models.runtime.envs.symbols import board, moves
from flow_models.runtime.envs.symbols.boards import Boards
from flow_models.runtime.machine.episodes.graph import PageNode
from flow_models.runtime.machine.pages.view import Control
from tests.flow_models.runtime.envs.symbols.test_board import played_bundle


def test_what_controls_do_is_not_asked_again_in_another_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = played_bundle("north_bank")
    asked: list[tuple[object, ...]] = []
    made = moves.move_of

    def counted(page: PageNode, control: Control, slot: int, place: int) -> moves.Move:
        asked.append((page.state.top.page, page.state.top.record, control.id, control.row))
        return made(page, control, slot, place)

    monkeypatch.setattr(board, "move_of", counted)
    boards = Boards(bundle)
    for instance in bundle.instances[bundle.task_names[0]]:
        first = boards.episode(instance)
        for action in np.flatnonzero(first.node.mask).tolist():
            first.copy().step(action)
    assert len(set(asked)) == len(asked) > 1
