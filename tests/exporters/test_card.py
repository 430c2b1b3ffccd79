"""What the card says of variation, and as how many sites a flow appears."""

import json
import re

import resources
from exporters.card import POLICIES, axis_facts, card_of, splits_of
from exporters.export import Report
from exporters.sites import distinct_by_text
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.document.variation import AXES, Axis, Variation
from flow_models.runtime.machine import ANSWER_RULES
from flow_models.solver.audit import Audit
from flow_models.solver.policies import LIMITS
from tests.flow_models import builders as build


def test_the_card_names_the_values_of_every_axis_and_the_rule(exported: Report) -> None:
    card = (exported.folder / "README.md").read_text(encoding="utf-8")
    assert "| Layout | text, pixels, HTML | Navigation: as drawn, at the side, in a menu;" in card
    assert "Navigation: behind the main part" in card
    assert "2 of 6 interruptions are held out." in card
    assert re.search("500 variants of\ntraining are [0-9]+ different sites", card)


def test_the_card_has_a_column_for_each_cheap_policy(exported: Report) -> None:
    card = (exported.folder / "README.md").read_text(encoding="utf-8")
    title = next(number for number, line in enumerate(card.splitlines()) if line.startswith("| task | Doing nothing |"))
    table = card.splitlines()[title : title + 3]
    assert {line.count("|") for line in table} == {len(POLICIES) + 2}
    assert table[2].startswith("| `borrow-book` | 0.0% | ")
    assert "offers its answers itself" not in card


def test_the_card_says_by_which_chance_a_yes_or_no_question_is_judged() -> None:
    asking = build.flow(build.page("home", build.words("w", "Yes?")), build.task("sure", "Is it?", answer="1 == 1"))
    found = Audit("sure", 10, dict.fromkeys(LIMITS, 0), 0.0, {**LIMITS, "frequent": 0.6})
    card = card_of(asking, compile_flow(asking).program, proofs={}, policies={"sure": found}, played=())
    assert list(card.closed) == [resources.text("export.card.closed", task="sure", chance="50%", limit="60%")]


def test_the_card_says_held_out_only_of_what_is_held_out(library: Flow) -> None:
    task = library.tasks[0]
    few, many = task.wordings[:2], (*task.wordings[:2], task.wordings[0])
    for wordings, expected in ((few, "No task holds out a wording"), (many, "Of 1 of 1 tasks the last")):
        flow = library.rebuilt(tasks=(task.rebuilt(wordings=wordings),))
        facts = axis_facts(flow, compile_flow(flow).program, "wording")
        assert expected in facts["rule"]
        assert ("Words of the task: 1, in 1 of 1 tasks" in facts["held_out"]) == (len(wordings) == 3)
        assert "Words of the task: 2, in 1 of 1 tasks" in facts["train"]


def test_the_card_counts_names_of_things_beside_texts_and_neither_where_the_site_says_them_as_drawn() -> None:
    """Names of things alone are enough to hold out wordings, and ways that a flow leaves out are none of training's."""
    named = build.flow(build.page("home", build.words("w", "Here are payees.")), build.task("t", "Do.", answer='"x"'))
    program = compile_flow(named).program
    facts = axis_facts(named, program, "wording")
    assert "1 names of things with 3 ways" in facts["train"]
    assert "1 names of things with 1 ways" in facts["held_out"]
    assert "Of 1 of 1 names of things" in facts["rule"]
    assert "test:wording" in splits_of(program)
    drawn = named.rebuilt(variation=Variation(wording=Axis(left_out=("wording.ways",))))
    assert "names of things" not in axis_facts(drawn, compile_flow(drawn).program, "wording")["train"]


def test_an_axis_that_holds_nothing_out_says_so_and_is_no_split(library: Flow) -> None:
    everything = Axis(held_out=())
    none = library.rebuilt(
        variation=Variation(
            look=everything,
            layout=Axis(is_on=False),
            wording=Axis(left_out=("wording.new_ways", "goal.new_wordings")),
            interruptions=Axis(left_out=("survey", "session")),
            conduct=Axis(left_out=("slow", "error", "sure")),
            data=Axis(is_on=False),
        )
    )
    program = compile_flow(none).program
    facts = {axis: axis_facts(none, program, axis) for axis in AXES}
    for axis in ("look", "wording", "interruptions"):
        assert (facts[axis]["held_out"], "Nothing is held out" in facts[axis]["rule"]) == ("", True)
    assert facts["conduct"]["rule"] == "1 of 1 kinds of conduct are held out."
    assert splits_of(program) == ["train", "validation", "test", "test:instances", "test:conduct"]
    assert splits_of(compile_flow(library).program)[-1] == "test:data"


def test_the_card_says_how_answers_are_read(exported: Report) -> None:
    assert ANSWER_RULES in (exported.folder / "README.md").read_text(encoding="utf-8")


def test_an_axis_with_a_rule_of_its_own_says_so(library: Flow) -> None:
    own = library.rebuilt(
        variation=Variation(conduct=Axis(held_out=("slow",)), layout=Axis(is_on=False), data=Axis(is_on=False))
    )
    program = compile_flow(own).program
    facts = {axis: axis_facts(own, program, axis) for axis in ("look", "layout", "conduct", "data")}
    assert facts["conduct"]["held_out"] == "Mishaps: one slow answer"
    assert (
        facts["conduct"]["rule"]
        == "The flow names what is held out. About a third of the training episodes have one, once."
    )
    assert facts["layout"]["train"] == ""
    assert "switched off" in facts["layout"]["rule"]
    assert "same values" in facts["data"]["rule"]


def test_tasks_tell_in_how_many_variants_they_were_played(exported: Report) -> None:
    listed = json.loads((exported.folder / "librarydesk" / "tasks.json").read_text(encoding="utf-8"))
    variants = listed["tasks"]["borrow-book"]["variants"]
    assert variants["played"] > 300
    assert 4 < variants["longest"] <= 10


def test_demonstrations_tell_in_which_variant_they_were_made(exported: Report) -> None:
    lines = (exported.folder / "librarydesk" / "demonstrations" / "train.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in lines.splitlines()]
    assert {bool(record["variant"]) for record in records} == {False, True}


def test_sites_are_counted_by_their_text(library: Flow) -> None:
    program = compile_flow(library).program
    assert 15 < distinct_by_text(program, 30) <= 30
    still = Variation(layout=Axis(is_on=False), wording=Axis(is_on=False), interruptions=Axis(is_on=False))
    assert distinct_by_text(compile_flow(library.rebuilt(variation=still)).program, 30) == 1
