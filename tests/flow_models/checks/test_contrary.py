"""Controls that do the contrary of what they say, and what the words of titles have to do with each other."""

import pytest

from flow_models.checks.contraries import Saying, are_contrary, is_against, is_akin, saying
from flow_models.document.behaviour import AddEffect, RemoveEffect
from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, button, changes, flow, page, table
from tests.flow_models.checks.asking import assert_case, problems_of


def pair(one: str, other: str, column: str, first: str, second: str, title: str = "") -> Flow:
    """A page of a card with two buttons that write one column."""
    name = column.partition(":")[0]
    return flow(
        page("a", button("one", title=one), button("other", title=other)),
        table("cards", "name:text", column, title=title),
        arrow("a", use="one", do=(changes("cards", "name == 'x'", **{name: first}),)),
        arrow("a", use="other", do=(changes("cards", "name == 'x'", **{name: second}),)),
    )


STATE = "state:choice:Active|Frozen"

CASES = {
    "contrary.value": (
        pair("Unfreeze the card", "Stay", STATE, "'Frozen'", "state"),
        pair("Use the card", "Stay", STATE, "'Frozen'", "state"),
    ),
    "contrary.yes": (
        pair("Hide", "Stay", "shown:boolean", "true", "shown"), pair("Hide", "Stay", "hidden:boolean", "true", "hidden")
    ),
    "contrary.no": (
        pair("Pin", "Stay", "pinned:boolean", "false", "pinned"),
        pair("Unpin", "Stay", "pinned:boolean", "false", "pinned"),
    ),
    "contrary.more": (
        pair("Increase", "Stay", "level:integer", "level - 1", "level"),
        pair("Decrease", "Stay", "level:integer", "level - 1", "level"),
    ),
    "contrary.same": (
        pair("Open", "Close", "state:choice:On|Off", "'On'", "'On'"),
        pair("Open", "Close", "state:choice:On|Off", "'On'", "'Off'"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def following(second: AddEffect | RemoveEffect) -> Flow:
    """Two buttons, of which one adds a row for a person."""
    return flow(
        page("a", button("one", title="Follow"), button("other", title="Unfollow")),
        table("people", "name:text"),
        table("follows", "who:row:people"),
        arrow("a", use="one", do=(adds("follows", who="first(people)"),)),
        arrow("a", use="other", do=(second,)),
    )


def test_two_that_add_the_same_row_do_the_same() -> None:
    assert problems_of("contrary.same", following(adds("follows", who="first(people)")))
    assert problems_of("contrary.same", following(adds("follows", who="last(people)"))) == []
    assert problems_of("contrary.same", following(RemoveEffect(table="follows", where="true"))) == []


def _said(title: str) -> Saying:
    found = saying(title)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Freeze", "Unfreeze"),
        ("Activate account", "Deactivate account"),
        ("Accept", "Decline"),
        ("Accept offer", "Reject"),
        ("Publish it", "Unpublish"),
        ("Turn on alerts", "Turn off alerts"),
        ("Alerts on", "Alerts off"),
        ("Check in", "Check out"),
        ("Show", "Hide"),
        ("Like", "Dislike"),
        ("Yes, connect", "Disconnect"),
        ("Mark as read", "Mark as unread"),
    ],
)
def test_titles_that_say_contrary_things(one: str, other: str) -> None:
    assert are_contrary(_said(one), _said(other))
    assert are_contrary(_said(other), _said(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Open", "Reject"), ("Freeze card", "Unfreeze account"), ("Publish", "Publish again"), ("Check in", "Check")],
)
def test_titles_that_do_not(one: str, other: str) -> None:
    assert not are_contrary(_said(one), _said(other))


@pytest.mark.parametrize("title", ["", "Confirm", "Save", "{name}", "Go on", "Yes", "Back to the cards"])
def test_titles_that_say_nothing_with_a_contrary(title: str) -> None:
    assert saying(title) is None


@pytest.mark.parametrize(
    ("title", "akin", "against"),
    [
        ("Freeze", "Frozen", "Not frozen"),
        ("Unfreeze", "Unfrozen", "Frozen"),
        ("Activate", "Active", "Inactive"),
        ("Deactivate", "Deactivated", "Active"),
        ("Approve", "Approved", "Rejected"),
        ("Hide", "Hidden", "Shown"),
        ("Check out", "Checked out", "Checked in"),
        ("Enable", "Enabled", "Disabled"),
        ("Subscribe", "Subscribed", "Unsubscribed"),
    ],
)
def test_what_comes_of_doing_what_a_title_says_and_of_the_contrary(title: str, akin: str, against: str) -> None:
    said = _said(title)
    assert [is_akin(said, text) for text in (akin, against, "New")] == [True, False, False]
    assert [is_against(said, text) for text in (akin, against, "New")] == [False, True, False]


def test_the_wrong_one_of_two_is_the_one_that_is_offered_where_it_changes_nothing() -> None:
    asked = pair("Open", "Close", "state:choice:On|Off", "'On'", "'On'")
    shown = asked.rebuilt(
        transitions=(asked.transitions[0].rebuilt(when="any(cards, state == 'Off')"), asked.transitions[1])
    )
    assert [one.elements[0].id for one in problems_of("contrary.same", asked)] == ["a-one-stay"]
    assert [one.elements[0].id for one in problems_of("contrary.same", shown)] == ["a-one-stay"]
