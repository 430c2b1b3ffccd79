"""What a program says of variation: the values of each axis, and who sees them."""

from collections.abc import Mapping
from typing import Any

from flow_models.compiler import compile_flow
from flow_models.compiler.data import pool_values
from flow_models.compiler.variation import site_looks
from flow_models.document.data import Generate, PoolGenerator
from flow_models.document.variation import Axis, Variation
from tests.flow_models.builders import flow, page, shop, table


def axes(**fields: Axis) -> Mapping[str, Any]:
    """Return the axes of a flow with some of them as given."""
    found: Mapping[str, Any] = compile_flow(shop().rebuilt(variation=Variation(**fields))).program.json["variation"][
        "axes"
    ]
    return found


def test_every_aspect_that_the_text_shows_has_values_on_both_sides() -> None:
    drawn = axes()
    for axis, aspect in (
        ("layout", "navigation"),
        ("layout", "order"),
        ("layout", "buttons"),
        ("layout", "lists"),
        ("wording", "wording"),
        ("wording", "goal"),
        ("interruptions", "interruption"),
        ("conduct", "conduct"),
        ("look", "look"),
    ):
        values = drawn[axis][aspect]
        assert values["held_out"], aspect
        assert values["train"][0] == "plain"
        # What never varies in training cannot be learnt to be met otherwise.
        assert len(values["train"]) > 1, aspect
        assert not set(values["train"]) & set(values["held_out"])


def test_about_a_quarter_of_the_looks_is_held_out() -> None:
    looks = axes()["look"]["look"]
    assert len(site_looks()) >= 12
    assert 0.15 <= len(looks["held_out"]) / len(site_looks()) <= 0.35


def test_the_flow_says_which_values_it_never_takes_and_which_only_tests_see() -> None:
    given = axes(
        interruptions=Axis(left_out=("survey",), held_out=("cookies",)), layout=Axis(held_out=("navigation.side",))
    )
    interruption = given["interruptions"]["interruption"]
    assert interruption["held_out"] == ["cookies"]
    assert "survey" not in interruption["train"]
    assert given["layout"]["navigation"]["held_out"] == ["side"]


def test_an_axis_that_is_off_has_no_values() -> None:
    assert axes(look=Axis(is_on=False))["look"] == {}


def test_only_looks_that_the_site_takes_are_in_its_program() -> None:
    left_out = tuple(sorted(site_looks()))[:3]
    program = compile_flow(shop().rebuilt(variation=Variation(look=Axis(left_out=left_out)))).program
    assert set(program.variation.looks) == set(site_looks()) - set(left_out)


def generator(rows: int, *, is_on: bool = True, unique: bool = True) -> Mapping[str, Any]:
    """Return the generator of a column of persons in so many rows, as the program has it."""
    generate = Generate(
        minimum=rows, maximum=rows, columns={"people_name": PoolGenerator(pool="person", unique=unique)}
    )
    whole = flow(page("home"), table("people", "name:text", generate=generate))
    whole = whole.rebuilt(variation=Variation(data=Axis(is_on=is_on)))
    found: Mapping[str, Any] = compile_flow(whole).program.json["tables"]["people"]["generate"]["columns"]["name"]
    return found


def test_about_a_quarter_of_a_pool_is_kept_for_tests() -> None:
    shared = generator(5)
    pool = pool_values("person")
    assert pool is not None
    assert sorted([*shared["values"], *shared["held_out"]]) == sorted(pool)
    assert 0.15 < len(shared["held_out"]) / len(pool) < 0.35


def test_a_pool_too_small_for_the_rows_is_shared_by_all() -> None:
    pool = pool_values("person")
    assert pool is not None
    assert generator(len(pool))["held_out"] == []
    assert generator(len(pool), unique=False)["held_out"]
    assert generator(5, is_on=False)["held_out"] == []
