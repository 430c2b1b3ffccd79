"""What `tasks.json` says: it is read as it was written, and a test instance is not met in it by searching."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.envs import listing
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import BundleError, Instance
from flow_models.runtime.machine.base.splits import SPLITS

instances = st.builds(
    Instance,
    task=st.sampled_from(["borrow-book", "other"]),
    n=st.integers(0, 9999),
    seed=st.integers(0, 2**64 - 1),
    split=st.sampled_from(SPLITS),
    infeasible=st.booleans(),
    steps=st.integers(0, 2**32 - 1),
)


HARD = {"borrow-book": listing.Difficulty("plain", 4.5, 4, 12, 2, 3, 0, 1, 9, 0.25)}
PLAYED = (listing.Played("symbolic", "borrow-book", 5, 4),)


def text_of(bundle: Bundle, listed: list[Instance]) -> str:
    return json.dumps(listing.written(bundle.program, listed, {}, "canary", PLAYED, HARD))


@given(listed=st.lists(instances, max_size=8, unique_by=lambda one: (one.task, one.n)))
def test_instances_are_read_as_they_were_written(bundle: Bundle, listed: list[Instance]) -> None:
    text = text_of(bundle, listed)
    read, played, difficulties = listing.read(bundle.program, text)
    assert listing.by_task(read) == listing.by_task(listed)
    assert difficulties == {task: HARD[task] for task in listing.by_task(listed) if task in HARD}
    assert played == tuple(one for one in PLAYED if one.task in listing.by_task(listed))
    assert text == text_of(bundle, listed)


@given(one=instances, seed=st.integers(2**40, 2**64 - 1))
def test_a_test_instance_is_a_number_and_a_record_that_tells_nothing_by_itself(
    bundle: Bundle, one: Instance, seed: int
) -> None:
    one = one._replace(seed=seed)
    text = text_of(bundle, [one._replace(split="test")])
    (entry,) = json.loads(text)["tasks"][one.task]["instances"]
    assert set(entry) == {"n", "split", "sealed"}
    assert str(one.seed) not in text
    assert f"{one.seed:x}" not in entry["sealed"]
    other = text_of(bundle, [one._replace(split="test", n=one.n + 1)])
    assert entry["sealed"] not in other


def test_records_are_of_one_length_and_differ_though_they_say_the_same(bundle: Bundle) -> None:
    listed = [Instance("borrow-book", n, 7, "test", n % 2 == 1, steps=n % 2) for n in range(50)]
    entries = json.loads(text_of(bundle, listed))["tasks"]["borrow-book"]["instances"]
    assert len({entry["sealed"] for entry in entries}) == 50
    assert len({len(entry["sealed"]) for entry in entries}) == 1


def changed(text: str, **values: Any) -> str:
    """Return a listing of which one instance says something else."""
    listed = json.loads(text)
    listed["tasks"]["borrow-book"]["instances"][0].update(values)
    return json.dumps(listed)


@pytest.mark.parametrize(
    "values", [{"sealed": "00" * 21}, {"sealed": "zz"}, {"sealed": ""}, {"n": 4}, {"split": "train"}, {"sealed": None}]
)
def test_a_record_that_was_changed_or_moved_is_refused_in_words(bundle: Bundle, values: dict[str, Any]) -> None:
    text = text_of(bundle, [Instance("borrow-book", 3, 17, "test", steps=4)])
    with pytest.raises(BundleError, match=r"damaged.*install the package again"):
        listing.read(bundle.program, changed(text, **values))


@pytest.mark.parametrize("text", ["", "[]", "3", '{"format": 2}', '{"format": 2, "program": "x", "tasks": 3}'])
def test_what_is_no_listing_is_refused_in_words(bundle: Bundle, text: str) -> None:
    with pytest.raises(BundleError, match=r"tasks\.json is damaged"):
        listing.read(bundle.program, text)


def test_a_listing_of_another_program_or_format_is_refused_in_words(bundle: Bundle) -> None:
    text = text_of(bundle, [])
    with pytest.raises(BundleError, match="made for another program"):
        listing.read(bundle.program, text.replace(bundle.program.hash, "0" * 64))
    with pytest.raises(BundleError, match="format 2, not 1; export the flow again"):
        listing.read(bundle.program, text.replace('"format": 2', '"format": 1'))
