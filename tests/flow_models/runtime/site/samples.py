"""Views that show every block in every state, made by hand: what the site's tests render."""

from flow_models.runtime.machine.view import (
    Button,
    Columns,
    Details,
    Divider,
    Field,
    Form,
    Group,
    Heading,
    Link,
    ListRow,
    ListView,
    Navigation,
    NoticeBox,
    Shown,
    Text,
    View,
)
from flow_models.runtime.site import Site

PROGRAM: dict[str, object] = {
    "site": {
        "name": "North Bank",
        "host": "northbank.test",
        "brand": {"primary": "#1f5f8b", "accent": "#d9822b", "background": "#f6f7f9", "logo": "N"},
    },
    "transitions": [
        {"id": "t_secret", "on": {"kind": "change", "block": "b_speed"}},
        {"id": "t_other", "on": {"kind": "use", "block": "b_send"}},
    ],
}
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
        Navigation("b_nav2", "", (Link("b_x", "", "Elsewhere", "/x"),)),
    )
    parts: dict[str, object] = {
        "header": (Navigation("b_nav", "Main", links), button("b_out", "Sign out", style="quiet")),
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
