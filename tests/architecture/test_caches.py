"""Every function of the runtime that remembers what it returned stands in the guide to what is kept."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "caches.md").read_text(encoding="utf-8")
RUNTIME = ROOT / "flow_models" / "runtime"


def remembering(source: str) -> list[str]:
    """Return the functions of a module whose results are kept by their arguments."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return [one.name for one in functions if any(_is_cache(each) for each in one.decorator_list)]


def _is_cache(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(function).removeprefix("functools.") in ("cache", "lru_cache")


@pytest.mark.parametrize("path", [one for one in RUNTIME.rglob("*.py") if remembering(one.read_text("utf-8"))])
def test_the_guide_to_caches_names_every_module_that_has_one(path: Path) -> None:
    assert path.stem in GUIDE


def test_both_ways_to_remember_are_seen() -> None:
    source = "@cache\ndef a(x): ...\n@lru_cache(maxsize=4)\ndef b(x): ...\n@other\ndef c(x): ..."
    assert remembering(source) == ["a", "b"]
