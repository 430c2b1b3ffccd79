"""The package by itself: without Qt, pydantic, networkx or Gymwright, in several processes, and on every Python."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exporters.clean_environment import python_of
from exporters.export import Report
from exporters.verification import expectations, self_check
from tests.exporters.conftest import Walked, silent

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13")

# Runs code with the names in the first argument refused, and the package's folder, the second, on the path.
ALONE = """
import importlib.abc, sys

refused, folder, body = sys.argv[1].split(","), sys.argv[2], sys.argv[3]

class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError("blocked: " + name)

sys.meta_path.insert(0, Refuse())
sys.path.insert(0, folder)
exec(body)
"""
REFUSED = "app,exporters,flow_models,resources,PySide6,shiboken6,pydantic,networkx,jinja2,click,rich,platformdirs"

DEMONSTRATED = """
import json, gymnasium as gym
env = gym.make("librarydesk:librarydesk/borrow-book-v1", interface="text", split="train")
lines = open(folder + "/librarydesk/demonstrations/train.jsonl", encoding="utf-8").read().splitlines()
record = json.loads(lines[0])
env.reset(options={"instance": record["instance"]})
total = sum(env.step(action)[1] for action in record["actions"])
masks = gym.make("librarydesk:librarydesk/all-v1", interface="symbolic")
masks.reset(seed=1)
print(total, masks.unwrapped.action_masks().dtype)
"""

ROLLED = """
import librarydesk
from librarydesk.runtime.envs.traces import seeded
text, symbolic = (librarydesk.make(["borrow-book"], interface=name) for name in ("text", "symbolic"))
print([seeded(text, seed, 60) for seed in (1, 2)], [seeded(symbolic, seed, 60) for seed in (1, 2)])
"""

PICKLED = """
import copy, pickle
import gymnasium as gym
env = gym.make("librarydesk:librarydesk/all-v1", interface={interface!r}, variation="full")
env.reset(seed=1)
env.step(env.action_space.sample(env.reset()[1].get("action_mask")))
print(pickle.dumps(env).hex(), copy.deepcopy(env).unwrapped.get_state() == env.unwrapped.get_state(), end=" ")
print(repr(env.reset()))
"""

LOADED = """
import sys
import librarydesk
parts = {name.removeprefix("librarydesk.runtime.envs.").partition(".")[0] for name in sys.modules}
print(*sorted(parts & {"adapters", "chromium", "commands", "evaluating", "symbols", "tables"}))
"""

UNPICKLED = """
import pickle
env = pickle.loads(bytes.fromhex({pickled!r}))
print(repr(env.reset()))
"""


def run(body: str, folder: Path, refused: str = REFUSED, hash_seed: str = "0") -> str:
    command = [sys.executable, "-c", ALONE, refused, str(folder), body]
    variables = {"PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_package_plays_where_everything_of_ours_is_blocked(exported: Report) -> None:
    assert run(DEMONSTRATED, exported.folder).split() == ["1.0", "bool"]


def test_the_block_refuses_what_a_package_may_not_need(exported: Report) -> None:
    with pytest.raises(AssertionError, match="blocked: librarydesk"):
        run("import librarydesk", exported.folder, refused="librarydesk")


def test_importing_a_package_loads_no_part_that_is_not_used(exported: Report) -> None:
    assert run(LOADED, exported.folder).split() == []
    used = "import librarydesk; librarydesk.make(['borrow-book'], interface='symbolic')"
    assert run(used + LOADED, exported.folder).split() == ["symbols"]


def test_a_seed_means_the_same_in_every_process_and_another_seed_something_else(exported: Report) -> None:
    first = run(ROLLED, exported.folder, hash_seed="1")
    assert first == run(ROLLED, exported.folder, hash_seed="2")
    assert len(set(first.replace("[", "").replace("]", "").replace(",", "").split())) == 4


def test_a_damaged_package_is_told_in_words_to_who_asks_for_a_command(exported: Report, tmp_path: Path) -> None:
    copy = shutil.copytree(exported.folder / "librarydesk", tmp_path / "librarydesk")
    whole = (copy / "program.json").read_text(encoding="utf-8")
    (copy / "program.json").write_text(whole[:300], encoding="utf-8")
    for module in ("librarydesk", "librarydesk.runtime.envs.selfcheck"):
        command = [sys.executable, "-m", module, "tasks"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "is damaged, install it again" in done.stderr
        assert "Traceback" not in done.stderr
    command = [sys.executable, "-c", "import librarydesk"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "BundleError: The package in" in done.stderr


@pytest.mark.parametrize("interface", ["text", "symbolic"])
def test_a_pickle_finds_its_package_in_another_process(exported: Report, interface: str) -> None:
    pickled, is_equal, reset = run(PICKLED.format(interface=interface), exported.folder).split(" ", 2)
    assert is_equal == "True"
    assert run(UNPICKLED.format(pickled=pickled), exported.folder) == reset


def interpreter(version: str) -> str | None:
    """Return an interpreter of a Python release on this computer, or None."""
    places = sorted(Path.home().glob(f".pyenv/versions/{version}*/bin/python"))
    found = [shutil.which(f"python{version}"), *map(str, places)]
    return next((path for path in found if path and _answers(path, version)), None)


def _answers(path: str, version: str) -> bool:
    """Say whether an interpreter starts, is of the release, and can make environments."""
    code = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


@pytest.mark.proof
@pytest.mark.parametrize("version", PYTHONS)
def test_every_python_does_what_the_simulator_does(
    version: str, exported: Report, walked: Walked, tmp_path: Path
) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"no Python {version} on this computer")
    subprocess.run([python, "-m", "venv", str(tmp_path / "env")], check=True)
    clean = str(python_of(tmp_path / "env"))
    subprocess.run([clean, "-m", "pip", "install", "--quiet", str(exported.wheel)], check=True)
    expect = tmp_path / "expect.json"
    expect.write_text(json.dumps(expectations(walked.bundle, walked.walks)), encoding="utf-8")
    found = self_check([clean, "-I"], "librarydesk", expect, tmp_path, silent)
    assert (found.status, found.detail) == ("verified", "")
