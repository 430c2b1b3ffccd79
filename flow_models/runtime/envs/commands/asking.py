"""What the commands that play take alike: who plays, how a language model is asked, and what is played."""

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..bundle import Bundle
from ..dialogue.prompts import PromptStyle
from ..evaluating.oracle import Oracle
from ..evaluating.plan import ARMS, AXES_ALONE, Plan, Scope, planned, titled
from ..evaluating.policies import OF_FUNCTION, Policy
from ..evaluating.who import BUILT_IN, Who, learned, who_of
from ..given import as_at_least
from ..listing import BundleError


def add_who(parser: argparse.ArgumentParser) -> None:
    """Say how it is told who plays."""
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("builtin", nargs="?", choices=BUILT_IN, help="a policy that is there")
    who.add_argument("--policy", metavar="MODULE:FUNCTION", help="takes the messages of a chat, returns the answer")
    who.add_argument("--endpoint", metavar="URL", help="a model behind OpenAI's chat completions; needs --model")
    who.add_argument("--sb3", metavar="FILE", type=Path, help="a PPO or MaskablePPO that Stable-Baselines3 has saved")
    about = "in which random and --policy play: symbolic takes observations and mask, returns a number (text)"
    parser.add_argument("--interface", choices=tuple(OF_FUNCTION), default="text", help=about)
    parser.add_argument("--solutions", type=Path, metavar="FILE", help="what `gymwright oracle` has written")


def add_scope(parser: argparse.ArgumentParser, splits: Sequence[str], arms: Sequence[str], words: str) -> None:
    """Say how it is told what is played, and what unless it is told: splits, and arms with their words."""
    parser.add_argument("--tasks", type=_names, metavar="TASK,TASK", help="the tasks (all)")
    parser.add_argument("--splits", type=_names, default=splits, metavar="SPLIT,SPLIT", help=f"({','.join(splits)})")
    known = "; ".join(f"{arm.name}: {arm.about}" for arm in ARMS)
    about = f"how the site appears: {known} ({words}). {AXES_ALONE}"
    parser.add_argument("--arms", type=_names, default=arms, metavar="ARM,ARM", help=about)
    parser.add_argument("--repeats", type=int, default=1, help="how often each is played (1)")
    parser.add_argument("--seed", type=int, default=0, help="from what all seeds follow (0)")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Say how it is told how a language model is asked."""
    parser.add_argument("--model", help="the name of the model behind --endpoint")
    parser.add_argument("--key-variable", default="OPENAI_API_KEY", help="the environment variable with its key")
    parser.add_argument("--tools", action="store_true", help="offer actions as tools instead of in the text")
    parser.add_argument("--options", type=_object, default={}, help="sent besides, such as '{\"temperature\": 0}'")
    parser.add_argument("--timeout", type=float, default=120.0, help="seconds that an answer may take (120)")
    parser.add_argument("--retries", type=int, default=4, help="how often a failed question is asked again (4)")
    parser.add_argument("--history", type=int, help="pages before the present one that stay in the prompt (all)")
    parser.add_argument("--page-budget", type=int, help="characters of a page, beyond which it is said in parts")


def who_plays(options: argparse.Namespace) -> Who:
    """Return who plays.

    Raises:
        BundleError: There is no such policy.
    """
    if options.endpoint:
        return who_of(_endpoint(options))
    if options.sb3:
        return learned(options.sb3)
    return who_of(options.policy or options.builtin, options.interface, options.solutions)


def style_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return how attempts are told, as JSON.

    Raises:
        BundleError: Something of that does not exist.
    """
    style = {"history": options.history, "page_budget": options.page_budget}
    style |= {"speech": "tools" if options.tools else "calls"}
    PromptStyle(**style)
    return style


def plan_of(bundle: Bundle, options: argparse.Namespace, policy: Policy) -> Plan:
    """Return what is to be played; not what a policy of numbers cannot see, nor what the oracle does not know.

    Raises:
        BundleError: It names something that does not exist, or nothing is left.
    """
    for name, least in (("instances", 1), ("repeats", 1), ("seed", 0)):
        as_at_least(getattr(options, name), least, f"--{name}")
    tasks, arms = options.tasks or bundle.task_names, options.arms
    wanted = Scope(tasks, options.splits, arms, options.instances, options.repeats, options.seed)
    scope = wanted.checked(bundle, policy.interface)
    if left_out := [titled(name) for name in arms if name not in scope.arms]:
        what = "numbers" if policy.interface == "symbolic" else "text"
        say(f"Arms left out, of which {what} would show nothing but the site as drawn: {', '.join(left_out)}.")
    plan = planned(bundle, scope)
    return _known(policy, plan) if isinstance(policy, Oracle) else plan


def broken_off(why: BaseException) -> int:
    """Say why playing ended early, by a fault or by hand, and how to go on; return the exit status."""
    by_hand = isinstance(why, KeyboardInterrupt)
    said = "Stopped. " if by_hand else f"{why}\n"
    say(f"\n{said}What was played is kept: run the same again to go on.")
    return 130 if by_hand else 1


def say(text: str, end: str = "\n") -> None:
    """Say something beside the answer."""
    print(text, end=end, file=sys.stderr, flush=True)  # noqa: T201


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


def _endpoint(options: argparse.Namespace) -> Any:
    """Return the model behind an address, whose module is imported only now."""
    if not options.model:
        raise BundleError("--endpoint needs the name of the model: --model NAME")
    return importlib.import_module("...evaluating.endpoint", __name__).Endpoint(
        url=options.endpoint,
        model=options.model,
        key_variable=options.key_variable,
        uses_tools=options.tools,
        options=options.options,
        timeout_s=options.timeout,
        retries=options.retries,
    )


def _known(oracle: Oracle, plan: Plan) -> Plan:
    """Return the episodes of which the oracle has a solution."""
    found = plan.only(oracle.knows)
    if len(found) < len(plan):
        say(
            f"{len(plan) - len(found)} of {len(plan)} episodes are left out: their solutions are not in the "
            "package. `gymwright oracle` writes them; pass its file with --solutions."
        )
    if not found:
        raise BundleError("No episode is left: try --splits train, or --solutions FILE")
    return found
