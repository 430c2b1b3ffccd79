"""Edits that may be refused."""

from app.document.changing import Tried, tried
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow

FLOW = Flow(id="f")


def test_an_edit_that_fits_is_made_without_a_word() -> None:
    assert tried(lambda flow: flow.rebuilt(title="Bank"), FLOW) == Tried(FLOW.rebuilt(title="Bank"), "")


def test_an_edit_that_knows_why_not_leaves_the_flow_and_says_why() -> None:
    error = UnknownElementError("page", "gone")

    def refuse(_flow: Flow) -> Flow:
        raise error

    assert tried(refuse, FLOW) == Tried(FLOW, error.sentence())


def test_a_value_of_the_wrong_shape_is_refused_in_words() -> None:
    flow, refused = tried(lambda flow: flow.rebuilt(title=7), FLOW)
    assert flow is FLOW
    assert refused == "This value does not fit: it must be a text."
