"""The list of interfaces and adapters, from which everything else about them follows."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import gymnasium as gym
import pytest

from flow_models.runtime.envs import adapters, interfaces, register, registry
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.registry import (
    ADAPTERS,
    CONSUMERS,
    EVERYWHERE,
    EXTRAS,
    INTERFACES,
    RAY,
    VECTOR,
    Entry,
)

ROOT = Path(__file__).resolve().parents[4]
ENTRIES = (*INTERFACES, VECTOR, *ADAPTERS)


@pytest.mark.parametrize("entry", [*ENTRIES, *CONSUMERS, RAY], ids=lambda entry: entry.name)
def test_every_entry_names_what_is_there_and_says_in_a_sentence_what_it_gives(entry: Entry) -> None:
    module, _, name = entry.place.partition(":")
    source = Path(str(registry.__file__)).parent / f"{module.replace('.', '/')}.py"
    made = [
        one.name for one in ast.parse(source.read_text("utf-8")).body if isinstance(one, ast.ClassDef | ast.FunctionDef)
    ]
    assert name in made
    assert re.fullmatch(r"[A-Z][^\n|]*\.", entry.about)
    assert re.fullmatch(r"[a-z0-9]+(_[a-z]+)?", entry.name)


@pytest.mark.parametrize("entry", INTERFACES, ids=lambda entry: entry.name)
def test_every_interface_is_a_gymnasium_environment(entry: Entry) -> None:
    assert issubclass(entry.load(), gym.Env)


def test_every_module_of_interfaces_and_adapters_is_listed_once() -> None:
    places = [entry.place.partition(":")[0] for entry in ENTRIES]
    found = [
        f"{package.__name__.rpartition('.')[2]}.{path.stem}"
        for package in (interfaces, adapters)
        for path in Path(str(package.__file__)).parent.glob("[!_]*.py")
    ]
    assert sorted(places) == sorted(found)


def test_what_needs_an_extra_is_not_everywhere_and_its_requirements_are_bounded() -> None:
    assert {entry.name for entry in EVERYWHERE} == {"text", "symbolic"}
    free = {entry.name for entry in ADAPTERS if not entry.needs}
    assert {entry.name for entry in (*EVERYWHERE, VECTOR, *EXTRAS)} | free == {
        entry.name for entry in (*ENTRIES, *CONSUMERS, RAY)
    }
    assert all(re.search(r">=.*,<|==", need) for entry in EXTRAS for need in entry.needs)


def test_an_environment_is_made_of_each_interface_by_name(folder: Path) -> None:
    tasks = register.read(folder).task_names
    for entry in EVERYWHERE:
        env: gym.Env[Any, Any] = register.make(folder, tasks, entry.name)
        assert type(env) is entry.load()
    with pytest.raises(BundleError, match="no interface 'smell'; there are 'text', 'symbolic', 'browser'"):
        register.make(folder, tasks, "smell")


@pytest.mark.parametrize("entry", [one for one in ADAPTERS if one.needs], ids=lambda entry: entry.name)
def test_an_adapter_whose_framework_is_missing_says_what_to_install(entry: Entry, folder: Path) -> None:
    with pytest.raises(BundleError, match=rf'not installed: pip install "[\w.-]+\.whl\[{entry.name}\]"'):
        register.adapter(folder, entry.name)


def test_an_adapter_that_does_not_exist_is_refused(folder: Path) -> None:
    with pytest.raises(BundleError, match="no adapter 'smell'; there are 'trl'"):
        register.adapter(folder, "smell")


def test_reading_the_list_imports_nothing_of_it() -> None:
    code = f"import sys, {registry.__name__}; print({{'numpy', 'gymnasium', 'playwright'}} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
