"""What the window is told of a picture and of a play, as snapshots. No Qt and no threads here."""

from app.preview.compiled import Compiled
from app.preview.play import Origin, Picture, Play
from app.preview.snapshot import Snapshot, lines_of, total_of
from flow_models.runtime.machine import State


def pictured(compiled: Compiled, picture: Picture, origin: Origin, wanted: str) -> Snapshot:
    """Return what is told of a picture of the page that was asked for."""
    view = picture.view
    return Snapshot(
        0,
        compiled.flow,
        "page",
        wanted,
        picture.state.top.page,
        view.top.title,
        compiled.site.url(view.path),
        origin,
        compiled.left_out,
        looks=compiled.looks,
        data=compiled.liner.lines(picture.state, None),
    )


def played(compiled: Compiled, play: Play, wanted: str) -> Snapshot:
    """Return what is told of the shown moment of a play."""
    episode, view = play.moment.episode, play.view
    rules = compiled.program.tasks.get(play.start.task)
    explained = () if episode.end_reason else tuple(compiled.machine.explain(play.start, play.state))
    return Snapshot(
        0,
        compiled.flow,
        "play",
        wanted,
        play.state.top.page,
        view.top.title,
        compiled.site.url(view.path),
        play.origin,
        compiled.left_out,
        looks=compiled.looks,
        steps=lines_of(play),
        at=play.at,
        stop=play.stop,
        goal=play.start.goal,
        max_steps=0 if rules is None else rules.max_steps,
        made=episode.steps,
        total=total_of(play),
        end_reason=episode.end_reason,
        fault=episode.fault,
        is_question=rules is not None and rules.answer is not None,
        explained=explained,
        data=compiled.liner.lines(play.state, _before(play)),
    )


def _before(play: Play) -> State | None:
    """Return the state one step before the shown one."""
    return play.moments[play.at - 1].episode.state if play.at else None
