"""A synthetic flow of any size, for measuring: sections of pages, forms, lists, guards, effects and tasks."""

from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.flow import Flow
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    field,
    flow,
    form,
    heading,
    link,
    page,
    parameter,
    rows_of,
    section,
    sets,
    table,
    task,
    variable,
)

SECTION_SIZE = 50
"""Pages in a section."""


def large_flow(pages: int = 1000) -> Flow:
    """Return a flow of so many pages and twice as many transitions, in which the checks find nothing.

    The pages form a ring; each has a heading, a list and two links, every third a form with guard and effects instead.
    """
    made: list[Page] = []
    arrows: list[Transition] = []
    for number in range(pages):
        name, onward = f"p{number}", f"p{(number + 1) % pages}"
        listing = rows_of(f"{name}_list", "items", "{label}", "{price}", where="price > 10")
        if number % 3 == 0:
            sending = form(f"{name}_form", field(f"v{number}"), button(f"{name}_send", submit=True))
            made.append(page(name, heading(f"{name}_h", "Page {count}"), listing, sending))
            arrows += _form_arrows(name, onward, number)
        else:
            ways = (link(f"{name}_on"), link(f"{name}_home"))
            made.append(page(name, heading(f"{name}_h", "Page {count}"), listing, *ways))
            arrows.append(arrow(name, onward, use=f"{name}_on", name=f"a{number}"))
            arrows.append(arrow(name, "p0", use=f"{name}_home", name=f"h{number}"))
    sections: list[Section] = [
        section(f"s{first}", *(f"p{number}" for number in range(first, min(pages, first + SECTION_SIZE))))
        for first in range(0, pages, SECTION_SIZE)
    ]
    items = table("items", "label:text", "price:money", rows=(("Lamp", "20.00"), ("Desk", "99.00")))
    orders = table("orders", "note:text")
    ask = task(
        "order",
        wordings=("Order with the note {task.note}.", "Note {task.note} and order.", "Order; the note is {task.note}."),
        parameters=(parameter("note", "text", "One", "Two"),),
        expect=(expect_added("orders", note="task.note"),),
        success={"changes": (expect_added("orders", note="task.note"),), "also": "count(orders, note == 'x') == 0"},
    )
    return flow(*made, *sections, *arrows, items, orders, variable("count", "integer", 0), ask)


def _form_arrows(name: str, onward: str, number: int) -> list[Transition]:
    """Return a guarded way on and an otherwise for a page's form."""
    return [
        arrow(
            name,
            onward,
            use=f"{name}_send",
            name=f"s{number}",
            when=f"field.v{number} == 'go'",
            do=(adds("orders", note=f"field.v{number}"), sets("count", "count + 1")),
        ),
        arrow(name, use=f"{name}_send", name=f"o{number}", notice="Please write go."),
    ]
