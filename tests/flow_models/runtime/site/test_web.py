"""The web application: what a request does to the episode, and what it may not do."""

import pytest

from flow_models.document.blocks import FoldOut
from flow_models.document.field_blocks import ChoiceGrid
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.site.web import FORM_FIELDS_LIMIT, HEADERS, Request, respond
from tests.flow_models.builders import arrow, button, field, flow, form, heading, link, page, table, task, words
from tests.flow_models.runtime.site.visitor import FORM, Visitor


def test_the_first_page_is_no_step_and_is_never_stored() -> None:
    visitor = Visitor()
    assert "<h1>Our items</h1>" in visitor.html
    assert visitor.answer.headers["Cache-Control"] == "no-store"
    assert visitor.episode.steps == 0


def test_a_row_button_is_used_with_its_row() -> None:
    visitor = Visitor()
    visitor.press("Choose")
    assert visitor.events == [Event("use", "choose", "items_1")]
    assert "<h1>Lamp</h1>" in visitor.html
    assert 'data-address="/items/Lamp"' in visitor.html


def test_texts_that_were_typed_are_sent_before_the_button_is_used() -> None:
    visitor = Visitor()
    visitor.press("Choose")
    answer = visitor.press("Buy", note="Fragile")
    assert answer.status == 200
    assert visitor.events[1:] == [Event("fill", "f_note", value="Fragile"), Event("use", "buy")]
    assert "Thank you, order 1 placed" in visitor.html


def test_a_failed_form_says_so_beside_the_field_and_keeps_the_address() -> None:
    visitor = Visitor()
    visitor.press("Choose")
    visitor.press("Buy")
    assert 'aria-invalid="true"' in visitor.html
    assert 'role="alert"' in visitor.html
    assert 'data-address="/items/Lamp"' in visitor.html


def test_a_link_posts_its_name_while_its_address_is_for_the_reader() -> None:
    visitor = Visitor()
    assert '<a href="/orders_page" data-go="' in visitor.html
    visitor.follow("To_orders")
    assert visitor.events == [Event("use", "to_orders")]


def test_an_address_is_opened_and_the_one_before_is_gone_back_to() -> None:
    visitor = Visitor()
    visitor.get("/orders_page")
    visitor.get("/home")
    visitor.get("/orders_page")
    assert visitor.events == [Event("goto", value="/orders_page"), Event("back"), Event("forward")]


def test_a_driver_can_say_what_the_next_address_means() -> None:
    visitor = Visitor()
    visitor.get("/orders_page")
    visitor.session.announce(Event("goto", value="/home"))
    visitor.get("/home")
    assert visitor.events[-1] == Event("goto", value="/home")


@pytest.mark.parametrize(
    "headers", [{"cache-control": "max-age=0"}, {"sec-purpose": "prefetch"}, {"cache-control": "no-cache"}]
)
def test_reload_and_prefetch_are_no_steps(headers: dict[str, str]) -> None:
    visitor = Visitor()
    assert visitor.get("/orders_page", **headers).status == 200
    assert "Our items" in visitor.html
    assert visitor.episode.steps == 0


@pytest.mark.parametrize("path", ["the style", "/_/site.js", "/favicon.ico", "/_/other"])
def test_assets_are_no_steps(path: str) -> None:
    visitor = Visitor()
    path = visitor.session.site.style_path if path == "the style" else path
    answer = visitor.get(path)
    assert answer.status == (200 if "site" in path else 404)
    assert visitor.episode.steps == 0


def test_an_old_name_changes_nothing() -> None:
    visitor = Visitor()
    old = visitor.link("To_orders")
    visitor.follow("To_orders")
    before = visitor.episode.state
    assert visitor.post({"all": "1", "go": old}).status == 409
    assert visitor.episode.state is before
    assert "<h1>Orders</h1>" in visitor.html


def test_a_repeated_post_changes_nothing() -> None:
    visitor = Visitor()
    visitor.press("Choose")
    sent = {visitor.field("Note"): "Fragile", "all": "1", visitor.button("Buy"): ""}
    visitor.post(sent)
    assert visitor.post(sent).status == 409
    assert len(visitor.episode.machine.rows(visitor.episode.state, "orders")) == 1


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (FORM, b"", 409),
        (FORM, b"go=t00", 409),
        (FORM, b"a=%ff", 400),
        (FORM, b"\xff=1", 400),
        (FORM, b"&".join([b"a=1"] * (FORM_FIELDS_LIMIT + 1)), 400),
        (FORM, b"a=" + b"x" * 300_000, 400),
        ({"content-type": "text/plain"}, b"go=1", 400),
        ({}, b"{}", 400),
    ],
)
def test_mangled_posts_change_nothing_and_are_answered_with_the_page(
    headers: dict[str, str], body: bytes, status: int
) -> None:
    visitor = Visitor()
    answer = respond(visitor.session, Request("POST", "/_/go", headers, body))
    assert (answer.status, visitor.episode.steps) == (status, 0)
    assert b"Our items" in answer.body


def test_two_buttons_at_once_are_refused() -> None:
    visitor = Visitor()
    answer = visitor.post({visitor.button("Choose"): "", "go": visitor.link("To_orders")})
    assert (answer.status, visitor.episode.steps) == (409, 0)


def test_posts_elsewhere_and_other_methods_are_refused() -> None:
    visitor = Visitor()
    assert visitor.post({"go": visitor.link("To_orders")}, "/orders_page").status == 400
    assert respond(visitor.session, Request("DELETE", "/")).status == 405
    assert visitor.episode.steps == 0


def test_a_disabled_button_cannot_be_used_by_its_name() -> None:
    blocks = (heading("h"), button("off", enabled_if="1 == 2"), link("on"))
    visitor = Visitor(flow(page("home", *blocks), arrow("home", use="off"), arrow("home", use="on"), task("t")))
    answer = visitor.post({"all": "1", visitor.button("Off"): ""})
    assert (answer.status, visitor.episode.steps) == (409, 0)


def seats() -> Visitor:
    grid = ChoiceGrid(id="c", name="seat", title="Seat", table="seats", label="{row.label}", free_if="not taken")
    places = table("seats", "label:text", "taken:boolean", rows=(("A", False), ("B", True)))
    fold = FoldOut(id="fold", title="Help", blocks=(words("w", "Ask us"),))
    parts = (form("f", grid, button("go", submit=True)), fold)
    return Visitor(flow(page("home", *parts), page("done"), places, arrow("home", "done", use="go"), task("t")))


def test_the_part_of_a_block_is_used_by_the_name_of_its_button() -> None:
    visitor = seats()
    visitor.press("Help")
    assert visitor.events == [Event("use", "fold", "fold")]
    assert "Ask us" in visitor.html


@pytest.mark.parametrize(("place", "status"), [("A", 200), ("B", 409)])
def test_a_place_of_a_plan_is_sent_unless_it_is_taken(place: str, status: int) -> None:
    visitor = seats()
    sent = {visitor.option("A", "name"): visitor.option(place, "value"), visitor.button("Go"): "", "all": "1"}
    assert visitor.post(sent).status == status
    assert visitor.events == ([Event("select", "c", value="seats_1"), Event("use", "go")] if place == "A" else [])


def test_drafts_are_steps_as_they_are_typed_where_somebody_watches() -> None:
    visitor = Visitor(reports_drafts=True)
    visitor.press("Choose")
    assert " data-drafts>" in visitor.html
    note = visitor.field("Note")
    assert respond(visitor.session, Request("POST", "/_/draft", FORM, f"{note}=Ring".encode())).status == 204
    assert visitor.events[-1] == Event("fill", "f_note", value="Ring")
    assert respond(visitor.session, Request("POST", "/_/draft", FORM, b"t0=Ring")).status == 409


def test_a_draft_after_which_the_site_moves_on_asks_for_a_reload() -> None:
    pages = (page("home", form("f", field("note"), button("buy", submit=True))), page("late", heading("h", "Too late")))
    site = flow(*pages, arrow("home", "late", wait=2), arrow("home", use="buy"), task("t"))
    visitor = Visitor(site, reports_drafts=True)
    name = visitor.field("Note")
    statuses = [
        respond(visitor.session, Request("POST", "/_/draft", FORM, f"{name}={text}".encode())).status for text in "ab"
    ]
    assert statuses == [204, 205]
    assert "Too late" in visitor.get("/_/now").body.decode()


def test_nothing_happens_any_more_once_the_episode_has_ended() -> None:
    visitor = Visitor()
    visitor.session.step(Event("infeasible"))
    assert visitor.episode.end_reason == "infeasible_reported"
    visitor.follow("To_orders")
    assert visitor.get("/orders_page").status == 200
    assert visitor.episode.steps == 1


def test_every_answer_forbids_what_a_page_does_not_need() -> None:
    visitor = Visitor()
    assert "default-src 'none'" in visitor.answer.headers["Content-Security-Policy"]
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in visitor.html


def test_ids_of_the_flow_are_not_in_the_page() -> None:
    visitor = Visitor()
    visitor.press("Choose")
    visitor.press("Buy")
    program = visitor.episode.machine.program
    ids = {item.id for item in program.transitions} | set(program.tasks)
    assert not [name for name in ids if name in visitor.html]
    assert "items_1" not in visitor.html
    assert visitor.episode.goal not in visitor.html
