"""What a buyer looks at in a package, each as one finding: files, determinism, solutions, floor, isolation, leaks.

Nothing here trusts what the package says of itself: what can be played is played again.
"""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

from ..machine.base.results import END_REASONS
from . import selfcheck
from .bundle import Bundle
from .interfaces.text import TextEnv
from .leaks import leaks
from .listing import Instance
from .registry import EVERYWHERE
from .solutions import SITE_WALKS, Solutions
from .traces import env_of, seeded

Standing = Literal["holds", "broken", "not seen"]

STEPS: Final = 200
"""Steps of the random rollout by which processes and Pythons are compared."""

SEED: Final = 1_234

SEEDS: Final = 20

SLACK: Final = 1e-9
"""By how much sums of rewards may differ from what they should be."""

MALFORMED: Final = ("", "I do not know", "click(", "buy('1')", "click('12') click('13')", "fill('1')", "\0", "{}" * 200)
READ: Final = frozenset({".json", ".jsonl", ".md", ".svg", ".py", ".txt"})

PATIENCE_S: Final = 600

ROLLOUT: Final = """
import importlib, sys
base = sys.argv[1] + ".runtime.envs"
verifying, register = importlib.import_module(base + ".verifying"), importlib.import_module(base + ".register")
print(verifying.fingerprint(register.read(importlib.import_module(sys.argv[1]).FOLDER)))
"""


class Finding(NamedTuple):
    """What was seen of one thing.

    Attributes:
        check: Its name.
        title: What was looked at, in words.
        standing: Whether it holds, is broken, or could not be seen here.
        detail: What was seen, with figures.
    """

    check: str
    title: str
    standing: Standing
    detail: str


class BrokenError(Exception):
    """Something is not as it should be; the message says what."""


class UnseenError(Exception):
    """Something cannot be looked at here; the message says why."""


LISTS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "OpenEnv's policy": {
        "the files are what was built": ("files",),
        "an oracle reaches the maximum": ("oracle",),
        "doing nothing stays at the floor": ("floor",),
        "the same seed gives the same episode": ("seeds", "processes", "pythons"),
        "episodes do not touch each other": ("isolation", "state"),
        "no solution is in the package": ("leaks",),
        "trajectories can be replayed": ("site", "oracle"),
    },
    "Agentic benchmark checklist": {
        "solvable, with an oracle": ("oracle",),
        "trivial agents earn nothing": ("floor", "giving up"),
        "no residue between episodes": ("isolation",),
        "the private split is private": ("leaks",),
    },
    "NeMo Gym's gate": {
        "a full reward, a zero reward": ("oracle", "floor"),
        "a malformed request is answered": ("malformed",),
        "the same reward after a reseed": ("seeds",),
    },
}
"""What three lists of the field ask that can be seen by playing, and by which findings."""


def standing_of(checks: Sequence[str], found: Sequence[Finding]) -> Standing:
    """Return how an item of a list stands: broken if any of its checks is, not seen only if none was seen."""
    standings = {finding.standing for finding in found if finding.check in checks}
    order: tuple[Standing, ...] = ("broken", "holds")
    return next((one for one in order if one in standings), "not seen")


def findings(
    bundle: Bundle, solutions: Path | None = None, pythons: Sequence[str] = (), count: int = 10
) -> Iterator[Finding]:
    """Yield what is seen, one thing after the other.

    Args:
        bundle: The installed package.
        solutions: A file of `gymwright oracle`; None for the solutions that the package ships.
        pythons: More interpreters that have the package.
        count: Instances of each task and split that are looked at.
    """
    known = Solutions(bundle, solutions)
    some = [one for listed in bundle.instances.values() for one in _some(listed, count)]
    looks: list[tuple[str, str, Callable[[], str]]] = [
        ("files", "Files are as their checksums say", _files),
        ("gymnasium", "Gymnasium's checker passes", lambda: _gymnasium(bundle)),
        ("seeds", "A seed gives the same episode again", lambda: _seeds(bundle)),
        ("processes", "Other processes meet the same", lambda: _others(bundle, [sys.executable] * 2)),
        ("pythons", "Other Pythons meet the same", lambda: _others(bundle, pythons)),
        ("oracle", "Known solutions earn the maximum", lambda: _oracle(bundle, known, some)),
        ("floor", "Doing nothing earns nothing", lambda: _floor(bundle, some, "noop()")),
        ("giving up", "Giving up earns nothing", lambda: _floor(bundle, some, "report_infeasible('')")),
        ("malformed", "What is no action is answered and changes nothing", lambda: _malformed(bundle)),
        ("isolation", "An episode is the same after others", lambda: _isolation(bundle, known, some)),
        ("state", "A state goes back in the middle of an episode", lambda: _state(bundle, known, some)),
        ("site", "Walks through the site meet what they met", lambda: _site(bundle)),
        ("leaks", "Nothing gives away what only tests ask", lambda: _leaks(bundle)),
    ]
    for check, title, look in looks:
        yield _finding(check, title, look)


def fingerprint(bundle: Bundle) -> str:
    """Return the fingerprint of a random rollout over all tasks, in variants."""
    return seeded(TextEnv(bundle, bundle.task_names, variation="full"), SEED, STEPS)


def _finding(check: str, title: str, look: Callable[[], str]) -> Finding:
    """Return what looking at one thing gives."""
    try:
        return Finding(check, title, "holds", look())
    except UnseenError as error:
        return Finding(check, title, "not seen", str(error))
    except (BrokenError, selfcheck.CheckFailedError) as error:
        return Finding(check, title, "broken", str(error))


def _some(instances: Sequence[Instance], count: int) -> list[Instance]:
    """Return the first instances of each split."""
    by_split = itertools.groupby(sorted(instances, key=lambda one: one.split), key=lambda one: one.split)
    return [one for _, listed in by_split for one in itertools.islice(listed, count)]


def _begun(bundle: Bundle, instance: Instance) -> TextEnv:
    """Return an environment at the beginning of an instance."""
    env = env_of(bundle, instance.task)
    env.reset(options={"instance": instance.n})
    return env


def _played(env: TextEnv, actions: Sequence[str]) -> tuple[str, float, list[str]]:
    """Do actions; return the end reason, the total, and the pages that were met."""
    total, met, reason = 0.0, list[str](), ""
    for action in actions:
        observation, reward, terminated, truncated, info = env.step(action)
        total += reward
        met.append(observation["axtree_txt"])
        if terminated or truncated:
            reason = END_REASONS[info["end_reason"]]
            break
    return reason, total, met


def _solved(known: Solutions, some: Sequence[Instance]) -> list[tuple[Instance, tuple[str, ...]]]:
    """Return the instances whose solutions are known, with these.

    Raises:
        UnseenError: There are none.
    """
    solved = [(one, actions) for one in some if (actions := known.of({"task": one.task, "instance": one.n}))]
    if not solved:
        raise UnseenError("no solution is known; pass a file of `gymwright oracle` with --solutions")
    return solved


def _files() -> str:
    """Compare the files with their checksums."""
    return f"{selfcheck.files_as_listed()} files"


def _gymnasium(bundle: Bundle) -> str:
    """Run Gymnasium's checker on the interfaces that need no extra."""
    every = f"{bundle.module}/all-v{max(map(bundle.version, bundle.task_names))}"
    for entry in EVERYWHERE:
        selfcheck.gymnasium(every, entry.name)
    return ", ".join(entry.name for entry in EVERYWHERE)


def _seeds(bundle: Bundle) -> str:
    """Begin episodes of the same seeds twice, and of others."""
    first, again = (TextEnv(bundle, bundle.task_names, variation="full") for _ in range(2))
    starts = [first.reset(seed=seed)[0] for seed in range(SEEDS)]
    if starts != [again.reset(seed=seed)[0] for seed in range(SEEDS)]:
        raise BrokenError("two environments begin differently with the same seed")
    different = len({(start["goal"], start["axtree_txt"]) for start in starts})
    if different == 1:
        raise BrokenError(f"{SEEDS} seeds give one and the same episode")
    return f"{SEEDS} seeds, {different} different beginnings"


def _others(bundle: Bundle, pythons: Sequence[str]) -> str:
    """Compare a random rollout with other processes, each with another order of hashing.

    Raises:
        UnseenError: There are none.
    """
    if not pythons:
        raise UnseenError("name other interpreters with --python")
    own = fingerprint(bundle)
    for number, python in enumerate(pythons):
        told = _rollout_of(python, bundle.module, number)
        if told != own:
            raise BrokenError(f"{python} meets something else: {told or 'nothing'}")
    return f"{len(pythons)} processes, {STEPS} steps each"


def _rollout_of(python: str, module: str, number: int) -> str:
    """Return the fingerprint of a rollout in another process.

    Raises:
        BrokenError: It fails there.
    """
    variables = {**os.environ, "PYTHONHASHSEED": str(number + 1)}
    command = [python, "-c", ROLLOUT, module]
    try:
        done = subprocess.run(  # noqa: S603  # an interpreter that the caller names, with a fixed program
            command, env=variables, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise BrokenError(f"{python} cannot be started: {error}") from error
    if done.returncode != 0:
        raise BrokenError(f"{python} fails: {(done.stderr.strip().splitlines() or ['without a word'])[-1]}")
    return done.stdout.strip()


def _oracle(bundle: Bundle, known: Solutions, some: Sequence[Instance]) -> str:
    """Play known solutions: each must succeed with all that can be earned."""
    solved = _solved(known, some)
    for instance, actions in solved:
        reason, total, _ = _played(_begun(bundle, instance), actions)
        most = 1 - bundle.program.tasks[instance.task].step_cost * len(actions)
        if reason != "success" or abs(total - most) > SLACK:
            raise BrokenError(f"{instance.task} {instance.n} ends with {reason or 'no end'!r} and earns {total:.3f}")
    return f"{len(solved)} of {len(some)} instances"


def _floor(bundle: Bundle, some: Sequence[Instance], action: str) -> str:
    """Do one thing to the end: it must earn nothing, except that giving up is right where nothing can be done."""
    gives_up = action.startswith("report_infeasible")
    # Where nothing can be done, giving up is what is asked.
    possible = [one for one in some if not (gives_up and one.infeasible)]
    for instance in possible:
        limit = bundle.program.tasks[instance.task].max_steps
        reason, total, _ = _played(_begun(bundle, instance), [action] * limit)
        if total > SLACK or reason == "success":
            raise BrokenError(f"{action} earns {total:.3f} in {instance.task} {instance.n}")
    impossible = len(some) - len(possible)
    besides = f" that can be done; {impossible} more cannot, and giving up is right there" if impossible else ""
    return f"{len(possible)} instances{besides}"


def _malformed(bundle: Bundle) -> str:
    """Say what is no action: it must be answered in words and leave the page as it is."""
    env = TextEnv(bundle, bundle.task_names)
    before = env.reset(seed=SEED)[0]["axtree_txt"]
    for said in MALFORMED:
        observation, reward, terminated, _, _ = env.step(said)
        if not observation["last_action_error"] or observation["axtree_txt"] != before or terminated or reward > 0:
            raise BrokenError(f"{said[:40]!r} is not refused")
    return f"{len(MALFORMED)} texts"


def _isolation(bundle: Bundle, known: Solutions, some: Sequence[Instance]) -> str:
    """Play a solution alone, and again in an environment that has played others: the pages must be the same."""
    solved = _solved(known, some)
    envs = {task: env_of(bundle, task) for task in {instance.task for instance, _ in solved}}
    for instance, actions in (*solved, *reversed(solved)):
        env = envs[instance.task]
        env.reset(options={"instance": instance.n})
        if _played(env, actions) != _played(_begun(bundle, instance), actions):
            raise BrokenError(f"{instance.task} {instance.n} is another episode after others")
    return f"{2 * len(solved)} episodes in {len(envs)} environments"


def _state(bundle: Bundle, known: Solutions, some: Sequence[Instance]) -> str:
    """Go back to the middle of a solution in another environment: the rest must be the same."""
    solved = _solved(known, some)
    for instance, actions in solved:
        env, other = _begun(bundle, instance), env_of(bundle, instance.task)
        middle = len(actions) // 2
        _played(env, actions[:middle])
        other.set_state(env.get_state())
        if _played(env, actions[middle:]) != _played(other, actions[middle:]):
            raise BrokenError(f"{instance.task} {instance.n} goes on differently from a saved state")
    return f"{len(solved)} episodes"


def _site(bundle: Bundle) -> str:
    """Play the walks through the site again."""
    walks = selfcheck.records(SITE_WALKS)
    envs = {task: env_of(bundle, task) for task in bundle.task_names}
    for record in walks:
        selfcheck.walk_again(envs[record["task"]], record)
    return f"{len(walks)} walks"


def _leaks(bundle: Bundle) -> str:
    """Look through all files but the runtime for what only tests ask."""
    if bundle.folder is None:
        raise UnseenError("the package lies in no folder")
    paths = [path for path in bundle.folder.rglob("*") if path.suffix in READ and "runtime" not in path.parts]
    texts = {path.relative_to(bundle.folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    for leak in leaks(bundle, texts):
        raise BrokenError(f"{leak.file} gives away the {leak.kind} of {leak.task} {leak.instance}")
    return f"{len(texts)} files"
