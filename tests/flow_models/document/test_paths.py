"""What lies inside a part is reached, and replaced, by its path."""

import pytest

from flow_models.document.behaviour import AddEffect, ChangeEffect
from flow_models.document.paths import inside, with_inside
from tests.flow_models.builders import arrow, form, link

ARROW = arrow("a", "b", use="go", do=(AddEffect(table="t"), ChangeEffect(table="t", values={"c": "1"})))


def test_fields_items_and_keys_are_steps_of_a_path() -> None:
    assert inside(ARROW, ["do", "1", "values", "c"]) == "1"
    assert inside(ARROW, []) is ARROW


@pytest.mark.parametrize("path", ["nothing", "do.2", "do.x", "do.1.values.d", "when.x"])
def test_a_step_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(KeyError):
        inside(ARROW, path.split("."))


def test_what_lies_at_a_path_is_replaced_and_the_rest_stays_the_same_objects() -> None:
    changed = with_inside(ARROW, ["do", "1", "values", "c"], "2")
    assert inside(changed, ["do", "1", "values"]) == {"c": "2"}
    assert changed.do[0] is ARROW.do[0]
    held = form("f", link("one"), link("two"))
    assert with_inside(held, ["blocks", "0"], link("three")).blocks == (link("three"), link("two"))


def test_a_mapping_takes_a_new_key() -> None:
    changed = with_inside(ARROW, ["do", "0", "values", "c"], "5")
    assert inside(changed, ["do", "0", "values"]) == {"c": "5"}
