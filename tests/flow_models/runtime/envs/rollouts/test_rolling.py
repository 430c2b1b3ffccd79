"""What a rollout cannot mean, or finds damaged, it refuses in words before any worker starts."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.rollouts import rolling
from flow_models.runtime.envs.rollouts.crew import RayCrew
from flow_models.runtime.envs.rollouts.parts import held
from flow_models.runtime.envs.rollouts.public import rollout
from flow_models.runtime.envs.rollouts.rolling import Spread
from flow_models.runtime.envs.rollouts.rows import Tally


@pytest.fixture(autouse=True)
def without_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody ask for Ray and Arrow, which are not there."""
    monkeypatch.setattr(rolling, "_require", lambda _: None)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"timeout_s": 0}, "number of seconds above 0"),
        ({"timeout_s": float("nan")}, "number of seconds above 0"),
        ({"spread": Spread(cpus=float("nan"))}, "cpus takes a number from 0, not nan"),
        ({"spread": Spread(piece=True)}, "piece is a whole number from 1"),
        ({"spread": Spread(workers=0)}, "workers is a whole number from 1"),
    ],
)
def test_what_it_cannot_mean_is_refused(bundle: Bundle, tmp_path: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(BundleError, match=words):
        rollout(bundle, "random", tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_a_damaged_part_is_named(bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = tmp_path / "episodes" / "part-0000000.parquet"
    part.parent.mkdir()
    part.write_bytes(b"PAR1")

    def tally(_: Path) -> Tally:
        raise ValueError("no magic bytes")

    monkeypatch.setattr(rolling, "tally_of", tally)
    with pytest.raises(BundleError, match=r"part-0000000.parquet is damaged: delete it.*no magic bytes"):
        rollout(bundle, "random", tmp_path)


def test_a_part_of_another_rollout_is_named(bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = tmp_path / "episodes" / "part-0000099.parquet"
    part.parent.mkdir()
    part.touch()
    monkeypatch.setattr(rolling, "tally_of", lambda _: Tally(64))
    with pytest.raises(BundleError, match=r"part-0000099\.parquet is none of this rollout: it holds 64 "):
        rollout(bundle, "random", tmp_path)


def test_a_folder_is_written_by_one_rollout_at_a_time(bundle: Bundle, tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(BundleError, match=f"another rollout is writing .*process {os.getpid()} on "):
        rollout(bundle, "random", tmp_path)
    assert not (tmp_path / "run.json").exists()
    with held(tmp_path):
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:1", "[::1]:1", "127.0.0.1:99999"])
def test_an_address_where_nothing_answers_is_not_tried_for_minutes(
    address: str, bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(is_initialized=lambda: False))
    with pytest.raises(BundleError, match="no cluster of Ray answers at"):
        rollout(bundle, "random", tmp_path, spread=Spread(address=address))


class SmallCluster:
    """Ray on machines of two processors."""

    @staticmethod
    def nodes() -> list[dict[str, Any]]:
        return [{"Alive": True, "Resources": {"CPU": 2.0}}, {"Alive": False, "Resources": {"CPU": 64.0}}]


def test_workers_larger_than_any_machine_are_not_waited_for() -> None:
    with pytest.raises(BundleError, match="cannot have 8 processors: no machine here has more than 2"):
        RayCrew(SmallCluster(), 1, 8.0, None, ())
