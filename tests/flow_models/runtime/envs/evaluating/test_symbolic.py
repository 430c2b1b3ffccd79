"""Policies of numbers play the symbolic interface, and are shown as what they did on the page."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating import learned
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.learned import Learned
from flow_models.runtime.envs.evaluating.plan import Scope, planned
from flow_models.runtime.envs.evaluating.regrading import regraded
from flow_models.runtime.envs.evaluating.replaying import Projector
from flow_models.runtime.envs.evaluating.running import begun, play_all
from flow_models.runtime.envs.listing import BundleError

SOLVED = tuple[Bundle, list[dict[str, Any]]]


class Masked:
    """A model that takes the allowed actions in turn."""

    observation_space = SimpleNamespace(spaces={})
    done = 0

    def predict(self, seen: dict[str, Any], *, deterministic: bool, action_masks: Any) -> tuple[Any, None]:
        assert deterministic
        allowed = np.flatnonzero(action_masks)
        self.done += 7
        return np.array(allowed[self.done % len(allowed)]), None


def test_a_model_of_stable_baselines_is_played(solved: SOLVED, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle, _ = solved
    monkeypatch.setattr(learned, "_loaded", lambda _: (Masked(), True))
    policy = Learned(tmp_path / "model.zip")
    scope = Scope(bundle.task_names, arms=("plain", "conduct_trained"), instances=1)
    about = about_run(bundle, "model.zip", policy.interface, {}, scope)
    run = play_all(bundle, policy, begun(tmp_path / "run", about), planned(bundle, scope))
    assert {one["end_reason"] for one in run.records} - {"success"}
    assert all(one["tokens"] == {"in": 0, "out": 0, "is_exact": True} for one in run.records)
    assert not any(one.is_flipped for one in regraded(bundle, run))
    projector = Projector(bundle, run)
    for record in run.records:
        film = projector.film(record)
        assert film.outcome is not None
        assert film.outcome.end_reason == record["end_reason"]
        assert any(frame.action.startswith("click(") and frame.element for frame in film.frames)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be loaded"):
        Learned(tmp_path / "none.zip")
