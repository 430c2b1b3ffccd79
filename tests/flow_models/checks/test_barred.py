"""What never happens because what it waits for never comes about."""

import pytest

from flow_models.document.blocks import NoticeBlock
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, flow, link, page, sets, variable, words
from tests.flow_models.checks.asking import assert_case, problems_of


def mood(value: str, *, notice: str = "") -> Flow:
    """A page that knows a mood, which a link sets."""
    return flow(
        page("a", words("w", "Sad?", show_if="mood == 'sad'"), link("go"), link("set"),
             NoticeBlock(id="n", text="So sad.", show_if="mood == 'sad'")),
        page("b", link("back")),
        variable("mood", "text", "good"),
        arrow("a", use="go", when="mood == 'sad'", notice=notice, name="sad", do=(sets("mood", "'good'"),)),
        arrow("a", "b", use="go"),
        arrow("b", "a", use="back"),
        arrow("a", use="set", do=(sets("mood", value),)),
    )  # fmt: skip


CASES = {
    "barred.block": (mood("'bad'"), mood("'sad'")),
    "barred.notice": (mood("'bad'"), mood("'sad' if mood == 'good' else 'bad'")),
    "barred.arrow": (mood("'bad'"), mood("'sad'")),
    "barred.message": (mood("'bad'", notice="Cheer up."), mood("'sad'", notice="Cheer up.")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_value_that_nobody_knows_can_be_any() -> None:
    assert problems_of("barred.block", mood("lower('SAD')")) == []
