"""Flaws of rules that hold too soon: with a part undone again, or one step before the site is through with it."""

from flow_models.document.behaviour import RemoveEffect
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Success
from tests.flaws.table import Edit, Flaw, Played, sets
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    expect_added,
    field,
    flow,
    form,
    heading,
    link,
    page,
    parameter,
    rows_of,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.builders import sets as puts

NAMES = ("Chess", "Rowing", "Choir", "Garden")


def club() -> Flow:
    """Return clubs that one joins, leaves and writes to; a request to write is sent, then confirmed, then closed."""
    clubs = table("clubs", "name:text", "star:boolean", rows=tuple((name, False) for name in NAMES))
    members = table("members", "club:row:clubs")
    notes = table("notes", "text:text", "state:text", "paid:boolean", "day:date")
    return flow(
        page("home", heading("h_home", "Clubs"), rows_of("list", "clubs", "{name}", row_controls=(button("open"),))),
        page(
            "club",
            heading("h_club", "{record.name}"),
            button("join", show_if="not any(members, club == record)"),
            button("quit", show_if="any(members, club == record)"),
            button("star", show_if="not record.star"),
            button("unstar", show_if="record.star"),
            form("writing", field("text", required=True), button("send", submit=True)),
            link("home_again"),
            record="clubs",
            path="/clubs/{record.name}",
        ),
        page("sent", heading("h_sent", "Nearly there"), words("w_sent", "Not yet final."), button("confirm")),
        page("end", heading("h_end", "Thank you"), link("back_home")),
        clubs,
        members,
        notes,
        variable("was_in", "row:clubs"),
        variable("was_star", "row:clubs"),
        arrow("home", "club", use="open"),
        arrow("club", use="join", do=(adds("members", club="record"), puts("was_in", "record"))),
        arrow("club", use="quit", do=(RemoveEffect(table="members", where="club == record"),)),
        arrow("club", use="star", do=(changes("clubs", "row == record", star="true"), puts("was_star", "record"))),
        arrow("club", use="unstar", do=(changes("clubs", "row == record", star="false"),)),
        arrow("club", "sent", use="send", do=(adds("notes", text="field.text", state='"open"', paid="false"),)),
        arrow("club", "home", use="home_again"),
        arrow(
            "sent",
            "end",
            use="confirm",
            do=(changes("notes", 'state == "open"', state='"final"', paid="true", day="today()"),),
        ),
        arrow("end", "home", use="back_home"),
        task(
            "join",
            "Join “{task.club.name}”, make it a star and write “{task.note}” to it.",
            parameters=(parameter("club", "row:clubs"), parameter("note", "text", "Hello", "Good day", "See you")),
            expect=(
                expect_added("members", club="task.club"),
                expect_added("notes", text="task.note", state='"final"', paid="true", day="today()"),
            ),
        ),
    )


CLUB = club()
AT = Element("task", "join", "success")
NOTE = "any(added(notes), text == task.note and state == 'final')"
IN = "any(added(members), club == task.club)"


def rule(also: str) -> Edit:
    return sets("task", "join", "success", Success(also=also, nothing_else=False))


def undone(name: str, broken: str, near: str, shows: str) -> Flaw:
    def is_shown(played: Played) -> bool:
        return played.succeeds and played.rows(shows) == played.rows(shows, 0)

    code, kind = "running.undone_counts", "a part undone again counts"
    return Flaw(name, kind, CLUB, rule(broken), code, AT, rule(near), "warning", "join", is_shown)


UNDONE_FLAWS = (
    undone("a star taken off again", f"was_star == task.club and {NOTE}", f"task.club.star and {NOTE}", "clubs"),
    undone("a club left again", f"was_in == task.club and {NOTE}", f"{IN} and {NOTE}", "members"),
    undone(
        "a club left again beside a star",
        f"was_in == task.club and task.club.star and {NOTE}",
        f"{IN} and task.club.star and {NOTE}",
        "members",
    ),
)


def early(name: str, near: str, **values: str) -> Flaw:
    """Return the flaw that a note counts by some values only, of which none comes with the last step."""
    members = expect_added("members", club="task.club")

    def expecting(**given: str) -> Edit:
        return sets("task", "join", "success.changes", (members, expect_added("notes", 1, text="task.note", **given)))

    def is_shown(played: Played) -> bool:
        return played.succeeds and played.rows("notes") != played.rows("notes", -2)

    code, kind = "running.early_counts", "one step too soon counts"
    broken, sound = expecting(**values), expecting(**{near: {"state": '"final"', "paid": "true"}.get(near, "today()")})
    return Flaw(name, kind, CLUB, broken, code, AT, sound, "warning", "join", is_shown)


EARLY_FLAWS = (
    early("a note without a day", "day"),
    early("a note that is not final", "state"),
    early("a note that is not paid", "paid"),
)

FLAWS: tuple[Flaw, ...] = (*UNDONE_FLAWS, *EARLY_FLAWS)
