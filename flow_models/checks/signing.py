"""Does what belongs to whoever is signed in stay with them: by address, and after signing out?

Three questions. A page that opens by its address without the condition for which the pages beside it ask; a *Sign out*
that leaves the condition as it is, or what the visitor before has chosen; a page of who is signed out that shows what
all others keep. Whose row is shown is asked in `owning`.
"""

from collections.abc import Collection, Iterator, Sequence

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, block_label, owner_label, page_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.checks.senses import has_sense
from flow_models.checks.sessions import (
    LEAST,
    Asked,
    asked_of,
    begins,
    ending,
    is_by_choice,
    is_for_anyone,
    is_outside,
    parts_of,
    session_of,
    set_by,
)
from flow_models.checks.trees import key, nodes
from flow_models.checks.writers import changes_durable
from flow_models.document.behaviour import (
    ClearEffect,
    EnterTrigger,
    Page,
    Section,
    SetEffect,
    Transition,
    WaitTrigger,
)
from flow_models.document.blocks import table_shown
from flow_models.document.data import Variable
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.formulas import Node


def open_beside(context: Context) -> Iterator[Problem]:
    """Yield the pages of a section that open without what most others of it ask for, and that show or change data."""
    everything_asked = asked_of(context)
    for section in context.flow.sections:
        pages = _pages_of(context.flow, section)
        for asked in everything_asked:
            asking = [page for page in pages if page.id in asked.pages]
            if len(asking) > 1 and 2 * len(asking) > len(pages):
                bare = (page for page in pages if _opens_without(context, page, asked))
                yield from (_open(context, section, page, asking[0], asked) for page in bare)


def _pages_of(flow: Flow, section: Section) -> list[Page]:
    """Return the pages of a section without its dialogs."""
    found = (flow.pages_by_id.get(one) for one in section.pages)
    return [page for page in found if page is not None and page.kind == "page"]


def _opens_without(context: Context, page: Page, asked: Asked) -> bool:
    """Say whether an address that shows or changes data opens without a condition, and without anything like it."""
    if page.open_by_url.strip() in ("", "false") or not _is_private(context, page):
        return False
    names = {node["name"] for tree in parts_of(context, page) for node in nodes(tree) if node["op"] == "variable"}
    if names.isdisjoint(asked.variables) or is_for_anyone(context, page, asked):
        return True
    return is_by_choice(context, page, asked)


def _is_private(context: Context, page: Page) -> bool:
    """Say whether a page shows lasting data or changes some."""
    durable = {table.name for table in context.flow.tables if table.durable}
    used = context.uses.get(Element("page", page.id))
    reads = used is not None and any(kind == "table" and name in durable for kind, name, _ in used[1])
    return reads or any(changes_durable(context.flow, arrow) for arrow in context.arrows_from.get(page.id, ()))


def _open(context: Context, section: Section, page: Page, beside: Page, asked: Asked) -> Problem:
    place = Element("page", page.id, "open_by_url")
    source = next((one.open_by_url for one in context.flow.pages if _asks_just(context, one, asked)), "")
    asking = fix("ask_too", lambda now: with_value(now, place, source), page=page_label(page))
    return problem(
        "page.open_beside",
        "warning",
        place,
        fix=asking if source else None,
        page=page_label(page),
        beside=page_label(beside),
        section=section.title,
    )


def _asks_just(context: Context, page: Page, asked: Asked) -> bool:
    """Say whether a page asks for one condition and nothing else."""
    return [key(tree) for tree in parts_of(context, page)] == [key(asked.tree)]


def sign_outs(context: Context) -> Iterator[Problem]:
    """Yield the ways of signing out that leave a visitor signed in, or leave what they have chosen to the next one."""
    session = session_of(context)
    if session is None:
        return
    private, signing_out = _chosen(context, session), ending(context, session)
    for arrow in context.flow.transitions:
        if arrow.id in signing_out:
            source = context.flow.pages_by_id.get(arrow.source)
            is_inside = source is None or source.kind == "dialog" or source.id in session.pages
            yield from _leftovers(context, arrow, private) if is_inside and len(session.pages) >= LEAST else ()
        elif _should_end(context, arrow, session):
            yield _staying(context, arrow, arrow, session)
    for said, arrow in _undone(context, session):
        yield _staying(context, said, arrow, session)


def _signing_out(context: Context, session: Asked) -> Iterator[Transition]:
    """Yield the transitions that sign out."""
    found = ending(context, session)
    return (arrow for arrow in context.flow.transitions if arrow.id in found)


def _staying(context: Context, said: Transition, arrow: Transition, session: Asked) -> Problem:
    """Return that a transition says that it signs out, while it or one that follows leaves the visitor signed in."""
    return problem(
        "signing.stays",
        "warning",
        Element("transition", arrow.id, "do"),
        arrow=arrow_label(context.flow, said),
        page=page_label(context.flow.pages_by_id[min(session.pages)]),
    )


def _should_end(context: Context, arrow: Transition, session: Asked) -> bool:
    """Say whether a transition is there to sign out: it says so, or comes by itself to where all others sign out.

    One that asks first leads to where that is done.
    """
    if _says_so(context, arrow):
        return ending(context, session).isdisjoint(one.id for one in context.arrows_from.get(arrow.to, ()))
    if not isinstance(arrow.on, WaitTrigger):
        return False
    others = {one.id for one in context.arrows_to.get(arrow.to, ())} - {arrow.id}
    return arrow.source in session.pages and bool(others) and others <= ending(context, session)


def _undone(context: Context, session: Asked) -> Iterator[tuple[Transition, Transition]]:
    """Yield a way of signing out, and the transition that signs in again on arriving where it leads."""
    leading: dict[str, Transition] = {arrow.to: arrow for arrow in _signing_out(context, session)}
    for arrow in context.flow.transitions:
        if isinstance(arrow.on, EnterTrigger) and arrow.source in leading and begins(context, arrow, session):
            yield leading[arrow.source], arrow


def shown_outside(context: Context) -> Iterator[Problem]:
    """Yield what pages of who is signed out show of tables that all other pages keep for who is signed in."""
    session = session_of(context)
    if session is None:
        return
    left = {arrow.to for arrow in _signing_out(context, session)} - session.pages
    outside = [one for one in context.flow.pages if one.id in left or is_outside(context, one, session)]
    kept = _kept_inside(context, session, {page.id for page in outside})
    owners: list[Page | Section] = [*outside, *(one for one in context.flow.sections if _is_of(one, outside))]
    for owner in owners:
        yield from _shown(context, owner, session, kept)


def _is_of(section: Section, pages: Sequence[Page]) -> bool:
    return not {page.id for page in pages}.isdisjoint(section.pages)


def _kept_inside(context: Context, session: Asked, outside: Collection[str]) -> frozenset[str]:
    """Return the names of the lasting tables that several pages show, and none but such as ask for the session."""
    shown: dict[str, set[str]] = {}
    for page in context.flow.pages:
        used = context.uses.get(Element("page", page.id))
        for kind, name, _ in used[1] if used and page.id not in outside else ():
            if kind == "table":
                shown.setdefault(name, set()).add(page.id)
    durable = {table.name for table in context.flow.tables if table.durable}
    dialogs = {page.id for page in context.flow.pages if page.kind == "dialog"}
    return frozenset(
        name
        for name, pages in shown.items()
        if name in durable and pages <= session.pages | dialogs and len(pages & session.pages) >= LEAST
    )


def _shown(context: Context, owner: Page | Section, session: Asked, kept: frozenset[str]) -> Iterator[Problem]:
    """Yield the blocks of a page or section that show such a table whether or not somebody is signed in."""
    element = Element("page" if isinstance(owner, Page) else "section", owner.id)
    facts, gate = context.facts.get(element), context.gates.get(element)
    asking = {name for name, trees in (gate.blocks if gate else ()) if _reads(trees, session.variables)}
    for block in owner.blocks_by_id.values():
        table = context.flow.tables_by_id.get(table_shown(block) or "")
        used = {name for at, names in (facts.uses.items() if facts else ()) if at.id == block.id for name in names}
        names = {name if space == "table" else of for space, name, of in used} | ({table.name} if table else set())
        for one in context.flow.tables if block.id not in asking else ():
            if one.name in names & kept:
                yield problem(
                    "signing.shown",
                    "warning",
                    Element("block", block.id),
                    Element("table", one.id),
                    block=block_label(block),
                    page=owner_label(owner),
                    table=one.title or one.name,
                )


def _reads(trees: Sequence[Node], variables: frozenset[str]) -> bool:
    """Say whether conditions read some variables."""
    return any(node["op"] == "variable" and node["name"] in variables for node in nodes(list(trees)))


def _says_so(context: Context, arrow: Transition) -> bool:
    """Say whether a transition is triggered by a control that says that it signs out."""
    block = context.control(arrow)
    return block is not None and has_sense(block, "signing_out")


def _chosen(context: Context, session: Asked) -> frozenset[str]:
    """Return the variables that only pages of a session set, and that such pages show or begin fields with."""
    flow = context.flow
    shown = {name for page in session.pages for name in _variables_read(context, Element("page", page))}
    inside: set[str] = set()
    outside: set[str] = set()
    signing_out = ending(context, session)
    for arrow in flow.transitions:
        if arrow.id in signing_out or not arrow.do:
            continue
        asks = arrow.source in session.pages or not _opens_by_itself(flow, arrow.source)
        names = {set_by(context, one) for one in arrow.do if isinstance(one, SetEffect)}
        (inside if asks else outside).update(names - {""})
    return frozenset((inside & shown) - outside - session.variables)


def _opens_by_itself(flow: Flow, source: str) -> bool:
    """Say whether a page can be there without a condition, as those of sections can."""
    page = flow.pages_by_id.get(source)
    return page is None or page.kind == "page"


def _variables_read(context: Context, element: Element) -> Iterator[str]:
    facts = context.facts.get(element)
    yield from (name for space, name, _ in (facts.reads if facts else ()) if space == "variable")


def _leftovers(context: Context, arrow: Transition, private: frozenset[str]) -> Iterator[Problem]:
    """Yield the variables of a visitor that are still there after a way of signing out."""
    forgotten = _forgotten(context, arrow)
    for variable in context.flow.variables:
        if variable.name in private and variable.name not in forgotten:
            yield problem(
                "signing.leftover",
                "warning",
                Element("transition", arrow.id, "do"),
                Element("variable", variable.id),
                fix=_forgetting(arrow, variable),
                arrow=arrow_label(context.flow, arrow),
                variable=variable.title or variable.name,
            )


def _forgotten(context: Context, arrow: Transition) -> frozenset[str]:
    """Return the variables that a transition clears in the end, or gives a fixed value."""
    last = {set_by(context, effect): index for index, effect in enumerate(arrow.do)}
    trees = {name: context.formula(arrow, f"do.{index}.value") for name, index in last.items()}
    cleared = {name for name, index in last.items() if isinstance(arrow.do[index], ClearEffect)}
    return frozenset(cleared | {name for name, tree in trees.items() if tree is not None and tree["op"] == "value"})


def _forgetting(arrow: Transition, variable: Variable) -> Fix:
    """Return the edit that lets a way of signing out forget a variable too."""
    place, forgets = Element("transition", arrow.id, "do"), ClearEffect(target=variable.id)
    return fix(
        "forget",
        lambda now: with_value(now, place, (*now.transitions_by_id[arrow.id].do, forgets)),
        variable=variable.title or variable.name,
    )
