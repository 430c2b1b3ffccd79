"""What cannot be told apart although a visitor chooses among it: options, files, tabs, and titles side by side."""

import pytest

from flow_models.document.blocks import AnyBlock, Group, Menu, Navigation, Tabs
from flow_models.document.field_blocks import ChoiceField, FileField
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base.kinds import KINDS
from tests.flow_models.builders import arrow, button, field, flow, form, heading, link, page, sets, variable
from tests.flow_models.checks.asking import assert_case, problems_of


def choice(**fields: object) -> ChoiceField:
    return ChoiceField.model_validate({"id": "c", "name": "c", "title": "C", **fields})


def files(*names: str) -> FileField:
    return FileField(id="f", name="f", title="F", files=names)


def tabs(*titles: str) -> Tabs:
    inner = [
        {"title": title, "blocks": [{"kind": "text", "id": f"t{n}", "text": "x"}]} for n, title in enumerate(titles)
    ]
    return Tabs.model_validate({"id": "tabs", "tabs": inner})


def two(*blocks: AnyBlock) -> Flow:
    """Return a flow in which the links and buttons `one` and `two` of a page do different things."""
    others = (page("b", heading("hb")), page("c", heading("hc")))
    return flow(page("a", *blocks), *others, arrow("a", "b", use="one"), arrow("a", "c", use="two"))


GO, GO_TOO = link("one", title="Go"), link("two", title="Go")

CASES = {
    "twins.offered": (flow(page("a", choice(choices=("x", "x")))), flow(page("a", choice(choices=("x", "y"))))),
    "twins.blank": (flow(page("a", choice(choices=("x", "  ")))), flow(page("a", choice(choices=("x", "-"))))),
    "twins.title": (two(GO, GO_TOO), two(GO, link("two", title="Go on"))),
}

KINDS_OF_TWINS = {
    "choices, but for spaces": (
        "twins.offered",
        flow(page("a", choice(choices=("New  York", " New York ")))),
        flow(page("a", choice(choices=("New York", "NewYork")))),
    ),
    "choices, but for capitals, which pages show": (
        "twins.offered",
        flow(page("a", choice(choices=("x", "x\n")))),
        flow(page("a", choice(choices=("x", "X")))),
    ),
    "choices in two forms of one letter": (
        "twins.offered",
        flow(page("a", choice(choices=("Caf\u00e9", "Cafe\u0301")))),
        flow(page("a", choice(choices=("Café", "Cafe")))),
    ),
    "choices, but for what nobody sees": (
        "twins.offered",
        flow(page("a", choice(choices=("x", "x\u200b\u00ad")))),
        flow(page("a", choice(choices=("x", "x-")))),
    ),
    "choices, but for a space that does not break": (
        "twins.offered",
        flow(page("a", choice(choices=("New York", "New\u00a0York")))),
        flow(page("a", choice(choices=("New York", "New-York")))),
    ),
    "a choice of which nobody sees anything": (
        "twins.blank",
        flow(page("a", choice(choices=("x", "\u200b")))),
        flow(page("a", choice(choices=("x", ".")))),
    ),
    "a placeholder and a choice": (
        "twins.offered",
        flow(page("a", choice(choices=("Any", "One"), placeholder="Any"))),
        flow(page("a", choice(choices=("Any", "One"), placeholder="Any", style="radio"))),
    ),
    "files": ("twins.offered", flow(page("a", files("a.pdf", "a.pdf"))), flow(page("a", files("a.pdf", "b.pdf")))),
    "tabs": ("twins.offered", flow(page("a", tabs("One", "One"))), flow(page("a", tabs("One", "Two")))),
    "links of a navigation": (
        "twins.title",
        two(Navigation(id="n", title="N", links=(GO, GO_TOO))),
        two(Navigation(id="n", title="N", links=(GO,)), Navigation(id="m", title="M", links=(GO_TOO,))),
    ),
    "links of a menu": (
        "twins.title",
        two(Menu(id="m", title="M", items=(GO, GO_TOO))),
        two(Menu(id="m", title="M", items=(GO, link("two", title="Go there")))),
    ),
    "links on a page": ("twins.title", two(GO, GO_TOO), two(GO, heading("h"), GO_TOO)),
    "links across a form": (
        "twins.title",
        two(GO, form("f", GO_TOO)),
        two(GO, Group(id="g", title="G", blocks=(GO_TOO,))),
    ),
    "a link and a button": (
        "twins.title",
        two(GO, button("two", title="Go")),
        two(GO, button("two", title="Go there")),
    ),
    "links under conditions": ("twins.title", two(GO, GO_TOO), two(GO, GO_TOO.rebuilt(show_if="1 == 1"))),
    "fields of a form": (
        "twins.title",
        flow(page("a", form("f", field("one", title="City"), field("two", title="City")))),
        flow(page("a", form("f", field("one", title="City"), heading("h"), field("two", title="City")))),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize("case", KINDS_OF_TWINS)
def test_every_kind_of_choice_is_looked_at(case: str) -> None:
    assert_case(*KINDS_OF_TWINS[case])


def test_a_choice_that_says_nothing_is_not_said_to_equal_a_placeholder_that_is_not_there() -> None:
    assert problems_of("twins.offered", flow(page("a", choice(choices=("x", "  "))))) == []


def test_links_that_lead_to_the_same_may_read_alike() -> None:
    arrows = (arrow("a", "b", use="one"), arrow("a", "b", use="two"))
    other = page("b", heading("hb"))
    assert problems_of("twins.title", flow(page("a", GO, GO_TOO), other, *arrows)) == []
    told = arrows[1].rebuilt(do=(sets("v", "1"),))
    assert problems_of("twins.title", flow(page("a", GO, GO_TOO), other, variable("v", "integer", 0), arrows[0], told))


def test_the_problem_names_block_page_and_text() -> None:
    [problem] = problems_of("twins.offered", flow(page("a", choice(choices=("x", "x"), title="Colour"))))
    assert all(word in problem.sentence() for word in ("Colour", "“A”", "“x”"))


def test_every_kind_in_which_something_is_chosen_says_by_what() -> None:
    """A new kind that offers something is looked at without a word here, once it says by what that is chosen."""
    for name, kind in KINDS.items():
        offers = kind.traits.fill in ("chosen", "picked") or (
            kind.traits.fill == "typed" and kind.traits.value == "row"
        )
        assert not offers or kind.traits.chosen_by, name
        assert set(kind.traits.chosen_by) <= set(kind.__dataclass_fields__), name


def test_an_empty_option_without_a_placeholder_is_blank_and_not_offered_twice() -> None:
    blank = flow(page("a", choice(choices=("  ", "x"))))
    assert not problems_of("twins.offered", blank)
    assert len(list(problems_of("twins.blank", blank))) == 1
