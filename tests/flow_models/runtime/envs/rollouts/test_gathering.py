"""Whatever workers do, every episode of a plan is written once, and what failed is said."""

import errno
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from flow_models.runtime.envs.evaluating.policies import PolicyError
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.rollouts.failing import POLICY, TIMEOUT, WORKER, Failure
from flow_models.runtime.envs.rollouts.gathering import Codec, CrewError, Done, Gathering, Job, Lost
from flow_models.runtime.envs.rollouts.parts import PartError, Parts
from flow_models.runtime.envs.rollouts.rows import Tally
from flow_models.runtime.envs.rollouts.working import Played

Plays = Callable[[Job], Played | str]


def encoded(rows: Sequence[list[object]]) -> bytes:
    return json.dumps(rows).encode()


def tally(data: bytes) -> Tally:
    rows = json.loads(data)
    failures = [kinds[-1] for _, kinds in rows if kinds and kinds[-1]]
    return Tally(len(rows), Counter(failures), words=dict.fromkeys(failures, "no"))


def lengthened(data: bytes, before: Sequence[Failure]) -> bytes:
    ((place, kinds),) = json.loads(data)
    return encoded([[place, [one.kind for one in before] + (kinds or [""])]])


CODEC = Codec(
    lambda place, failures: encoded([[place, [one.kind for one in failures]]]),
    lengthened,
    lambda files: encoded([row for file in files for row in json.loads(file)]),
    lambda data: [None if row[1] and row[1][-1] else encoded([row]) for row in json.loads(data)],
    tally,
)


def played(job: Job) -> Played:
    return Played(encoded([[place, []] for place in job.places]), len(job.places), is_stuck=False)


class Workers:
    """Workers whose jobs come back the last one first."""

    def __init__(self, plays: Plays = played, size: int = 3) -> None:
        self.size, self._plays = size, plays
        self._given: list[Job] = []
        self.jobs: list[Job] = []
        self.most = 0

    @property
    def has_room(self) -> bool:
        return len(self._given) < self.size

    def give(self, job: Job) -> None:
        self._given.append(job)
        self.jobs.append(job)
        self.most = max(self.most, len(self._given))

    def next(self) -> Done | Lost | None:
        job = self._given.pop()
        found = self._plays(job)
        return Lost(job, Failure(WORKER, found)) if isinstance(found, str) else Done(job, found)


def gathered(
    folder: Path, crew: Workers, total: int = 20, piece: int = 6, again: Sequence[int] = (), **about: object
) -> Gathering:
    parts = Parts(folder, {"format": 1, "episodes": total, "piece": piece, **about})
    gathering = Gathering(total, piece, parts, CODEC, 2, lambda *_: None, again)
    gathering.run(crew)
    return gathering


def rows(folder: Path) -> list[list[object]]:
    paths = sorted((folder / "episodes").iterdir())
    return [row for path in paths for row in json.loads(path.read_bytes())]


def test_every_episode_is_written_once_in_its_order_and_no_more_is_given_than_there_is_room(tmp_path: Path) -> None:
    crew = Workers()
    gathered(tmp_path, crew)
    assert rows(tmp_path) == [[place, []] for place in range(20)]
    assert crew.most == 3


def test_what_was_written_is_not_played_again_after_a_kill(tmp_path: Path) -> None:
    taken = iter(range(2))

    def plays(job: Job) -> Played:
        if next(taken, None) is None:
            raise KeyboardInterrupt
        return played(job)

    with pytest.raises(KeyboardInterrupt):
        gathered(tmp_path, Workers(plays))
    before = {tuple(row[:1]) for row in rows(tmp_path)}
    assert len(before) in {8, 12}
    half = tmp_path / "episodes" / ".part-0000000.parquet.77.half"
    half.write_bytes(b"[[0, ")
    os.utime(half, (0, 0))
    crew = Workers()
    gathered(tmp_path, crew)
    again = {(place,) for job in crew.jobs for place in job.places}
    assert not again & before
    assert rows(tmp_path) == [[place, []] for place in range(20)]
    assert not half.exists()


def test_a_disk_that_is_full_ends_it_with_the_name_of_the_part_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = iter(("for run.json", "for a part", "for another"))

    def synced(_: int) -> None:
        if next(room, "none") == "none":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as small:
        small.setattr(os, "fsync", synced)
        with pytest.raises(PartError, match=r"part-\d+.parquet cannot be written: No space left on device"):
            gathered(tmp_path, Workers())
    assert len(list((tmp_path / "episodes").iterdir())) == 2
    gathered(tmp_path, Workers())
    assert rows(tmp_path) == [[place, []] for place in range(20)]


def test_what_another_process_is_writing_just_now_is_left_alone(tmp_path: Path) -> None:
    about = {"format": 1, "episodes": 20, "piece": 6}
    Parts(tmp_path, about)
    half = tmp_path / "episodes" / ".part-0000000.parquet.77.half"
    half.write_bytes(b"[[0, ")
    assert not Parts(tmp_path, about).found
    assert half.exists()


def test_another_plan_is_refused_in_words(tmp_path: Path) -> None:
    gathered(tmp_path, Workers(), scope={"seed": 0, "repeats": 1})
    with pytest.raises(BundleError, match=r"another piece \(6, not 7\), scope \(seed 0, not 1\): choose another"):
        gathered(tmp_path, Workers(), piece=7, scope={"seed": 1, "repeats": 1})


def test_episodes_of_a_worker_that_died_are_played_alone_and_a_poisoned_one_counts_as_failed(
    tmp_path: Path,
) -> None:
    crew = Workers(lambda job: "killed" if 8 in job.places else played(job))
    gathering = gathered(tmp_path, crew)
    assert rows(tmp_path) == [[place, [WORKER, WORKER] if place == 8 else []] for place in range(20)]
    assert gathering.lost == 3
    assert [len(job.places) for job in crew.jobs if 8 in job.places] == [6, 1, 1]


def test_an_episode_that_succeeds_in_the_end_says_what_failed_before(tmp_path: Path) -> None:
    deaths = Counter[int]()

    def plays(job: Job) -> Played | str:
        if 3 in job.places and deaths[3] < 2:
            deaths[3] += 1
            return "killed"
        return played(job)

    gathered(tmp_path, Workers(plays))
    assert rows(tmp_path)[3] == [3, [WORKER, ""]]


def test_what_failed_is_played_once_more_where_that_is_asked_for_and_nothing_else(tmp_path: Path) -> None:
    gathered(tmp_path, Workers(lambda job: "killed" if {8, 13} & set(job.places) else played(job)))
    failed = [row[0] for row in rows(tmp_path) if row[1]]
    assert failed == [8, 13]
    crew = Workers()
    gathered(tmp_path, crew)
    assert crew.jobs == []
    gathered(tmp_path, crew, again=[1, 2])
    assert crew.jobs == [Job(1, (8,)), Job(2, (13,))]
    assert rows(tmp_path) == [[place, []] for place in range(20)]


def test_an_episode_in_which_a_worker_is_stuck_counts_as_failed_and_the_others_go_on(tmp_path: Path) -> None:
    def plays(job: Job) -> Played:
        places = list(job.places)
        good = places[: places.index(9)] if 9 in places else places
        return Played(encoded([[place, []] for place in good]), len(good), is_stuck=9 in places)

    gathering = gathered(tmp_path, Workers(plays))
    assert rows(tmp_path) == [[place, [TIMEOUT] if place == 9 else []] for place in range(20)]
    assert gathering.lost == 1


def test_a_policy_that_never_answers_is_not_asked_for_ever_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    def plays(job: Job) -> Played:
        return Played(encoded([[place, [POLICY]] for place in job.places]), len(job.places), is_stuck=False)

    crew = Workers(plays)
    with pytest.raises(PolicyError, match="16 episodes in a row failed, one of them: no"):
        gathered(tmp_path, crew, total=4000, piece=16)
    assert rows(tmp_path) == []
    assert len(crew.jobs) <= 4


def test_workers_that_die_whatever_they_play_are_not_replaced_for_ever(tmp_path: Path) -> None:
    crew = Workers(lambda _: "no memory")
    with pytest.raises(CrewError, match="workers in a row died, the last one: no memory"):
        gathered(tmp_path, crew, total=4000)
    assert len(crew.jobs) < 100
