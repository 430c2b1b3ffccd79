"""Intervals and tests give what textbooks give."""

import pytest

from flow_models.runtime.envs.evaluating.figures import Difference, Share, median, paired, significant


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert Share(8, 10).interval == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert Share(0, 10).interval == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 0).rate == 0.0


def test_the_interval_of_pairs_is_newcombes() -> None:
    # The example of Newcombe 1998: of 50 pairs 20 are both, 12 the first alone, 2 the second alone, 16 neither.
    told = Difference(of=50, before=32, after=22, gained=2, lost=12)
    assert told.change == pytest.approx(-0.2)
    assert told.interval == pytest.approx((-0.3292, -0.0562), abs=1e-4)
    assert Difference(4, 0, 4, 4, 0).interval[0] > 0 > Difference(4, 1, 0, 0, 1).interval[0]
    assert Difference(0, 0, 0, 0, 0).interval == (-1.0, 1.0)


def test_the_chance_of_pairs_is_mcnemars() -> None:
    assert Difference(10, 0, 6, 6, 0).chance == pytest.approx(2 / 2**6)
    assert Difference(20, 9, 10, 6, 5).chance == 1.0
    assert Difference(5, 2, 2, 0, 0).chance == 1.0


def test_pairs_are_what_both_have() -> None:
    found = paired({"a": True, "b": True, "c": False}, {"b": False, "c": True, "d": True})
    assert found == Difference(of=2, before=1, after=1, gained=1, lost=1)
    found = paired({1: True, 2: False, 3: True}, {1: False, 2: True, 3: True}, lambda key: key // 2)
    assert found.clusters == ((1, -1), (2, 1))


def test_pairs_of_one_instance_count_together() -> None:
    before = {(n, arm): False for n in range(80) for arm in range(8)}
    told = paired(before, {key: key[0] < 4 for key in before}, lambda key: key[0])
    assert (told.of, told.instances, told.gained) == (640, 80, 32)
    assert told.chance == pytest.approx(2 / 2**4)
    alone = Difference(of=80, before=0, after=4, gained=4, lost=0)
    assert told.interval == pytest.approx(alone.interval, abs=0.01)
    assert Difference(640, 0, 32, 32, 0).chance < 0.001
    spread = paired(before, {key: key[1] < 4 for key in before}, lambda key: key[0])
    assert spread.chance < 0.001
    few = {key: True for key in before if key[0] < 4}
    told = paired(dict.fromkeys(few, False), {key: key[1] < 4 for key in few}, lambda key: key[0])
    assert told.interval == Difference(4, 0, 2, 2, 0).interval
    same = paired(before, before, lambda key: key[0])
    assert (same.chance, same.interval) == (1.0, Difference(80, 0, 0, 0, 0).interval)


def test_of_many_differences_fewer_are_significant() -> None:
    assert significant([0.04]) == [True]
    assert significant([0.04, 0.9, 0.9]) == [False, False, False]
    assert significant([0.9, 0.001, 0.02]) == [False, True, True]
    assert significant([]) == []


def test_medians() -> None:
    assert (median([]), median([3, 1, 2]), median([4, 1, 2, 3])) == (0.0, 2.0, 2.5)
