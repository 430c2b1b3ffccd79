"""As how many different sites one flow appears: by the text that an agent reads, and by what Chromium paints.

Two variants are the same site by text if every page says the same. Pages that show a row are left out: which rows
there are belongs to instances.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.episodes.drawing import dressed
from flow_models.runtime.machine.episodes.variation import Variants
from flow_models.runtime.machine.pages.state import Start, State
from flow_models.runtime.site import Rendered, Site

VARIANTS: Final = 500
"""Variants among which different sites are counted for a package."""


def distinct_by_text(program: Program, count: int = VARIANTS) -> int:
    """Return how many of so many variants of training differ in the text of some page."""
    machine, variants = Machine(program), Variants(program)
    drawn, site = machine.visit(), Site.of(program)
    found = set()
    for seed in range(count):
        start = dressed(drawn, variants.draw(seed))
        worn = site.dressed(start.variant)
        text = hashlib.blake2b(digest_size=16)
        for state in pages_of(machine, start):
            text.update(Rendered(machine.view(start, state), worn).axtree.encode())
        found.add(text.digest())
    return len(found)


def pages_of(machine: Machine, start: Start) -> Iterator[State]:
    """Yield the state in which an episode begins, and each page that shows no row as it is when one comes there."""
    yield start.state
    for page_id, page in machine.program.pages.items():
        if page.kind == "page" and page.record is None:
            yield machine.placed(start, start.state, page_id)
