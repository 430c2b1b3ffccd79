"""Long ways to go, on small sites: forms of many fields, several forms in a row, many rows."""

from flow_models.document.behaviour import Effect, Page, RemoveEffect, Section, Transition
from flow_models.document.blocks import AnyBlock
from flow_models.document.data import Table, Variable
from flow_models.document.field_blocks import Checkbox, ChoiceField, ChoiceGrid, DateField, NumberField
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Parameter, Success, Task
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import changed

Part = Page | Section | Transition | Table | Variable | Task


def _values(count: int, first: int = 0) -> dict[str, str]:
    """Return the values that a task wants in numbered columns."""
    return {f"c{number}": f"task.p{number}" for number in range(first, first + count)}


def _texts(count: int) -> tuple[Parameter, ...]:
    """Return parameters for numbered columns, each with a text of its own."""
    return tuple(make.parameter(f"p{number}", "text", f"Text {number}") for number in range(count))


def _fields(count: int, first: int = 0, **fields: object) -> tuple[AnyBlock, ...]:
    return tuple(make.field(f"c{number}", **fields) for number in range(first, first + count))


def one_form(count: int, *, required: bool = True, guard: str = "") -> Flow:
    """Return a site with one form of many fields."""
    return make.flow(
        make.page("home", make.form("ask", *_fields(count, required=required), make.button("send", submit=True))),
        make.page("done", make.link("again")),
        make.table("entries", *(f"c{number}:text" for number in range(count))),
        make.arrow("done", "home", use="again"),
        make.arrow(
            "home",
            "done",
            use="send",
            when=guard,
            do=(make.adds("entries", **{f"c{number}": f"field.c{number}" for number in range(count)}),),
        ),
        make.task(
            "fill",
            parameters=_texts(count),
            expect=(make.expect_added("entries", 1, **_values(count)),),
            max_steps=200,
        ),
    )


def several_forms(pages: int, count: int) -> Flow:
    """Return a site with a form on each of several pages, all of which go into one row in the end."""
    names = [f"page{number}" for number in range(pages)]
    built: list[Part] = []
    total = pages * count
    for place, name in enumerate(names):
        first = place * count
        built.append(
            make.page(
                name,
                make.form(f"{name}_ask", *_fields(count, first, required=True), make.button(f"{name}_on", submit=True)),
                make.link(f"{name}_back"),
            )
        )
        copied = tuple(make.sets(f"v{number}", f"field.c{number}") for number in range(first, first + count))
        to = names[place + 1] if place + 1 < pages else "review"
        built.append(make.arrow(name, to, use=f"{name}_on", do=copied))
        built.append(make.arrow(name, names[max(place - 1, 0)], use=f"{name}_back"))
    return make.flow(
        make.page("home", make.link("begin")),
        *built,
        make.page("review", make.button("send"), make.link("change")),
        make.page("done"),
        make.arrow("home", names[0], use="begin"),
        make.arrow("review", names[0], use="change"),
        make.table("entries", *(f"c{number}:text" for number in range(total))),
        *(make.variable(f"v{number}") for number in range(total)),
        make.arrow(
            "review",
            "done",
            use="send",
            do=(make.adds("entries", **{f"c{number}": f"v{number}" for number in range(total)}),),
        ),
        make.task(
            "fill", parameters=_texts(total), expect=(make.expect_added("entries", 1, **_values(total)),), max_steps=200
        ),
    )


def every_kind(count: int) -> Flow:
    """Return a site with one form of boxes, choices, dates and numbers, so many of each; all are optional."""
    blocks: list[AnyBlock] = []
    columns: list[str] = []
    wanted: dict[str, str] = {}
    for number in range(count):
        blocks += [
            Checkbox(id=f"f_b{number}", name=f"b{number}"),
            ChoiceField(id=f"f_k{number}", name=f"k{number}", choices=("Red", "Green", "Blue")),
            DateField(id=f"f_d{number}", name=f"d{number}"),
            NumberField(id=f"f_n{number}", name=f"n{number}", required=True),
        ]
        columns += [f"b{number}:boolean", f"k{number}:text", f"d{number}:date", f"n{number}:integer"]
        wanted |= {
            f"b{number}": "true" if number % 2 else "false",
            f"k{number}": '"Green"' if number % 2 else '"Red"',
            f"d{number}": f'"2027-03-{number + 1:02}"',
            f"n{number}": str(number + 1),
        }
    return make.flow(
        make.page("home", make.form("ask", *blocks, make.button("send", submit=True))),
        make.table("entries", *columns),
        make.arrow("home", use="send", do=(make.adds("entries", **{name: f"field.{name}" for name in wanted}),)),
        make.task("fill", expect=(make.expect_added("entries", 1, **wanted),), max_steps=200),
    )


def invoice(lines: int) -> Flow:
    """Return a site on which an invoice is written: its head, line by line, then it is sent."""
    products = tuple((f"Product {number}", f"{number + 1}0.00") for number in range(8))
    wanted = [
        make.expect_added("lines", product=f"task.product{n}", amount=f"task.amount{n}", note=f"task.note{n}")
        for n in range(lines)
    ]
    return make.flow(
        make.page("home", make.link("new")),
        make.page(
            "invoice",
            make.rows_of("drafted", "lines", "{product.label}", "{amount}"),
            make.link("add"),
            make.form(
                "head",
                make.field("customer", required=True),
                make.field("reference", required=True),
                make.button("send", submit=True),
            ),
        ),
        make.page(
            "line",
            make.form(
                "ask",
                ChoiceField(
                    id="f_product",
                    name="product",
                    table="products",
                    label="{label}",
                    placeholder="Choose",
                    required=True,
                ),
                NumberField(id="f_amount", name="amount", required=True, minimum="1"),
                make.field("note"),
                make.button("save", submit=True),
            ),
            make.link("cancel"),
        ),
        make.page("sent", make.link("to_home")),
        make.table("products", "label:text", "price:money", rows=products),
        make.table("lines", "product:row:products", "amount:integer", "note:text"),
        make.table("invoices", "customer:text", "reference:text", "total:money"),
        make.arrow("home", "invoice", use="new"),
        make.arrow("invoice", "line", use="add"),
        make.arrow("line", "invoice", use="cancel"),
        make.arrow("sent", "home", use="to_home"),
        make.arrow(
            "line",
            "invoice",
            use="save",
            do=(make.adds("lines", product="field.product", amount="field.amount", note="field.note"),),
        ),
        make.arrow(
            "invoice",
            "sent",
            use="send",
            when="count(lines) > 0",
            do=(
                make.adds(
                    "invoices",
                    customer="field.customer",
                    reference="field.reference",
                    total="sum(lines, product.price * amount)",
                ),
            ),
        ),
        make.task(
            "bill",
            parameters=tuple(
                part
                for n in range(lines)
                for part in (
                    make.parameter(f"product{n}", "row:products", where=f'label == "Product {n + 1}"'),
                    make.parameter(f"amount{n}", "integer", n + 2),
                    make.parameter(f"note{n}", "text", f"Note {n}"),
                )
            ),
            expect=(*wanted, make.expect_added("invoices", customer='"Ada"', reference='"R-7"')),
            max_steps=200,
        ),
    )


def removal(rows: int, wanted: int, *, asks: bool = True, apart: bool = False) -> Flow:
    """Return a site on which rows are removed one by one, each on its page, where a dialog asks back."""
    labels = tuple(f"Note {number}" for number in range(rows))
    drop = (RemoveEffect(table="notes", where="row == record"),)
    parts: list[Part] = [make.arrow("note", "home", use="drop", do=drop)]
    if asks:
        parts = [
            make.page("sure", make.button("yes"), make.button("no"), kind="dialog", record="notes"),
            make.arrow("note", "sure", use="drop", record="record"),
            make.arrow("sure", "home", use="yes", do=drop),
            make.arrow("sure", "close", use="no"),
        ]
    conditions = [f'label == "{one}"' for one in labels[:wanted]] if apart else [f"label in {list(labels[:wanted])}"]
    return make.flow(
        make.page("home", make.rows_of("list", "notes", "{label}", row_controls=(make.button("open"),))),
        make.page("note", make.button("drop"), make.link("back"), record="notes", path="/notes/{record.label}"),
        *parts,
        make.table("notes", "label:text", rows=tuple((one,) for one in labels)),
        make.arrow("home", "note", use="open"),
        make.arrow("note", "home", use="back"),
        make.task(
            "drop",
            expect=tuple(ExpectedChange(kind="removed", table="notes", where=where) for where in conditions),
            max_steps=200,
        ),
    )


def invitations(members: int, wanted: int) -> Flow:
    """Return a site on which each member of a team is to be invited: one row for every member of it."""
    rows = tuple((f"Member {number}", "Red" if number < wanted else "Blue") for number in range(members))
    return make.flow(
        make.page("home", make.rows_of("list", "members", "{label}", "{team}", row_controls=(make.button("open"),))),
        make.page("member", make.button("invite"), make.link("back"), record="members", path="/members/{record.label}"),
        make.table("members", "label:text", "team:text", rows=rows),
        make.table("invites", "member:row:members"),
        make.arrow("home", "member", use="open"),
        make.arrow("member", "home", use="back"),
        make.arrow("member", "home", use="invite", do=(make.adds("invites", member="record"),)),
        make.task(
            "invite",
            success=Success(
                also=(
                    'all(members as m, m.team != "Red" or any(invites, member == m))'
                    ' and all(invites, member.team == "Red") and count(invites) == count(members, team == "Red")'
                ),
                nothing_else=False,
            ),
            max_steps=200,
        ),
    )


def counted_invitations(members: int, wanted: int) -> Flow:
    """Return the same site with a task that wants so many rows of that kind."""
    built = invitations(members, wanted)
    [task] = built.tasks
    expected = make.expect_added("invites", wanted).rebuilt(where='member.team == "Red"')
    return built.rebuilt(tasks=(task.rebuilt(success=Success(changes=(expected,))),))


def ticking(rows: int, wanted: int) -> Flow:
    """Return a site on which rows are marked as done one by one."""
    return make.flow(
        make.page("home", make.rows_of("list", "jobs", "{label}", "{mine}", row_controls=(make.button("open"),))),
        make.page("job", make.button("finish"), make.link("back"), record="jobs", path="/jobs/{record.label}"),
        make.table(
            "jobs",
            "label:text",
            "mine:boolean",
            "done:boolean",
            rows=tuple((f"Job {n}", n < wanted, False) for n in range(rows)),
        ),
        make.arrow("home", "job", use="open"),
        make.arrow("job", "home", use="back"),
        make.arrow("job", "home", use="finish", do=(make.changes("jobs", "row == record", done="true"),)),
        make.task("finish", expect=(changed("jobs", "mine", done="true"),), max_steps=200),
    )


def settings(count: int, *, asks: bool = False) -> Flow:
    """Return a site with many settings, each on a page of its own, with a form and perhaps a question back."""
    parts: list[Part] = []
    columns = {f"c{number}": f"task.p{number}" for number in range(count)}
    for number in range(count):
        page = f"set{number}"
        save = (
            make.changes("profile", 'label == "Me"', **{f"c{number}": f"v{number}" if asks else f"field.c{number}"}),
        )
        parts += [
            make.page(page, make.form(f"{page}_ask", *_fields(1, number), make.button(f"{page}_save", submit=True))),
            make.arrow("home", page, use=f"to_{page}"),
        ]
        if asks:
            parts += [
                make.variable(f"v{number}"),
                make.page(f"sure{number}", make.button(f"yes{number}"), kind="dialog"),
                make.arrow(
                    page, f"sure{number}", use=f"{page}_save", do=(make.sets(f"v{number}", f"field.c{number}"),)
                ),
                make.arrow(f"sure{number}", "home", use=f"yes{number}", do=save),
            ]
        else:
            parts.append(make.arrow(page, "home", use=f"{page}_save", do=save))
    return make.flow(
        make.page("home", *(make.link(f"to_set{number}") for number in range(count))),
        *parts,
        make.table("profile", "label:text", *(f"{name}:text" for name in columns), rows=(("Me", *("Old",) * count),)),
        make.task(
            "set", parameters=_texts(count), expect=(changed("profile", 'label == "Me"', **columns),), max_steps=400
        ),
    )


def tax_return(steps: int, count: int) -> Flow:
    """Return a site with a return for two people: after a sign-in and the status, page after page of fields is saved.

    Each page changes one row; the last one signs it. So many steps have so many fields each.
    """
    total = steps * count
    columns = {f"c{number}": f"task.p{number}" for number in range(total)}
    parts: list[Part] = []
    for step in range(steps):
        page, first = f"part{step}", step * count
        values = {f"c{number}": f"field.c{number}" for number in range(first, first + count)}
        to = f"part{step + 1}" if step + 1 < steps else "sign"
        parts += [
            make.page(
                page,
                make.form(
                    f"{page}_ask",
                    *(
                        make.field(f"c{n}", required=True, initial=f"first(returns).c{n}")
                        for n in range(first, first + count)
                    ),
                    make.button(f"{page}_save", submit=True),
                ),
                make.link(f"{page}_home"),
            ),
            make.arrow(page, to, use=f"{page}_save", when="signed_in", do=(make.changes("returns", "true", **values),)),
            make.arrow(page, "start", use=f"{page}_home"),
        ]
    return make.flow(
        make.page(
            "door",
            make.form(
                "in",
                make.field("name", required=True),
                make.field("code", required=True),
                make.button("enter", submit=True),
            ),
        ),
        make.page("start", make.link("go_on"), make.link("out")),
        make.page(
            "status",
            make.form(
                "st",
                ChoiceField(
                    id="f_status", name="status", choices=("Single", "Married, jointly", "Married, separately")
                ),
                make.button("st_save", submit=True),
            ),
        ),
        *parts,
        make.page(
            "sign",
            make.form("sg", Checkbox(id="f_true", name="true_", required=True), make.button("sg_save", submit=True)),
        ),
        make.page("filed"),
        make.variable("signed_in", "boolean", initial=False),
        make.table("people", "name:text", "code:text", rows=(("ada", "1815"), ("grace", "1906"))),
        make.table(
            "returns",
            "status:text",
            "filed:boolean",
            *(f"{name}:text" for name in columns),
            rows=(("Single", False, *(None,) * total),),
        ),
        make.arrow(
            "door",
            "start",
            use="enter",
            when="any(people, name == field.name and code == field.code)",
            do=(make.sets("signed_in", "true"),),
        ),
        make.arrow("start", "status", use="go_on", when="signed_in"),
        make.arrow("start", "door", use="out", do=(make.sets("signed_in", "false"),)),
        make.arrow("status", "part0", use="st_save", do=(make.changes("returns", "true", status="field.status"),)),
        make.arrow(
            "sign", "filed", use="sg_save", when="field.true_", do=(make.changes("returns", "true", filed="true"),)
        ),
        make.task(
            "file",
            "Sign in as ada with the code 1815 and file the return.",
            parameters=_texts(total),
            expect=(changed("returns", "true", status='"Married, jointly"', filed="true", **columns),),
            max_steps=200,
        ),
    )


_CITIES = ("Lisbon", "Oslo", "Rome", "Vienna", "Porto", "Bergen")
_PASSENGER = ("first_name", "last_name", "email", "phone", "passport", "born")
_PAYMENT = (
    "holder", "number", "code", "expires", "street", "house", "zip", "town", "region", "country", "vat", "company",
    "voucher", "remark",
)  # fmt: skip


def _flights() -> tuple[tuple[str, ...], ...]:
    """Return flights between all cities on some days, several a day."""
    return tuple(
        (f"{a[0]}{b[0]}{day}{turn}", a, b, f"2027-03-{day:02}", f"{6 + 5 * turn:02}:15")
        for a in _CITIES
        for b in _CITIES
        if a != b
        for day in (3, 4, 9, 10)
        for turn in range(2)
    )


def trip(*, drafts: bool = False, blank: bool = True) -> Flow:
    """Return an airline: search, flight out and back, passenger, seat, payment of fourteen fields, review.

    Args:
        drafts: Whether what is typed is kept in a draft's row, not in variables.
        blank: Whether the lists of cities begin with nothing chosen.
    """
    names = (*_PASSENGER, *_PAYMENT)
    texts = {name: f"task.{name}" for name in names}
    columns = tuple(f"{name}:text" for name in names)

    def asking(page: str, to: str, fields: tuple[str, ...], when: str = "") -> tuple[Part, ...]:
        blocks = (make.field(name, required=name not in ("vat", "company", "voucher", "remark")) for name in fields)
        copied: tuple[Effect, ...] = tuple(make.sets(f"v_{name}", f"field.{name}") for name in fields)
        if drafts:
            copied = (make.changes("drafts", "true", **{name: f"field.{name}" for name in fields}),)
        return (
            make.page(page, make.form(f"{page}_ask", *blocks, make.button(f"{page}_on", submit=True))),
            make.arrow(page, to, use=f"{page}_on", when=when, do=copied),
        )

    def choosing(page: str, to: str, source: str, target: str, day: str) -> tuple[Part, ...]:
        where = f"origin == {source} and target == {target} and day == {day}"
        rows = make.rows_of(
            f"{page}_list", "flights", "{code}", "{leaves}", where=where, row_controls=(make.button(f"{page}_take"),)
        )
        return (
            make.page(page, rows, make.link(f"{page}_search")),
            make.arrow(page, to, use=f"{page}_take", do=(make.sets(f"v_{page}", "used"),)),
            make.arrow(page, "home", use=f"{page}_search"),
        )

    search = make.form(
        "search",
        ChoiceField(id="f_from", name="from_", choices=_CITIES, placeholder="From" if blank else ""),
        ChoiceField(id="f_to", name="to_", choices=_CITIES, placeholder="To" if blank else ""),
        DateField(id="f_day", name="day", required=True),
        DateField(id="f_back", name="back", required=True),
        make.button("find", submit=True),
    )
    kept = "first(drafts)." if drafts else "v_"
    row = {"out": "v_out", "back": "v_back", "seat": "v_seat"} | {name: f"{kept}{name}" for name in names}
    return make.flow(
        make.page("home", search, make.link("to_trips"), make.link("to_news")),
        make.page("trips", make.link("trips_home")),
        make.page("news", make.link("news_home")),
        *choosing("out", "back", "s_from", "s_to", "s_day"),
        *choosing("back", "passenger", "s_to", "s_from", "s_back"),
        *asking("passenger", "seat", _PASSENGER),
        make.page(
            "seat",
            make.form(
                "seats",
                ChoiceGrid(id="f_seat", name="seat", table="seats", line="line", label="{place}", required=True),
                make.button("seat_on", submit=True),
            ),
        ),
        make.arrow("seat", "payment", use="seat_on", do=(make.sets("v_seat", "field.seat"),)),
        *asking("payment", "review", _PAYMENT, "len(field.code) == 3"),
        make.page("review", make.button("book"), make.link("restart")),
        make.page("booked", make.link("booked_home")),
        make.table("flights", "code:text", "origin:text", "target:text", "day:date", "leaves:time", rows=_flights()),
        make.table(
            "seats",
            "line:text",
            "place:text",
            rows=tuple((str(line), f"{line}{one}") for line in range(1, 11) for one in "ABCD"),
        ),
        make.table("bookings", "out:row:flights", "back:row:flights", "seat:row:seats", *columns),
        make.table("drafts", *columns, durable=False, rows=((None,) * len(columns),)),
        *(make.variable(f"v_{name}") for name in names),
        make.variable("v_out", "row:flights"),
        make.variable("v_back", "row:flights"),
        make.variable("v_seat", "row:seats"),
        make.variable("s_from"),
        make.variable("s_to"),
        make.variable("s_day", "date"),
        make.variable("s_back", "date"),
        make.arrow(
            "home",
            "out",
            use="find",
            when="field.from_ != field.to_ and field.day < field.back",
            do=(
                make.sets("s_from", "field.from_"),
                make.sets("s_to", "field.to_"),
                make.sets("s_day", "field.day"),
                make.sets("s_back", "field.back"),
            ),
        ),
        make.arrow("review", "booked", use="book", do=(make.adds("bookings", **row),)),
        *(
            make.arrow(page, to, use=use)
            for page, to, use in (
                ("home", "trips", "to_trips"),
                ("home", "news", "to_news"),
                ("trips", "home", "trips_home"),
                ("news", "home", "news_home"),
                ("review", "home", "restart"),
                ("booked", "home", "booked_home"),
            )
        ),
        make.task(
            "book",
            parameters=(
                make.parameter(
                    "out", "row:flights", where='origin == "Rome" and target == "Oslo" and day == "2027-03-04"'
                ),
                make.parameter(
                    "back", "row:flights", where='origin == "Oslo" and target == "Rome" and day == "2027-03-10"'
                ),
                make.parameter("seat", "row:seats"),
                *(make.parameter(name, "text", "123" if name == "code" else f"Some {name}") for name in names),
            ),
            expect=(make.expect_added("bookings", 1, out="task.out", back="task.back", seat="task.seat", **texts),),
            max_steps=100,
        ),
    )
