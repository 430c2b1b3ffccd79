"""The tables by themselves: what stands where, what is shared, and that playing again plays nothing."""

import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.instances import InstanceChooser
from flow_models.runtime.envs.tables import starts
from flow_models.runtime.envs.tables.batch import Batch
from flow_models.runtime.envs.tables.growing import Growing
from flow_models.runtime.envs.tables.tables import OUTCOME_BITS, OUTSIDE, RESTING, UNKNOWN, Tables

COUNT, STEPS = 40, 30


@pytest.fixture
def batch(bundle: Bundle) -> Batch:
    return begun(Batch(Tables(bundle), chooser(bundle), COUNT, AutoresetMode.SAME_STEP))


def chooser(bundle: Bundle) -> InstanceChooser:
    return InstanceChooser(bundle, bundle.task_names, "train", "full")


def begun(batch: Batch) -> Batch:
    for slot in range(batch.count):
        batch.seed(slot, slot)
    batch.begin(np.arange(batch.count))
    return batch


def played(batch: Batch) -> list[bytes]:
    """Play the same random actions, legal or not, and return what came of them."""
    rng, met = np.random.default_rng(0), []
    for _ in range(STEPS):
        stepped = batch.step(rng.integers(batch.tables.encoding.actions, size=batch.count) * (rng.random(COUNT) < 0.7))
        met.append(b"".join(array.tobytes() for array in (*stepped, batch.observations(), batch.bits(), batch.masks())))
    return met


def test_what_was_played_once_is_looked_up(batch: Batch) -> None:
    first, tables = played(batch), batch.tables
    machine_steps = tables.played
    assert played(begun(batch)) == first
    assert tables.played == machine_steps > 0
    assert tables.outside == 0


def test_forbidden_actions_share_one_edge_and_allowed_ones_have_one_each(batch: Batch) -> None:
    played(batch)
    tables = batch.tables
    for state in range(2, len(tables)):
        mask = tables.nodes[state].mask
        places = np.array([tables.place(state, action) for action in range(len(mask))]) - tables.firsts.array[state]
        assert places[mask == 1].tolist() == list(range(1, mask.sum() + 1))
        assert not places[mask == 0].any()
    assert tables.edges.size == 2 + sum(tables.nodes[state].mask.sum() + 1 for state in range(2, len(tables)))


def test_equal_masks_stand_there_once(batch: Batch) -> None:
    played(batch)
    tables = batch.tables
    assert len(np.unique(tables.masks.used, axis=0)) == tables.masks.size < len(tables)
    assert (np.unpackbits(tables.bits.used, axis=1)[:, : tables.encoding.actions] == tables.masks.used).all()


def test_who_rests_or_is_outside_is_nowhere(bundle: Bundle) -> None:
    tables = Tables(bundle)
    assert tables.fill(OUTSIDE, 3) == UNKNOWN
    assert tables.fill(RESTING, 3) >> OUTCOME_BITS == RESTING
    assert not tables.observations.array[[OUTSIDE, RESTING]].any()


def test_choices_that_are_not_remembered_are_the_same(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    first = played(begun(Batch(Tables(bundle), chooser(bundle), COUNT, AutoresetMode.SAME_STEP)))
    monkeypatch.setattr(starts, "CHOICES", 0)
    assert played(begun(Batch(Tables(bundle), chooser(bundle), COUNT, AutoresetMode.SAME_STEP))) == first


def test_rows_grow_and_keep_what_they_hold() -> None:
    table = Growing(np.int16, 2)
    for number in range(200):
        assert table.append([number, -number]) == number
    assert table.extend(300, 7) == 200
    assert table.used[:200, 0].tolist() == list(range(200))
    assert (table.used[200:] == 7).all()
    assert table.size == len(table.used) == 500
