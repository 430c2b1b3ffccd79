"""The kinds of page that a designer can begin with."""

import pytest

from app.canvas.page_kinds import PAGE_KINDS, likely_kinds, page_of_kind
from flow_models.document.blocks import Button, Form, ListBlock
from flow_models.document.field_blocks import TextField
from tests.flow_models.geometry.samples import page, shop


@pytest.mark.parametrize(
    ("block", "first"),
    [("submit", "confirmation"), ("remove", "dialog"), ("edit", "details"), ("plain", "page"), ("", "confirmation")],
)
def test_the_likeliest_next_page_comes_first(block: str, first: str) -> None:
    form = Form(id="f", blocks=(TextField(id="t", name="t"), Button(id="submit", submit=True)))
    listed = ListBlock(id="l", row_controls=(Button(id="edit"),))
    own = page("home", 0, 0, form, listed, Button(id="remove", style="danger"), Button(id="plain"))
    kinds = likely_kinds(shop().rebuilt(pages=(own,)), "home", block)
    assert kinds[0] == first
    assert sorted(kinds) == sorted(PAGE_KINDS)


def test_a_page_holds_what_its_kind_is_for() -> None:
    held = {kind: [block.kind for block in page_of_kind(shop(), kind, 0, 0).blocks[1:]] for kind in PAGE_KINDS}
    assert held == {
        "page": [],
        "form": ["form"],
        "list": ["list"],
        "details": ["details"],
        "confirmation": ["notice", "button"],
        "dialog": ["button", "button"],
    }
