"""Flaws of controls that do the contrary of what they say, that pay when they call off, or that read alike."""

from collections.abc import Callable

from flow_models.document.behaviour import AddEffect, RemoveEffect
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.flaws.editing import adding, at
from tests.flaws.table import Edit, Flaw, Played, edits, sets
from tests.flow_models.builders import (
    arrow,
    button,
    changes,
    flow,
    heading,
    link,
    page,
    rows_of,
    section,
    table,
    task,
)

VERBS = {
    "publish": ("published", "true"),
    "unpublish": ("published", "false"),
    "approve": ("state", "'Approved'"),
    "reject": ("state", "'Rejected'"),
    "check_in": ("presence", "'Checked in'"),
    "check_out": ("presence", "'Checked out'"),
    "like": ("likes", "row.likes + 1"),
    "dislike": ("likes", "row.likes - 1"),
    "mute": ("volume", "'Quiet'"),
    "unmute": ("volume", "'Loud'"),
    "raise": ("rank", "rank + 1"),
}
"""What each button of the desk writes into which column."""


def desk() -> Flow:
    """Return a desk where posts are published, checked and liked; everything about it is sound."""
    posts = rows_of("posts_list", "posts", "{name}", row_controls=(link("view"),))
    buttons = (button(verb, title=verb.capitalize().replace("_", " ")) for verb in VERBS)
    return flow(
        page("desk", heading("h_desk", "Posts"), posts),
        page(
            "post", heading("h_post", "{record.name}"), *buttons, link("back"),
            record="posts", path="/posts/{record.name}",
        ),
        page("about", heading("h_about", "About"), link("home")),
        table(
            "posts", "name:text", "published:boolean", "state:choice:New|Approved|Rejected",
            "presence:choice:Checked in|Checked out|Unknown", "likes:integer", "volume:choice:Quiet|Loud|Normal",
            "rank:integer", rows=tuple((name, None, "New", "Unknown", 3, "Normal", 2) for name in ("Ants", "Bees")),
        ),
        arrow("desk", "post", use="view"),
        arrow("post", "desk", use="back"),
        arrow("about", "desk", use="home"),
        *(
            arrow("post", use=verb, do=(changes("posts", "row == record", **{column: value}),), name=f"x_{verb}")
            for verb, (column, value) in VERBS.items()
        ),
        section("menu", "desk", "post", "about", header=(link("m_about", title="About us"),)),
        arrow("menu", "about", use="m_about"),
        task("count-likes", "How many likes has Ants?", answer="first(posts, value=likes, where=name == 'Ants')"),
    ).rebuilt(id="desk")  # fmt: skip


DESK = desk()


def writes(verb: str, value: str) -> Edit:
    """Return the edit that lets a button of the desk write another value."""
    return sets("transition", f"x_{verb}", f"do.0.values.posts_{VERBS[verb][0]}", value)


def becomes(column: str, value: object) -> Callable[[Played], bool]:
    """Return what says whether a post has a value after a walk's last step, and had not before or stays."""
    return lambda played: any(row[column] == value for row in played.rows("posts"))


def called(verb: str, title: str) -> Edit:
    """Return the edit that gives a button of the desk another title."""
    return sets("block", verb, "title", title)


def _written(verb: str) -> Element:
    return at(f"x_{verb}", f"do.0.values.posts_{VERBS[verb][0]}")


CONTRARIES = tuple(
    Flaw(
        title, "contrary title", DESK, edit, code, _written(verb), near, severity="warning", task="count-likes",
        shows=becomes(*made),
    )
    for title, verb, edit, code, near, made in (
        (
            "unpublishing publishes", "unpublish", writes("unpublish", "true"), "contrary.yes",
            edits(writes("unpublish", "true"), called("unpublish", "Undo")), ("published", True),
        ),
        (
            "publishing hides", "publish", edits(writes("publish", "false"), writes("unpublish", "not published")),
            "contrary.no", edits(writes("publish", "false"), called("publish", "Start anew")), ("published", False),
        ),
        (
            "approving rejects", "approve", writes("approve", "'Rejected'"), "contrary.value",
            writes("approve", "'New'"), ("state", "Rejected"),
        ),
        (
            "checking out checks in", "check_out", edits(writes("check_out", "'Checked in'")), "contrary.value",
            writes("check_out", "'Unknown'"), ("presence", "Checked in"),
        ),
        (
            "raising lowers", "raise", writes("raise", "rank - 1"), "contrary.more",
            edits(writes("raise", "rank - 1"), called("raise", "Move up")), ("rank", 1),
        ),
        (
            "unmuting mutes", "unmute", writes("unmute", "'Quiet'"), "contrary.same", writes("unmute", "'Normal'"),
            ("volume", "Quiet"),
        ),
        (
            "dislikes are likes", "dislike", writes("dislike", "likes + 1"), "contrary.same",
            writes("dislike", "likes - 2"), ("likes", 4),
        ),
    )
)  # fmt: skip


def with_control(owner: str, text: str, to: str, kind: str = "link") -> Edit:
    """Return the edit that adds a link or button to a page of the desk."""
    block = (link if kind == "link" else button)("b_new", title=text)
    return edits(
        lambda now: insert_block(now, Slot("page", owner), None, block),
        adding(arrow(owner, to, use="b_new", name="x_new")),
    )


def leads_to(name: str) -> Callable[[Played], bool]:
    """Return what says whether a walk ends on a page."""
    return lambda played: played.view.page == name


ALIKE = tuple(
    Flaw(
        title, "alike controls", DESK, edit, "twins.title", Element("block", block, "title"), near,
        severity="warning", task="count-likes", shows=leads_to(to),
    )
    for title, edit, block, near, to in (
        (
            "two links back", with_control("post", "Back", "about"), "b_new", with_control("post", "Back", "desk"),
            "about",
        ),
        (
            "a link and a button", with_control("post", "Like", "about"), "b_new",
            with_control("post", "Who likes it", "about"), "about",
        ),
        (
            "a link that reads like one of the menu", with_control("post", "About us", "desk"), "b_new",
            with_control("post", "About us", "about"), "desk",
        ),
    )
)  # fmt: skip

ONE_WAY = tuple(
    Flaw(
        f"nothing closes {page_id} but doing it", "dialog with one way out", base,
        sets("transition", name, "to", "stay"), "page.one_way", Element("page", page_id),
        sets("transition", name, "to", other), severity="warning",
    )
    for base, page_id, name, other in (
        ("north_bank", "p_freeze", "x_fz_keep", "p_card"),
        ("north_bank", "p_remove_payee", "x_rm_keep", "p_payee"),
        ("skylark_air", "p_cancel", "x_ca_keep", "p_trip"),
    )
)  # fmt: skip

LOGGED = changes("posts", "name == 'Ants'", likes="likes + 1")


def logs(name: str, *effects: AddEffect) -> Edit:
    """Return the edit that lets a transition do more."""
    return sets("transition", name, "do", effects)


REPLY = AddEffect(table="t_replies", values={"c_rp_text": "'Seen'", "c_rp_date": "today()"})

LEADING = tuple(
    Flaw(title, "link that changes", base, edit, "opposite.leading", at(name, "do"), near, severity="warning")
    for title, base, name, edit, near in (
        ("Payees writes a reply", "north_bank", "x_cs_payees", logs("x_cs_payees", REPLY), logs("x_cs_payees")),
        (
            "Help writes a reply", "north_bank", "x_ev_help", logs("x_ev_help", REPLY),
            edits(logs("x_ev_help", REPLY), sets("block", "b_ev_help", "title", "Tell us that you need help")),
        ),
        (
            "About counts", DESK, "x_new",
            edits(with_control("post", "About", "about"), sets("transition", "x_new", "do", (LOGGED,))),
            edits(
                with_control("post", "Like it and read on", "about"), sets("transition", "x_new", "do", (LOGGED,))
            ),
        ),
    )
)  # fmt: skip

SINGLE = tuple(
    Flaw(
        f"{title} is for all", "this and all", DESK,
        edits(with_control("desk", title, "stay", "button"), sets("transition", "x_new", "do", (effect,))),
        code, at("x_new", "do.0"),
        edits(with_control("desk", near, "stay", "button"), sets("transition", "x_new", "do", (effect,))),
        severity="warning",
    )
    for title, effect, code, near in (
        ("Remove this post", RemoveEffect(table="posts", where="true"), "sweeping.one_removed", "Remove all posts"),
        ("Like this", changes("posts", "", likes="likes + 1"), "sweeping.one_changed", "Like everything"),
        ("Show it", changes("posts", "name == name", published="true"), "sweeping.one_changed", "Publish them"),
    )
)  # fmt: skip

FLAWS: tuple[Flaw, ...] = (*CONTRARIES, *ALIKE, *ONE_WAY, *LEADING, *SINGLE)
