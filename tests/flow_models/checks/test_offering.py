"""Fields that offer nothing, or cannot be moved."""

import pytest

from flow_models.document.field_blocks import ChoiceField, FileField, Slider
from tests.flow_models.builders import flow, page, table
from tests.flow_models.checks.asking import assert_case

T = table("t", "x")


def choice(**fields: object) -> ChoiceField:
    return ChoiceField.model_validate({"id": "c", "name": "c", "title": "C", **fields})


def files(*names: str) -> FileField:
    return FileField(id="f", name="f", title="F", files=names)


def slider(minimum: int, maximum: int, step: int = 1) -> Slider:
    return Slider(id="s", name="s", title="S", minimum=minimum, maximum=maximum, step=step)


CASES = {
    "choice.no_table": (flow(page("a", choice(table="gone"))), flow(page("a", choice(table="t")), T)),
    "choice.empty": (flow(page("a", choice())), flow(page("a", choice(choices=("x",))))),
    "file.empty": (flow(page("a", files())), flow(page("a", files("a.pdf")))),
    "slider.bounds": (flow(page("a", slider(5, 1))), flow(page("a", slider(1, 5)))),
    "slider.step": (flow(page("a", slider(1, 5, 10))), flow(page("a", slider(1, 5, 4)))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
