"""When the commands of the preview make sense."""

from dataclasses import replace

from app.preview.controls import KEYS, allowed_now
from app.preview.play import Origin
from app.preview.snapshot import Snapshot, StepLine
from flow_models.document.flow import Flow

PICTURE = Snapshot(1, Flow(id="f"), "page")
STEPS = tuple(StepLine(number, None, "", "") for number in (0, 1, 2, -1))
PLAY = replace(PICTURE, mode="play", steps=STEPS, at=1, origin=Origin("borrow", rules=True))


def on(snapshot: Snapshot | None) -> set[str]:
    allowed = allowed_now(snapshot, has_page=True, has_tasks=True)
    assert set(allowed) == set(KEYS)
    return {name for name, is_allowed in allowed.items() if is_allowed}


def test_a_picture_can_be_tested_and_its_site_varied() -> None:
    assert on(None) == {"test", "play"}
    assert on(PICTURE) == {"test", "play", "shuffle", "compare"}


def test_a_play_goes_back_and_forth_as_far_as_it_got() -> None:
    forever = {"play", "stop", "shuffle", "compare", "solution", "solution_step"}
    assert on(PLAY) == forever | {"restart", "back", "forward"}
    assert on(replace(PLAY, at=0)) == forever | {"forward"}
    assert on(replace(PLAY, at=2)) == forever | {"restart", "back"}


def test_only_a_task_that_runs_has_a_solution() -> None:
    for ended in (replace(PLAY, end_reason="success"), replace(PLAY, origin=Origin())):
        assert not on(ended) & {"solution", "solution_step"}
