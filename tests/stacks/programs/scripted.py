"""What the programs share: how rows of `librarydesk` are solved, and a site that breaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import librarydesk
from librarydesk.runtime.envs.register import read
from librarydesk.runtime.envs.solutions import Solutions
from librarydesk.runtime.machine import Machine
from librarydesk.runtime.machine.base.results import Verdict

BUNDLE = read(librarydesk.FOLDER)
REPORT = "report_infeasible('it cannot be done')"
NOTHING = "noop()"


def solution(row: Any) -> list[str]:
    """Return the actions that earn all that a row pays."""
    return list(Solutions(BUNDLE).of(row) or ()) or [REPORT]


@contextmanager
def breaking(times: int = 1_000_000) -> Iterator[None]:
    """Let a formula of the site fail at the first steps."""
    left = iter(range(times))
    whole = Machine.verdict

    def verdict(machine: Machine, *given: Any) -> Verdict:
        return whole(machine, *given) if next(left, None) is None else Verdict(-1, False, (), "a formula failed")

    with mock.patch.object(Machine, "verdict", verdict):
        yield
