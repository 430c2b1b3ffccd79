"""Demonstrations as those read them who train: with `datasets` and `minari`, in an environment of its own.

Gymwright itself runs there too, as somebody's who has installed the libraries of the formats beside it.
"""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
from collections import Counter
from pathlib import Path
from typing import Any

import platformdirs
import pytest

import resources
from exporters.clean_environment import python_of, variables
from exporters.demonstrating.making import PARTS
from exporters.export import Report, export
from flow_models.document import storage
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.dialogue.episode import TextEpisode

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]

ROOT = Path(__file__).parents[2]
NEEDS = ("datasets>=4,<6", "minari>=0.5.3,<0.6", "h5py", "pillow", "pyarrow")
COUNT = 1000
TOLD = "from app.cli import main; main()"

READ = """
import json, sys
from datasets import load_dataset
rows = load_dataset(sys.argv[1])
train = rows["train"]
first = train[0]
print(json.dumps({"counts": {split: len(rows[split]) for split in rows}, "columns": train.column_names, "first": first,
                  "kinds": train["kind"][:]}))
"""
PLAYED = """
import json, sys
import minari
found = minari.load_dataset("northbank/train-v0")
print(json.dumps({"episodes": int(found.total_episodes), "steps": int(found.total_steps),
                  "rewards": [float(one.rewards.sum()) for one in found.iterate_episodes()],
                  "ends": [bool(one.terminations[-1]) for one in found.iterate_episodes()]}))
"""


@pytest.fixture(scope="module")
def python() -> Path:
    """An interpreter that has the libraries of the formats, kept in the user's cache folder."""
    folder = platformdirs.user_cache_path("gymwright") / "stacks" / f"demonstrations-{sysconfig.get_python_version()}"
    if not (folder / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], env=variables(), check=True)
        pip = [str(python_of(folder)), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *NEEDS]
        subprocess.run(pip, env=variables(), check=True)
        (folder / "complete").touch()
    return python_of(folder)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The package `northbank`."""
    flow = storage.load(resources.path("examples", "north_bank.flow.json"))
    return export(flow, tmp_path_factory.mktemp("bank"), (6, 2, 2), lambda *_stage: None, check=False)


def ours(python: Path) -> dict[str, str]:
    """Return the variables in which Gymwright runs there, with what it needs itself from here."""
    path = os.pathsep.join([str(ROOT), sysconfig.get_paths()["purelib"]])
    return {**variables(), "PYTHONPATH": path}


def demonstrated(python: Path, wheel: Path, out: Path, *more: str, count: int = COUNT) -> dict[str, Any]:
    command = [str(python), "-c", TOLD, "demonstrate", str(wheel), "--count", str(count), "--out", str(out), "--json"]
    done = subprocess.run([*command, *more], env=ours(python), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def told(python: Path, program: str, *arguments: str, more: dict[str, str], where: Path) -> dict[str, Any]:
    command = [str(python), "-c", program, *arguments]
    kept = {**variables(), "HF_HOME": str(where / "hub"), "HF_HUB_OFFLINE": "1", **more}
    done = subprocess.run(command, env=kept, cwd=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_datasets_reads_chats_letter_for_letter_and_all_of_them_earn_their_reward(
    python: Path, bank: Report, tmp_path: Path
) -> None:
    made = demonstrated(python, bank.wheel, tmp_path / "set")
    kinds = made["kinds"]
    assert sum(kinds.values()) == COUNT
    assert all(
        kinds[kind] >= COUNT * 0.03 for kind in ("shortest", "other", "corrected", "left", "dismissed", "retried")
    )
    assert 0.3 < kinds["shortest"] / COUNT < 0.6
    found = told(python, READ, str(tmp_path / "set"), more={}, where=tmp_path)
    assert found["counts"] == made["splits"]
    assert set(found["counts"]) == {"train", "validation"}
    lines = (tmp_path / "set" / "data" / "train.jsonl").read_text("utf-8").splitlines()
    assert found["first"] == json.loads(lines[0])
    assert Counter(found["kinds"]) == Counter(json.loads(line)["kind"] for line in lines)
    episode = TextEpisode(Bundle.read(bank.folder / "northbank"))
    for line in lines:
        row = json.loads(line)
        episode.reset(row["task"], instance=row["instance"], variant=json.loads(row["variant"]))
        for message in row["messages"]:
            for call in message.get("tool_calls", ()):
                turn = episode.call(call["function"]["name"], call["function"]["arguments"])
        assert turn.info["end_reason"] == "success"
        assert episode.total == pytest.approx(row["reward"])


def test_the_program_of_the_card_makes_prompts_and_completions(python: Path, bank: Report, tmp_path: Path) -> None:
    for form in ("chat", "parquet"):
        out = tmp_path / form / "demonstrations"
        demonstrated(python, bank.wheel, out, "--format", form, count=60)
        program = (out / "README.md").read_text("utf-8").split("```python\n")[1].split("```")[0]
        shown = f"{program}\nprint(json.dumps([len(train), train[0]['completion'], train[0]['tools'][0]['type']]))"
        found = told(python, f"import json\n{shown}", more={}, where=tmp_path / form)
        assert found[0] > 120  # type: ignore[index]
        assert found[1][0]["tool_calls"][0]["function"]["arguments"] is not None  # type: ignore[index]
        assert found[2] == "function"  # type: ignore[index]


def test_datasets_reads_parquet(python: Path, bank: Report, tmp_path: Path) -> None:
    demonstrated(python, bank.wheel, tmp_path / "set", "--format", "parquet", "--splits", "train", count=100)
    found = told(python, READ, str(tmp_path / "set"), more={}, where=tmp_path)
    assert found["counts"] == {"train": 100}
    answers = [one for one in found["first"]["messages"] if one["role"] == "assistant"]
    assert all(one["weight"] in (0, 1) for one in answers)
    assert isinstance(json.loads(answers[0]["tool_calls"][0]["function"]["arguments"]), dict)
    assert json.loads(found["first"]["tools"])[0]["function"]["name"] == "click"


def test_minari_reads_episodes_that_end_with_success(python: Path, bank: Report, tmp_path: Path) -> None:
    demonstrated(python, bank.wheel, tmp_path / "set", "--format", "minari", "--splits", "train", count=100)
    found = told(python, PLAYED, more={"MINARI_DATASETS_PATH": str(tmp_path / "set" / "data")}, where=tmp_path)
    assert found["episodes"] == 100
    assert found["ends"] == [True] * 100
    assert found["rewards"] == pytest.approx([1.0] * 100)


def test_a_run_that_was_killed_goes_on_to_the_same_bytes(python: Path, bank: Report, tmp_path: Path) -> None:
    more = ("--splits", "train", "--processes", "2")
    demonstrated(python, bank.wheel, tmp_path / "whole", *more)
    out = tmp_path / "killed"
    command = [str(python), "-c", TOLD, "demonstrate", str(bank.wheel), "--count", str(COUNT), "--out", str(out), *more]
    with subprocess.Popen(command, env=ours(python), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as run:
        until = time.monotonic() + 600
        while not list((out / PARTS).glob("0*.json")) and time.monotonic() < until:
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
    assert (out / PARTS / "set.json").is_file()
    assert not (out / "README.md").exists()
    demonstrated(python, bank.wheel, out, *more)
    for name in ("data/train.jsonl", "README.md"):
        assert (out / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
