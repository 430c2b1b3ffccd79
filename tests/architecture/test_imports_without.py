"""Each part imports where everything but what it may need is blocked.

Import contracts read source; an import by a computed name escapes them. So each part is also imported for real, in
a subprocess that refuses the rest.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "flow_models" / "runtime"
TRAINER_PACKAGES = {"numpy", "gymnasium"}
ADAPTERS = RUNTIME / "envs" / "adapters"
"""Where frameworks are spoken to; each module there needs what its entry in the registry says."""


# Refuses {refused}; where {only} is not empty, refuses every top-level name outside it and the standard library. The
# libraries that are allowed may import what they need themselves. Modules of adapters are left out.
BLOCKED = """
import importlib, importlib.abc, pkgutil, sys

refused, only = {refused!r}, {only!r}
for name in only:
    if name != "runtime":
        importlib.import_module(name)
loaded = {{name.partition(".")[0] for name in sys.modules}} if only else set()

class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        inside = not only or top in only or top in sys.stdlib_module_names or top in loaded
        if top in refused or not inside:
            raise ModuleNotFoundError("blocked: " + name)
        return None

sys.meta_path.insert(0, Refuse())
for name in refused:
    sys.modules.pop(name, None)
package = importlib.import_module({package!r})
seen = 1
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if ".envs.adapters." not in module.name:
        importlib.import_module(module.name)
        seen += 1
print(seen)
"""


def import_all(package: str, folder: Path, refused: set[str], only: set[str]) -> subprocess.CompletedProcess[str]:
    """Import a package and every module in it, where some names are refused."""
    code = BLOCKED.format(refused=refused, only=only, package=package)
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("package", ["flow_models", "exporters", "resources"])
def test_lower_packages_import_without_qt(package: str) -> None:
    done = import_all(package, ROOT, {"PySide6", "shiboken6", "qtpy", "superqt", "qtawesome"}, set())
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["check", "solve", "play", "export", "diagram", "bench"])
def test_commands_without_a_window_run_without_qt(command: str) -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('PySide6', 'shiboken6'))); "
        f"sys.argv = ['gymwright', {command!r}, '--help']; from app.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "Usage" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(("part", "needs"), [("machine", set()), ("site", set()), ("envs", TRAINER_PACKAGES)])
def test_the_runtime_imports_with_nothing_but_its_needs(part: str, needs: set[str]) -> None:
    refused = {"app", "exporters", "flow_models", "resources", "PySide6", "pydantic", "networkx"}
    done = import_all(f"runtime.{part}", RUNTIME.parent, refused, {"runtime", *needs})
    assert done.returncode == 0, done.stderr


def test_the_block_refuses_what_it_should(tmp_path: Path) -> None:
    (tmp_path / "runtime").mkdir()
    (tmp_path / "runtime" / "__init__.py").write_text("import pydantic\n", encoding="utf-8")
    done = import_all("runtime", tmp_path, set(), {"runtime"})
    assert "blocked: pydantic" in done.stderr


def absolute_imports(source: Path) -> set[str]:
    """Return the top-level names that a module imports when it is imported itself, not inside its functions."""
    names: set[str] = set()
    pending: list[ast.AST] = [ast.parse(source.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            pending.extend(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            pending.extend(ast.iter_child_nodes(node))
    return names


@pytest.mark.parametrize(
    "source",
    [path for path in sorted(RUNTIME.rglob("*.py")) if path.parent != ADAPTERS or path.stem == "__init__"],
    ids=lambda path: str(path.relative_to(RUNTIME)),
)
def test_a_runtime_module_imports_its_neighbours_relatively(source: Path) -> None:
    allowed = TRAINER_PACKAGES if "envs" in source.parts else set()
    assert absolute_imports(source) - sys.stdlib_module_names - allowed == set()
