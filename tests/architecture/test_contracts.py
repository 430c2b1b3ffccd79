"""The import contracts in pyproject.toml hold, and each has been seen to break."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "exporters", "flow_models", "resources")
# Contract -> (file of a copy of the sources, the import planted there).
FORBIDDEN_IMPORTS = {
    "layers": ("flow_models/document/planted.py", "import exporters"),
    "no-qt": ("exporters/planted.py", "from PySide6.QtCore import QObject"),
    "runtime-stands-alone": ("flow_models/runtime/planted.py", "from flow_models import document"),
    "runtime-layers": ("flow_models/runtime/machine/planted.py", "from .. import site"),
    "machine-floors": ("flow_models/runtime/machine/formulas/planted.py", "from ..pages import view"),
    "runtime-needs": ("flow_models/runtime/planted.py", "import pydantic"),
    "no-cycles": ("flow_models/document/planted.py", "from flow_models import planted"),
    "panels-apart": ("app/outline/planted.py", "from app.problems import panel"),
}


def lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def contract_ids() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's sources in which a test may plant what it likes."""
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_every_contract_has_an_import_that_it_forbids() -> None:
    assert sorted(FORBIDDEN_IMPORTS) == sorted(contract_ids())


@pytest.mark.parametrize("contract", FORBIDDEN_IMPORTS)
def test_a_forbidden_import_breaks_its_contract(contract: str, copy: Path) -> None:
    name, statement = FORBIDDEN_IMPORTS[contract]
    (copy / name).write_text(f"{statement}\n", encoding="utf-8")
    if contract == "no-cycles":
        (copy / "flow_models/planted.py").write_text("from flow_models import document\n", encoding="utf-8")
    done = lint_imports(copy, "--contract", contract)
    assert done.returncode == 1
    assert "planted" in done.stdout
    assert "1 broken" in done.stdout
