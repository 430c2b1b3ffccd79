"""What was made from a title follows it; what a person wrote stays."""

import random

from flow_models.document.behaviour import Page, UseTrigger
from flow_models.document.data import Row
from flow_models.document.edits import blocks, data, pages, starts, tasks
from flow_models.document.edits.following import retitle, with_record
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import PoolSource

RNG = random.Random(1)


def begun() -> Flow:
    return starts.starter("Library", RNG)


def page_of(flow: Flow, page_id: str) -> Page:
    return flow.pages_by_id[page_id]


def with_new_page(flow: Flow, title: str = "") -> tuple[Flow, str]:
    page = starts.new_page(flow, title, rng=RNG)
    return pages.add_page(flow, page), page.id


def with_books(flow: Flow) -> tuple[Flow, str]:
    table = starts.new_table(flow, "Books", RNG)
    return data.add_table(flow, table), table.id


def test_address_and_heading_of_a_page_follow_its_title() -> None:
    flow, page_id = with_new_page(begun())
    named = page_of(retitle(flow, Element("page", page_id), " Gift {cards} "), page_id)
    assert (named.title, named.path) == ("Gift {cards}", "/gift-cards")
    assert getattr(named.blocks[0], "text", "") == "Gift {{cards}}"


def test_an_address_or_heading_of_its_own_stays() -> None:
    flow, page_id = with_new_page(begun())
    page = page_of(flow, page_id)
    own = page.rebuilt(path="/presents", blocks=(page.blocks[0].rebuilt(text="For you"),))
    named = page_of(retitle(pages.replace_page(flow, own), Element("page", page_id), "Gift cards"), page_id)
    assert (named.title, named.path, named.blocks) == ("Gift cards", "/presents", own.blocks)


def test_the_address_is_made_from_title_and_record() -> None:
    flow, table_id = with_books(begun())
    flow, page_id = with_new_page(flow, "Book")
    shown = with_record(flow, page_id, table_id)
    assert page_of(shown, page_id).path == "/book/{record.name}"
    named = retitle(shown, Element("page", page_id), "Details")
    assert page_of(named, page_id).path == "/details/{record.name}"
    assert page_of(with_record(named, page_id, None), page_id).path == "/details"
    own = with_value(shown, Element("page", page_id, "path"), "/b/{record.name}")
    assert page_of(retitle(own, Element("page", page_id), "Details"), page_id).path == "/b/{record.name}"


def test_buttons_called_like_the_page_to_which_they_lead_follow() -> None:
    flow, page_id = with_new_page(begun(), "Page")
    home = flow.pages[0].id
    button = starts.new_block(flow, "button", rng=RNG).rebuilt(title="Page")
    flow = blocks.insert_block(flow, Slot("page", home), None, button)
    arrow = starts.new_transition(home, UseTrigger(block=button.id), page_id, RNG)
    flow = flow.rebuilt(transitions=(arrow,))
    named = retitle(flow, Element("page", page_id), "Send money")
    assert getattr(part_of(named, Element("block", button.id)), "title", "") == "Send money"
    own = with_value(flow, Element("block", button.id, "title"), "Go on")
    kept = retitle(own, Element("page", page_id), "Send money")
    assert getattr(part_of(kept, Element("block", button.id)), "title", "") == "Go on"


def test_a_task_is_named_from_its_title_until_somebody_names_it() -> None:
    flow = begun()
    for _ in range(2):
        flow = tasks.add_task(flow, starts.new_task(flow, rng=RNG))
    second = flow.tasks[1]
    assert second.name == "task-2"
    named = retitle(flow, Element("task", second.id), "Reserve a book").tasks[1]
    assert (named.name, named.wordings) == ("reserve-a-book", ("Reserve a book.",))
    again = retitle(retitle(flow, Element("task", second.id), "Reserve a book"), Element("task", second.id), "Borrow")
    assert again.tasks[1].name == "borrow"
    own = with_value(flow, Element("task", second.id, "name"), "my-task")
    assert retitle(own, Element("task", second.id), "Borrow").tasks[1].name == "my-task"


def test_names_of_tables_columns_variables_and_parameters_follow() -> None:
    flow, table_id = with_books(begun())
    flow = data.add_variable(flow, starts.new_variable(flow, rng=RNG))
    task = starts.new_task(flow, rng=RNG)
    flow = tasks.add_task(flow, task.rebuilt(parameters=(starts.new_parameter(task, rng=RNG),)))
    column, variable, parameter = flow.tables[0].columns[0], flow.variables[0], flow.tasks[0].parameters[0]
    flow = retitle(flow, Element("table", table_id), "Members")
    flow = retitle(flow, Element("column", column.id), "Full name")
    flow = retitle(flow, Element("variable", variable.id), "Chosen member")
    flow = retitle(flow, Element("parameter", parameter.id), "Member")
    assert (flow.tables[0].name, flow.tables[0].columns[0].name) == ("members", "full_name")
    assert (flow.variables[0].name, flow.tasks[0].parameters[0].name) == ("chosen_member", "member")


def test_a_notice_says_at_first_what_fits_its_kind() -> None:
    flow = begun()
    arrow = starts.new_transition(flow.pages[0].id, UseTrigger(block="b"), rng=RNG)
    flow = flow.rebuilt(transitions=(arrow,))
    at = Element("transition", arrow.id)
    texts = set()
    for tone in ("success", "info", "warning", "error"):
        flow = starts.toned(flow, at, tone)
        notice = flow.transitions[0].notice
        assert notice is not None
        assert notice.tone == tone
        texts.add(notice.text)
    assert len(texts) == 4
    own = with_value(flow, at._replace(field="notice.text"), "Sold out.")
    changed = starts.toned(own, at, "info").transitions[0].notice
    assert changed is not None
    assert changed.text == "Sold out."
    block = starts.new_block(flow, "notice", rng=RNG)
    flow = blocks.insert_block(flow, Slot("page", flow.pages[0].id), None, block)
    toned = part_of(starts.toned(flow, Element("block", block.id), "error"), Element("block", block.id))
    assert getattr(toned, "text", "") == starts.notice_words("error")


def test_go_to_a_new_page_makes_one_named_after_the_button_beside_its_page() -> None:
    flow = begun()
    home = flow.pages[0]
    button = starts.new_block(flow, "button", rng=RNG).rebuilt(title="Send money")
    flow = blocks.insert_block(flow, Slot("page", home.id), None, button)
    arrow = starts.new_transition(home.id, UseTrigger(block=button.id), rng=RNG)
    led = starts.led_to_new(flow.rebuilt(transitions=(arrow,)), arrow.id, RNG)
    page = led.pages_by_id[led.transitions[0].to]
    assert (page.title, page.path) == ("Send money", "/send-money")
    assert page.x > home.x


def test_what_is_added_shows_the_table_that_its_page_is_called_after() -> None:
    flow, _ = with_books(begun())
    members = starts.new_table(flow, "Members", RNG)
    flow = data.add_table(flow, members)
    flow, page_id = with_new_page(flow, "All members")
    made = starts.new_block(flow, "list", rng=RNG, owner=page_of(flow, page_id))
    assert getattr(made, "table", "") == members.id
    shown = with_record(flow, page_id, members.id)
    details = starts.new_block(shown, "details", rng=RNG, owner=page_of(shown, page_id))
    assert [item.text for item in getattr(details, "items", ())] == ["{name}"]


def test_a_new_column_called_like_one_row_of_a_table_is_such_a_row_and_a_filled_one_stays() -> None:
    flow = starts.starter()
    books = starts.new_table(flow, "Books")
    loans = starts.new_table(flow, "Loans")
    flow = data.add_table(data.add_table(flow, books), loans)
    column = Element("column", loans.columns[0].id)
    made = retitle(flow, column, "Book").tables[1].columns[0].type
    assert (made.kind, made.table) == ("row", books.id)
    assert retitle(flow, column, "Books").tables[1].columns[0].type.kind == "text"
    filled = data.add_row(flow, loans.id, Row(id="row_1", values={loans.columns[0].id: "Emma"}))
    assert retitle(filled, column, "Book").tables[1].columns[0].type.kind == "text"


def test_a_new_parameter_called_like_a_ready_list_comes_from_it() -> None:
    flow = starts.starter()
    task = starts.new_task(flow).rebuilt(parameters=(starts.new_parameter(starts.new_task(flow)),))
    flow = tasks.add_task(flow, task)
    named = retitle(flow, Element("parameter", task.parameters[0].id), "Email")
    assert named.tasks[0].parameters[0].source == PoolSource(pool="email")
