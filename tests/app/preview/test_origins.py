"""Where the pictures of pages come from."""

import pytest

from app.preview.origins import Origins
from app.preview.play import Origin
from flow_models.document.flow import Flow


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search for a way take as long as a busy computer needs."""
    monkeypatch.setattr("app.preview.origins.QUICK_S", 60.0)


def test_a_page_is_shown_at_the_end_of_a_way_that_was_found(library: Flow) -> None:
    origins = Origins(lambda: False)
    compiled = origins.whole(library)
    # A quick look has a bound in time, which a busy computer can miss.
    assert origins.find(compiled, "p_book") or origins.search(compiled, "p_book")
    assert len(origins.of(compiled, "p_book").way) == 1


def test_a_page_without_a_way_is_shown_by_hand_and_not_looked_for_again(library: Flow) -> None:
    origins = Origins(lambda: False)
    compiled = origins.whole(library.rebuilt(transitions=()))
    assert not origins.find(compiled, "p_done")
    assert origins.of(compiled, "p_done") == Origin("borrow-book", 0, page="p_done")
    assert origins.find(compiled, "p_done")
    assert not origins.search(compiled, "p_done")


def test_a_page_by_hand_leaves_the_data_of_a_task_that_is_gone(library: Flow) -> None:
    origins = Origins(lambda: False)
    origins.find(origins.whole(library.rebuilt(transitions=())), "p_done")
    idle = origins.whole(library.rebuilt(transitions=(), tasks=()))
    assert origins.of(idle, "p_done") == Origin(page="p_done")


def test_the_same_flow_is_compiled_once(library: Flow) -> None:
    origins = Origins(lambda: False)
    assert origins.whole(library) is origins.whole(library)
    assert origins.around(library, "p_done") is origins.whole(library)
