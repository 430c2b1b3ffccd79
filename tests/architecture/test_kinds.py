"""Only a kind's homes name it: whoever else must know kinds asks the table in the runtime's ground floor.

A module names a kind by a text equal to its name, or by the class of its model or of its kind. Three kinds are free:
a module may be about a few, and some words (`text`, `columns`, `list`) mean other things too.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from flow_models.document.blocks import MODELS
from flow_models.runtime.machine.base.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "exporters", "flow_models")
FREE = 3

HOMES = {
    "flow_models/runtime/machine/base/blocks.py": "the table: what a kind without a value is",
    "flow_models/runtime/machine/base/field_blocks.py": "the table: what a field is",
    "flow_models/document/blocks.py": "the model",
    "flow_models/document/field_blocks.py": "the model",
    "flow_models/runtime/machine/pages/plan.py": "forms, lists, suggestions; `menu` and `navigation` of variants",
    "flow_models/runtime/machine/pages/blocks.py": "what makes the view of a kind",
    "flow_models/runtime/machine/pages/unfolding_parts.py": "what makes the view of what unfolds",
    "flow_models/runtime/machine/pages/field_parts.py": "what makes the view of a field",
    "flow_models/runtime/machine/pages/field_kinds.py": "what a field means, by the kind's name",
    "flow_models/runtime/machine/pages/typed_fields.py": "what a typed text means",
    "flow_models/runtime/machine/pages/offering_fields.py": "what a field offers",
    "flow_models/runtime/machine/pages/offered.py": "what a field offers over rows",
    "flow_models/runtime/machine/pages/unfolding.py": "what a visitor unfolds and turns",
    "flow_models/runtime/site/blocks.py": "HTML and text",
    "flow_models/runtime/site/fields.py": "HTML and text of fields",
    "flow_models/runtime/site/unfolding.py": "HTML and text of what unfolds",
    "flow_models/geometry/block_pictures.py": "the picture",
    "flow_models/solver/field_texts.py": "which texts are worth typing into a field",
    "flow_models/document/edits/forms.py": "in which field a value of a type is typed",
    "app/inspector/forms/block_forms.py": "the form",
    "app/inspector/forms/fields.py": "the form of a field",
    "app/words/palette.py": "the place in the palette, and the icon",
    "app/canvas/page_kinds.py": "data: what new pages hold",
    "flow_models/runtime/envs/dialogue/shortening.py": "names roles, some of which are called like blocks",
    "flow_models/runtime/site/elements.py": "names tags and roles, some of which are called like blocks",
    "flow_models/geometry/marks.py": "names marks, some of which are called like blocks",
    "app/drawing/marks.py": "paints marks",
    "exporters/diagram.py": "draws marks",
}
"""The modules that may name any number of kinds, each with its reason."""


def classes_of_kinds() -> dict[tuple[str, str], str]:
    """Return the kind of each class of a model or kind, by the module and name of the class."""
    found = {(kind.__module__, kind.__name__): name for name, kind in KINDS.items()}
    return found | {(model.__module__, model.__name__): name for name, model in MODELS.items()}


CLASSES = classes_of_kinds()


@cache
def kinds_named(source: Path, root: Path) -> frozenset[str]:
    """Return the kinds that a module names."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    package = ".".join(source.relative_to(root).with_suffix("").parts[:-1])
    modules = dict(imported(tree, package))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found = {text for text in texts if text in KINDS} | {CLASSES[name] for name in modules.values() if name in CLASSES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module, name = modules.get(node.value.id, ("", ""))
            found |= {CLASSES[owner, node.attr] for owner in [f"{module}.{name}"] if (owner, node.attr) in CLASSES}
    return frozenset(found)


def imported(tree: ast.Module, package: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each name that a module imports from another, with the other module and its name there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield from ((alias.asname or alias.name, (module, alias.name)) for alias in node.names)


def modules_with_many_kinds(root: Path) -> Mapping[str, list[str]]:
    """Return the modules that name more kinds than are free, with these kinds."""
    sources = (source for package in PACKAGES for source in sorted((root / package).rglob("*.py")))
    named = {source.relative_to(root).as_posix(): kinds_named(source, root) for source in sources}
    return {module: sorted(kinds) for module, kinds in named.items() if len(kinds) > FREE}


def test_only_the_homes_of_kinds_name_many_of_them() -> None:
    many = modules_with_many_kinds(ROOT)
    assert {module: kinds for module, kinds in many.items() if module not in HOMES} == {}


def test_every_home_is_needed() -> None:
    many = modules_with_many_kinds(ROOT)
    assert sorted(HOMES.keys() - many.keys()) == []


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("", '{"slider", "checkbox", "link", "heading"}'),
        ("from flow_models.document.blocks import Heading, Link, Menu", '(Heading, Link, Menu, "slider")'),
        ("from flow_models.runtime.machine.base import blocks as b", "(b.Heading, b.Link, b.Menu, b.Tabs)"),
        ("from ..runtime.machine.base import field_blocks", '(field_blocks.Slider, "list", "menu", "tabs")'),
    ],
)
def test_a_list_of_kinds_elsewhere_is_found(source: str, uses: str, tmp_path: Path) -> None:
    module = tmp_path / "flow_models" / "checks" / "planted.py"
    module.parent.mkdir(parents=True)
    module.write_text(f"{source}\nQUIET = {uses}\n", encoding="utf-8")
    assert list(modules_with_many_kinds(tmp_path)) == ["flow_models/checks/planted.py"]


def test_classes_of_the_same_name_elsewhere_are_no_kinds(tmp_path: Path) -> None:
    module = tmp_path / "flow_models" / "fine.py"
    module.parent.mkdir()
    module.write_text("from .pages.view import Button, Heading, Link, Text, Tabs\n", encoding="utf-8")
    assert modules_with_many_kinds(tmp_path) == {}
