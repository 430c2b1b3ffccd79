"""Episodes of the text environment, played by a policy or shown by whoever knows the solution."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.attempts import TextAttempt
from flow_models.runtime.envs.evaluating.oracle import Oracle
from flow_models.runtime.envs.evaluating.plan import Planned
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.runtime.machine.episodes.variation import Variants, Variation
from tests.experiments.bundle import Record
from tests.experiments.choosing import Weights
from tests.experiments.offers import BOTH, Reader, Seen

Trail = list[tuple[Seen, int]]
"""What was chosen among, and what was chosen, step by step."""

_REPORT: Final = "report_infeasible"


class Played(NamedTuple):
    """An episode."""

    task: int
    reward: float
    trail: Trail


def play(env: TextEnv, weights: Weights, rng: np.random.Generator | None = None, **begin: Any) -> Played:
    """Play an episode.

    Args:
        env: Where.
        weights: The policy.
        rng: Draws what is done; without it the likeliest is.
        begin: What `reset` is told.
    """
    observation, info = env.reset(**begin)
    reader, trail, total = Reader(observation["goal"], weights.reads), Trail(), 0.0
    is_over = False
    while not is_over:
        offers, seen = reader.read(observation["axtree_txt"], observation["last_action_error"])
        chances = weights.chances(seen)
        chosen = int(chances.argmax()) if rng is None else int(rng.choice(len(chances), p=chances / chances.sum()))
        reader.note(offers[chosen])
        trail.append((seen, chosen))
        observation, reward, terminated, truncated, info = env.step(offers[chosen].action)
        total, is_over = total + reward, terminated or truncated
    return Played(int(info["task"]), total, trail)


class Shown:
    """Demonstrations in any appearance: the solution of the site as drawn, adapted.

    Args:
        bundle: The package.
        solutions: What is known of its training instances.
        variation: How the site appears.
        seed: What order and variants follow from.
        reads: By what whoever is shown them knows elements.
    """

    def __init__(
        self, bundle: Bundle, solutions: Sequence[Record], variation: Variation, seed: int, reads: str = BOTH
    ) -> None:
        self._reads = reads
        self._attempt, self._oracle = TextAttempt(bundle), Oracle(bundle, solutions)
        self._solutions = solutions
        self._variants = Variants(bundle.program, variation)
        self._rng = np.random.default_rng(seed)

    def trails(self) -> Iterator[Trail]:
        """Yield demonstrations without end: every instance in turn, each time in another order and appearance."""
        while True:
            for place in self._rng.permutation(len(self._solutions)).tolist():
                yield self._trail(self._solutions[place])

    def _trail(self, solution: Record) -> Trail:
        """Return one demonstration, as far as the page offers what it does."""
        variant = self._variants.draw(int(self._rng.integers(2**31)))._asdict()
        fields = {name: value for name, value in variant.items() if value != getattr(PLAIN, name)}
        planned = Planned(solution["task"], solution["instance"], "train", "", 0, 0, fields)
        self._attempt.begin(planned)
        choose, episode = self._oracle.start(planned, self._attempt), self._attempt.episode
        reader, trail = Reader(self._attempt.goal, self._reads), Trail()
        while not episode.env.episode.end_reason:
            action = choose().move["said"]
            page = episode.observation
            offers, seen = reader.read(page["axtree_txt"], page["last_action_error"])
            wanted = next((n for n, offer in enumerate(offers) if _is_same(offer.action, action)), None)
            if wanted is None:
                break
            reader.note(offers[wanted])
            trail.append((seen, wanted))
            self._attempt.do({"said": action})
        return trail


def _is_same(offered: str, wanted: str) -> bool:
    """Say whether an offer is what a solution does; reasons do not matter."""
    return offered == wanted or (offered.startswith(_REPORT) and wanted.startswith(_REPORT))
