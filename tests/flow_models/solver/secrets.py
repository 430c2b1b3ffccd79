"""Small sites on which the shortest way knows what no page has told, and others that only look like it."""

from flow_models.document.behaviour import RemoveEffect
from flow_models.document.blocks import Button, Pagination
from flow_models.document.field_blocks import ChoiceField, TextField
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Success
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import changed

_OPENED = (changed("safe", 'label == "Safe"', open="true"),)


def _locked(guard: str, *others: object, wording: str = "Open the safe.", **fields: object) -> Flow:
    """Return a site with a safe that opens where a guard on `field.code` holds, and with other pages beside it."""
    links = tuple(make.link(one.id + "_link") for one in others if isinstance(one, type(make.page("x"))))
    arrows = tuple(make.arrow("door", link.id.removesuffix("_link"), use=link.id) for link in links)
    form = make.form("ask", make.field("code", required=True, **fields), make.button("enter", submit=True))
    opens = make.arrow("door", use="enter", when=guard, do=(make.changes("safe", 'label == "Safe"', open="true"),))
    return make.flow(
        make.page("door", make.heading("title", "Door"), form, *links),
        *others,  # type: ignore[arg-type]
        *arrows,
        opens,
        make.table("safe", "label:text", "open:boolean", rows=(("Safe", False),)),
        make.task("open", wording, expect=_OPENED),
    )


def _codes() -> object:
    return make.table("codes", "code:text", "spare:text", rows=(("4711", "0815"),))


def _back(page: str) -> tuple[object, ...]:
    return (make.arrow(page, "door", use=f"{page}_back"),)


def _showing(name: str, text: str) -> object:
    return make.page(name, make.rows_of(f"{name}_rows", "codes", text), make.link(f"{name}_back"))


def _looked_at_later(asked: TextField | ChoiceField, kind: str, guard: str, *others: object) -> Flow:
    """Return a site that keeps what is entered on one page, and looks at it when another page is confirmed."""
    return make.flow(
        make.page("door", make.form("ask", asked, make.button("enter", submit=True)), make.link("mail_link")),
        make.page("sure", make.button("confirm"), make.link("again")),
        make.variable("entered", kind),
        make.arrow("door", "mail", use="mail_link"),
        make.arrow("door", "sure", use="enter", do=(make.sets("entered", f"field.{asked.name}"),)),
        make.arrow("sure", "door", use="again"),
        make.arrow("sure", use="confirm", when=guard, do=(make.changes("safe", 'label == "Safe"', open="true"),)),
        make.table("safe", "label:text", "open:boolean", rows=(("Safe", False),)),
        make.task("open", "Open the safe.", expect=_OPENED),
        *_back("mail"),  # type: ignore[arg-type]
        *others,  # type: ignore[arg-type]
    )


def code_looked_at_later() -> Flow:
    """Return a site whose code stands on another page, and is typed before the page that looks at it."""
    asked = make.field("code", required=True)
    return _looked_at_later(asked, "text", "any(codes, code == entered)", _codes(), _showing("mail", "{code}"))


def place_looked_at_later() -> Flow:
    """Return a site whose right place stands on another page, and that says on a third whether it was chosen."""
    asked = ChoiceField(id="f_place", name="place", title="Place", table="places", sort="name", required=True)
    return _looked_at_later(
        asked,
        "row:places",
        "any(codes, code == entered.name)",
        _showing("mail", "Go to {code}"),
        make.table("codes", "code:text", rows=(("Yellow",),)),
        make.table("places", "name:text", rows=(("Blue",), ("Yellow",), ("Red",))),
    )


def code_in_mail() -> Flow:
    """Return a site whose code stands on another page."""
    return _locked("any(codes, code == field.code)", _showing("mail", "Your code is {code}"), _codes(), *_back("mail"))


def code_put_together() -> Flow:
    """Return a site whose code is made of two that stand on two pages."""
    parts = (_showing("mail", "{code}"), _showing("note", "{spare}"), _codes(), *_back("mail"), *_back("note"))
    return _locked("any(codes, code + spare == field.code)", *parts)


def code_like_a_bound() -> Flow:
    """Return a site whose code is as short as a number that stands in a condition, which tells nothing of it."""
    codes = make.table("codes", "code:text", rows=(("7",),))
    guard = "any(codes, code == field.code) and len(field.code) < 7"
    return _locked(guard, _showing("mail", "Your code is {code}"), codes, *_back("mail"))


def row_by_number() -> Flow:
    """Return a site that takes the row away whose number is typed; which row that was shows afterwards alone."""
    form = make.form("ask", make.field("code", required=True), make.button("enter", submit=True))
    removed = ExpectedChange(kind="removed", table="codes", where='label == "Red"')
    return make.flow(
        make.page("door", make.rows_of("names", "codes", "{label}"), form, make.link("mail_link")),
        _showing("mail", "{label}: {code}"),  # type: ignore[arg-type]
        *_back("mail"),  # type: ignore[arg-type]
        make.arrow("door", "mail", use="mail_link"),
        make.arrow("door", "stay", use="enter", do=(RemoveEffect(table="codes", where="code == field.code"),)),
        make.table("codes", "label:text", "code:text", rows=(("Red", "4711"), ("Blue", "0815"))),
        make.task("open", "Remove Red.", expect=(removed,)),
    )


def code_nowhere() -> Flow:
    """Return a site whose code no page shows."""
    return _locked("any(codes, code == field.code)", _codes())


def code_in_goal() -> Flow:
    """Return a site whose code the goal tells."""
    return _locked("any(codes, code == field.code)", _codes(), wording="Open the safe with 4711.")


def code_begun() -> Flow:
    """Return a site whose code stands in its field from the first."""
    return _locked("any(codes, code == field.code)", _codes(), initial="first(codes).code")


def word_of_the_site() -> Flow:
    """Return a site whose code is the same in every visit; nobody can vary it."""
    return _locked('field.code == "sesame"')


def balance_unseen() -> Flow:
    """Return a site that accepts what the goal says if an account holds enough, which no page shows."""
    return make.flow(
        make.page(
            "home", make.form("pay", make.money_field("amount", required=True), make.button("send", submit=True))
        ),
        make.table("accounts", "label:text", "balance:money", rows=(("Main", "100.00"),)),
        make.table("paid", "amount:money", rows=()),
        make.arrow(
            "home",
            use="send",
            when="any(accounts, balance >= field.amount)",
            do=(make.adds("paid", amount="field.amount"),),
        ),
        make.task("pay", "Pay 80.00.", expect=(make.expect_added("paid", amount="80.00"),)),
    )


def reds_in_pages(count: int = 5) -> Flow:
    """Return a list that shows two rows at a time, the only red one first, and the question how many are red."""
    rows = (("Cup 1", "red"), *((f"Cup {number}", "blue") for number in range(2, count + 1)))
    turning = Pagination(id="turn", list="list")
    return make.flow(
        make.page("home", make.rows_of("list", "cups", "{name}", "{colour}", page_size=2), turning),
        make.table("cups", "name:text", "colour:text", rows=rows),
        make.task("count", "How many cups are red?", answer='count(cups, colour == "red")'),
    )


def nearest_hotel() -> Flow:
    """Return hotels whose distance stands on a page of each, and the question which one is nearest."""
    rows = (("Adler", 3), ("Bellevue", 7), ("Central", 9))
    return make.flow(
        make.page("home", make.rows_of("list", "hotels", "{name}", row_controls=(make.link("open"),))),
        make.page(
            "hotel", make.words("far", "{record.name}: {record.distance} km"), make.link("back"), record="hotels"
        ),
        make.table("hotels", "name:text", "distance:integer", rows=rows),
        make.arrow("home", "hotel", use="open"),
        make.arrow("hotel", "home", use="back"),
        make.task("nearest", "Which hotel is nearest?", answer="first(sort_by(hotels, distance)).name"),
    )


def order_of(*, is_shown: bool) -> Flow:
    """Return orders with a button each, and their customers on the same page or on a page of each."""
    text = "{number} {customer}" if is_shown else "{number}"
    controls = (make.button("cancel"), make.link("open"))
    return make.flow(
        make.page("home", make.rows_of("list", "orders", text, row_controls=controls)),
        make.page("order", make.words("who", "For {record.customer}"), make.link("back"), record="orders"),
        make.table(
            "orders",
            "number:integer",
            "customer:text",
            "gone:boolean",
            rows=((1, "Anna", False), (2, "Bert", False), (3, "Cleo", False)),
        ),
        make.arrow("home", "order", use="open"),
        make.arrow("order", "home", use="back"),
        make.arrow("home", use="cancel", do=(make.changes("orders", "row == used", gone="true"),)),
        make.task(
            "cancel",
            "Cancel the order of {task.order.customer}.",
            parameters=(make.parameter("order", "row:orders"),),
            expect=(changed("orders", "row == task.order", gone="true"),),
        ),
    )


def cheaper_plan() -> Flow:
    """Return two plans with a button each, and their prices on another page."""
    return make.flow(
        make.page("home", make.button("basic"), make.button("plus"), make.link("prices_link")),
        make.page("prices", make.rows_of("list", "plans", "{name}", "{price}"), make.link("back")),
        make.table("plans", "name:text", "price:money", rows=(("Basic", "5.00"), ("Plus", "9.00"))),
        make.table("picked", "plan:text", rows=()),
        make.arrow("home", "prices", use="prices_link"),
        make.arrow("prices", "home", use="back"),
        make.arrow("home", use="basic", do=(make.adds("picked", plan='"Basic"'),)),
        make.arrow("home", use="plus", do=(make.adds("picked", plan='"Plus"'),)),
        make.task(
            "pick",
            "Pick the cheaper plan.",
            expect=(make.expect_added("picked", plan="first(sort_by(plans, price)).name"),),
        ),
    )


def friend_by_name(*, pays_later: bool) -> Flow:
    """Return a form that offers friends by their names alone; what the site alone knows of them shows afterwards.

    The number of a friend stands on the last page, or decides that one can be paid only later.
    """
    friend = ChoiceField(id="f_friend", name="friend", title="Friend", table="friends", sort="name", required=True)
    buttons = (make.button("pay", submit=True), *((make.button("later", submit=True),) if pays_later else ()))
    paid = (make.adds("payments", friend="field.friend"),)
    later = (make.arrow("home", "paid", use="later", record="field.friend", do=paid),) if pays_later else ()
    return make.flow(
        make.page("home", make.form("who", friend, *buttons)),
        make.page("paid", make.words("number", "Number {record.number}"), record="friends"),
        make.table(
            "friends", "name:text", "number:integer", rows=(("Dora", 4), ("Anna", 50), ("Cleo", 3), ("Bert", 20))
        ),
        make.table("payments", "friend:row:friends", rows=()),
        make.arrow(
            "home",
            "paid",
            use="pay",
            when="field.friend.number > 10" if pays_later else "",
            record="field.friend",
            do=paid,
        ),
        *later,
        make.task(
            "pay",
            "Pay {task.friend.name}.",
            parameters=(make.parameter("friend", "row:friends", where='name == "Anna" or name == "Bert"'),),
            expect=(make.expect_added("payments", friend="task.friend"),),
        ),
    )


def letters(goal: str, *, has_parameter: bool = False) -> Flow:
    """Return a list of letters that are stopped by a button; which ones are still sent no page says, and any counts."""
    stop = Button(id="stop", title="Stop")
    asked = make.task(
        "stop", goal, parameters=(make.parameter("letter", "row:letters", where='title == "Sport"'),) * has_parameter
    )
    return make.flow(
        make.page("home", make.rows_of("list", "letters", "{title}", row_controls=(stop,))),
        make.table("letters", "title:text", "sent:boolean", rows=(("News", True), ("Sport", True), ("Arts", True))),
        make.arrow("home", use="stop", do=(make.changes("letters", "row == used", sent="false"),)),
        asked.rebuilt(success=Success(also="any(changed(letters), not sent)", nothing_else=False)),
    )
