"""What the environment card says of variation: what may differ, what is held out and by which rule, and how much.

The numbers and names come from the program, the rules from the wordings beside the other texts of an export.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import resources
from flow_models.document.flow import Flow
from flow_models.runtime.machine.episodes.variation import AXES, PLAIN_VALUE
from flow_models.solver.variants import Proof

Json = dict[str, Any]


def variation_facts(flow: Flow, program: Json, proofs: Mapping[str, Proof], distinct: int, tried: int) -> Json:
    """Return what the card says of the variation.

    Args:
        flow: The flow, which may have rules of its own.
        program: The compiled flow.
        proofs: How the tasks came through their variants.
        distinct: How many different sites there are by text among so many variants tried.
        tried: How many that were.
    """
    return {
        "axes": [axis_facts(flow, program, axis) for axis in (*AXES, "data")],
        "played": sum(proof.replayed + proof.searched for proof in proofs.values()),
        "each": max((proof.replayed + proof.searched for proof in proofs.values()), default=0),
        "searched": sum(proof.searched for proof in proofs.values()),
        "distinct": distinct,
        "tried": tried,
    }


def axis_facts(flow: Flow, program: Json, axis: str) -> Json:
    """Return the title of an axis, what it reaches, its values for training and those held out, and the rule."""
    aspects: Json = program["variation"]["axes"][axis]
    return {
        "title": resources.text(f"variation.axis.{axis}.title"),
        "reaches": resources.text(f"export.card.reaches.{axis}"),
        "train": _listed(program, aspects, "train"),
        "held_out": _listed(program, aspects, "held_out"),
        "rule": _rule(flow, program, axis),
    }


def _rule(flow: Flow, program: Json, axis: str) -> str:
    """Return by which rule values of an axis are held out, in words."""
    own = getattr(flow.variation, axis)
    if axis == "data":
        pools = sum(1 for source in _sources(program) if source.get("held_out"))
        return resources.text(f"export.card.rule.{'data' if own.is_on else 'data_off'}", pools=pools)
    if not own.is_on:
        return resources.text("export.card.rule.off")
    return resources.text(f"export.card.rule.{axis if own.held_out is None else 'own'}")


def _listed(program: Json, aspects: Json, part: str) -> str:
    """Return the values of the aspects of an axis in words: "Navigation: as drawn, at the side; Order: 32"."""
    found = []
    for aspect, values in aspects.items():
        words = _values(program, aspect, values[part])
        if words:
            found.append(f"{resources.text(f'variation.aspect.{aspect}')}: {words}")
    return "; ".join(found).replace("|", "\\|")


def _values(program: Json, aspect: str, values: Sequence[str]) -> str:
    """Return values of an aspect in words, as a number where they have no names."""
    match aspect:
        case "order":
            return str(len([value for value in values if value != PLAIN_VALUE]) or "")
        case "wording" if values:
            part = "ways" if PLAIN_VALUE in values else "held_out"
            said = [len(one[part]) for one in program["variation"]["words"].values() if one[part]]
            return resources.text("export.card.ways", count=len(said), ways=sum(said))
        case "goal" if values:
            return resources.text(f"export.card.{'wordings' if PLAIN_VALUE in values else 'new_wordings'}")
        case "look":
            looks = program["variation"]["looks"]
            names = [looks[value]["title"] for value in values if value != PLAIN_VALUE]
            return ", ".join([_value(aspect, PLAIN_VALUE)] * (PLAIN_VALUE in values) + names)
        case _:
            return ", ".join(_value(aspect, value) for value in values)


def _value(aspect: str, value: str) -> str:
    """Return what a value is called, within a list."""
    named = "variation.as_drawn" if value == PLAIN_VALUE else f"variation.value.{aspect}.{value}"
    words = resources.text(named) if named in resources.catalogue() else value.replace("_", " ")
    return words[:1].lower() + words[1:]


def _sources(program: Json) -> Iterator[Json]:
    """Yield everything from which values are drawn."""
    for table in program["tables"].values():
        if table["generate"]:
            yield from table["generate"]["columns"].values()
    for task in program["tasks"].values():
        yield from (parameter["source"] for parameter in task["parameters"])
