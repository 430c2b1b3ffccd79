"""Does a page show details of a row that is not there: nothing has been chosen yet, or no row is as it is looked for?

Then a heading says nothing, or a panel has titles without values. A page about nothing comes about on a way that skips
the choice, or by an address that does not ask for it. Whether there is such a way is found by what can happen while
nothing has put anything into the variable.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flow_models.checks.before import Before, before
from flow_models.checks.claiming import onward_arrows
from flow_models.checks.context import Context
from flow_models.checks.facts import Facts
from flow_models.checks.graph import starts
from flow_models.checks.labels import block_label, page_label
from flow_models.checks.missing import sets, shown_if
from flow_models.checks.problem import Problem, SetValue, fix, problem
from flow_models.checks.sessions import parts_of, set_by
from flow_models.checks.setting import at
from flow_models.checks.trees import nodes, variable_of
from flow_models.checks.writers import Writer, Writers
from flow_models.document.behaviour import Page, SetEffect, Transition
from flow_models.document.blocks import AnyBlock, Details, is_field
from flow_models.document.data import Variable
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.field_blocks import FieldBlock
from flow_models.document.flow import Flow
from flow_models.formulas import Node


class Shown(NamedTuple):
    """A block of a page that shows a variable, or the row in it, whatever it holds."""

    page: Page
    block: AnyBlock
    variable: Variable


def problems(context: Context) -> Iterator[Problem]:
    """Yield the blocks of pages that show what has not been chosen yet, of each page the first."""
    shown = list(_every(context))
    # A *Back* that leads on is told by itself.
    wrong = frozenset(arrow.id for arrow in onward_arrows(context)) if shown else frozenset()
    blank = {one.page.id for one in _unset(context, shown, wrong)}
    # What follows from a page on which nothing is chosen yet is no problem of its own.
    onward = wrong | {arrow.id for page in blank for arrow in context.arrows_from.get(page, ())}
    causes = _unset(context, [one for one in shown if one.page.id in blank], onward)
    for those in _grouped((one.page.id, one) for one in causes).values():
        yield _problem(context, those, onward)


def _every(context: Context) -> Iterator[Shown]:
    """Yield what all pages show that can be reached."""
    required = frozenset(one.name for one in context.flow.variables if _is_required(context, one))
    for page in context.flow.pages:
        if page.id in context.reached:
            yield from _shown(context, page, required)


def _grouped(pairs: Iterable[tuple[str, Shown]]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for name, shown in pairs:
        found.setdefault(name, []).append(shown)
    return found


def _shown(context: Context, page: Page, required: frozenset[str]) -> Iterator[Shown]:
    """Yield what a page shows of variables that begin empty: of rows, and of what its own address asks to be there."""
    facts = context.facts.get(Element("page", page.id))
    shown = [] if facts is None else [*_in_details(page, facts), *_in_texts(facts)]
    meant = _meant(context, page, required) if any(names for _, names in shown) else []
    for block_id, names in shown:
        block, variables = page.blocks_by_id.get(block_id), [one for one in meant if one.name in names]
        if block is not None and variables and not _is_guarded(context, page, block):
            yield from (Shown(page, block, one) for one in variables)


def _meant(context: Context, page: Page, required: frozenset[str]) -> list[Variable]:
    """Return the variables that begin empty and that a page wants filled, when it shows them."""
    asked_there = parts_of(context, page)
    if page.open_by_url.strip() and not asked_there:
        return []  # What an address asks that cannot be read is not known.
    asked = frozenset(map(_filled, asked_there))
    empty = (one for one in context.flow.variables if one.initial is None)
    return [one for one in empty if one.type.kind == "row" or one.name in asked | required]


def _is_required(context: Context, variable: Variable) -> bool:
    """Say whether a variable is set by nothing but fields that have to be filled in."""
    writers = Writers(context)
    given = [_field(context, one, writers.tree(one)) for one in writers.of("", variable.id)]
    return bool(given) and all(one is not None and one.required for one in given)


def _field(context: Context, writer: Writer, tree: Node | None) -> FieldBlock | None:
    """Return the field that an effect puts into a variable as it is."""
    owner = context.owner(writer.arrow.source)
    if tree is None or tree["op"] != "field" or owner is None:
        return None
    return next((one for one in owner.blocks_by_id.values() if is_field(one) and one.name == tree["name"]), None)


def _in_details(page: Page, facts: Facts) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the panels of a page with the variable that says about which row they are."""
    for place, tree in facts.trees.items():
        if place.field == "record" and isinstance(page.blocks_by_id.get(place.id), Details):
            yield place.id, frozenset({variable_of(tree)})


def _in_texts(facts: Facts) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the texts of a page, and the lines of its panels, with the variables that they show."""
    yield from ((place.id, names) for place, names in facts.shown.items() if place.field.endswith("text"))


def _filled(tree: Node) -> str:
    """Return the variable of which a condition asks that it holds something, empty if it asks something else."""
    is_asking = tree["op"] == "compare" and tree["test"] == "!=" and tree["right"].get("value", "") is None
    return str(tree["left"]["name"]) if is_asking and tree["left"]["op"] == "variable" else ""


def _is_guarded(context: Context, page: Page, block: AnyBlock) -> bool:
    """Say whether a block is shown under a condition that reads a variable: what is chosen may go with another one."""
    return any(node["op"] == "variable" for node in nodes(list(conditions(context, page, block))))


def conditions(context: Context, page: Page, block: AnyBlock) -> Iterator[Node]:
    """Yield the conditions under which a block is shown."""
    facts, gate = context.facts.get(Element("page", page.id)), context.gates.get(Element("page", page.id))
    own = facts.trees.get(at(block, "show_if")) if facts else None
    yield from () if own is None else (own,)
    yield from (tree for name, trees in (gate.blocks if gate else ()) if name == block.id for tree in trees)


def _unset(context: Context, shown: Sequence[Shown], without: frozenset[str]) -> list[Shown]:
    """Return what is shown of variables on pages that can be there before anything has set them."""
    found: list[Shown] = []
    for those in _grouped((one.variable.id, one) for one in shown).values():
        there = _before(context, those[0].variable, without)
        found += [one for one in those if there is not None and _is_there(context, there, one)]
    return found


def _is_there(context: Context, there: Before, shown: Shown) -> bool:
    """Say whether a page can be there, and not only by a way that asks for something which may go with a choice."""
    return shown.page.id in there.pages and (shown.page.id in there.entries or _is_led_to(context, there, shown))


def _is_led_to(context: Context, there: Before, shown: Shown) -> bool:
    """Say whether a visit begins on a page, or a way leads there that no variable decides on."""
    if shown.page.id in _starting(context, shown.variable):
        return True
    arrows = context.arrows_to.get(shown.page.id, ())
    return any(arrow.id in there.arrows and not _is_chosen(context, arrow) for arrow in arrows)


def _is_chosen(context: Context, arrow: Transition) -> bool:
    """Say whether a variable decides whether a transition is taken."""
    rivals = (one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on)
    asked = [context.formula(one, "when") for one in rivals]
    return any(node["op"] == "variable" for node in nodes([asked, *shown_if(context, arrow)]))


def _before(context: Context, variable: Variable, without: frozenset[str]) -> Before | None:
    """Return what can happen while nothing has set a variable, nor some ways are gone; None if nothing ever sets it."""
    setting = {one.arrow.id for one in Writers(context).of("", variable.id)}
    if not setting:
        return None
    tasks = [task for task in context.flow.tasks if not sets(task.setup, variable.id)]
    filled = {set_by(context, one) for task in tasks for one in task.setup if isinstance(one, SetEffect)}
    return before(context, _starting(context, variable), filled, setting | without)


def _starting(context: Context, variable: Variable) -> Iterator[str]:
    """Yield the pages on which a visit begins with nothing in a variable."""
    flow = context.flow
    filled = {task.start for task in flow.tasks if sets(task.setup, variable.id)}
    bare = {flow.site.start, *(task.start for task in flow.tasks if not sets(task.setup, variable.id))}
    yield from (page for page in starts(flow) if page in bare or page not in filled)


def _problem(context: Context, those: Sequence[Shown], onward: frozenset[str]) -> Problem:
    """Return that a page shows what has not been chosen yet, by a way or only by its address."""
    first = those[0]
    words = {
        "block": block_label(first.block),
        "page": page_label(first.page),
        "variable": first.variable.title or first.variable.name,
    }
    block, variable = at(first.block), Element("variable", first.variable.id)
    there = _before(context, first.variable, onward)
    if there is not None and _is_led_to(context, there, first):
        mending = fix("show_if_there", lambda now: _with_conditions(now, those), block=words["block"])
        return problem("blank.way", "warning", block, variable, Element("page", first.page.id), fix=mending, **words)
    place, asked = Element("page", first.page.id, "open_by_url"), first.page.open_by_url.strip()
    wanted = " and ".join(dict.fromkeys(f"{one.variable.name} != empty" for one in those))
    asking = fix("ask_too", SetValue(place, both(asked, wanted)), page=words["page"])
    return problem("blank.address", "warning", place, block, variable, fix=asking, **words)


def both(asked: str, wanted: str) -> str:
    """Return a formula that asks for two things, of which the first may be empty."""
    if asked in ("", "true"):
        return wanted
    return f"({asked}) and {wanted}" if " or " in asked or " if " in asked else f"{asked} and {wanted}"


def _with_conditions(flow: Flow, those: Sequence[Shown]) -> Flow:
    """Return a flow that shows some blocks of a page only if there is something to show."""
    for block, shown in _grouped((one.block.id, one) for one in those).items():
        wanted = " and ".join(dict.fromkeys(f"{one.variable.name} != empty" for one in shown))
        given = shown[0].block.show_if.strip()
        flow = with_value(flow, Element("block", block, "show_if"), both(given, wanted))
    return flow
