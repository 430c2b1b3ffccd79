"""The policy in the guide to the symbolic interface runs as it is printed, and learns."""

import re
import sys
from pathlib import Path

import pytest

from exporters.export import Report

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "symbolic.md").read_text(encoding="utf-8")
[CODE] = [block for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL) if "class Policy" in block]


def test_the_policy_learns_from_the_demonstrations_what_to_do_on_new_instances(
    exported: Report, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(exported.folder))
    made = CODE.replace("northbank", "librarydesk").replace("all-v2", "all-v1").replace("range(100)", "range(12)")
    try:
        exec(compile(made, "docs/symbolic.md", "exec"), {})  # the guide's own code
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "librarydesk"]:
            del sys.modules[name]
    earned = float(capsys.readouterr().out.split()[0])
    assert earned > 0.8


def test_the_policy_has_about_sixty_lines() -> None:
    policy = CODE[CODE.index("class Policy") : CODE.index("def watch")].splitlines()
    assert sum(bool(line.strip()) for line in policy) <= 64


def test_the_guide_says_how_it_is_used() -> None:
    assert 'gym.make("northbank:northbank/all-v2", interface="symbolic", split="train")' in CODE
