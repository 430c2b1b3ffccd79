"""What a site asks of whoever is signed in: which condition its pages ask for by their address, and what ends it.

A condition is one that pages ask for before they open and that reads variables only, such as `signed_in` or
 `visitor != empty`. The variable that most pages ask for is the one that a sign-out must take away.
"""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.possible import decided
from flow_models.checks.trees import key, nodes, parts
from flow_models.document.behaviour import ClearEffect, Effect, Page, SetEffect, Transition
from flow_models.document.elements import Element
from flow_models.formulas import Node

LEAST = 2
"""Pages that ask for a condition where it surely is one of the site and not of a single page."""


_OF_ROW: Final = frozenset({"bound", "column"})
"""What formulas read of the row at hand."""


class Asked(NamedTuple):
    """A condition under which pages open by their address.

    Attributes:
        tree: The condition.
        variables: The variables that it reads.
        pages: The ids of the pages that ask for it.
    """

    tree: Node
    variables: frozenset[str]
    pages: frozenset[str]


def session_of(context: Context) -> Asked | None:
    """Return the condition for which most pages ask of those that no visit begins with, None if there is none."""
    found = (one for one in asked_of(context) if not _is_begun_with(context, one))
    return max(found, key=lambda one: len(one.pages), default=None)


def _is_begun_with(context: Context, asked: Asked) -> bool:
    """Say whether a condition holds before anybody has done anything."""
    return bool(decided(as_begun(context, asked.tree, {one.name for one in context.flow.variables})))


def as_begun(context: Context, tree: Node, names: Collection[str]) -> Node:
    """Return a condition with some variables as they are before anybody has done anything."""
    for variable in context.flow.variables:
        if variable.name in names:
            tree = _with(tree, variable.name, {"op": "value", "type": variable.type.kind, "value": variable.initial})
    return tree


def is_for_anyone(context: Context, page: Page, asked: Asked) -> bool:
    """Say whether an address also opens to whoever does not meet a condition, by nothing that they have done."""
    trees = [as_begun(context, tree, asked.variables) for tree in parts_of(context, page)]
    return bool(trees) and all(map(_is_open, trees)) and not is_outside(context, page, asked)


def is_outside(context: Context, page: Page, asked: Asked) -> bool:
    """Say whether an address opens only to whoever does not meet a condition."""
    held: Node = {"op": "value", "type": "boolean", "value": True}
    return any(decided(_put(tree, asked.tree, held)) is False for tree in parts_of(context, page))


def is_by_choice(context: Context, page: Page, asked: Asked) -> bool:
    """Say whether an address also opens to whoever does not meet a condition, once they have chosen something.

    What they choose stands in variables that are set where nobody asks for the condition. What is asked of the row that
    the page shows says who may see it.
    """
    refused: Node = {"op": "value", "type": "boolean", "value": False}
    trees = [_put(tree, asked.tree, refused) for tree in parts_of(context, page)]
    every = list(nodes(trees))
    if any(decided(tree) is not None for tree in trees) or not {one["op"] for one in every}.isdisjoint(_OF_ROW):
        return False
    names = {str(node["name"]) for node in every if node["op"] == "variable"}
    return bool(names) and names.isdisjoint(asked.variables) and names <= _set_freely(context, asked)


def _set_freely(context: Context, asked: Asked) -> set[str]:
    """Return the variables that are set where nobody asks for a condition."""
    free = (one for one in context.flow.transitions if one.source not in asked.pages)
    return {set_by(context, effect) for one in free for effect in one.do}


def _is_open(tree: Node) -> bool:
    """Say whether a condition can hold whatever variables hold."""
    known = decided(tree)
    if known is not None:
        return known
    if tree["op"] in ("and", "or"):
        return (all if tree["op"] == "and" else any)(map(_is_open, tree["args"]))
    if tree["op"] == "compare" and tree["test"] == "==" and any(map(_is_nothing, (tree["left"], tree["right"]))):
        return False
    return all(node["op"] != "variable" for node in nodes(tree))


def _is_nothing(tree: Node) -> bool:
    """Say whether a formula is what a variable holds that nobody has set."""
    return tree["op"] == "value" and tree["value"] is None


def begins(context: Context, arrow: Transition, asked: Asked) -> bool:
    """Say whether a transition makes sure that a condition holds."""
    return any(_made(context, arrow, asked))


def asked_of(context: Context) -> tuple[Asked, ...]:
    """Return the conditions on variables for which pages ask by their address."""
    inputs = (tuple((page.id, page.open_by_url) for page in context.flow.pages), context.data_shape)
    return context.kept("asked", inputs, lambda: tuple(_asked(context)))


def parts_of(context: Context, page: Page) -> tuple[Node, ...]:
    """Return what must hold for the address of a page to open, one by one; nothing if that cannot be read."""
    facts = context.facts.get(Element("page", page.id))
    return parts(facts.trees.get(Element("page", page.id, "open_by_url")) if facts else None)


def ending(context: Context, asked: Asked) -> frozenset[str]:
    """Return the ids of the transitions that make sure that a condition no longer holds."""
    inputs = (context.flow.transitions, context.data_shape)
    return context.kept(f"ending {key(asked.tree)}", inputs, lambda: _ending(context, asked))


def _ending(context: Context, asked: Asked) -> frozenset[str]:
    """Return the same, looked for anew."""
    arrows = context.flow.transitions
    return frozenset(one.id for one in arrows if one.do and any(made is False for made in _made(context, one, asked)))


def _made(context: Context, arrow: Transition, asked: Asked) -> Iterator[bool | None]:
    """Yield what a transition makes of a condition, by the last effect on each variable; None if that is not known."""
    last = {set_by(context, effect): index for index, effect in enumerate(arrow.do)}
    return (_makes(context, arrow, index, arrow.do[index], asked) for index in last.values())


def set_by(context: Context, effect: Effect) -> str:
    """Return the name of the variable that an effect gives or takes a value, empty if it is none."""
    target = effect.variable if isinstance(effect, SetEffect) else getattr(effect, "target", "")
    variable = context.flow.variables_by_id.get(target)
    return "" if variable is None else variable.name


def _asked(context: Context) -> Iterator[Asked]:
    found: dict[str, tuple[Node, set[str]]] = {}
    for page in context.flow.pages:
        for tree in parts_of(context, page):
            found.setdefault(key(tree), (tree, set()))[1].add(page.id)
    for tree, pages in found.values():
        names = frozenset(str(node["name"]) for node in nodes(tree) if node["op"] == "variable")
        if names and _is_held(tree):
            yield Asked(tree, names, frozenset(pages))


def _is_held(tree: Node) -> bool:
    """Say whether a condition says of variables what they hold, and nothing of other data."""
    is_plain = all(node["op"] in ("variable", "value", "compare", "not") for node in nodes(tree))
    return is_plain and tree["op"] != "not" and decided(tree) is None


def _makes(context: Context, arrow: Transition, index: int, effect: Effect, asked: Asked) -> bool | None:
    """Return whether a condition holds with what one effect gives a variable of it, None if that is not known."""
    name = set_by(context, effect)
    if name not in asked.variables:
        return None
    if isinstance(effect, ClearEffect):
        variable = next(one for one in context.flow.variables if one.name == name)
        value: Node = {"op": "value", "type": variable.type.kind, "value": variable.initial}
    else:
        found = context.formula(arrow, f"do.{index}.value")
        if found is None:
            return None
        value = found
    return decided(_with(asked.tree, name, value))


def _with(tree: object, name: str, value: Node) -> Node:
    """Return a condition with a value in place of a variable."""
    if isinstance(tree, list):
        return [_with(inner, name, value) for inner in tree]  # type: ignore[return-value]
    if not isinstance(tree, dict):
        return tree  # type: ignore[return-value]
    if tree.get("op") == "variable" and tree["name"] == name:
        return value
    return {place: _with(inner, name, value) for place, inner in tree.items()}


def _put(tree: object, old: Node, new: Node) -> Node:
    """Return a condition with one formula in place of another."""
    if isinstance(tree, list):
        return [_put(inner, old, new) for inner in tree]  # type: ignore[return-value]
    if not isinstance(tree, dict):
        return tree  # type: ignore[return-value]
    return new if tree == old else {place: _put(inner, old, new) for place, inner in tree.items()}
