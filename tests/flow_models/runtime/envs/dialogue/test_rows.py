"""Rows name all that it takes to play an instance, and are drawn no sooner than they are asked for."""

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.contents import Asked, Contents
from flow_models.runtime.envs.dialogue.episode import TextEpisode
from flow_models.runtime.envs.dialogue.rows import Listed, Rows, rows
from flow_models.runtime.envs.listing import BundleError, Instance
from flow_models.runtime.machine.base.variant import Variant


@pytest.mark.parametrize("variation", ["none", "light", "full"])
def test_every_split_that_a_server_names_has_rows(variation: str, bundle: Bundle) -> None:
    """Without variants there are none to hold out: then tests ask for new instances."""
    listed = Rows(bundle, variation)
    assert all(len(listed.of(split)) > 0 for split in listed.splits)
    assert ("test" in listed.splits) == (variation != "none")


def test_a_row_plays_the_attempt_that_it_names(bundle: Bundle) -> None:
    episode = TextEpisode(bundle)
    for row in rows(bundle, "train", "full"):
        first = episode.begin(row)
        assert episode.goal == row["goal"]
        assert (episode.info["task"], episode.info["instance"]) == (row["task"], row["instance"])
        assert episode.begin(row) == first


def test_each_row_shows_a_variant_of_its_own_and_another_seed_others(bundle: Bundle) -> None:
    first, other = ({row["variant"] for row in rows(bundle, "train", "full", seed=seed)} for seed in (0, 1))
    assert len(first) == len(other) == 4
    assert not first & other


def test_an_instance_has_a_row_for_each_of_its_variants(bundle: Bundle) -> None:
    listed = rows(bundle, "train", "full", variants=3)
    assert [row["instance"] for row in listed] == [row["instance"] for row in rows(bundle)] * 3
    assert len({row["id"] for row in listed}) == len(listed) == 12
    for wrong, variation in ((0, "full"), (2, "none"), ("2", "full")):
        with pytest.raises(BundleError, match="variants is a whole number from 1"):
            rows(bundle, "train", variation, variants=wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_rows_of_the_site_as_drawn_show_no_variant(bundle: Bundle) -> None:
    assert {row["variant"] for row in rows(bundle)} == {"{}"}


def test_only_the_rows_that_are_asked_for_are_drawn(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Rows(bundle, "full").of("validation")
    drawn: list[int] = []
    draw = Contents.asked

    def noted(contents: Contents, instance: Instance, variant: Variant) -> Asked:
        drawn.append(instance.n)
        return draw(contents, instance, variant)

    monkeypatch.setattr(Contents, "asked", noted)
    assert len(listed) == 4
    assert listed[1] is listed[1:2][0]
    assert drawn == [listed[1]["instance"]]


def test_a_row_that_would_be_drawn_anew_and_odd_wishes_are_refused(bundle: Bundle) -> None:
    row = rows(bundle)[0]
    for broken in ({"task": None}, {"instance": None}, {"variant": "null"}, {"variant": None}, {"variant": "[]"}):
        with pytest.raises(BundleError, match="no row of the package"):
            TextEpisode(bundle).begin({**row, **broken})
    with pytest.raises(BundleError, match="A seed is a whole number from 0"):
        rows(bundle, seed="a")  # type: ignore[arg-type]
    assert rows(bundle, tasks=[row["task"]] * 2) == rows(bundle, tasks=row["task"])


def test_a_row_that_does_not_exist_is_refused_in_words(bundle: Bundle) -> None:
    listed = Listed(bundle, "train", "none")
    for index in (4, -1):
        with pytest.raises(IndexError, match="has 4 rows, numbered from 0"):
            listed[index]


def test_a_split_or_task_that_does_not_exist_is_refused_in_words(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match="no split 'elsewhere'"):
        Rows(bundle, "full").of("elsewhere")
    with pytest.raises(BundleError, match="no task 'fly'"):
        rows(bundle, tasks="fly")
    with pytest.raises(BundleError, match="no row of the package"):
        TextEpisode(bundle).begin({"task": "borrow-book"})
