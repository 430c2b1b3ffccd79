"""A solution playing itself: when it goes on, when it pauses, and when it is forgotten."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.preview.play import Origin
from app.preview.snapshot import Snapshot
from app.preview.solution import INTERVALS_MS, SolutionPlayer
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event

WAY = (Event("use", "b_1"), Event("use", "b_2"), Event("use", "b_3"))


class Stage:
    """A player with what it asked for."""

    def __init__(self, flow: Flow) -> None:
        self.asked = 0
        self.done: list[Event] = []
        self.owner = QObject()
        self.player = SolutionPlayer(self._ask, self.done.append, self.owner)
        self.player.set_speed(len(INTERVALS_MS) - 1)
        self.shown = Snapshot(1, flow, "play")

    def _ask(self) -> None:
        self.asked += 1


@pytest.fixture
def stage(qtbot: QtBot, library: Flow) -> Stage:
    return Stage(library)


def test_it_plays_step_by_step_after_each_was_shown(stage: Stage, qtbot: QtBot) -> None:
    stage.player.toggle()
    aimed: list[Event] = []
    stage.player.aimed.connect(aimed.append)
    stage.player.show_plan("solved", WAY)
    assert (aimed, stage.done) == ([WAY[0]], [])
    qtbot.waitUntil(lambda: stage.done == [WAY[0]])
    for count in (2, 3):
        stage.player.follow(stage.shown)
        qtbot.waitUntil(lambda count=count: len(stage.done) == count)  # type: ignore[misc]
    assert stage.asked == 1
    stage.player.follow(replace(stage.shown, end_reason="success"))
    assert not stage.player.is_playing


def test_a_step_of_the_person_ends_it_and_the_way_is_found_anew(stage: Stage) -> None:
    stage.player.toggle()
    stage.player.show_plan("solved", WAY)
    stage.player.follow(stage.shown)
    assert not stage.player.is_playing
    stage.player.one()
    assert stage.asked == 2


def test_a_moment_that_is_told_once_more_ends_nothing(stage: Stage) -> None:
    stage.player.follow(stage.shown)
    stage.player.toggle()
    stage.player.follow(stage.shown)
    assert stage.player.is_playing
    stage.player.follow(replace(stage.shown, at=1))
    assert not stage.player.is_playing


def test_one_step_uses_the_way_that_is_known(stage: Stage) -> None:
    stage.player.one()
    stage.player.show_plan("solved", WAY)
    stage.player.follow(stage.shown)
    stage.player.one()
    assert (stage.done, stage.asked, stage.player.is_playing) == ([WAY[0], WAY[1]], 1, False)


def test_what_cannot_be_done_is_reported(stage: Stage, qtbot: QtBot) -> None:
    stage.player.toggle()
    stage.player.show_plan("infeasible", ())
    qtbot.waitUntil(lambda: bool(stage.done))
    assert stage.done == [Event("infeasible")]


def test_giving_up_is_said(stage: Stage) -> None:
    said: list[str] = []
    stage.player.said.connect(said.append)
    stage.player.toggle()
    stage.player.show_plan("gave_up", ())
    assert (stage.done, stage.player.is_playing) == ([], False)
    assert said[-1].startswith("No way")


def test_what_only_somebody_lucky_could_do_is_said_and_not_played(stage: Stage) -> None:
    said: list[str] = []
    stage.player.said.connect(said.append)
    stage.player.toggle()
    stage.player.show_plan("untold", WAY)
    assert (stage.done, stage.player.is_playing) == ([], False)
    assert "only by luck" in said[-1]


def test_an_answer_that_comes_too_late_is_not_played(stage: Stage) -> None:
    stage.player.toggle()
    stage.player.toggle()
    stage.player.show_plan("solved", WAY)
    assert stage.done == []


def test_a_given_way_begins_with_the_play_that_it_is_for_and_no_other(stage: Stage, qtbot: QtBot) -> None:
    origin = Origin("borrow-book", 3, rules=True)
    stage.player.await_play(origin, WAY)
    stage.player.follow(replace(stage.shown, mode="page"))
    stage.player.follow(stage.shown)
    assert not stage.player.is_playing
    stage.player.follow(replace(stage.shown, origin=origin))
    qtbot.waitUntil(lambda: stage.done == [WAY[0]])
    assert stage.asked == 0
    stage.player.forget()
    stage.player.follow(replace(stage.shown, origin=origin))
    assert not stage.player.is_playing
