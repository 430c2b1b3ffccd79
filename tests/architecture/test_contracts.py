"""The import contracts in pyproject.toml hold, and each has been seen to break."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.daily import daily

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "exporters", "flow_models", "resources")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS: dict[str, Any] = {contract["id"]: contract for contract in SETTINGS["contracts"]}
CONTAINERS = {name: contract["containers"][0] for name, contract in CONTRACTS.items() if contract.get("containers")}
# Contract -> (file of a copy of the sources, the import planted there).
FORBIDDEN_IMPORTS = {
    "layers": ("flow_models/document/planted.py", "import exporters"),
    "no-qt": ("exporters/planted.py", "from PySide6.QtCore import QObject"),
    "flow-model-floors": ("flow_models/runtime/planted.py", "from flow_models import document"),
    "processes-start-soon": ("flow_models/processes/planted.py", "import pydantic"),
    "runtime-layers": ("flow_models/runtime/machine/planted.py", "from .. import site"),
    "machine-floors": ("flow_models/runtime/machine/formulas/planted.py", "from ..pages import view"),
    "env-floors": ("flow_models/runtime/envs/symbols/planted.py", "from .. import attempt"),
    "runtime-needs": ("flow_models/runtime/planted.py", "import pydantic"),
    "no-cycles": ("flow_models/document/planted.py", "from flow_models import planted"),
    "exporter-floors": ("exporters/wheel.py", "from exporters import card as planted"),
    "window-starts-soon": ("app/document/planted.py", "from flow_models.checks import trying"),
    "app-rooms": ("app/words/planted.py", "from app.theme import icon"),
}


def lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache", *arguments], cwd=folder, capture_output=True, text=True, check=False)


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
    assert sorted(FORBIDDEN_IMPORTS) == sorted(CONTRACTS)


def planted(copy: Path, name: str, statement: str, contract: str) -> str:
    """Return what the linter says after a line was added to a file of the copy, which breaks that one contract."""
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write(f"{statement}\n")
    done = lint_imports(copy, "--contract", contract)
    assert done.returncode == 1
    assert "1 broken" in done.stdout
    return done.stdout


@pytest.mark.parametrize("contract", daily(FORBIDDEN_IMPORTS, ["layers", "no-qt", "no-cycles", "window-starts-soon"]))
def test_a_forbidden_import_breaks_its_contract(contract: str, copy: Path) -> None:
    name, statement = FORBIDDEN_IMPORTS[contract]
    if contract == "no-cycles":
        (copy / "flow_models/planted.py").write_text("from flow_models import document\n", encoding="utf-8")
    assert Path(name).stem in planted(copy, name, statement, contract)


def test_an_import_for_types_alone_is_an_import(copy: Path) -> None:
    statement = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.theme import Theme"
    assert "app.words.planted -> app.theme" in planted(copy, "app/words/planted.py", statement, "app-rooms")


def test_no_panel_may_import_another(copy: Path) -> None:
    panels = next(layer for layer in CONTRACTS["app-rooms"]["layers"] if "canvas" in layer).split(" | ")
    pairs = list(zip(panels, panels[1:] + panels[:1], strict=True))
    for panel, other in pairs[1:]:
        (copy / f"app/{panel}/planted.py").write_text(f"import app.{other}\n", encoding="utf-8")
    panel, other = pairs[0]
    said = planted(copy, f"app/{panel}/planted.py", f"import app.{other}", "app-rooms")
    assert [f"app.{panel}.planted -> app.{other} (l.1)" in said for panel, other in pairs] == [True] * len(pairs)


@pytest.mark.parametrize("contract", daily(CONTAINERS, ["app-rooms"]))
def test_a_module_without_a_place_breaks_its_contract(contract: str, copy: Path) -> None:
    name = f"{CONTAINERS[contract].replace('.', '/')}/planted.py"
    said = planted(copy, name, '"""Stands nowhere."""', contract)
    assert "planted" in said.partition("not listed as layers:")[2]
