"""What the environment card says: what cheap policies earn, what may differ, what is held out and by which rule.

All of it is what the program holds, not what a rule means to hold out: numbers and names come from the program, and a
sentence stands only where its numbers are not zero. The sentences are in the wordings of an export.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import resources
from exporters.interfaces import short
from exporters.sites import VARIANTS, distinct_by_text
from flow_models.document.flow import Flow
from flow_models.runtime.envs.listing import Played
from flow_models.runtime.envs.registry import INTERFACES, TEXT, VECTOR, Entry
from flow_models.runtime.machine.base.data import PoolSource, Source
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.splits import SPLITS
from flow_models.runtime.machine.episodes.drawing import held_out_wordings
from flow_models.runtime.machine.episodes.variation import AXES, NEW_WAYS, NEW_WORDINGS, PLAIN_VALUE, WAYS
from flow_models.runtime.machine.pages.uses import HINDERED, REASONS, Code
from flow_models.runtime.site.actions import REFUSED, SIGNATURES
from flow_models.solver.audit import Audit
from flow_models.solver.guessing import own_chance
from flow_models.solver.policies import LIMITS
from flow_models.solver.variants import Proof

Json = dict[str, Any]

POLICIES: Final = tuple(LIMITS)
"""The cheap policies, in the order of the card's columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the environment card tells besides the program's own numbers.

    Attributes:
        policies: The shares of success of cheap policies by task, as texts in the order of `POLICIES`.
        audited: How they were measured.
        closed: What is said of questions that offer their answers themselves, one sentence each.
        variation: What the template says of variants.
        proven: For each interface in words whether every task can be done there.
    """

    policies: Mapping[str, Sequence[str]]
    audited: str
    closed: Sequence[str]
    variation: Json
    proven: Mapping[str, str]


def card_of(
    flow: Flow,
    program: Program,
    *,
    proofs: Mapping[str, Proof],
    policies: Mapping[str, Audit],
    played: Sequence[Played],
) -> Card:
    """Return what the card of a flow tells.

    Args:
        flow: The flow, which may have rules of its own.
        program: The compiled flow.
        proofs: How the tasks came through their variants.
        policies: What cheap policies earn in each task.
        played: How the solutions came through interfaces that may lack an action.
    """
    return Card(
        policies={task: found.shares(POLICIES) for task, found in policies.items()},
        audited=resources.text("export.audited", seeds=max(found.seeds for found in policies.values())),
        closed=[_closed(program, found) for found in policies.values() if own_chance(program, found.task)],
        variation={
            "axes": [axis_facts(flow, program, axis) for axis in (*AXES, "data")],
            "played": sum(proof.played for proof in proofs.values()),
            "each": max((proof.played for proof in proofs.values()), default=0),
            "searched": sum(proof.searched for proof in proofs.values()),
            "distinct": distinct_by_text(program, VARIANTS),
            "tried": VARIANTS,
            "splits": splits_of(program),
            "tests": _tests(program),
        },
        proven={
            **{entry.name: _proven(entry, played) for entry in INTERFACES},
            VECTOR.name: resources.text("export.card.proven.same"),
        },
    )


def _closed(program: Program, found: Audit) -> str:
    """Return by which chance guessing at a question is judged."""
    chance, limit = own_chance(program, found.task), found.limits["frequent"]
    return _say("closed", task=found.task, chance=f"{chance:.0%}", limit=f"{limit:.0%}")


def action_facts() -> list[str]:
    """Return the actions that the text and the browser interface take, with their parameters."""
    taken = {name: parameters for name, (parameters, _) in SIGNATURES.items() if name not in REFUSED}
    return [f"{name}({', '.join(parameters)})" for name, parameters in taken.items()]


def refusal_facts() -> list[Json]:
    """Return what those interfaces answer in words, and the words."""
    named: dict[Code, list[str]] = {}
    for name, code in REFUSED.items():
        named.setdefault(code, []).append(f"`{name}`")
    whole = [{"what": ", ".join(names), "why": REASONS[code]} for code, names in named.items()]
    keys = [{"what": resources.text(f"export.card.refused.{code}"), "why": REASONS[code]} for code in HINDERED]
    return [*whole, *keys]


def _proven(entry: Entry, played: Sequence[Played]) -> str:
    """Return in words whether every task can be done in an interface."""
    own = [one for one in played if one.interface == entry.name]
    if not own:
        return resources.text("export.card.proven.walked" if entry is TEXT else "export.card.proven.compared")
    missing = short(own)
    if not missing:
        return resources.text("export.card.proven.all", count=sum(one.of for one in own))
    tasks = ", ".join(f"`{one.task}` ({one.of - one.done}/{one.of})" for one in missing)
    return resources.text("export.card.proven.short", tasks=tasks)


def splits_of(program: Program) -> list[str]:
    """Return the splits by which something can be told: an axis is held out alone only if it holds out something."""
    axes = [f"test:{axis}" for axis in AXES if holds_out(program, axis)]
    return [*SPLITS, "test:instances", *axes, *(["test:data"] if holds_out(program, "data") else [])]


def holds_out(program: Program, axis: str) -> bool:
    """Say whether test sees something along an axis that training does not."""
    if axis == "data":
        return _pools(program) > 0
    found = program.variation.axes[axis].items()
    return any(_values(program, aspect, values.held_out) for aspect, values in found)


def _tests(program: Program) -> str:
    """Return what the splits for tests play, in words."""
    axes = [resources.text(f"variation.axis.{axis}.title").lower() for axis in AXES if holds_out(program, axis)]
    return _say("tests", axes=", ".join(axes)) if axes else _say("tests_of_instances")


def axis_facts(flow: Flow, program: Program, axis: str) -> Json:
    """Return the title of an axis, what it reaches, its values for training and those held out, and the rule."""
    aspects = program.variation.axes[axis]
    return {
        "title": resources.text(f"variation.axis.{axis}.title"),
        "reaches": resources.text(f"export.card.reaches.{axis}"),
        "train": _listed(program, {name: values.train for name, values in aspects.items()}),
        "held_out": _held_out(program, axis),
        "rule": _rule(flow, program, axis),
    }


def _rule(flow: Flow, program: Program, axis: str) -> str:
    """Return by which rule values of an axis are held out, in words."""
    own = getattr(flow.variation, axis)
    if axis == "data":
        return _say("rule.data" if holds_out(program, axis) else "rule.data_off", pools=_pools(program))
    if not own.is_on:
        return _say("rule.off")
    if not holds_out(program, axis):
        return _say("rule.nothing")
    rule = _say("rule.own") if own.held_out is not None else _shipped_rule(program, axis)
    return " ".join([rule, *_how_often(program, axis)])


def _shipped_rule(program: Program, axis: str) -> str:
    """Return what the rule that ships with Gymwright holds out of an axis."""
    aspects = program.variation.axes[axis]
    if axis == "wording":
        return " ".join([*_rule_of_words(program), _rule_of_goals(program)])
    if axis == "layout":
        new = sum(bool(values.held_out) for values in aspects.values())
        return _say("rule.layout", held_out=new, count=len(aspects))
    (values,) = aspects.values()
    kept = [value for value in values.train if value != PLAIN_VALUE]
    return _say(f"rule.{axis}", held_out=len(values.held_out), count=len(kept) + len(values.held_out))


def _rule_of_words(program: Program) -> Iterator[str]:
    """Yield of how many names of things and texts some ways to say them are held out, if of any."""
    for kind, counts in _sayings(program).items():
        new = sum(held_out > 0 for _, held_out in counts)
        if new:
            yield _say(f"rule.{kind}", held_out=new, count=len(counts))


def _rule_of_goals(program: Program) -> str:
    """Return of how many tasks some wordings are held out."""
    counts = [len(task.wordings) for task in program.tasks.values()]
    new = sum(held_out_wordings(count) > 0 for count in counts)
    return _say("rule.goals" if new else "rule.no_goals", held_out=new, count=len(counts))


def _how_often(program: Program, axis: str) -> Iterator[str]:
    """Yield how often training meets what comes between, if it meets any."""
    if axis in ("interruptions", "conduct"):
        (values,) = program.variation.axes[axis].values()
        if set(values.train) - {PLAIN_VALUE}:
            yield _say(f"often.{axis}")


def _pools(program: Program) -> int:
    """Return how many columns and parameters draw from pools of which a part is for tests alone."""
    return sum(1 for source in _sources(program) if isinstance(source, PoolSource) and source.held_out)


def _say(words: str, **facts: object) -> str:
    """Return a sentence of the card."""
    return resources.text(f"export.card.{words}", **facts)


def _held_out(program: Program, axis: str) -> str:
    """Return in words what only tests see along an axis; empty if nothing."""
    if axis == "data":
        return _say("pools", pools=_pools(program)) if holds_out(program, axis) else ""
    return _listed(program, {name: values.held_out for name, values in program.variation.axes[axis].items()})


def _listed(program: Program, aspects: Mapping[str, Sequence[str]]) -> str:
    """Return the values of the aspects of an axis in words: "Navigation: as drawn, at the side; Order: 32"."""
    found = []
    for aspect, values in aspects.items():
        words = _values(program, aspect, values)
        if words:
            found.append(f"{resources.text(f'variation.aspect.{aspect}')}: {words}")
    return "; ".join(found).replace("|", "\\|")


def _values(program: Program, aspect: str, values: Sequence[str]) -> str:
    """Return values of an aspect in words, as a number where they have no names; empty without values."""
    if not values:
        return ""
    if aspect in _COUNTED:
        return _COUNTED[aspect](program, values)
    return ", ".join(_value(aspect, value) for value in values)


def _orders(program: Program, values: Sequence[str]) -> str:
    """Return how many orders there are besides that of the drawing."""
    del program
    return str(len([value for value in values if value != PLAIN_VALUE]) or "")


def _wordings(program: Program, values: Sequence[str]) -> str:
    """Return how many names of things and how many texts are said in how many ways."""
    told = []
    for kind, counts in _sayings(program).items():
        ways = [known * (WAYS in values) + held_out * (NEW_WAYS in values) for known, held_out in counts]
        said = [count for count in ways if count]
        told += [_say(f"ways.{kind}", count=len(said), ways=sum(said))] if said else []
    return ", ".join(told)


def _sayings(program: Program) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Return in how many ways training says each name of a thing and each text, as drawn too, and tests alone."""
    terms, texts = program.variation.terms, program.variation.words.values()
    return {
        "names": [(1 + len(one.ways), len(one.held_out)) for one in terms],
        "texts": [(len(one.ways), len(one.held_out)) for one in texts],
    }


def _goals(program: Program, values: Sequence[str]) -> str:
    """Return in how many wordings tasks are asked, and how many of the tasks."""
    counts = [len(task.wordings) for task in program.tasks.values()]
    asked = [
        (count - held_out_wordings(count)) * (PLAIN_VALUE in values)
        + held_out_wordings(count) * (NEW_WORDINGS in values)
        for count in counts
    ]
    those = sum(count > 0 for count in asked)
    return _say("wordings", count=those, wordings=sum(asked), tasks=len(counts)) if those else ""


def _looks(program: Program, values: Sequence[str]) -> str:
    """Return the titles of looks, that of the drawing first."""
    looks = program.variation.looks
    names = [looks[value].title for value in values if value != PLAIN_VALUE]
    return ", ".join([_value("look", PLAIN_VALUE)] * (PLAIN_VALUE in values) + names)


_COUNTED: Final[Mapping[str, Callable[[Program, Sequence[str]], str]]] = {
    "order": _orders,
    "wording": _wordings,
    "goal": _goals,
    "look": _looks,
}
"""How values are told that have no name of their own in the wordings, by aspect."""


def _value(aspect: str, value: str) -> str:
    """Return what a value is called, within a list."""
    named = "variation.as_drawn" if value == PLAIN_VALUE else f"variation.value.{aspect}.{value}"
    words = resources.text(named) if named in resources.catalogue() else value.replace("_", " ")
    return words[:1].lower() + words[1:]


def _sources(program: Program) -> Iterator[Source]:
    """Yield everything from which values are drawn."""
    for table in program.tables.values():
        if table.generate is not None:
            yield from table.generate.columns.values()
    for task in program.tasks.values():
        yield from (parameter.source for parameter in task.parameters)
