"""Rewards and ends: in which order they are judged, what they pay, what they take back."""

import pytest

from flow_models.document.behaviour import RemoveEffect
from flow_models.document.flow import Clock, Flow, Site
from flow_models.document.tasks import ExpectedChange, Failure, Milestone, Success, Task
from flow_models.runtime.machine import END_REASONS, Episode, Event, MachineError
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    expect_added,
    flow,
    page,
    parameter,
    sets,
    table,
    task,
    variable,
)
from tests.flow_models.runtime.machine.play import Play

ORDERS = table("orders", "name:text", "total:money!")
PEOPLE = table("people", "name:text", "city:text", "age:integer", rows=(("Ada", "Bath", 30), ("Bob", "York", 40)))


def shop_flow(one: Task) -> Flow:
    return flow(
        page("home", button("order"), button("count"), button("move"), button("grow")),
        ORDERS,
        PEOPLE,
        variable("n", "integer", 0),
        arrow("home", use="order", do=(adds("orders", name='"Ada"', total="5.00"),)),
        arrow("home", use="count", do=(sets("n", "n + 1"),)),
        arrow("home", use="move", do=(changes("people", 'name == "Ada"', city='"York"'),)),
        arrow("home", use="grow", do=(changes("people", "true", age="age + 1"),)),
        one,
    )


def play(one: Task, *, infeasible: bool = False) -> Play:
    return Play(shop_flow(one), one.name, infeasible=infeasible)


ORDERED = (expect_added("orders", name='"Ada"'),)


def test_success_ends_the_episode_and_pays_one() -> None:
    result = play(task("t", expect=ORDERED)).use("order")
    assert (result.reward, result.terminated, result.truncated, result.end_reason) == (1.0, True, False, "success")


def test_nothing_may_be_stepped_after_the_end() -> None:
    game = play(task("t", expect=ORDERED))
    game.use("order")
    with pytest.raises(MachineError):
        game.noop()


def test_a_second_order_is_something_else_than_one() -> None:
    game = play(task("t", expect=(expect_added("orders", 2, name='"Ada"'),)))
    assert game.use("order").end_reason == ""
    assert game.use("order").end_reason == "success"


def test_something_else_that_changed_prevents_success() -> None:
    game = play(task("t", expect=ORDERED))
    game.use("move")
    assert game.use("order").end_reason == ""


def test_other_changes_are_allowed_where_the_task_says_so() -> None:
    game = play(task("t", success=Success(changes=ORDERED, nothing_else=False)))
    game.use("move")
    assert game.use("order").end_reason == "success"


def change(where: str, **values: str) -> ExpectedChange:
    named = {f"people_{name}": value for name, value in values.items()}
    return ExpectedChange(kind="changed", table="people", where=where, values=named)


def test_a_changed_row_is_judged_against_how_it_was() -> None:
    game = play(task("t", expect=(change("true", age="age + 1"),)))
    assert game.use("grow").end_reason == "success"


def test_a_change_of_more_rows_than_expected_is_no_success() -> None:
    game = play(task("t", expect=(change('name == "Ada"', age="age + 1"),)))
    assert game.use("grow").end_reason == ""


def test_another_column_of_the_changed_row_must_be_as_before() -> None:
    game = play(task("t", expect=(change('name == "Ada"', city='"York"'),)))
    game.use("grow")
    assert game.use("move").end_reason == ""


def test_a_net_change_of_nothing_is_no_change() -> None:
    one = task("t", success=Success(also="n == 1"))
    assert play(one).use("count").end_reason == "success"


def test_derived_columns_are_exempt_from_nothing_else() -> None:
    one = task("t", success=Success(also="n == 1"))
    base = shop_flow(one)
    rates = table("rates", "name:text", "score:integer!", rows=(("a", 1),))
    bump = arrow("home", use="count", do=(changes("rates", "true", score="score + 1"), sets("n", "n + 1")))
    kept = tuple(item for item in base.transitions if item.id != bump.id)
    assert Play(base.rebuilt(tables=(*base.tables, rates), transitions=(*kept, bump)), "t").use("count").terminated


def test_a_removed_row_is_expected_by_how_it_was() -> None:
    gone = ExpectedChange(kind="removed", table="people", where='name == "Bob"')
    base = shop_flow(task("t", expect=(gone,)))
    drop = arrow("home", use="move", do=(RemoveEffect(table="people", where="age > 35"),))
    kept = tuple(item for item in base.transitions if item.id != drop.id)
    assert Play(base.rebuilt(transitions=(*kept, drop)), "t").use("move").end_reason == "success"


def test_a_failure_rule_comes_before_success() -> None:
    game = play(task("t", expect=ORDERED, failures=(Failure(when="count(orders) > 0"),)))
    result = game.use("order")
    assert (result.end_reason, result.reward, result.terminated) == ("failure", 0.0, True)


def test_a_milestone_pays_once_and_success_pays_the_rest() -> None:
    game = play(task("t", expect=ORDERED, milestones=(Milestone(when="n == 1", reward=0.3),)))
    rewards = [game.use(block).reward for block in ("count", "count", "order")]
    assert rewards == pytest.approx([0.3, 0.0, 0.7])


def test_failure_takes_milestones_back() -> None:
    one = task("t", milestones=(Milestone(when="n == 1", reward=0.3),), failures=(Failure(when="n == 2"),))
    game = play(one)
    assert [game.use("count").reward for _ in range(2)] == pytest.approx([0.3, -0.3])


def test_each_step_costs() -> None:
    game = play(task("t", expect=ORDERED, step_cost=0.01))
    assert game.noop().reward == pytest.approx(-0.01)
    assert game.use("order").reward_parts == pytest.approx((1.0, 0.0, -0.01))


def test_the_step_limit_truncates_but_success_on_the_last_step_counts() -> None:
    game = play(task("t", expect=ORDERED, max_steps=2))
    game.noop()
    result = game.noop()
    assert (result.terminated, result.truncated, result.end_reason) == (False, True, "step_limit")
    game = play(task("t", expect=ORDERED, max_steps=2))
    game.noop()
    assert game.use("order").end_reason == "success"


def question() -> Task:
    return task("q", answer="sum(people, age)")


@pytest.mark.parametrize("message", ["70", "It is 70.", "70 years"])
def test_a_right_answer_ends_a_question_with_success(message: str) -> None:
    assert play(question()).do("message", value=message).end_reason == "success"


@pytest.mark.parametrize("message", ["71", "", "30 or 70", "seventy"])
def test_a_wrong_or_double_answer_is_wrong(message: str) -> None:
    result = play(question()).do("message", value=message)
    assert (result.end_reason, result.reward, result.terminated) == ("answered_wrong", 0.0, True)


def test_an_answer_is_wrong_if_durable_data_changed() -> None:
    game = play(task("q", answer="2 + 2"))
    game.use("order")
    assert game.do("message", value="4").end_reason == "answered_wrong"


def test_a_message_ends_nothing_where_nothing_was_asked() -> None:
    game = play(task("t", expect=ORDERED))
    assert game.do("message", value="done").end_reason == ""
    assert game.episode.state.message == "done"


def test_a_report_is_right_only_on_an_infeasible_instance_with_unchanged_data() -> None:
    one = task("t", expect=ORDERED)
    assert play(one, infeasible=True).do("infeasible", value="no").end_reason == "success"
    assert play(one).do("infeasible", value="no").end_reason == "infeasible_reported"
    changed = play(one, infeasible=True)
    changed.use("grow")
    assert changed.do("infeasible").end_reason == "infeasible_reported"


def test_doing_nothing_earns_nothing() -> None:
    game = play(task("t", expect=ORDERED, milestones=(Milestone(when="n == 1"),), max_steps=5))
    assert sum(game.noop().reward for _ in range(5)) == 0


def test_success_can_name_parameters() -> None:
    one = task(
        "t",
        "For {task.who}.",
        parameters=(parameter("who", "text", "Ada"),),
        expect=(expect_added("orders", name="task.who"),),
    )
    game = play(one)
    assert game.episode.goal == "For Ada."
    assert game.use("order").end_reason == "success"


def test_end_reasons_begin_with_running() -> None:
    assert END_REASONS[0] == ""


def test_a_rule_that_is_out_of_range_does_not_hold() -> None:
    wrong, paid = Failure(when="1 // n == 1"), Milestone(when="1 // n == 0", reward=0.3)
    game = play(task("t", expect=ORDERED, failures=(wrong,), milestones=(paid,)))
    result = game.noop()
    assert (result.end_reason, result.reward) == ("", 0.0)


def test_no_answer_is_right_where_the_expected_one_is_out_of_range() -> None:
    game = play(task("t", answer="1 / count(orders)"))
    result = game.do("message", value="5")
    assert (result.terminated, result.truncated, result.end_reason) == (True, False, "answered_wrong")


def test_an_amount_is_expected_as_it_would_be_shown() -> None:
    bills = table("bills", "total:money", rows=(("10.00",), ("10.00",), ("10.01",)))
    asked = flow(page("home"), bills, task("t", answer="avg(bills, total, default=0)"))
    assert Play(asked, "t").do("message", value="10.00").end_reason == "success"
    assert Play(asked, "t").do("message", value="10.01").end_reason == "answered_wrong"


def test_a_rule_over_the_date_is_judged_again_when_the_day_is_another() -> None:
    ends = table("notes", "day:date", rows=(("2027-03-16",),))
    site = Site(name="Slow", start="home", clock=Clock(start="2027-03-15T23:00", tick_s=3600))
    late = ExpectedChange(kind="changed", table="notes", where="day <= today()", values={"notes_day": '"2027-03-16"'})
    game = Play(flow(page("home"), ends, task("t", expect=(late,)), site=site), "t")
    assert game.noop().end_reason == "success"


def test_a_copy_goes_its_own_way_and_keeps_what_was_earned() -> None:
    game = play(task("t", expect=ORDERED, milestones=(Milestone(when="n == 1", reward=0.3),)))
    game.use("count")
    copied = game.episode.copy()
    game.use("order")
    assert (copied.end_reason, copied.steps, copied.paid, len(copied.log)) == ("", 1, 0.3, 1)
    assert copied.step(Event("use", "order")).reward == pytest.approx(0.7)
    assert copied.get_state() == game.episode.get_state()


def test_an_attempt_at_another_state_leaves_this_one_where_it_is() -> None:
    game = play(task("t", expect=ORDERED, milestones=(Milestone(when="n == 1", reward=0.3),)))
    begun = game.episode.state
    game.use("count")
    back = game.episode.at(begun)
    assert (back.state, back.paid, game.episode.steps) == (begun, 0.3, 1)
    assert game.episode.at(begun, (False,)).step(Event("use", "count")).reward == pytest.approx(0.3)


def test_without_a_limit_an_attempt_goes_on_and_succeeds_beyond_it() -> None:
    game = play(task("t", expect=ORDERED, max_steps=2))
    endless = Episode(game.machine, game.episode.start, has_limit=False)
    for episode in (endless, endless.copy()):
        assert [episode.step(Event("noop")).truncated for _ in range(4)] == [False] * 4
        assert episode.step(Event("use", "order")).end_reason == "success"


def test_an_attempt_that_is_broken_off_is_truncated_and_over() -> None:
    game = play(task("t", expect=ORDERED))
    result = game.episode.break_off("the window is gone")
    assert (result.reward, result.terminated, result.truncated) == (0.0, False, True)
    assert (game.episode.end_reason, result.error) == ("environment_error", "the window is gone")
    with pytest.raises(MachineError):
        game.noop()


def test_what_becomes_known_to_be_impossible_is_reported_rightly() -> None:
    game = play(task("t", expect=ORDERED))
    known = game.episode.known_infeasible()
    assert known.step(Event("infeasible")).end_reason == "success"
    assert game.do("infeasible").end_reason == "infeasible_reported"
