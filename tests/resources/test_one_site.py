"""A variant is one site: a thing has one name and one place in it, on all pages and in the goal."""

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, takewhile

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.compiler.texts import fixed_texts, told_texts
from flow_models.compiler.thesaurus import plain
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.appearance import Term
from flow_models.runtime.machine.base.randomness import below
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.base.words import pattern_of, said
from flow_models.runtime.machine.episodes.saved import state_from_json, state_to_json
from flow_models.runtime.machine.episodes.variation import Variants
from flow_models.runtime.machine.pages.view import Button, Link
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.lists import ROW_CONTROLS_TITLE
from tests.daily import without
from tests.flow_models.builders import arrow, button, flow, heading, page

NAMES = [path.name for path in sorted(resources.path("examples").glob("*.flow.json"))]
WORDINGS = [
    PLAIN._replace(wording=number, new_words=is_new)
    for number in (3, 77, 1_001, 52_711, 900_007)
    for is_new in (False, True)
]
SEEDS = range(6)
STEPS = 25


@cache
def _flow(name: str) -> Flow:
    return storage.load(resources.path("examples", name))


@cache
def _machine(name: str) -> Machine:
    return Machine(compile_flow(_flow(name)).program)


@pytest.mark.parametrize("name", NAMES)
def test_no_variant_says_two_texts_alike_and_each_says_a_text_alike_everywhere(name: str) -> None:
    program = _machine(name).program
    texts = list(dict.fromkeys(fixed_texts(_flow(name))))
    for variant in WORDINGS:
        spoken: dict[str, str] = {}
        for text in texts:
            way = plain(said(program.word(text), variant))
            assert spoken.setdefault(way, plain(text)) == plain(text), variant


@pytest.mark.parametrize("name", without(NAMES, ["skylark_air.flow.json"]))
def test_a_thing_has_one_name_in_all_texts_of_a_variant(name: str) -> None:
    program = _machine(name).program
    whole, told = list(fixed_texts(_flow(name))), list(told_texts(_flow(name)))
    for variant in WORDINGS:
        spoken = [said(program.word(text), variant) for text in whole]
        spoken += [said(program.vocabulary.say(text, is_name=False, is_whole=False), variant) for text in told]
        for term in program.variation.terms:
            used = {way for text in spoken for way in _ways_in(text, term)}
            assert len(used) == 1, (term.forms[0], used, variant)


def _ways_in(text: str, term: Term) -> Iterator[int]:
    """Yield which of the ways to say a term stand in a text."""
    forms = {plain(form): place for place, way in enumerate((term.forms, *term.ways, *term.held_out)) for form in way}
    yield from (forms[plain(found)] for found in pattern_of(forms).findall(text))


@pytest.mark.parametrize("name", ["north_bank.flow.json", "skylark_air.flow.json"])
def test_names_that_differ_in_small_words_alone_stay_alike(name: str) -> None:
    program = _machine(name).program
    texts = list(dict.fromkeys(fixed_texts(_flow(name))))
    twins = [pair for pair in combinations(texts, 2) if len({_without_small(text) for text in pair}) == 1]
    assert twins
    for variant in WORDINGS:
        for pair in twins:
            assert len({_without_small(said(program.word(text), variant)) for text in pair}) == 1, (pair, variant)


def _without_small(text: str) -> str:
    """Return a text without words that tell no things apart."""
    return re.sub(r"\b(a|an|the|your|my|all) ", "", plain(text))


@pytest.mark.parametrize("name", NAMES)
def test_whatever_stands_together_on_several_pages_stands_in_one_order(name: str) -> None:
    machine = _machine(name)
    orders = set()
    for seed in SEEDS:
        drawn = Variants(machine.program).draw(seed)
        variant = drawn._replace(interruption="", conduct="", navigation="", order=seed + 1)
        before: set[tuple[str, str]] = set()
        for listed in _listed(machine, variant, seed):
            before |= set(combinations(listed, 2))
            orders.add(listed)
        assert not [pair for pair in before if pair[::-1] in before], variant
    assert len(orders) > len(SEEDS)


def _listed(machine: Machine, variant: Variant, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield what stands together on each page of a random visit: links of navigations, facts, columns."""
    episode = Episode(machine, machine.draw(next(iter(machine.tasks)), seed, variant), has_limit=False)
    site = Site.of(machine.program).dressed(variant)
    for step in range(STEPS):
        yield from _groups(Rendered(episode.view, site).axtree.split("\n"))
        ways = [part for part in episode.view.controls() if isinstance(part, Button | Link) and "out" not in part.id]
        if not ways:
            return
        chosen = ways[below(len(ways), seed, "walk", step)]
        if episode.step(Event("use", chosen.id, chosen.row)).end_reason:
            return


def _groups(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names in each group of a page; the first column of a table and that of its controls stand fast."""
    for place, line in enumerate(lines):
        found = re.search(r"\] (navigation|DescriptionList|rowgroup) ", line)
        if found is None:
            continue
        depth = len(line) - len(line.lstrip("\t"))
        inside = takewhile(lambda other: len(other) - len(other.lstrip("\t")) > depth, lines[place + 1 :])  # noqa: B023
        role = {"navigation": "link", "DescriptionList": "term", "rowgroup": "columnheader"}[found[1]]
        named = re.findall(rf"\] {role} '([^']+)'", "\n".join(inside))
        yield tuple(name for name in (named[1:] if found[1] == "rowgroup" else named) if name != ROW_CONTROLS_TITLE)


def test_the_goal_uses_the_words_of_the_site() -> None:
    machine = _machine("north_bank.flow.json")
    words = set()
    for wording in range(1, 2**20, 30_011):
        variant = PLAIN._replace(wording=wording)
        word = said(machine.program.word("Payees"), variant).casefold()
        assert f"from my {word}." in machine.draw("remove-payees", 1, variant._replace(goal=2)).goal
        words.add(word)
    assert words == {"payees", "recipients", "beneficiaries"}


def test_a_word_that_stands_in_data_or_means_something_else_in_the_flow_is_never_another() -> None:
    spoken = compile_flow(flow(page("home", button("b", title="Add a payee"), heading("h", "Recipient")))).program
    assert ("recipient",) not in {way[:1] for term in spoken.variation.terms for way in term.ways}
    held = _flow("north_bank.flow.json")
    frozen = {form for term in _machine("north_bank.flow.json").program.variation.terms for form in term.forms}
    assert "frozen" not in frozen
    assert any("Frozen" in column.type.choices for table in held.tables for column in table.columns)


def test_a_saved_visit_goes_on_in_the_words_of_its_site() -> None:
    added = button("go", title="Add a payee")
    notice = arrow("home", use="go", notice="{1 + 1} payees are added.")
    machine = Machine(compile_flow(flow(page("home", added), notice)).program)
    site = Site.of(machine.program)
    seen = set()
    for wording in range(1, 2**20, 30_011):
        start = machine.visit(PLAIN._replace(wording=wording))
        episode = Episode(machine, start)
        episode.step(Event("use", "go"))
        state = episode.state
        saved = json.loads(json.dumps(state_to_json(state)))
        again = state_from_json(saved, start.state, machine.schema, machine.program.vocabulary.unpacked)
        texts = [Rendered(machine.view(start, one), site.dressed(start.variant)).axtree for one in (state, again)]
        assert texts[0] == texts[1]
        seen |= set(re.findall(r"2 (\w+) are added", texts[1]))
    assert seen == {"payees", "recipients", "beneficiaries"}
