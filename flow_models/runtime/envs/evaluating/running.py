"""Playing a plan, and keeping each episode as a line of `episodes.jsonl`, so that whoever is interrupted goes on.

RUN/run.json         what is played by whom, and for which package
RUN/episodes.jsonl   an object a line: the episode as planned, how it ended, all moves with what they brought, and the
                     events that they were
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Final, NamedTuple

from ...machine.base.results import REWARD_PARTS
from ..bundle import Bundle
from ..listing import BundleError
from .about import About, agree, read_about, write_about, write_whole
from .attempts import Outcome, attempt_for
from .plan import Planned
from .policies import Policy, PolicyError

Record = dict[str, Any]

EPISODES: Final = "episodes.jsonl"

_NEEDED: Final = frozenset(("key", "task", "instance", "end_reason", "is_success", "is_fault", "policy_error", "turns"))

HOPELESS: Final = 5
"""Episodes in a row in which the policy could not answer, after which nothing more is tried."""


class Run(NamedTuple):
    """One evaluation as it lies in a folder.

    Attributes:
        folder: The folder.
        about: What is played: `policy` (its words), `interface`, `style` (of prompts), `scope`, `bundle` (its hash);
            once something was played, of how many `episodes`.
        records: The episodes that have been played.
    """

    folder: Path
    about: About
    records: tuple[Record, ...]

    @property
    def name(self) -> str:
        """What it is called: its policy."""
        return str(self.about["policy"])

    @property
    def missing(self) -> int:
        """How many of its episodes have not been played yet."""
        return max(0, int(self.about.get("episodes", 0)) - len(self.records))


def read_run(folder: Path) -> Run:
    """Return a run; a last line that was cut off by an end of the power is no episode.

    Raises:
        BundleError: The folder holds none.
    """
    about = read_about(folder)
    try:
        path = folder / EPISODES
        lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
        return Run(folder, about, tuple(_record(line) for line in lines))
    except (OSError, ValueError) as error:
        raise BundleError(f"{folder} holds no run of an evaluation: {error}") from error


def begun(folder: Path, about: About) -> Run:
    """Return the run of a folder to go on with; begin it where there is none.

    Episodes in which the policy could not answer are forgotten, so that they are tried again.

    Raises:
        BundleError: The folder holds a run of something else.
    """
    agree(folder, about)
    run = read_run(folder)
    kept = tuple(record for record in run.records if not record["policy_error"])
    write_whole(folder / EPISODES, "".join(f"{_line(record)}\n" for record in kept).encode())
    return run._replace(records=kept)


def play_all(
    bundle: Bundle,
    policy: Policy,
    run: Run,
    episodes: Sequence[Planned],
    *,
    workers: int = 1,
    progress: Callable[[int, int, Record], None] | None = None,
) -> Run:
    """Play the episodes of a plan that a run lacks.

    Args:
        bundle: The package.
        policy: Who plays.
        run: The run, which must be of these.
        episodes: The plan.
        workers: How many attempts are played at a time, by a policy that waits for others.
        progress: Told after each episode how many are done of how many.

    Raises:
        PolicyError: The policy could not answer in many episodes in a row.
    """
    write_about(run.folder, {**run.about, "episodes": len(episodes)})
    known = {record["key"] for record in run.records}
    ahead = iter([one for one in episodes if one.key not in known])
    keeper = _Keeper(run, len(episodes), progress)
    with (run.folder / EPISODES).open("a", encoding="utf-8") as file, ThreadPoolExecutor(workers) as pool:
        made = [pool.submit(_work, bundle, policy, run.about, ahead, keeper, file) for _ in range(workers)]
        try:
            done, _ = wait(made, return_when=FIRST_EXCEPTION)
            for one in done:
                one.result()
        finally:
            keeper.is_over = True
    return read_run(run.folder)


class _Keeper:
    """What the workers share: the turn at the site and the file."""

    def __init__(self, run: Run, total: int, progress: Callable[[int, int, Record], None] | None) -> None:
        self.lock = threading.Lock()
        self.is_over = False
        self._done, self._total, self._progress = len(run.records), total, progress
        self._in_vain = 0

    def next_of(self, ahead: Iterator[Planned]) -> Planned | None:
        """Return the next episode, None if there is none or all is over."""
        with self.lock:
            return None if self.is_over else next(ahead, None)

    def keep(self, record: Record, file: Any) -> None:
        """Write an episode down.

        Raises:
            PolicyError: It is one of many in a row in which the policy could not answer.
        """
        with self.lock:
            file.write(f"{_line(record)}\n")
            file.flush()
            os.fsync(file.fileno())
            self._done += 1
            self._in_vain = self._in_vain + 1 if record["policy_error"] else 0
            if self._progress is not None:
                self._progress(self._done, self._total, record)
            if self._in_vain >= HOPELESS:
                self.is_over = True
                raise PolicyError(f"{HOPELESS} episodes in a row failed, the last one: {record['policy_error']}")


def _work(bundle: Bundle, policy: Policy, about: About, ahead: Iterator[Planned], keeper: _Keeper, file: Any) -> None:
    """Play one episode after the other."""
    with keeper.lock:
        attempt = attempt_for(bundle, about["interface"], about["style"])
    # Attempts share what a bundle has computed, so only one acts at a time; where a policy waits, others act.
    turn = keeper.lock if policy.may_wait else nullcontext()
    while (planned := keeper.next_of(ahead)) is not None:
        keeper.keep(play(bundle, policy, attempt, planned, turn), file)


def play(
    bundle: Bundle, policy: Policy, attempt: Any, planned: Planned, turn: AbstractContextManager[Any] | None = None
) -> Record:
    """Play one episode and return it as JSON.

    Args:
        bundle: The package.
        policy: Who plays.
        attempt: What is played in, of the policy's interface.
        planned: The episode.
        turn: What is held while the site is acted on.
    """
    turn = nullcontext() if turn is None else turn
    turns: list[dict[str, Any]] = []
    tokens = [0, 0, True]
    began_s, error, outcome = time.perf_counter(), "", None
    with turn:
        attempt.begin(planned)
    try:
        choose = policy.start(planned, attempt)
        while outcome is None or not outcome.end_reason:
            choice = choose()
            _count(tokens, choice.tokens, attempt.heard, choice.move)
            with turn:
                outcome = attempt.do(choice.move)
            turns.append(_turn(choice.move, outcome))
    except PolicyError as failed:
        error = str(failed)
    listed = next(one for one in bundle.instances[planned.task] if one.n == planned.instance)
    return {
        "key": planned.key,
        **planned._asdict(),
        "goal": attempt.goal,
        "shortest": listed.steps,
        "end_reason": outcome.end_reason if outcome is not None and not error else "",
        "is_success": outcome is not None and outcome.end_reason == "success",
        "is_fault": outcome is not None and outcome.is_fault,
        "policy_error": error,
        "total": sum(one["reward"] for one in turns),
        "parts": [sum(one["parts"][place] for one in turns) for place, _ in enumerate(REWARD_PARTS)],
        "tokens": {"in": tokens[0], "out": tokens[1], "is_exact": tokens[2]},
        "events": [list(event) for event in attempt.events],
        "seconds": round(time.perf_counter() - began_s, 3),
        "turns": turns,
    }


def _turn(move: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """Return one move with what it brought."""
    told = outcome._asdict()
    return {"move": move, **told, "parts": list(outcome.parts)}


def _count(tokens: list[Any], known: tuple[int, int] | None, heard: int, move: dict[str, Any]) -> None:
    """Add what a move cost, of so many characters heard; a token is taken for four where nobody told."""
    if known is not None:
        tokens[:2] = [tokens[0] + known[0], tokens[1] + known[1]]
        return
    said = len(move.get("said") or json.dumps(move.get("call")))
    tokens[:] = [tokens[0] + -(-heard // 4), tokens[1] + -(-said // 4), False]


def _line(record: Record) -> str:
    """Return an episode as a line."""
    return json.dumps(record)  # in ASCII: what a model says may hold halves of characters


def _record(line: str) -> Record:
    """Return an episode from its line.

    Raises:
        ValueError: It is none.
    """
    record: Record = json.loads(line)
    if not isinstance(record, dict) or not record.keys() >= _NEEDED:
        raise ValueError(f"a line of {EPISODES} is no episode: {line[:80]}")
    return record
