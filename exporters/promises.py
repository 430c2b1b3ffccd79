"""What the field asks of an environment, item by item, and what an export knows of each: the list on the card.

Three lists are gone through: what OpenEnv's validation policy names, what the agentic benchmark checklist lets a
machine look at, and what NeMo Gym wants in a manifest and of a verifier. Each item is `proven` (this export fails where
it does not hold), `measured` (with a figure, whatever it is), `said` (the package says or holds it, and this export
does not look), or `open`: no check of this export knows. What an item means is said in our words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import resources
from exporters.studying import Study
from exporters.walks import Record
from flow_models.checks.running import LIMIT_FACTOR
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import SEALED, Instance, Played
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.audit import Audit
from flow_models.solver.honesty import LOOKALIKES, SAMPLED
from flow_models.solver.variants import Proof

Json = dict[str, Any]

Standing = Literal["proven", "measured", "said", "open"]

SAYING_ALL: Final = ("dump", "negate")
"""Cheap policies that answer with everything, or with the contrary, where they are measured."""

_WIDEST: Final = 1.96 * 0.5
"""Half of a 95 % interval of a share of a half, over the root of the attempts: no share's is wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an export knows when it writes the card."""

    bundle: Bundle
    proofs: Mapping[str, Proof]
    policies: Mapping[str, Audit]
    played: Sequence[Played]
    walks: Sequence[Record]
    study: Study

    @property
    def program(self) -> Program:
        """The compiled flow."""
        return self.bundle.program

    @property
    def instances(self) -> tuple[Instance, ...]:
        """All instances."""
        return tuple(one for listed in self.bundle.instances.values() for one in listed)

    @property
    def seeds(self) -> int:
        """The attempts of each cheap policy at a task."""
        return max((one.seeds for one in self.policies.values()), default=0)

    def most(self, policies: Sequence[str]) -> float | None:
        """Return the largest share of success of some policies in any task; None if none of them is measured."""
        shares = [one.share(name) for one in self.policies.values() for name in policies if name in one.successes]
        return max(shares, default=None)


@dataclass(frozen=True, slots=True)
class Promise:
    """One item: the list it stands in, its name in the wordings, how it stands, and the figures of its sentence."""

    source: str
    item: str
    standing: Standing
    figures: Mapping[str, object]

    def as_data(self) -> Json:
        """Return the item in words."""
        words = f"export.promise.{self.source}.{self.item}"
        return {
            "title": resources.text(f"{words}.title"),
            "standing": resources.text(f"export.promise.standing.{self.standing}"),
            "how": resources.text(f"{words}.{self.standing}", **self.figures),
        }


def promises(known: Known) -> tuple[Promise, ...]:
    """Return all items, list by list."""
    return (*_openenv(known), *_checklist(known), *_nemo(known))


def listed(those: Sequence[Promise]) -> list[Json]:
    """Return items in words, by the list in which they stand."""
    sources = dict.fromkeys(one.source for one in those)
    return [
        {
            "title": resources.text(f"export.promise.{source}.title"),
            "items": [one.as_data() for one in those if one.source == source],
        }
        for source in sources
    ]


def counted(those: Sequence[Promise]) -> Json:
    """Return how many items stand how."""
    standings: tuple[Standing, ...] = ("proven", "measured", "said", "open")
    return {standing: sum(one.standing == standing for one in those) for standing in standings}


def _openenv(known: Known) -> Iterator[Promise]:
    """Yield what OpenEnv's validation policy names."""
    tests = sum(one.split == SEALED for one in known.instances)
    tasks = known.program.tasks
    for item, standing, figures in (
        ("manifest", "said", {}),
        ("reproducible", "said", {}),
        ("sbom", "said", {}),
        ("pinned", "said", {"program": known.program.hash[:12]}),
        ("timeout", "proven", {"limit": max(one.max_steps for one in tasks.values()), "factor": LIMIT_FACTOR}),
        ("reward", "said", {}),
        ("observation", "said", {}),
        ("state", "said", {}),
        ("trajectory", "measured", {"count": sum(one["split"] == "train" for one in known.walks)}),
        ("seed", "measured", {"same": known.study.same, "tasks": len(known.bundle.task_names)}),
        ("isolation", "open", {}),
        ("network", "said", {}),
        ("containment", "proven", {"count": tests}),
        ("maximum", "proven", {"count": len(known.walks)}),
        ("floor", "measured", {"best": _number(max((one.best for one in known.policies.values()), default=0.0))}),
        ("canary", "said", {}),
        ("verifier", "open", {}),
        ("replay", "proven", {"walks": len(known.walks), "site": known.study.tours}),
    ):
        yield Promise("openenv", item, _standing(standing), figures)


def _checklist(known: Known) -> Iterator[Promise]:
    """Yield what the agentic benchmark checklist lets a machine look at."""
    feasible = [one for one in known.instances if not one.infeasible]
    guessed, said_all = known.most(("frequent",)), known.most(SAYING_ALL)
    strict = sum(task.success.nothing_else and task.answer is None for task in known.program.tasks.values())
    changing = sum(task.answer is None for task in known.program.tasks.values())
    for item, standing, figures in (
        ("all_answers", "open" if said_all is None else "measured", {"share": _share(said_all)}),
        ("guessing", "measured", {"share": _share(guessed)}),
        ("format", "said", {}),
        ("spellings", "open", {}),
        ("every_success", "open", {}),
        ("irrelevant", "measured", {"strict": strict, "changing": changing}),
        ("distance", "proven", {"least": min((one.steps for one in feasible), default=0)}),
        ("residue", "measured", {"same": known.study.same, "tasks": len(known.bundle.task_names)}),
        ("scan", "proven", {}),
        (
            "solvable",
            "proven",
            {"solved": len(feasible), "impossible": len(known.instances) - len(feasible), "variants": _variants(known)},
        ),
        ("told", "measured", {"first": LOOKALIKES, "sample": SAMPLED}),
        ("private", "said", {"count": sum(one.split == SEALED for one in known.instances)}),
        ("interfaces", "measured", _done(known.played)),
        ("intervals", "measured", {"seeds": known.seeds, "width": _share(_WIDEST / max(known.seeds, 1) ** 0.5)}),
    ):
        yield Promise("checklist", item, _standing(standing), figures)


def _done(played: Sequence[Played]) -> Json:
    """Return how many of the tries through all interfaces were done."""
    return {"done": sum(one.done for one in played), "of": sum(one.of for one in played)}


def _nemo(known: Known) -> Iterator[Promise]:
    """Yield what NeMo Gym wants in a manifest and of a verifier."""
    tasks = len(known.bundle.task_names)
    for item, standing, figures in (
        ("named", "said", {}),
        ("authors", "open", {}),
        ("rewards", "said", {}),
        ("full", "proven", {"count": len(known.walks)}),
        ("zero", "measured", {"seeds": known.seeds, "share": _share(known.most(("nothing",)))}),
        ("malformed", "measured", {"refused": known.study.refused, "tasks": tasks}),
        ("again", "measured", {"same": known.study.same, "tasks": tasks}),
    ):
        yield Promise("nemo", item, _standing(standing), figures)


def _standing(word: str) -> Standing:
    """Return how an item stands, told by a word in a table."""
    found: dict[str, Standing] = {"proven": "proven", "measured": "measured", "said": "said", "open": "open"}
    return found[word]


def _variants(known: Known) -> int:
    """Return in how many variants tasks were played."""
    return sum(proof.played for proof in known.proofs.values())


def _share(share: float | None) -> str:
    """Return a share in words."""
    return "" if share is None else f"{share:.1%}"


def _number(value: float) -> str:
    """Return a reward in words."""
    return f"{value:.2f}"
