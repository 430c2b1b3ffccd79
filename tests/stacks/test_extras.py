"""Every extra of a package resolves: pip finds versions that fit together, on the Python that the stack wants."""

import sys
from typing import Final

import pytest

from exporters.export import Report
from flow_models.runtime.envs.registry import EXTRAS
from tests.stacks.conftest import MakeStack
from tests.stacks.environments import interpreter, resolved

PYTHONS: Final = {"nemo": ("3.12", "3.13"), "browsergym": ("3.11", "3.12")}
"""Stacks that do not run on every Python that the package runs on."""

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("extra", [entry.name for entry in EXTRAS])
def test_an_extra_resolves(extra: str, library: Report, stack_of: MakeStack) -> None:
    python = interpreter(*PYTHONS[extra]) if extra in PYTHONS else sys.executable
    found = resolved(f"{library.wheel}[{extra}]", str(stack_of("", python=python).python))
    assert "Would install" in found
    assert "librarydesk-" in found
