"""The PPO in the guide to vectors trains on tables as it is printed, after a start from demonstrations."""

import re
from pathlib import Path

import pytest

from tests.guides import programs, write_programs
from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack

LINES = 150


@pytest.fixture(scope="module")
def sb3(stack_of: MakeStack) -> Stack:
    return stack_of("sb3")


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_it_trains_as_it_is_printed(sb3: Stack, tmp_path: Path) -> None:
    write_programs("vector.md", tmp_path)
    file = tmp_path / "train.py"
    made = file.read_text("utf-8").replace("northbank", "librarydesk").replace("all-v2", "all-v1")
    # Three looks at one demonstration tell next to nothing, and a task so small needs few episodes.
    made = made.replace("in records:", "in records[:1]:").replace("rounds=80", "rounds=3")
    made = made.replace("num_envs=256", "num_envs=64")
    file.write_text(made, encoding="utf-8")
    # Two threads of torch wait for each other most of the time where others need the processors too.
    told = sb3.run(str(sb3.python), str(file), where=tmp_path, more={"OMP_NUM_THREADS": "1"})
    first, last = map(float, re.findall(r"^(\S+) after", told, re.MULTILINE))
    assert first < last
    assert last >= 0.9


def test_it_has_no_more_lines_than_promised_and_is_python() -> None:
    found = programs("vector.md")
    assert sorted(found) == ["table_ppo.py", "train.py"]
    for name, text in found.items():
        compile(text, name, "exec")
    assert sum(bool(line.strip()) for line in found["table_ppo.py"].splitlines()) <= LINES
