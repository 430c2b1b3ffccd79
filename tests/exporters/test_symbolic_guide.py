"""The policy in the guide to the symbolic interface runs as it is printed, and learns."""

import re
import sys
from pathlib import Path

import pytest

import resources
from exporters.export import Report
from flow_models.compiler import compile_flow
from flow_models.document import storage

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "symbolic.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("name", ["README.md", "docs/symbolic.md", "docs/vector.md"])
def test_the_texts_name_the_package_as_north_bank_is_exported(name: str) -> None:
    """Whoever types them in gets the ids and the file that they name."""
    told = (ROOT / name).read_text(encoding="utf-8")
    program = compile_flow(storage.load(resources.path("examples", "north_bank.flow.json"))).program
    versions = {f"northbank/{task}-v{of.version}" for task, of in program.tasks.items()}
    mixed = f"northbank/all-v{max(of.version for of in program.tasks.values())}"
    ids = set(re.findall(r"northbank/[a-z-]+-v[0-9]+", told))
    assert ids
    assert ids <= {*versions, mixed}
    assert set(re.findall(r"northbank-([0-9.]+[0-9])-py3", told)) <= {program.version}
