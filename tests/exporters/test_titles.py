"""Flows of every title export as packages that can be installed beside each other and imported."""

import dataclasses
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from exporters.bundle import About, Parts, write_folder
from exporters.card import card_of
from exporters.proving import prove
from exporters.studying import study
from exporters.wheel import build_wheel
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.document.packages import package_from
from flow_models.runtime.envs.bundle import Bundle
from flow_models.solver.audit import audit
from tests.exporters.conftest import COUNTS, silent
from tests.flow_models.document.titles import HOSTILE_TITLES

IMPORT = """
import gymnasium, importlib, sys
sys.path.insert(0, sys.argv[1])
for module in sys.argv[2:]:
    package = importlib.import_module(module)
    assert package.__file__.startswith(sys.argv[1]), package.__file__
    gymnasium.make(package.IDS[0]).reset(seed=1)
import json, random, site, string, numpy
print("imported")
"""


def parts_of(library: Flow) -> Parts:
    """Return what a package of the library is made of; proven once, since a title changes nothing of it."""
    program = compile_flow(library).program
    proven = prove(program, COUNTS, silent)
    about = About(description="", domain="", license="Apache-2.0")
    policies = audit(program, proven.instances, seeds=1)
    card = card_of(library, program, proofs=proven.proofs, policies=policies, played=())
    bundle = Bundle(program, proven.instances.listed)
    return Parts(
        bundle=bundle,
        proofs=proven.proofs,
        played=(),
        walks=(),
        study=study(bundle, proven.instances.plans, policies),
        promised=(),
        diagram="",
        about=about,
        card=card,
    )


def export_all(library: Flow, titles: Sequence[str], folder: Path) -> None:
    """Export a flow under each title, install the packages beside each other, and import them in one program."""
    parts = parts_of(library)
    modules: dict[str, str] = {}
    for title in titles:
        modules.setdefault(package_from(title), title)
    for title in modules.values():
        program = compile_flow(library.rebuilt(title=title)).program
        about = dataclasses.replace(parts.about, description=title, domain=title)
        bundle = Bundle(program, [one for listed in parts.bundle.instances.values() for one in listed])
        made = write_folder(dataclasses.replace(parts, bundle=bundle, about=about), folder)
        assert tomllib.loads((made / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"] == program.module
        with zipfile.ZipFile(build_wheel(made, folder)) as wheel:
            wheel.extractall(folder / "site")
    command = partial(subprocess.run, capture_output=True, text=True, check=False)
    done = command([sys.executable, "-P", "-c", IMPORT, str(folder / "site"), *modules])
    assert done.stdout.strip().endswith("imported"), done.stderr


def test_hostile_titles_export_and_import(library: Flow, tmp_path: Path) -> None:
    export_all(library, ['say "hi"\\ \x7f', "図書館", "{{ 7 * 7 }}"], tmp_path)


@pytest.mark.proof
def test_five_hundred_hostile_titles_export_and_import(library: Flow, tmp_path: Path) -> None:
    export_all(library, HOSTILE_TITLES, tmp_path)
    print(f"{len(HOSTILE_TITLES)} titles exported, installed beside each other and imported")
