"""Random small sites of every kind of block, trigger, effect and function, to solve in two ways.

Fields take few values, numbers are kept small by the effects, and every text is one of `WORDS`, so that somebody who
tries everything (`brute`) comes to an end. Each page gets a few features, drawn from `FEATURES`; a feature adds blocks
to the page and arrows to the flow. Nothing here is meant to make sense to a visitor.
"""

import random
from collections.abc import Callable
from typing import Any, Final

from flow_models.document.behaviour import AddEffect, Effect, RemoveEffect, Section, Transition
from flow_models.document.blocks import MODELS, AnyBlock
from flow_models.document.flow import Clock, Flow, Site
from flow_models.document.tasks import ExpectedChange, Failure, Milestone, Success
from tests.flow_models import builders as make

WORDS: Final = ("red", "blue", "Red 1")
DAYS: Final = tuple(f"2027-03-{day}" for day in range(13, 19))
TIMES: Final = tuple(f"09:0{minute}" for minute in range(6))
NUMBERS: Final = tuple(map(str, range(6)))
PRICES: Final = tuple(f"1.0{cents}" for cents in range(6))
"""What fields take: six values, so that no bound lies beside those in the middle."""

LUCKY: Final = 2
"""How often something may depend on luck."""

ITEMS: Final = ("name:text", "size:integer", "price:money", "kind:choice:A|B", "due:date", "at:time", "ok:boolean")
ROWS: Final = (
    ("Red 1", 1, "1.00", "A", "2027-03-14", "09:00", False, "people_1"),
    ("blue", 2, "2.50", "B", "2027-03-16", "09:02", True, "people_2"),
)

GUARDS: Final = (
    "a < 2",
    "a > 0",
    "flag",
    "not flag",
    'word == "red"',
    "word != empty",
    "word == empty or flag",
    "any(items, ok)",
    "all(items, size < 3)",
    "count(log) == 0",
    'count(items, kind == "B") > 0',
    "sum(items, size) > 3",
    "max(items, size, default=0) > 2",
    "min(items, price, ok, default=1) < 2",
    "avg(items, size, default=0) > 1",
    'first(items, ok, default=empty).name == "blue"',
    "last(sort_by(items, size), default=empty).size == 3",
    "len(word) > 3",
    'upper(word) == "RED"',
    'lower(word) == "red 1"',
    'trim(word) == "blue"',
    'contains(word, "1")',
    'starts_with(word, "b")',
    'ends_with(word, "d")',
    "year(fixed) == 2027",
    "month(fixed) == 3",
    "day(fixed) == 15",
    "weekday(fixed) == 1",
    'month_start(fixed) == "2027-03-01"',
    "days(fixed, today()) == 1",
    'text(a) == "1"',
    "number(word) == empty",
    "round(cash / 2) >= 1",
    "abs(a - 2) == 1",
    "divide(a, size_of, 0) < 1",
    "quotient(a, size_of, 0) == 0",
    "remainder(a, size_of, 1) == 1",
    "a % 2 == 0",
    "-a < 0",
    "a in [1, 3]",
    "pick.ok",
    'pick.owner.name == "Ann"',
    "any(items as i, any(people as p, p == i.owner and i.size == a))",
    'clock.time < "10:00"',
)

NUMBER_VALUES: Final = (
    "a + 1 if a < 3 else 0",
    "3 - a",
    "(a * 2) % 4",
    "a // 2",
    "count(items, ok)",
    "len(word) % 4",
    "round(a / 2)",
    "abs(a - 2)",
    "min(items, size, default=0)",
    "sum(bag, size) % 4",
    "2",
)


class Wild:
    """One random site while it is made."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.pages = [f"p{number}" for number in range(self.rng.randint(1, 2))]
        self.dialog = "d0" if self.rng.random() < 0.4 else ""
        self.record = "r0" if self.rng.random() < 0.5 else ""
        self.arrows: list[Transition] = []
        self.blocks: dict[str, list[AnyBlock]] = {page: [] for page in self.places}
        self.kinds = self.rng.sample(range(13), 3)
        self.most_rows = 1 if seed % 5 else 2
        self._count = 0
        self.page = ""

    @property
    def places(self) -> list[str]:
        """All pages and dialogs."""
        return [*self.pages, *filter(None, (self.record, self.dialog))]

    def made(self) -> Flow:
        """Return the site."""
        rng = self.rng
        for page in self.places:
            self.page = page
            for feature in rng.sample(FEATURES, rng.choice((1, 1, 2))):
                self.blocks[page] += feature(self)
            if rng.random() < 0.5:
                self.blocks[page] = [self._held(self.blocks[page])]
            self.blocks[page] += self._way_on()
        self.page = rng.choice((*self.places, *([self.record] * 2 if self.record else [])))
        expected = self._expected()
        self._make_possible(expected)
        self._by_itself()
        return self._flow(expected)

    def id(self, kind: str) -> str:
        """Return a new id."""
        self._count += 1
        return f"{kind}{self._count}"

    def block(self, kind: str, **fields: object) -> AnyBlock:
        """Return a block of a kind."""
        given: dict[str, object] = {"id": self.id("b"), "kind": kind, **fields}
        if "title" in MODELS[kind].model_fields:
            given.setdefault("title", str(given["id"]).upper())
        return MODELS[kind].model_validate(given)

    def button(self, **fields: object) -> AnyBlock:
        """Return a button to which something happens."""
        if self.rng.random() < 0.15 and not fields:
            fields["enabled_if"] = self.guard()
        return self.block("button", **fields)

    def shown(self) -> dict[str, str]:
        """Return when a block is shown."""
        return {"show_if": self.guard()} if self.rng.random() < 0.2 else {}

    def guard(self, *more: str) -> str:
        """Return a random condition."""
        found = self.rng.choice((*GUARDS, *more, *more, *more))
        if "row" not in more and self.record and self.page == self.record and self.rng.random() < 0.3:
            found = self.rng.choice(("record.ok", "record.size > 1", 'record.owner.name == "Bob"'))
        joined = self.rng.random()
        if joined < 0.1:
            return f"{found} and {self.rng.choice(GUARDS)}"
        return f"({found}) or {self.rng.choice(GUARDS)}" if joined < 0.2 else found

    def when(self, *more: str) -> str:
        """Return a random condition, often none."""
        return "" if self.rng.random() < 0.55 else self.guard(*more)

    def number(self, *more: str) -> str:
        """Return a small number as a formula."""
        return self.rng.choice((*NUMBER_VALUES, *more, *more, *more, *more))

    def row(self, *more: str) -> str:
        """Return a row of the items as a formula."""
        own = ("record",) if self.record and self.page == self.record else ()
        found: str = self.rng.choice(
            ("pick", "first(items, ok, default=empty)", "last(items)", "first(wishes, default=empty).item", *own, *more)
        )
        return found

    def effect(self, numbers: tuple[str, ...] = (), words: tuple[str, ...] = (), rows: tuple[str, ...] = ()) -> Effect:
        """Return a random effect, of the kinds that this site has, that keeps values small."""
        rng = self.rng
        word = rng.choice((*words, *words, '"red"', '"blue"', "lower(word)", "upper(word)", "trim(word)", "empty"))
        number, row = self.number(*numbers), self.row(*rows)
        where = rng.choice(('name == "Red 1"', "ok", f"row == {row}", "row == pick", "size < 2"))
        every = (
            make.sets("a", f"({number}) % 4"),
            make.sets("word", word),
            make.sets("flag", rng.choice(("not flag", "true", "a > 1", self.rng.choice(GUARDS)))),
            make.sets("pick", row),
            make.changes("items", where, size=f"({number}) % 4"),
            make.changes("items", where, name=f'{word} if {word} != empty else "red"', ok="not ok"),
            make.changes("items", where, price="price + 1 if price < 3 else 1", ok="true"),
            make.changes("items", where, owner=rng.choice(("first(people)", "last(people)")), kind='"B"'),
            make.changes("items", where, due='"2027-03-15"', at='"09:01"'),
            make.adds("log", size=f"({number}) % 4", word=word, item=row),
            make.adds("bag", size=f"({number}) % 4"),
            RemoveEffect(table=rng.choice(("log", "bag", "items")), where=rng.choice(("size < 2", "size == a"))),
            make.clears(rng.choice(("a", "word", "flag", "bag"))),
        )
        return every[rng.choice(self.kinds)]

    def leads(self, block: str, on: str = "use", *, to: str = "", **values: Any) -> None:
        """Add one arrow or two from the present page for a control, with effects that may use given formulas."""
        rng = self.rng
        guards = values.pop("guards", ())
        lucky = on == "use" and rng.random() < 0.06
        turns = 2 if lucky or rng.random() < 0.25 else 1
        for turn in range(turns):
            do = tuple(self.effect(**values) for _ in range(rng.choice((0, 1, 1, 2))))
            when = self.when(*guards) if turn + 1 < turns or rng.random() < 0.7 else ""
            when = self._bounded(when, do)
            if lucky:
                # Whatever comes of it is counted, so that there is an end to it.
                do = (*do, make.sets("luck", "luck + 1"))
                when = f"luck < {LUCKY}" if turn else f"luck < {LUCKY} and chance(0.5)"
            target, record = self._target(to)
            trigger: dict[str, Any] = {on: block}
            self.arrows.append(
                make.arrow(self.page, target, name=self.id("x"), when=when, do=do, record=record, **trigger)
            )

    def _bounded(self, when: str, effects: tuple[Effect, ...]) -> str:
        """Return a condition with which tables do not grow for ever."""
        tables = dict.fromkeys(effect.table for effect in effects if isinstance(effect, AddEffect))
        bounds = (f"count({table}) < {self.most_rows}" for table in tables)
        return " and ".join(filter(None, [f"({when})" if when else "", *bounds]))

    def _target(self, to: str) -> tuple[str, str]:
        """Return where an arrow leads and which row is shown there."""
        ways = ["stay", *self.pages, *(["close"] if self.page == self.dialog else [])]
        ways += [place for place in (self.record, self.dialog) if place]
        target = to or self.rng.choice(ways)
        return target, self.row() if target == self.record and self.rng.random() < 0.8 else ""

    def _held(self, blocks: list[AnyBlock]) -> AnyBlock:
        """Return blocks in something that holds them."""
        match self.rng.randint(0, 3):
            case 0:
                return self.block("group", blocks=blocks)
            case 1:
                return self.block("columns", columns=(tuple(blocks[::2]), tuple(blocks[1::2])))
            case 2:
                return self.block("fold_out", blocks=blocks, is_open=self.rng.random() < 0.3)
            case _:
                half = len(blocks) // 2
                tabs = [{"title": "One", "blocks": blocks[:half]}, {"title": "Two", "blocks": blocks[half:]}]
                return self.block("tabs", tabs=tabs)

    def _way_on(self) -> list[AnyBlock]:
        """Return a link to some other page."""
        link = self.block("link")
        others = [page for page in self.places if page != self.page] or ["stay"]
        self.leads(link.id, to=self.rng.choice(others))
        return [link]

    def _by_itself(self) -> None:
        """Add something that happens on arrival, by address or after a while; such effects change no durable data."""
        rng = self.rng
        for on in ("enter", "open", "wait"):
            if rng.random() < 0.15:
                page = rng.choice(self.pages)
                effect = rng.choice((make.sets("a", "2"), make.sets("flag", "true"), make.adds("bag", size="1")))
                given: dict[str, Any] = {"wait": rng.randint(1, 3)} if on == "wait" else {"on": on}
                when = self._bounded("a < 2", (effect,))
                self.arrows.append(make.arrow(page, "stay", name=self.id("x"), when=when, do=(effect,), **given))

    def _expected(self) -> ExpectedChange:
        """Return what the task wants."""
        rng = self.rng
        word, number = rng.choice(("task.word", '"blue"')), rng.choice(("task.n", "2", "task.wish.item.size + 1"))
        values = {"size": number, "word": word, "item": rng.choice(("task.wish.item", "task.wish.item", "task.item"))}
        if rng.random() < 0.4:
            names = rng.sample(sorted(values), rng.randint(1, 2))
            count = min(rng.choice((1, 1, 1, 2)), self.most_rows)
            return make.expect_added("log", count, **{name: values[name] for name in names})
        where = rng.choice(('name == "Red 1"', "row == task.item", "row == task.wish.item"))
        if rng.random() < 0.2:
            return ExpectedChange(kind="removed", table="items", where=where)
        wanted = rng.choice(
            (
                {"size": rng.choice(("row.size + 1", "3 - row.size", "task.n", "task.n + row.size - 1"))},
                {"name": word},
                {"ok": "not row.ok"},
                {"price": "row.price + 1"},
                {"owner": "task.wish.item.owner"},
                {"size": "task.n", "name": word},
            )
        )
        return ExpectedChange(
            kind="changed",
            table="items",
            where=where,
            values={f"items_{name}": value for name, value in wanted.items()},
        )

    def _make_possible(self, expected: ExpectedChange) -> None:
        """Add a form or button by which the wanted change could come about, behind a random condition."""
        rng = self.rng
        to_do: tuple[Effect, ...]
        if expected.table == "log":
            given = rng.choice(("field.mk_n", "field.mk_n - 1", "a", "4 - field.mk_n"))
            to_do = (make.adds("log", size=given, word="field.mk_w", item=self.row()),)
        elif expected.kind == "removed":
            to_do = (RemoveEffect(table="items", where=rng.choice(("row == pick", "size == field.mk_n"))),)
        else:
            columns = {name.removeprefix("items_") for name in expected.values}
            given = rng.choice(("field.mk_n", "size + field.mk_n - 1", "field.mk_n + a - 1"))
            own = {"size": given, "name": "field.mk_w", "ok": "not ok", "price": "price + 1", "owner": "last(people)"}
            where = rng.choice(("row == pick", 'name == "Red 1"', "size == field.mk_n"))
            where = "row == record" if self.page == self.record and rng.random() < 0.7 else where
            to_do = (make.changes("items", where, **{name: own[name] for name in columns}),)
        send = self.block("button", submit=True)
        read = str(to_do)
        fields = (
            [self.block("number_field", name="mk_n", **_between("0", "5"), **self._begun())] if "mk_n" in read else []
        )
        fields += [self._words("mk_w", required=False)] if "mk_w" in read else []
        self.blocks[self.page].append(self.block("form", blocks=[*fields, send]))
        if rng.random() < 0.3:
            self.arrows.append(
                make.arrow(self.page, "stay", use=send.id, when=self.guard(), do=(self.effect(),), name=self.id("x"))
            )
        when = self._bounded(self.when(), to_do)
        self.arrows.append(make.arrow(self.page, "stay", use=send.id, when=when, do=to_do, name=self.id("x")))
        choose = self.block("list", table="items", columns=[{"title": "Name", "text": "{name}"}])
        control = self.block("button", title="Take {row.name}")
        self.blocks[self.page].append(choose.rebuilt(row_controls=(control,)))
        self.arrows.append(
            make.arrow(self.page, "stay", use=control.id, do=(make.sets("pick", "row"),), name=self.id("x"))
        )

    def _begun(self) -> dict[str, str]:
        """Return with what a number begins on the present page."""
        own = ("record.size",) if self.page == self.record else ()
        return {"initial": self.rng.choice(("", "", "a", *own, *own))}

    def _words(self, name: str, *, required: bool | None = None) -> AnyBlock:
        """Return a field for one of the words."""
        needed = self.rng.random() < 0.5 if required is None else required
        return self.block("text_field", name=name, required=needed)

    def _flow(self, expected: ExpectedChange) -> Flow:
        """Return the site as a flow."""
        rng = self.rng
        self.page = ""
        pages = []
        for page in self.places:
            fields: dict[str, object] = {}
            if page == self.dialog:
                fields["kind"] = "dialog"
            if page == self.record:
                fields |= {"record": "items", "path": "/r/{record.name}"}
            if page in self.pages and rng.random() < 0.15:
                fields["open_by_url"] = self.rng.choice(GUARDS)
            pages.append(make.page(page, *self.blocks[page], **fields))
        task = make.task(
            "do",
            "Do {task.word} {task.n} {task.item.name} {task.wish.item.name} {task.wish.item.owner.name}.",
            parameters=(
                make.parameter("word", "text", *WORDS[:2]),
                make.parameter("n", "integer", 1, 2, 3),
                make.parameter("item", "row:items"),
                make.parameter("wish", "row:wishes"),
            ),
            success=Success(
                changes=(expected,),
                also=rng.choice(JUDGED) if rng.random() < 0.2 else "",
                nothing_else=rng.random() < 0.8,
            ),
            failures=(Failure(title="No", when="any(log, size == 3)"),) if rng.random() < 0.1 else (),
            milestones=(Milestone(title="Half", when="a > 1"),) if rng.random() < 0.1 else (),
            setup=(make.sets("a", "1"),) if rng.random() < 0.1 else (),
            max_steps=100,
            may_be_infeasible=rng.random() < 0.5,
        )
        return make.flow(
            *pages,
            *self._sections(),
            make.table("people", "name:text", rows=(("Ann",), ("Bob",))),
            make.table("items", *ITEMS, "owner:row:people", rows=ROWS),
            make.table("wishes", "item:row:items", rows=(("items_2",), ("items_1",))),
            make.table("log", "size:integer", "word:text", "item:row:items"),
            make.table("bag", "size:integer", durable=False),
            *_variables(),
            *self.arrows,
            task,
            site=Site(name="Wild", start=self.pages[0], clock=Clock(tick_s=43_200 if rng.random() < 0.05 else 0)),
        )

    def _sections(self) -> list[Section]:
        """Return a section with a navigation over all pages, sometimes."""
        if self.rng.random() > 0.3:
            return []
        link = make.link("nav_link")
        navigation = self.block("navigation", links=[link])
        self.arrows.append(make.arrow("sec", self.pages[-1], use="nav_link", when=self.when(), name=self.id("x")))
        return [make.section("sec", *self.pages, *filter(None, [self.record]), header=(navigation,))]


JUDGED: Final = (
    "count(items) == 2",
    "sum(items, size) > 2",
    "any(items, ok)",
    "count(added(log)) < 2",
    "count(changed(items)) < 2",
    "count(removed(items)) < 1",
    "count(before.items, size == 1) == 1",
)


def _variables() -> list[Any]:
    """Return the variables of every site."""
    values: dict[str, tuple[str, Any]] = {
        "a": ("integer", 0),
        "size_of": ("integer", 2),
        "luck": ("integer", 0),
        "word": ("text", None),
        "flag": ("boolean", False),
        "fixed": ("date", "2027-03-15"),
        "cash": ("money", "3.00"),
        "pick": ("row:items", "items_1"),
    }
    return [make.variable(name, kind, initial) for name, (kind, initial) in values.items()]


def _between(least: str, most: str) -> dict[str, object]:
    """Return what keeps a field between two values; it must be filled, so that nothing else is ever sent."""
    return {"minimum": least, "maximum": most, "required": True}


def _form(wild: Wild, *fields: AnyBlock, **values: Any) -> list[AnyBlock]:
    """Return a form with fields, whose button leads somewhere."""
    send = wild.block("button", submit=True)
    wild.leads(send.id, **values)
    return [wild.block("form", blocks=[*fields, send], **wild.shown())]


def _press(wild: Wild) -> list[AnyBlock]:
    found = []
    for _ in range(wild.rng.randint(1, 2)):
        button = wild.button(**wild.shown())
        wild.leads(button.id)
        found.append(button)
    return found


def _number(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    typed = f"field.{name}"
    computed = (typed, f"4 - {typed}", f"{typed} * 2", f"a + {typed}", f"{typed} // 2")
    guards = (
        f"{typed} > a",
        f"{typed} + a == 3",
        f"{typed} - a == 2",
        f"{typed} * 2 - 1 == sum(items, size)",
        f"{typed} % 2 == 0",
        f"{typed} * {typed} == 4",
    )
    kind = wild.rng.choice(("number_field", "slider"))
    bounds = _between("0", "5") if kind == "number_field" else {"minimum": 0, "maximum": 5}
    return _form(wild, wild.block(kind, name=name, **bounds), numbers=computed, guards=guards)


def _money(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    typed = f"field.{name}"
    guards = (f"{typed} > 1", f"{typed} * 2 == 2.06", f"any(items, price == {typed})", f"{typed} + cash == 4.02")
    field = wild.block("money_field", name=name, **_between("1.00", "1.05"))
    return _form(wild, field, guards=guards, numbers=(f"(1 if round({typed}) > 1 else 2)",))


def _day(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    typed = f"field.{name}"
    guards = (
        f"{typed} > fixed",
        f"weekday({typed}) == 2",
        f"day({typed}) % 4 == a",
        f"any(items, due < {typed})",
        f"days(fixed, {typed}) == 2",
    )
    field = wild.block("date_field", name=name, **_between('"2027-03-13"', '"2027-03-18"'))
    return _form(wild, field, guards=guards, numbers=(f"day({typed}) % 4",))


def _time(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    guards = (f'field.{name} > "09:03"', f"any(items, at == field.{name})", f'field.{name} == "09:02"')
    field = wild.block("time_field", name=name, **_between('"09:00"', '"09:05"'))
    return _form(wild, field, guards=guards)


def _text(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    typed = f"field.{name}"
    kind = wild.rng.choice(("text_field", "long_text"))
    field = wild.block(kind, name=name, required=wild.rng.random() < 0.5, initial=wild.rng.choice(("", "", "word")))
    guards = (f'{typed} == "blue"', f"{typed} == word", f'contains({typed}, "e")', f"any(items, name == {typed})")
    return _form(wild, field, words=(typed, f"upper({typed})"), guards=guards)


def _two(wild: Wild) -> list[AnyBlock]:
    one, two = wild.id("f"), wild.id("f")
    fields = [wild.block("number_field", name=one, **_between("0", "3")), wild._words(two)]
    guards = (f"field.{one} == len(field.{two}) // 2", f'field.{one} > 1 and field.{two} == "red"')
    return _form(wild, *fields, numbers=(f"field.{one}",), words=(f"field.{two}",), guards=guards)


def _choice(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    style = wild.rng.choice(("drop_down", "radio"))
    if wild.rng.random() < 0.5:
        field = wild.block("choice_field", name=name, choices=WORDS[:2], style=style, placeholder="Choose")
        return _chosen(wild, field, words=(f"text(field.{name})",), guards=(f'field.{name} == "red"',))
    where = wild.rng.choice(("", "size < 3"))
    field = wild.block(
        "choice_field", name=name, table="items", style=style, label="{row.name} {row.size}", where=where
    )
    return _chosen(wild, field, rows=(f"field.{name}",), guards=(f"field.{name}.ok", f"field.{name}.size > a"))


def _chosen(wild: Wild, field: AnyBlock, **values: Any) -> list[AnyBlock]:
    """Return a field to whose change something listens, or in a form."""
    if wild.rng.random() < 0.3:
        wild.leads(field.id, "change", **values)
        return [field]
    return _form(wild, field, **values)


def _tick(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    field = wild.block("checkbox", name=name, initial=wild.rng.choice(("", "flag", "true")))
    return _chosen(wild, field, guards=(f"field.{name}", f"not field.{name}", f"field.{name} == flag"))


def _suggest(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    field = wild.block("suggest_field", name=name, table="items", label="{row.name}", required=wild.rng.random() < 0.5)
    return _form(wild, field, rows=(f"field.{name}",), guards=(f"field.{name}.ok", f"field.{name} == pick"))


def _grid(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    free = wild.rng.choice(("", "not ok", "size < 3"))
    field = wild.block("choice_grid", name=name, table="items", line="kind", label="{row.name}", free_if=free)
    return _form(wild, field, rows=(f"field.{name}",), guards=(f"field.{name}.size > 1",))


def _file(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    field = wild.block("file_field", name=name, files=("red", "blue"))
    return _chosen(wild, field, words=(f"field.{name}",), guards=(f'field.{name} == "blue"',))


def _rows(wild: Wild) -> list[AnyBlock]:
    rng = wild.rng
    control = wild.block("button", title="Use {row.name}")
    wild.leads(control.id, rows=("row",), guards=("row.ok", "row.size > a", "row == pick"))
    columns = [{"title": "Name", "text": "{name}"}, {"title": "Size", "text": "{size} {owner.name}"}]
    fields: dict[str, object] = {"where": rng.choice(("", "size < 3", "ok or flag")), "sort": rng.choice(("", "size"))}
    fields["descending"] = rng.random() < 0.3
    turned = rng.random()
    fields |= {"limit": 1} if turned < 0.2 else {"page_size": 1} if turned < 0.5 else {}
    style = rng.choice(("table", "cards"))
    found = wild.block("list", table="items", columns=columns, row_controls=[control], style=style, **fields)
    return [found, wild.block("pagination", list=found.id)] if "page_size" in fields else [found]


def _search(wild: Wild) -> list[AnyBlock]:
    name = wild.id("f")
    search = wild.block("button", submit=True)
    wild.arrows.append(make.arrow(wild.page, "stay", use=search.id, name=wild.id("x")))
    form = wild.block("form", blocks=[wild.block("text_field", name=name, purpose="search"), search])
    control = wild.block("button", title="Open {row.name}")
    wild.leads(control.id, rows=("row",))
    columns = [{"title": "Name", "text": "{name}"}]
    where = wild.rng.choice((f"contains(name, field.{name})", f"name == field.{name}"))
    return [form, wild.block("list", table="items", columns=columns, row_controls=[control], where=where)]


def _told(wild: Wild) -> list[AnyBlock]:
    own = "record" if wild.page == wild.record else "first(items)"
    facts = [{"title": "Size", "text": "{row.size}"}, {"title": "Owner", "text": "{row.owner.name}"}]
    return [
        wild.block("heading", text="Hello {word}", level=2),
        wild.block("text", text="{a} of {count(items)}"),
        wild.block("image", text="A picture"),
        wild.block("notice", text="Look: {text(flag)}", **wild.shown()),
        wild.block("divider"),
        wild.block("steps", titles=("One", "Two")),
        wild.block("details", record=own, items=facts),
    ]


def _menu(wild: Wild) -> list[AnyBlock]:
    link, button = wild.block("link"), wild.block("button")
    wild.leads(link.id)
    wild.leads(button.id)
    return [wild.block("menu", items=[link, button])]


def _ways(wild: Wild) -> list[AnyBlock]:
    link = wild.block("link")
    wild.leads(link.id)
    return [wild.block("navigation", links=[link])]


FEATURES: Final[tuple[Callable[[Wild], list[AnyBlock]], ...]] = (
    _press,
    _press,
    _number,
    _money,
    _day,
    _time,
    _text,
    _two,
    _choice,
    _tick,
    _suggest,
    _grid,
    _file,
    _rows,
    _rows,
    _search,
    _told,
    _menu,
    _ways,
)


def wild(seed: int) -> Flow:
    """Return a random site with one task, `do`."""
    return Wild(seed).made()
