"""Views that show every block in every state, made by hand: what the site's tests render."""

from flow_models.compiler import compile_flow
from flow_models.document.blocks import Button as ButtonBlock
from flow_models.document.field_blocks import DateField
from flow_models.document.flow import Brand
from flow_models.document.flow import Site as FlowSite
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.pages.view import (
    Button,
    Columns,
    Details,
    Divider,
    Field,
    FoldOut,
    Form,
    Group,
    Heading,
    Image,
    Interruption,
    Link,
    ListRow,
    ListView,
    Menu,
    Navigation,
    NoticeBox,
    Pagination,
    Place,
    Shown,
    Steps,
    Tabs,
    Text,
    View,
)
from flow_models.runtime.site import Site
from tests.flow_models.builders import arrow, flow, page


def program_of(**brand: object) -> Program:
    """Return the program of a small bank with a brand of its own; the samples stand for its pages."""
    speed, send = DateField(id="b_speed", name="speed"), ButtonBlock(id="b_send")
    arrows = (
        arrow("home", change="b_speed", name="t_secret"),
        arrow("home", use="b_send", name="t_other"),
    )
    site = FlowSite(name="North Bank", host="northbank.test", start="home", brand=Brand.model_validate(brand))
    return compile_flow(flow(page("home", speed, send), *arrows).rebuilt(site=site)).program


PROGRAM = program_of(logo="N")
SITE = Site.of(PROGRAM)


def button(block: str, text: str, row: str = "", style: str = "secondary", enabled: bool = True) -> Button:
    return Button(block, row, text, style, enabled, submit=False, form="")


def submit(block: str, text: str, form: str, enabled: bool = True) -> Button:
    return Button(block, "", text, "primary", enabled, submit=True, form=form)


def view(*main: Shown, **changes: object) -> View:
    parts: dict[str, object] = {
        "page": "p_send",
        "title": "Send money",
        "path": "/send",
        "kind": "page",
        "notices": (),
        "header": (),
        "main": main,
        "footer": (),
    }
    return View(**(parts | changes))  # type: ignore[arg-type]


def fields() -> tuple[Shown, ...]:
    payees = (("", "Choose a payee"), ("r1", "Ana  Silva"), ("r2", "Bo 'B' O\"Neil"))
    return (
        Field("b_user", "text_field", "user", "User name", "", True, "ana", purpose="text"),
        Field("b_secret", "text_field", "secret", "Password", "At least 8", True, "pa ss😀", purpose="password"),
        Field("b_mail", "text_field", "mail", "E-mail", "", False, "", purpose="email"),
        Field("b_find", "text_field", "find", "Find", "", True, "a  b ", purpose="search"),
        Field("b_tel", "text_field", "tel", "Phone", "", False, "  ", purpose="phone"),
        Field("b_note", "long_text", "note", "Message", "Up to 1000", True, "\none\n\n two \nMess", error="Too long"),
        Field("b_copies", "number_field", "copies", "Copies", "", False, "3"),
        Field("b_amount", "money_field", "amount", "Amount", "In dollars", True, "abc", error="Enter an amount"),
        Field("b_day", "date_field", "day", "Day", "", False, "2027-03-15", error="Too late"),
        Field("b_to", "choice_field", "to", "Pay to", "Who", True, "r2", options=payees, style="drop_down"),
        Field("b_from", "choice_field", "source", "From", "", True, "zz", error="Bad", options=payees[1:]),
        Field("b_none", "choice_field", "none", "Nothing", "", True, "", options=()),
        Field(
            "b_speed",
            "choice_field",
            "speed",
            "Speed",
            "How fast",
            True,
            "slow",
            error="No",
            options=(("fast", "Fast"), ("slow", "Slow")),
            style="radio",
        ),
        Field("b_plan", "choice_field", "plan", "Plan", "", False, "", options=(("a", "A"),), style="radio"),
        Field("b_agree", "checkbox", "agree", "I agree", "Please", True, "", error="Tick this"),
        Field("b_keep", "checkbox", "keep", "Keep me signed in", "", False, "true"),
    )


def part_of(block: str, row: str, text: str, state: str = "", enabled: bool = True) -> Button:
    """Return a button of a part of a block."""
    return Button(block, row, text, "quiet", enabled, submit=False, form="", state=state)


def newer_fields() -> tuple[Shown, ...]:
    """Return fields of which more than a box is to be seen."""
    cities = tuple(part_of("b_city", f"pick:c{number}", name) for number, name in enumerate(("Lisbon", "Lille")))
    files = tuple(part_of("b_file", f"pick:{name}", name) for name in ("bill.pdf", "id card.jpg"))
    opened = part_of("b_file", "browse", "Choose a file", "open")
    empty = part_of("b_empty", "browse", "Choose a file", "closed")
    seats = (
        ("1", (Place("s1a", "A", True), Place("s1b", "B", False), Place("s1c", "C", True))),
        ("2", (Place("s2a", "A", False), Place("s2b", "B", True))),
    )
    free = tuple((place.key, place.label) for _, line in seats for place in line if place.is_free)
    spots = (("", (Place("x1", "East", False), Place("x2", "West", True))),)
    return (
        Field("b_time", "time_field", "time", "Time", "", True, "09:05", error="Too early"),
        Field("b_tip", "slider", "tip", "Tip", "A thank you", True, "3", minimum="0", maximum="10", error="Too little"),
        Field("b_loud", "slider", "loud", "Volume", "", False, "40", minimum="-20", maximum="100", step=20),
        Field("b_city", "suggest_field", "city", "City", "Where to", True, "li", error="Choose", buttons=cities),
        Field("b_town", "suggest_field", "town", "Town", "", False, ""),
        Field("b_file", "file_field", "file", "Receipt", "A scan", True, "bill.pdf", "Bad", buttons=(opened, *files)),
        Field("b_empty", "file_field", "empty", "Photo", "", False, "", buttons=(empty,)),
        Field("b_seat", "choice_grid", "seat", "Seat", "Pick", True, "s1c", error="Late", options=free, grid=seats),
        Field("b_spot", "choice_grid", "spot", "Spot", "", False, "", options=(("x2", "West"),), grid=spots),
        Field("b_gone", "choice_grid", "gone", "Gone", "", False, ""),
    )


def newer_blocks() -> tuple[Shown, ...]:
    """Return blocks of which a visitor sees a part at a time."""
    tabs = (part_of("b_tabs", "1", "Fares"), part_of("b_tabs", "2", "Rules", "chosen"))
    pages = (
        part_of("b_pages", "previous", "Previous", enabled=False),
        part_of("b_pages", "1", "1", "chosen"),
        part_of("b_pages", "2", "2"),
        part_of("b_pages", "next", "Next"),
    )
    items = (Link("b_trips", "", "My trips", "/trips"), button("b_leave", "Sign out"))
    return (
        Image("b_image", "landscape", "Two 'snowy' peaks"),
        Image("b_ornament", "city", ""),
        FoldOut("b_fold", part_of("b_fold", "fold", "Fees", "open"), True, (Text("b_fees", "None", "plain"),)),
        FoldOut("b_shut", part_of("b_shut", "fold", "Rules", "closed"), False, ()),
        Tabs("b_tabs", tabs, 2, (Text("b_rules", "No pets", "plain"), button("b_in_tab", "Book"))),
        Menu("b_menu", "", part_of("b_menu", "menu", "Account", "open"), True, items),
        Menu("b_menu2", "", part_of("b_menu2", "menu", "More", "closed"), False, ()),
        Pagination("b_pages", 1, 2, pages),
        Steps("b_steps", ("Search", "Seat", "Pay"), 2),
    )


def in_the_way(is_modal: bool) -> Interruption:
    """Return something that interrupts."""
    buttons = (part_of("interruption", "accept", "Accept all"), part_of("interruption", "close", "Close"))
    return Interruption("interruption", "cookies", "We use 'cookies'", "They help us.", buttons, is_modal)


def rows(mark: str = "") -> tuple[ListRow, ...]:
    return (
        ListRow(
            "r1",
            (Link("b_open" + mark, "r1", "Ana Silva", "/payees/r 1"), "$1,250.00"),
            (
                button("b_edit" + mark, "Edit", "r1"),
                Link("b_more" + mark, "r1", "More", "/more/ü?x=1"),
                button("b_remove" + mark, "Remove", "r1", "danger", enabled=False),
            ),
        ),
        ListRow("r2", ('Bo  "B" O\'Neil', ""), (button("b_edit" + mark, "Edit", "r2"),)),
        ListRow("r3", ("", "x"), ()),
    )


def everything(**changes: object) -> View:
    """Return a page with every kind of block."""
    columns = (("Payee", "start"), ("Amount", "end"))
    helper = part_of("b_navmenu", "menu", "Help", "open")
    links = (Link("b_home", "", "Accounts", "/accounts"), Link("b_pay", "", "Pay", "/send"))
    main: tuple[Shown, ...] = (
        Heading("b_h1", " Send \n money ", 1),
        Heading("b_h2", 'It\'s "new"', 2),
        Heading("b_h3", "", 3),
        Text("b_t1", "Plain  text\nwith \u00a0 spaces & <b>marks</b>", "plain"),
        Text("b_t2", "Lead 'quoted'", "lead"),
        Text("b_t3", "", "small"),
        NoticeBox("b_n", "Heads up", "warning"),
        Divider("b_d"),
        Form("b_form", (*fields(), submit("b_send", "Send", "b_form"), button("b_cancel", "Cancel", style="quiet"))),
        Field("b_loose", "text_field", "loose", "", "", False, "v"),
        button("b_one", "One"),
        Link("b_two", "", "Two", ""),
        button("b_three", "Three  x", enabled=False),
        ListView("b_l1", "Payees", "table", columns, rows(), "None"),
        ListView("b_l2", "", "table", columns, rows()[2:], "None"),
        ListView("b_l3", "Cards", "cards", columns, rows("_card"), "None"),
        ListView("b_l4", "Empty", "table", columns, (), "Nothing here yet."),
        ListView("b_l5", "", "cards", columns, (), ""),
        Details("b_dl", (("IBAN", "GB33 1234"), ("Note", ""))),
        Group("b_g", "Limits", (Text("b_t4", "Daily", "plain"), button("b_limit", "Change"))),
        Group("b_g2", "", (Text("b_t5", "Plain group", "plain"),)),
        Columns("b_c", ((Text("b_t6", "Left", "plain"),), (Heading("b_h4", "Right", 2), button("b_r", "Go")), ())),
        Form("b_form2", newer_fields()),
        *newer_blocks(),
        Navigation("b_nav2", "", (Link("b_x", "", "Elsewhere", "/x"),)),
    )
    parts: dict[str, object] = {
        "header": (
            Navigation("b_nav", "Main", links),
            Menu("b_navmenu", "Help", helper, True, (Link("b_hours", "", "Hours", "/hours"),)),
            button("b_out", "Sign out", style="quiet"),
        ),
        "footer": (Text("b_foot", "© North Bank", "small"),),
        "notices": (("success", "Saved."), ("error", "Not sent.")),
        "errors": {"amount": "Enter an amount"},
    }
    return view(*main, **(parts | changes))


def with_dialog(**changes: object) -> View:
    """Return a page under an open dialog."""
    dialog = view(
        Heading("d_h", "Remove payee?", 2),
        Text("d_t", "This cannot be undone.", "plain"),
        Form("d_form", (Field("d_why", "text_field", "why", "Why", "", True, ""), submit("d_yes", "Remove", "d_form"))),
        button("d_no", "Keep"),
        title="Remove payee",
        kind="dialog",
        path="/remove",
    )
    return everything(dialog=dialog, **changes)
