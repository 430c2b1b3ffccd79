"""What the environment card says: what cheap policies earn, what may differ, what is held out and by which rule.

The numbers and names come from the program, the rules from the wordings beside the other texts of an export.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import resources
from exporters.interfaces import Played, short
from exporters.sites import VARIANTS, distinct_by_text
from flow_models.document.flow import Flow
from flow_models.runtime.envs.registry import INTERFACES, TEXT, Entry
from flow_models.runtime.machine.base.data import PoolSource, Source
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.episodes.variation import AXES, PLAIN_VALUE
from flow_models.runtime.machine.pages.uses import HINDERED, REASONS, Code
from flow_models.runtime.site.actions import REFUSED, SIGNATURES
from flow_models.solver.audit import Audit
from flow_models.solver.variants import Proof

Json = dict[str, Any]

POLICIES: Final = ("nothing", "random", "infeasible", "frequent", "first_row", "replay")
"""The cheap policies, in the order of the card's columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the environment card tells besides the program's own numbers.

    Attributes:
        policies: The shares of success of cheap policies by task, as texts in the order of `POLICIES`.
        audited: How they were measured.
        variation: What the template says of variants.
        proven: For each interface in words whether every task can be done there.
    """

    policies: Mapping[str, Sequence[str]]
    audited: str
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
        variation={
            "axes": [axis_facts(flow, program, axis) for axis in (*AXES, "data")],
            "played": sum(proof.played for proof in proofs.values()),
            "each": max((proof.played for proof in proofs.values()), default=0),
            "searched": sum(proof.searched for proof in proofs.values()),
            "distinct": distinct_by_text(program, VARIANTS),
            "tried": VARIANTS,
        },
        proven={entry.name: _proven(entry, played) for entry in INTERFACES},
    )


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


def axis_facts(flow: Flow, program: Program, axis: str) -> Json:
    """Return the title of an axis, what it reaches, its values for training and those held out, and the rule."""
    aspects = program.variation.axes[axis]
    return {
        "title": resources.text(f"variation.axis.{axis}.title"),
        "reaches": resources.text(f"export.card.reaches.{axis}"),
        "train": _listed(program, {name: values.train for name, values in aspects.items()}),
        "held_out": _listed(program, {name: values.held_out for name, values in aspects.items()}),
        "rule": _rule(flow, program, axis),
    }


def _rule(flow: Flow, program: Program, axis: str) -> str:
    """Return by which rule values of an axis are held out, in words."""
    own = getattr(flow.variation, axis)
    if axis == "data":
        pools = sum(1 for source in _sources(program) if isinstance(source, PoolSource) and source.held_out)
        return resources.text(f"export.card.rule.{'data' if own.is_on else 'data_off'}", pools=pools)
    if not own.is_on:
        return resources.text("export.card.rule.off")
    return resources.text(f"export.card.rule.{axis if own.held_out is None else 'own'}")


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
    """Return how many texts can be said in how many ways."""
    ways = [one.ways if PLAIN_VALUE in values else one.held_out for one in program.variation.words.values()]
    said = [len(one) for one in ways if one]
    return resources.text("export.card.ways", count=len(said), ways=sum(said))


def _goals(program: Program, values: Sequence[str]) -> str:
    """Return which wordings of goals are meant."""
    del program
    return resources.text(f"export.card.{'wordings' if PLAIN_VALUE in values else 'new_wordings'}")


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
