"""Random sites of forms whose fields are copied on their way to what a task wants: by variables, drafts and dialogs."""

import random
from typing import NamedTuple

from flow_models.document.behaviour import Effect, Page, RemoveEffect, Transition
from flow_models.document.blocks import AnyBlock
from flow_models.document.field_blocks import Checkbox, ChoiceField
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Success
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import added, changed

WORDS = ("red", "blue")

_FLAG = "flag"


class _Site(NamedTuple):
    """A site in the making: its luck, the names of its columns, whether a dialog asks back, and what there is."""

    rng: random.Random
    columns: tuple[str, ...]
    asks: bool
    pages: list[Page]
    arrows: list[Transition]


def forms(seed: int) -> Flow:
    """Return a random site of one to three pages with forms; some tasks cannot be done, all have few states."""
    rng = random.Random(seed)
    columns = ("one", "two", _FLAG)[: rng.randint(2, 3)]
    site = _Site(rng, columns, rng.random() < 0.3, [], [])
    names = [f"p{number}" for number in range(rng.randint(1, 3))]
    for page in names:
        _add_page(site, page, names)
    if site.asks:
        site.pages.append(make.page("ask", make.button("yes"), make.button("no"), kind="dialog"))
        site.arrows.append(make.arrow("ask", rng.choice((*names, "close")), use="yes", do=(_written(site, ""),)))
        site.arrows.append(make.arrow("ask", "close", use="no"))
    typed = [f"{name}:{'boolean' if name == _FLAG else 'text'}" for name in columns]
    empty = tuple(False if name == _FLAG else None for name in columns)
    return make.flow(
        *site.pages,
        *site.arrows,
        *(make.variable(f"v_{name}", "boolean" if name == _FLAG else "text") for name in columns),
        make.table("drafts", *typed, rows=(empty,), durable=False),
        make.table("log", *typed),
        make.table("kept", "label:text", *typed, rows=(("Top", *empty), ("Low", *empty))),
        make.task("do", "Red, blue.", success=_success(site), max_steps=30),
    )


def _value(rng: random.Random, name: str) -> str:
    return rng.choice(("true", "false")) if name == _FLAG else f'"{rng.choice(WORDS)}"'


def _success(site: _Site) -> Success:
    """Return one or two things that are wanted."""
    rng = site.rng
    found: list[ExpectedChange] = []
    for number in range(rng.randint(1, 2)):
        names = rng.sample(site.columns, rng.randint(1, len(site.columns)))
        values = {name: _value(rng, name) for name in names}
        kind = rng.random()
        if kind < 0.6:
            found.append(added("log", values))
        elif kind < 0.9:
            found.append(changed("kept", f'label == "{("Top", "Low")[number]}"', **values))
        else:
            found.append(ExpectedChange(kind="removed", table="kept", where='label == "Low"'))
    also = rng.choice(("", "", "", "", "all(kept, one != empty)", "count(log, two == one) >= 2"))
    return Success(changes=tuple(found), also=also, nothing_else=rng.random() < 0.7)


def _add_page(site: _Site, page: str, names: list[str]) -> None:
    """Add a page with a form, a link and what they do."""
    rng = site.rng
    fields = rng.sample(site.columns, rng.randint(1, len(site.columns)))
    blocks = [_field(rng, page, name) for name in fields]
    sends = [f"{page}_send", f"{page}_other"][: rng.randint(1, 2)]
    whole = make.form(f"{page}_form", *blocks, *(make.button(name, submit=True) for name in sends))
    site.pages.append(make.page(page, whole, make.link(f"{page}_on"), make.button(f"{page}_do")))
    site.arrows.append(make.arrow(page, rng.choice(names), use=f"{page}_on"))
    site.arrows.append(make.arrow(page, rng.choice(names), use=f"{page}_do", do=(_written(site, ""),)))
    for name in sends:
        to = rng.choice((*names, "stay", "ask") if site.asks else (*names, "stay"))
        do = tuple(_written(site, page if rng.random() < 0.8 else "", fields) for _ in range(rng.randint(1, 2)))
        site.arrows.append(make.arrow(page, to, use=name, when=_guard(rng, page, fields), do=do))


def _field(rng: random.Random, page: str, name: str) -> AnyBlock:
    """Return a field for a column; some begin with what a variable, a draft or a literal says."""
    begins = rng.choice(("", "", "", f"v_{name}", f"first(drafts).{name}", _value(rng, name)))
    own = f"{page}_{name}"
    if name == _FLAG:
        return Checkbox(id=f"f_{own}", name=own, initial=begins)
    if rng.random() < 0.3:
        return ChoiceField(id=f"f_{own}", name=own, choices=WORDS, placeholder=rng.choice(("", "Choose")))
    return make.field(own, required=rng.random() < 0.5, initial=begins)


def _guard(rng: random.Random, page: str, fields: list[str]) -> str:
    """Return a condition, mostly none."""
    name = rng.choice(fields)
    given = f"field.{page}_{name}"
    return rng.choice(("", "", "", "", f"{given} == {_value(rng, name)}", f"v_{name} == {_value(rng, name)}"))


def _written(site: _Site, page: str, fields: list[str] | None = None) -> Effect:
    """Return an effect that copies from fields of a page, or else from variables, drafts or literals."""
    rng = site.rng
    names = rng.sample(site.columns, rng.randint(1, len(site.columns)))
    values = {name: _source(rng, name, page, fields or []) for name in names}
    match rng.randrange(7):
        case 0 | 1:
            return make.sets(f"v_{names[0]}", values[names[0]])
        case 2:
            return make.changes("drafts", "true", **values)
        case 3 | 4:
            return make.adds("log", **values)
        case 5:
            return make.changes("kept", rng.choice(('label == "Top"', 'label == "Low"', "true")), **values)
        case _:
            return RemoveEffect(table="kept", where='label == "Low"')


def _source(rng: random.Random, name: str, page: str, fields: list[str]) -> str:
    """Return from where a value comes."""
    if page and name in fields and rng.random() < 0.8:
        return f"field.{page}_{name}"
    return rng.choice((f"v_{name}", f"first(drafts).{name}", _value(rng, name)))
