"""`evaluate`: how a policy does, by task, split and what is varied, kept in a folder and shown as one HTML file."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from ..bundle import Bundle
from ..dialogue.prompts import PromptStyle
from ..evaluating.oracle import Oracle
from ..evaluating.plan import ARMS, AXES_ALONE, USUAL_ARMS, Planned, Scope, planned, titled
from ..evaluating.policies import Chance, Policy, PolicyError, named
from ..evaluating.report import REPORT, write_report
from ..evaluating.running import Record, Run, about_run, begun, play_all
from ..evaluating.tables import lines_of
from ..given import as_at_least
from ..listing import BundleError
from ..solutions import read_solutions

_SPLITS: Final = ("validation", "test")


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("builtin", nargs="?", choices=("random", "oracle", "keyword"), help="a policy that is there")
    who.add_argument("--policy", metavar="MODULE:FUNCTION", help="takes the messages of a chat, returns the answer")
    who.add_argument("--endpoint", metavar="URL", help="a model behind OpenAI's chat completions; needs --model")
    who.add_argument("--sb3", metavar="FILE", type=Path, help="a PPO or MaskablePPO that Stable-Baselines3 has saved")
    _add_scope(parser)
    _add_model(parser)
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="the folder of the run (evaluation)")
    parser.add_argument("--solutions", type=Path, metavar="FILE", help="what `gymwright oracle` has written")
    parser.add_argument("--workers", type=int, default=8, help="attempts at a time of --endpoint (8)")
    parser.add_argument(
        "--shown", type=int, default=200, help="episodes that the HTML file lets one step through (200)"
    )


def _add_scope(parser: argparse.ArgumentParser) -> None:
    """Say how it is told what is played."""
    parser.add_argument("--tasks", type=_names, metavar="TASK,TASK", help="the tasks (all)")
    parser.add_argument("--splits", type=_names, default=_SPLITS, metavar="SPLIT,SPLIT", help=f"({','.join(_SPLITS)})")
    known = "; ".join(f"{arm.name}: {arm.about}" for arm in ARMS)
    usual = "all but those of one axis by training's values; an arm of which a policy would see nothing is left out"
    about = f"how the site appears: {known} ({usual}). {AXES_ALONE}"
    parser.add_argument("--arms", type=_names, default=USUAL_ARMS, metavar="ARM,ARM", help=about)
    parser.add_argument("--instances", type=int, default=5, help="instances of each task and split (5)")
    parser.add_argument("--repeats", type=int, default=1, help="how often each is played (1)")
    parser.add_argument("--seed", type=int, default=0, help="from what all seeds follow (0)")


def _names(text: str) -> tuple[str, ...]:
    """Return names that are listed with commas, each once.

    Raises:
        argparse.ArgumentTypeError: There is none.
    """
    names = tuple(dict.fromkeys(name for name in text.replace(" ", "").split(",") if name))
    if not names:
        raise argparse.ArgumentTypeError("names with commas between them, and there is none")
    return names


def _object(text: str) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        argparse.ArgumentTypeError: It is something else.
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise argparse.ArgumentTypeError(f"a JSON object such as '{{\"temperature\": 0}}', not {text!r}")
    return found


def _add_model(parser: argparse.ArgumentParser) -> None:
    """Say how it is told how a language model is asked."""
    parser.add_argument("--model", help="the name of the model behind --endpoint")
    parser.add_argument("--key-variable", default="OPENAI_API_KEY", help="the environment variable with its key")
    parser.add_argument("--tools", action="store_true", help="offer actions as tools instead of in the text")
    parser.add_argument("--options", type=_object, default={}, help="sent besides, such as '{\"temperature\": 0}'")
    parser.add_argument("--timeout", type=float, default=120.0, help="seconds that an answer may take (120)")
    parser.add_argument("--retries", type=int, default=4, help="how often a failed question is asked again (4)")
    parser.add_argument("--history", type=int, help="pages before the present one that stay in the prompt (all)")
    parser.add_argument("--page-budget", type=int, help="characters of a page, beyond which it is said in parts")


def run(bundle: Bundle, options: argparse.Namespace) -> int:
    """Play what is missing of a run, print its tables and write its HTML file."""
    policy, words = _policy(bundle, options)
    style = {"history": options.history, "page_budget": options.page_budget}
    style |= {"speech": "tools" if options.tools else "calls"}
    PromptStyle(**style)
    scope = _scope(bundle, options, policy)
    episodes = planned(bundle, scope)
    if isinstance(policy, Oracle):
        episodes = _known(policy, episodes)
    about = about_run(bundle, words, policy.interface, style, scope)
    workers = max(1, options.workers) if options.endpoint else 1
    kept = begun(options.out, about)
    try:
        played = play_all(bundle, policy, kept, episodes, workers=workers, progress=_progress)
    except PolicyError as error:
        _say(f"\n{error}\nWhat was played is kept: run the same again to go on.")
        return 1
    except KeyboardInterrupt:
        _say("\nStopped. What was played is kept: run the same again to go on.")
        return 130
    return _told(bundle, played, options)


def _told(bundle: Bundle, played: Run, options: argparse.Namespace) -> int:
    """Print the tables of a run and write its HTML file."""
    report = played.folder / REPORT
    write_report(bundle, played, read_solutions(bundle, options.solutions), report, shown=options.shown)
    for line in lines_of(played.records, played.about["interface"]):
        print(line)  # noqa: T201  # printing is what this command does
    print(f"\n{report}")  # noqa: T201
    failed = sum(bool(record["policy_error"]) for record in played.records)
    if failed:
        _say(f"{failed} episodes could not be played: run the same again to try these once more.")
    return 1 if failed else 0


def _scope(bundle: Bundle, options: argparse.Namespace, policy: Policy) -> Scope:
    """Return what is to be played; not what a policy of numbers cannot see."""
    for name, least in (("instances", 1), ("repeats", 1), ("seed", 0)):
        as_at_least(getattr(options, name), least, f"--{name}")
    tasks, arms = options.tasks or bundle.task_names, options.arms
    wanted = Scope(tasks, options.splits, arms, options.instances, options.repeats, options.seed)
    scope = wanted.checked(bundle, policy.interface)
    if left_out := [titled(name) for name in arms if name not in scope.arms]:
        what = "numbers" if policy.interface == "symbolic" else "text"
        _say(f"Arms left out, of which {what} would show nothing but the site as drawn: {', '.join(left_out)}.")
    return scope


def _policy(bundle: Bundle, options: argparse.Namespace) -> tuple[Policy, str]:
    """Return who plays, and by which words a run knows it.

    Raises:
        BundleError: There is no such policy.
    """
    if options.policy:
        return named(options.policy), options.policy
    if options.endpoint:
        return _endpoint(options), f"{options.model} at {options.endpoint}"
    if options.sb3:
        return _of("learned").Learned(options.sb3), f"{options.sb3.name} (Stable-Baselines3)"
    match options.builtin:
        case "random":
            return Chance(), "random"
        case "oracle":
            return Oracle(bundle, read_solutions(bundle, options.solutions)), "oracle"
        case _:
            return _of("keyword").Keyword(), "keyword"


def _endpoint(options: argparse.Namespace) -> Policy:
    """Return the model behind an address."""
    if not options.model:
        raise BundleError("--endpoint needs the name of the model: --model NAME")
    made: Policy = _of("endpoint").Endpoint(
        url=options.endpoint,
        model=options.model,
        key_variable=options.key_variable,
        uses_tools=options.tools,
        options=options.options,
        timeout_s=options.timeout,
        retries=options.retries,
    )
    return made


def _of(module: str) -> Any:
    """Return a module of policies, imported only now."""
    return importlib.import_module(f"...evaluating.{module}", __name__)


def _known(oracle: Oracle, episodes: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """Return the episodes of which the oracle has a solution."""
    found = tuple(one for one in episodes if oracle.knows(one))
    if len(found) < len(episodes):
        _say(
            f"{len(episodes) - len(found)} of {len(episodes)} episodes are left out: their solutions are not in the "
            "package. `gymwright oracle` writes them; pass its file with --solutions."
        )
    if not found:
        raise BundleError("No episode is left: try --splits train, or --solutions FILE")
    return found


def _progress(done: int, total: int, record: Record) -> None:
    """Say how far it is."""
    if done == total or done % 10 == 0 or record["policy_error"]:
        told = f"\r{done}/{total} {record['key']}: {record['policy_error'] or record['end_reason']}"
        if record["policy_error"]:
            # Whole, since it says where to look, and not overwritten.
            _say(told)
        else:
            _say(told[:100].ljust(100), end="" if sys.stderr.isatty() else "\n")


def _say(text: str, end: str = "\n") -> None:
    """Say something beside the answer."""
    print(text, end=end, file=sys.stderr, flush=True)  # noqa: T201
