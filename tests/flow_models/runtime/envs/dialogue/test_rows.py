"""Rows: what stacks call a dataset."""

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.dialogue.rows import Rows, options_of, rows
from flow_models.runtime.envs.listing import BundleError


@pytest.mark.parametrize("variation", ["none", "light", "full"])
def test_every_split_that_a_server_names_has_rows(variation: str, bundle: Bundle) -> None:
    """Without variants there are none to hold out: then tests ask for new instances."""
    listed = Rows(bundle, variation)  # type: ignore[arg-type]  # one of the three
    assert all(len(listed.of(split)) > 0 for split in listed.splits)
    assert ("test" in listed.splits) == (variation != "none")


def test_a_row_is_drawn_alike_each_time_and_plays_what_it_says(bundle: Bundle) -> None:
    [first, *others] = rows(bundle, variation="full")
    assert rows(bundle, variation="full")[0] == first
    assert {first["variant"]}.isdisjoint(row["variant"] for row in others)
    assert options_of(first)["instance"] == first["instance"]
    with pytest.raises(BundleError, match="This is no row of the package"):
        options_of({"task": first["task"]})
