"""It trains: one policy for all tasks on tables, one that reads text; both from demonstrations, then by what they earn.

Times are CPU seconds of one process, filling the tables and reading the demonstrations included.
"""

import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np

from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.tables.tables import Tables
from tests.experiments import learning, on_tables
from tests.experiments.brittleness import tested
from tests.experiments.bundle import Material
from tests.experiments.choosing import Weights
from tests.experiments.numbered import Table
from tests.experiments.pairs import compared
from tests.experiments.playing import Shown

BAR: Final = 0.9
"""What a policy is to earn on training."""


class Size(NamedTuple):
    """How large the experiment is.

    Attributes:
        passes: How often the policy on tables sees the demonstrations.
        players: Its episodes side by side.
        steps: Steps of all of them in which it learns by what it earns.
        shown: Demonstrations that the policy on text sees, a fifth of them.
        text_steps: Steps of these from which it learns.
        groups: Groups of episodes from which it learns by what they earn.
        episodes: Episodes of each test.
        pairs: Episodes that are played in all interfaces.
    """

    passes: int = 12
    players: int = 128
    steps: int = 150
    shown: int = 200
    text_steps: int = 5_000
    groups: int = 100
    episodes: int = 200
    pairs: int = 200


class _Watch:
    """Writes down what a policy earns, and after how much learning."""

    def __init__(self, tests: dict[str, Callable[[], float]]) -> None:
        self._tests, self._began, self._tested = tests, time.process_time(), 0.0
        self.found: list[dict[str, Any]] = []

    def note(self, after: str) -> None:
        """Test; the time of tests is not that of learning."""
        cpu_s = time.process_time() - self._began - self._tested
        earned = {name: test() for name, test in self._tests.items()}
        self.found.append({"after": after, "cpu_s": round(cpu_s, 1), **earned})
        self._tested = time.process_time() - self._began - cpu_s


def on_numbers(material: Material, size: Size) -> tuple[Table, dict[str, Any]]:
    """Train one policy over all tasks on tables.

    Returns:
        The policy, and what it earned on the way.
    """
    bundle, rng = material.bundle, np.random.default_rng(0)
    tables, table = Tables.of(bundle), Table(rng, 0.05)
    watch = _Watch(
        {
            "train": lambda: on_tables.tested(table, bundle, "train", size.episodes),
            "validation": lambda: on_tables.tested(table, bundle, "validation", size.episodes),
        }
    )
    moments = on_tables.shown(material)
    on_tables.clone(table, moments, size.passes, rng)
    watch.note(f"{size.passes * len(moments):,} steps of demonstrations")
    on_tables.earn(table, on_tables.Players(bundle, "train", size.players, 0), size.steps, rng)
    watch.note(f"{size.players * size.steps:,} steps of its own on tables")
    return table, {"learnt": watch.found, "states": len(tables)}


def on_text(material: Material, size: Size) -> dict[str, Any]:
    """Train one policy over all tasks on text, and return what it earned on the way."""
    bundle, rng = material.bundle, np.random.default_rng(0)
    weights = Weights(rng)
    envs = {split: TextEnv(bundle, bundle.task_names, split) for split in ("train", "validation")}
    watch = _Watch(
        {
            "train": lambda: tested(weights, envs["train"], size.episodes),
            "validation": lambda: tested(weights, envs["validation"], size.episodes),
        }
    )
    shown = Shown(bundle, material.solutions, "none", 0)
    learning.clone(weights, shown, size.shown, size.text_steps, rng)
    watch.note(f"{size.text_steps:,} steps of {size.shown} demonstrations")
    learning.earn(weights, TextEnv(bundle, bundle.task_names, "train"), size.groups, rng, 1.0)
    watch.note(f"{size.groups * learning.GROUP:,} episodes of its own")
    return {"learnt": watch.found}


def run(material: Material, size: Size) -> dict[str, Any]:
    """Return what came out."""
    table, numbers = on_numbers(material, size)
    found = {"size": size._asdict(), "tables": numbers, "text": on_text(material, size)}
    return {**found, "pairs": compared(material.bundle, table, "train", size.pairs, chromium=has_chromium())}
