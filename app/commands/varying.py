"""`gymwright variants`: what may differ from site to site, what is held out, and as how many sites a flow appears."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from app.commands.console import print_json, print_line, print_table, progress_bars
from exporters.card import axis_facts
from exporters.sites import distinct_by_text
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.errors import BrowserMissingError
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import DrawError, Machine
from flow_models.runtime.machine.base.program import Program
from resources import text


class Counted(NamedTuple):
    """As how many different sites variants appear; `pixels` is None where no Chromium was found."""

    variants: int
    texts: int
    pixels: int | None


def run(path: Path, *, variants: int, pixels: bool, as_json: bool) -> int:
    """Print the axes and count different sites.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
    """
    flow = load(path)
    program = compile_flow(flow).program
    axes = [axis_facts(flow, program, axis) for axis in program.variation.axes]
    with progress_bars(quiet=as_json) as advance:
        doing = text("cli.doing.variants")
        texts = distinct_by_text(program, variants)
        advance(doing, 0, variants)
        seen = distinct_by_pixels(program, variants, lambda done: advance(doing, done, variants)) if pixels else None
    found = Counted(variants, texts, seen)
    if as_json:
        print_json({"axes": axes, **found._asdict()})
        return 0
    names = ("axis", "reaches", "train", "held_out")
    print_table(
        [text(f"cli.column.{name}") for name in names], [[axis[n] for n in ("title", *names[1:])] for axis in axes]
    )
    for axis in axes:
        print_line(f"{axis['title']}: {axis['rule']}")
    print_line(text("cli.variants.texts", variants=variants, count=texts))
    if seen is not None:
        print_line(text("cli.variants.pixels", variants=variants, count=seen))
    elif pixels:
        print_line(text("cli.variants.no_browser"))
    return 0


def distinct_by_pixels(program: Program, count: int, done: Callable[[int], None]) -> int | None:
    """Return how many of so many variants of training begin with a different picture; None without Chromium.

    The picture is that of the first task's first page, 1,280 x 720 pixels.
    """
    bundle = _with_one_instance(program)
    if bundle is None:
        return None
    env = BrowserEnv(bundle, bundle.task_names, variation="full", observe=("screenshot",))
    pictures = set()
    with closing(env):
        for seed in range(count):
            try:
                observation, _ = env.reset(options={"instance": 0, "variant": seed})
            except BrowserMissingError:
                return None
            pictures.add(hashlib.blake2b(observation["screenshot"].tobytes(), digest_size=16).digest())
            done(seed + 1)
    return len(pictures)


def _with_one_instance(program: Program) -> Bundle | None:
    """Return a bundle of one instance of the first task of which one can be drawn, which nobody has to prove."""
    machine = Machine(program)
    for task in machine.tasks:
        try:
            machine.draw(task, 0)
        except DrawError:
            continue
        return Bundle(program, [Instance(task, 0, 0, "train")])
    return None
