"""What can be chosen along each axis, and how many variants that makes."""

from app.variation.choices import Choice, choices, counts, is_own, part_of, shipped_of, swatch_of, variants
from flow_models.compiler.variation import HELD_OUT, site_looks, variation_of
from flow_models.document.edits.variation import place_values, switch_axis
from flow_models.document.flow import Flow
from flow_models.document.variation import AXES

FLOW = Flow(id="f")


def choice(axis: str, name: str) -> Choice:
    return next(one for one in choices(axis) if one.name == name)


def test_every_look_can_be_chosen_and_has_a_swatch() -> None:
    assert {one.name for one in choices("look")} == set(site_looks())
    assert all(len(swatch_of(one.name)) == 2 for one in choices("look"))


def test_numbered_values_are_one_choice() -> None:
    orders = [one for one in choices("layout") if one.aspect == "order"]
    assert [(one.is_whole, len(one.values)) for one in orders] == [(True, 40)]
    assert part_of(FLOW, "layout", orders[0]) == "training"
    assert part_of(place_values(FLOW, "layout", orders[0].values, "never", ()), "layout", orders[0]) == "never"


def test_the_shipped_rule_says_who_sees_a_value() -> None:
    parts = {name: part_of(FLOW, "layout", choice("layout", name)) for name in ("side", "end")}
    assert parts == {"side": "training", "end": "tests"}
    assert set(shipped_of("conduct")) == HELD_OUT["conduct"]


def test_what_is_chosen_reaches_the_program() -> None:
    flow = place_values(FLOW, "layout", choice("layout", "side").values, "tests", shipped_of("layout"))
    navigation = variation_of(flow)["axes"]["layout"]["navigation"]
    assert (navigation["train"], set(navigation["held_out"])) == (["plain", "menu"], {"side", "end"})
    assert is_own(flow, "layout")
    assert not is_own(FLOW, "layout")


def test_fewer_values_make_fewer_variants() -> None:
    before = variants(FLOW)
    flow = place_values(FLOW, "look", choice("look", "airy").values, "never", shipped_of("look"))
    assert counts(flow, "look").training == counts(FLOW, "look").training - 1
    assert variants(flow).training < before.training


def test_a_flow_without_axes_has_one_variant() -> None:
    flow = FLOW
    for axis in AXES:
        flow = switch_axis(flow, axis, False)
    assert variants(flow) == (1, 0)
