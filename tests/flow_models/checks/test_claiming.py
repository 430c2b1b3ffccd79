"""Messages that say that something was done, and controls that say they lead back."""

import pytest

from flow_models.document.behaviour import Notice
from flow_models.document.flow import Flow
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    clears,
    field,
    flow,
    form,
    link,
    page,
    rows_of,
    table,
    variable,
)
from tests.flow_models.checks.asking import assert_case, problems_of


def saying(text: str, *effects: object, tone: str = "success", title: str = "Go on", shown: str = "") -> Flow:
    """A form whose button says something."""
    told = arrow("a", "b", use="save", do=effects)  # type: ignore[arg-type]
    return flow(
        page(
            "a",
            form("f", field("text"), button("save", submit=True, title=title)),
            rows_of("l", "t", "{x}", where=shown),
        ),
        page("b", link("home")),
        table("t", "x:text"),
        variable("draft"),
        told.rebuilt(notice=Notice.model_validate({"text": text, "tone": tone})),
        arrow("b", "a", use="home"),
    )


def stepping(to: str, title: str = "Back", *, around: bool = False) -> Flow:
    """Three steps, a way back from the second, and perhaps a way around it."""
    return flow(
        page("one", link("next"), *((link("skip"),) if around else ())),
        page("two", link("on"), link("back", title=title)),
        page("three", link("again")),
        arrow("one", "two", use="next"),
        *((arrow("one", "three", use="skip"),) if around else ()),
        arrow("two", "three", use="on"),
        arrow("two", to, use="back"),
        arrow("three", "one", use="again"),
    )


CASES = {
    "opposite.told": (saying("Your text is saved."), saying("Your text is saved.", adds("t", x="field.text"))),
    "opposite.onward": (stepping("three"), stepping("one")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "sound",
    [
        saying("Nothing was saved."),
        saying("This is saved already."),
        saying("It will be saved soon."),
        saying("We have sent you a link."),
        saying("It could not be saved.", tone="error"),
        saying("The draft is deleted.", clears("draft")),
        saying("The list is updated.", shown="x == field.text"),
        saying("The order was cancelled.", title="Cancel"),
        saying("Welcome."),
        saying("It is saved.", title="Save"),
    ],
)
def test_a_message_that_claims_nothing_is_none(sound: Flow) -> None:
    assert problems_of("opposite.told", sound) == []


@pytest.mark.parametrize("sound", [stepping("three", "On"), stepping("three", around=True)])
def test_what_can_be_reached_otherwise_may_lie_behind(sound: Flow) -> None:
    assert problems_of("opposite.onward", sound) == []
