"""Is anything that a step asks for too much work?

The check estimates; the machine counts. Here random flows hold the estimate to the count: what passes is never cut, and
never takes more than was estimated.
"""

import random
import time
from dataclasses import dataclass, field

import pytest

from flow_models.checks import check
from flow_models.checks.context import Context as Checked
from flow_models.checks.step_work import StepWork
from flow_models.compiler import compile_flow
from flow_models.document.behaviour import Effect
from flow_models.document.blocks import AnyBlock
from flow_models.document.data import Table
from flow_models.document.field_blocks import ChoiceField, ChoiceGrid, SuggestField
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.formulas import context as contexts
from flow_models.runtime.machine.formulas import work
from flow_models.runtime.machine.pages.uses import events_of, is_enabled
from flow_models.runtime.machine.pages.view import Field
from flow_models.runtime.site.rendered import Rendered
from flow_models.runtime.site.site import Site
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    flow,
    page,
    rows_of,
    sets,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.builders import (
    field as text_field,
)
from tests.flow_models.checks.asking import assert_case, problems_of

NESTED = "count(many as x, any(many as y, contains(lower(y.a) + upper(x.a), 'zz')))"
LOOKED_UP = "count(many as x, any(many as y, y == x))"


def many(rows: int = 1000, length: int = 8) -> Table:
    """Return a long table."""
    return table("many", "a:text", rows=tuple((f"{number}".rjust(length, "v"),) for number in range(rows)))


def home(*blocks: AnyBlock) -> Flow:
    """Return a flow of one page with some blocks and a long table."""
    return flow(page("home", *blocks), many())


def acting(formula: str, where: str = "when") -> Flow:
    """Return a flow in which a formula decides whether a button leads on, in its effect, or in what follows."""
    arrows = {
        "when": (arrow("home", use="go", when=f"{formula} > 3"),),
        "do": (arrow("home", use="go", do=(sets("n", formula),)),),
        "follow": (arrow("home", "next", use="go"), arrow("next", on="enter", do=(sets("n", formula),))),
    }
    pages = (page("home", button("go")), page("next", button("on")))
    return flow(*pages, many(), variable("n", "integer", 0), *arrows[where])


def judged(formula: str) -> Flow:
    """Return a flow with a task that a formula judges."""
    return flow(page("home"), many(), task("win", failures=({"title": "Lost", "when": f"{formula} > 3"},)))


def addressed(path: str) -> Flow:
    """Return a flow with a page for each row of a long table."""
    return flow(page("home"), page("detail", record="many", path=path), many(9000))


def listed(where: str, length: int) -> Flow:
    """Return a flow with a list of texts of a length."""
    listing = rows_of("list", "many", "{a}", where=where, page_size=10)
    return flow(page("home", listing), many(1000, length))


COUNTING = [words(f"w{number}", "{count(many, len(a) > 3 and a != 'x' and a != 'y')}") for number in range(99)]

CASES = {
    "work.formula": (home(words("w", f"{{{NESTED}}}")), home(words("w", f"{{{LOOKED_UP}}}"))),
    "work.rows": (home(rows_of("list", "many", *["{a}"] * 22)), home(rows_of("list", "many", "{a}"))),
    "work.page": (home(*COUNTING), home(*COUNTING[:9])),
    "work.step": (acting(NESTED), acting(LOOKED_UP)),
    "work.rules": (judged(NESTED), judged(LOOKED_UP)),
    "work.address": (addressed("/d/{lower(record.a)}"), addressed("/d/{record.a}")),
}


@pytest.mark.parametrize("code", CASES)
def test_work_trips_and_near_misses(code: str) -> None:
    assert_case(code, *CASES[code])


def test_the_sentence_names_formula_and_block() -> None:
    [found] = problems_of("work.formula", CASES["work.formula"][0])
    assert "number of rows of Many where" in found.sentence()
    assert found.elements[0].id == "w"


def test_a_sort_is_counted() -> None:
    sort = "count(many, len(a) > 3 and row.a != a)"
    trips, near = (home(rows_of("l", "many", "{a}", sort=key)) for key in (sort, "a"))
    assert_case("work.formula", trips, near)


def test_long_texts_are_counted() -> None:
    assert_case("work.formula", listed("contains(a, 'zz')", 9000), listed("contains(a, 'zz')", 90))


@pytest.mark.parametrize("where", ["when", "do", "follow"])
def test_a_step_with_all_that_follows(where: str) -> None:
    assert_case("work.step", acting(NESTED, where), acting(LOOKED_UP, where))
    for found in problems_of("work.step", acting(NESTED, where)):
        sentence = found.sentence()
        assert sentence[0].isupper() or sentence[0] == "“"
        assert ("number of rows of Many" in sentence) == ("most of all" in sentence)


def test_rows_that_effects_can_add_are_counted() -> None:
    def adding(steps: int) -> Flow:
        shown = words("w", "{count(some as x, any(some as y, y.a != x.a))}")
        add = arrow("home", use="go", do=(adds("some", a="'x'"),))
        return flow(page("home", button("go"), shown), table("some", "a:text"), add, task("t", max_steps=steps))

    assert_case("work.formula", adding(1000), adding(40))


# Random flows.


@dataclass
class Drawn:
    """What random flows are made of.

    Attributes:
        rng: Makes the choices.
        rows: The most rows of a table.
        length: The most characters of a text.
    """

    rng: random.Random
    rows: int
    length: int
    names: list[str] = field(default_factory=list)

    def flow(self) -> Flow:
        """Return a flow with tables, a page of blocks over them, effects and a task."""
        self.names = [f"t{number}" for number in range(self.rng.randint(1, 3))]
        tables = [self.table(name) for name in self.names]
        blocks = [self.block(number) for number in range(self.rng.randint(1, 4))]
        effects = tuple(self.effect() for _ in range(self.rng.randint(0, 3)))
        name = self.rng.choice(self.names)
        guard = f"count({name} as g, {self.condition('g', 1)}) >= 0" if self.rng.random() < 0.5 else ""
        rule = {"title": "Rule", "when": f"count({name} as x, any({self.names[0]} as y, y.i == x.i)) < 0"}
        return flow(
            page("home", text_field("q"), *blocks, button("go")),
            *tables,
            variable("v", "text", "abc"),
            variable("n", "integer", 1),
            arrow("home", use="go", when=guard, do=effects),
            task("t", max_steps=self.rng.choice((5, 40)), failures=(rule,)),
        )

    def table(self, name: str) -> Table:
        """Return a table of some rows, some of which look alike."""
        rows = int(self.rows ** self.rng.random())
        length = int(self.length ** self.rng.random())
        alike = self.rng.choice((1, 3, rows + 1))
        lines = tuple((("é" if n % 2 else "v") * (length - 1) + str(n % alike), n % 50) for n in range(rows))
        return table(name, "a:text", "i:integer", rows=lines)

    def block(self, number: int) -> AnyBlock:
        """Return a block over a table."""
        name, label = self.rng.choice(self.names), f"b{number}"
        where, sort = self.condition("", 1), self.value("", 1)
        match self.rng.randrange(6):
            case 0:
                return words(label, f"{{{self.value(None, 2)}}}")
            case 1:
                style = self.rng.choice(("drop_down", "radio"))
                return ChoiceField(id=label, name=label, table=name, where=where, label="{a} {i}", style=style)
            case 2:
                return SuggestField(id=label, name=label, table=name, where=where, label="{a} {i}")
            case 3:
                return ChoiceGrid(id=label, name=label, table=name, where=where, line="i", label="{a}", free_if="i > 3")
            case _:
                size = self.rng.choice((0, 5))
                return rows_of(label, name, "{a}", f"{{{self.value('', 1)}}}", where=where, sort=sort, page_size=size)

    def effect(self) -> Effect:
        """Return an effect."""
        name = self.rng.choice(self.names)
        match self.rng.randrange(4):
            case 0:
                return sets("n", self.number(None, 1))
            case 1:
                return sets("v", self.rng.choice(("field.q", "v + 'x'", "lower(field.q)")))
            case 2:
                return adds(name, a="field.q", i=self.number(None, 1))
            case _:
                return changes(name, self.condition("", 1), i=self.number("", 1))

    def value(self, row: str | None, depth: int) -> str:
        """Return a number or text; `row` is the name of the bound row, empty for bare columns, None for no row."""
        return self.number(row, depth) if self.rng.random() < 0.6 else self.text(row)

    def text(self, row: str | None) -> str:
        """Return a text."""
        own = ["v", "field.q"] if row is None else [_of(row, "a"), "v", "field.q"]
        one, two = self.rng.choice(own), self.rng.choice(own)
        return self.rng.choice((one, f"lower({one})", f"upper({one})"[:40], f"trim({two})"))

    def number(self, row: str | None, depth: int) -> str:
        """Return a number."""
        name, bind = self.rng.choice(self.names), f"r{depth}{self.rng.randrange(1000)}"
        if depth == 0 or self.rng.random() < 0.2:
            return "n" if row is None else _of(row, "i")
        kind = self.rng.randrange(5)
        if kind == 0:
            return f"count({name} as {bind}, {self.condition(bind, depth - 1)})"
        if kind == 1:
            return f"sum({name} as {bind}, {bind}.i, {self.condition(bind, depth - 1)})"
        if kind == 2:
            return f"max({name} as {bind}, {self.number(bind, depth - 1)}, default=0)"
        if kind == 3:
            return f"len({self.text(row)})"
        return f"{self.number(row, depth - 1)} + {self.number(row, depth - 1)}"

    def condition(self, row: str, depth: int) -> str:
        """Return a condition on a bound row."""
        name, bind = self.rng.choice(self.names), f"c{depth}{self.rng.randrange(1000)}"
        own = [
            f"{self.number(None, 0)} < 5",
            f"contains({self.text(None)}, {self.text(None)})",
        ]
        if row or depth:
            own += [
                f"{_of(row, 'i')} > 3" if row else "n > 0",
                f"contains({_of(row, 'a')}, field.q)" if row else "v == 'abc'",
            ]
        if depth:
            equal = f"{bind}.i == {_of(row, 'i')}" if row else f"{bind}.i == n"
            own += [f"any({name} as {bind}, {equal})", f"any({name} as {bind}, {bind}.i > 3)"]
            own.append(f"count({name} as {bind}, {bind}.a != v) > {self.number(row or None, 0)}")
        return self.rng.choice(own)


def _of(row: str, column: str) -> str:
    """Return a column of a bound row; of the empty name the bare column."""
    return f"{row}.{column}" if row else column


@dataclass
class Counted:
    """The most units that pages and steps took, and the longest step in seconds of processor time."""

    page: int = 0
    change: int = 0
    slowest_s: float = 0.0


def played(checked: Flow, rng: random.Random, counted: Counted, steps: int) -> None:
    """Play a flow at random, note what it took, and see that nothing was cut."""
    machine = Machine(compile_flow(checked).program)
    site = Site.of(machine.program)
    start = machine.visit()
    began = time.process_time()
    assert "too much" not in Rendered(machine.view(start, start.state), site).axtree
    counted.slowest_s = max(counted.slowest_s, time.process_time() - began)
    start = machine.draw("t", 1)
    state = start.state
    for _ in range(steps):
        event = _event(machine, start, state, rng)
        began = time.process_time()
        step = machine.step(start, state, event)
        machine.verdict(start, step.state)
        assert Rendered(machine.view(start, step.state), site).axtree
        counted.slowest_s = max(counted.slowest_s, time.process_time() - began)
        assert not step.fault
        state = step.state
        assert "too much" not in Rendered(machine.view(start, state), site).axtree


def _event(machine: Machine, start: Start, state: State, rng: random.Random) -> Event:
    """Return something that a visitor could do, with long texts among it."""
    control = rng.choice(machine.view(start, state).controls())
    if not isinstance(control, Field):
        return Event("use", control.id, control.row) if is_enabled(control) else Event("noop")
    if "fill" in events_of(control):
        return Event("fill", control.id, value=rng.choice(("", "v", "é" * 9999, "v" * 5000)))
    options = [key for key, _ in control.options]
    return Event("select", control.id, value=rng.choice(options)) if options else Event("use", "go")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Return what notes the most units of pages, steps and rules."""
    found = Counted()
    within, charge = contexts.Context.within, contexts.Context.charge

    def noted_within(self: contexts.Context, units: int, compute: object, otherwise: object) -> object:
        made = within(self, units, compute, otherwise)  # type: ignore[arg-type]
        if units == work.PAGE:
            found.page = max(found.page, self.work)
        return made

    def noted_charge(self: contexts.Context, units: int) -> None:
        charge(self, units)
        if self.limit == work.CHANGE:
            found.change = max(found.change, self.work)

    monkeypatch.setattr(contexts.Context, "within", noted_within)
    monkeypatch.setattr(contexts.Context, "charge", noted_charge)
    return found


def fuzz(flows: int, rows: int, length: int, seed: int, counted: Counted) -> tuple[int, int, float]:
    """Play random flows that pass the check; return how many passed, how many not, and the longest step."""
    passed = refused = 0
    slowest = 0.0
    for number in range(flows):
        rng = random.Random(f"{seed} {number}")
        drawn = Drawn(rng, rows, length).flow()
        problems = check(drawn)
        wrong = [one for one in problems if one.code in ("formula", "text.formula")]
        assert not [one.sentence() for one in wrong], number
        too_much = [one for one in problems if one.code.startswith("work.")]
        if too_much:
            refused += 1
            assert all(len(one.sentence()) > 40 for one in too_much)
            continue
        passed += 1
        estimated = StepWork(Checked(drawn))
        counted.page = counted.change = 0
        counted.slowest_s = 0.0
        played(drawn, rng, counted, 12)
        part = next(iter(estimated.pages.values()))
        bound = sum(estimated.blocks("home", "page", part.blocks).values()) + work.BLOCK * len(part.blocks)
        assert counted.page <= bound, (number, counted.page, bound)
        assert counted.change <= max(map(estimated.step, estimated.triggers)) + 100, (number, counted.change)
        slowest = max(slowest, counted.slowest_s)
    return passed, refused, slowest


def test_what_passes_is_never_cut(counted: Counted) -> None:
    passed, refused, _ = fuzz(60, 300, 200, 1, counted)
    assert passed > 20
    assert refused > 3


@pytest.mark.proof
@pytest.mark.timeout(3000)
def test_what_passes_takes_no_quarter_of_a_second(counted: Counted) -> None:
    passed, refused, slowest = fuzz(400, 20_000, 9000, 2, counted)
    print(f"seed 2: {passed} flows passed, {refused} refused, the longest step took {1000 * slowest:.0f} ms")
    assert passed > 100


# The largest that passes: each shape grows until the check speaks.


def shaped(shape: str, rows: int) -> Flow:
    """Return a flow with one table of so many rows, of one of the shapes that cost most."""
    long = "v" * 2000 if "long" in shape else "v"
    lines = tuple((f"{long}{number}", number % 97, f"{number}.25") for number in range(rows))
    big = table("big", "a:text", "i:integer", "m:money", rows=lines)
    some = table("some", "a:text", "i:integer", rows=tuple((f"s{number}", number) for number in range(97)))
    block, effects, rule = SHAPES[shape]
    failures = ({"title": "Never", "when": rule},) if rule else ()
    parts = (text_field("q"), *((block,) if block is not None else ()), button("go"))
    go = arrow("home", use="go", do=effects)
    counter = (variable("n", "integer", 0), variable("v", "text", "x"))
    return flow(page("home", *parts), big, some, *counter, go, task("t", max_steps=5, failures=failures))


SHAPES: dict[str, tuple[AnyBlock | None, tuple[Effect, ...], str]] = {
    "nested": (words("b", "{count(big as x, any(big as y, y.i + x.i < 0))}"), (), ""),
    "texts, nested": (words("b", "{count(big as x, any(some as y, contains(upper(y.a) + lower(x.a), 'zz')))}"), (), ""),
    "long texts": (rows_of("b", "big", "{upper(a)}", where="contains(a, field.q) or ends_with(lower(a), 'q')"), (), ""),
    "sorted": (rows_of("b", "big", "{a}", sort="a", page_size=5), (), ""),
    "long, sorted": (rows_of("b", "big", "{i}", sort="a", page_size=5), (), ""),
    "sorted by others": (rows_of("b", "big", "{a}", sort="count(some, i < row.i)", page_size=5), (), ""),
    "shown": (rows_of("b", "big", "{a}", "{i}", "{m}", row_controls=(button("r1"), button("r2"))), (), ""),
    "cards": (rows_of("b", "big", "{a}", "{m}", style="cards"), (), ""),
    "looked up": (rows_of("b", "some", "{count(big, i == row.i)}", "{sum(big, m, i == row.i)}"), (), ""),
    "options": (ChoiceField(id="b", name="b", table="big", label="{a} {m}", sort="a"), (), ""),
    "radio": (ChoiceField(id="b", name="b", table="big", label="{a}", style="radio"), (), ""),
    "suggested": (SuggestField(id="b", name="b", table="big", where="i > 3", label="{a} {i}"), (), ""),
    "plan": (ChoiceGrid(id="b", name="b", table="big", line="i", label="{a}", free_if="any(some, i == row.i)"), (), ""),
    "sums": (words("b", "{sum(big, m * 2 + m / 3)} {avg(big, m)} {max(big, round(m, 1))}"), (), ""),
    "changed": (None, (changes("big", "", i="i + 1", a="upper(a)"), changes("big", "i > 0", m="m * 2")), ""),
    "changed, shown": (rows_of("b", "big", "{a}", page_size=9), (changes("big", "", i="i + 1"),), ""),
    "judged": (None, (changes("big", "", i="i + 1"),), "count(big as x, any(some as y, y.i > x.i)) < 0"),
}


def largest(shape: str, most: int = 20_000) -> int:
    """Return the most rows with which a shape passes, up to the largest table."""
    passing, refused = 1, most + 1
    while refused - passing > max(1, passing // 50):
        rows = (passing + refused) // 2
        if any(one.code.startswith("work.") for one in check(shaped(shape, rows))):
            refused = rows
        else:
            passing = rows
    return passing


@pytest.mark.proof
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_largest_that_passes_takes_no_quarter_of_a_second(shape: str, counted: Counted) -> None:
    rows = largest(shape)
    played(shaped(shape, rows), random.Random(shape), counted, 8)
    print(f"{shape}: {rows} rows, {counted.page} units a page, longest step {1000 * counted.slowest_s:.0f} ms")
