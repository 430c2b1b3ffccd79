"""What a variant changes in a page, and what it does not."""

import re

import pytest

from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.base.words import Name, Phrase, Word
from flow_models.runtime.machine.pages.view import (
    Columns,
    Details,
    Form,
    Group,
    Heading,
    Link,
    ListRow,
    ListView,
    Navigation,
    Shown,
    Text,
    View,
)
from flow_models.runtime.site import Rendered
from flow_models.runtime.site.order import permutation
from tests.flow_models.runtime.site.samples import SITE, button, everything, rows, view

PAY = Word("Pay", 640, ("Pay", "Send"), ("Remit",))
OTHER = Variant(wording=1)
COLUMNS = (("Payee", "start"), ("Amount", "end"), ("Day", "start"), ("Note", "start"))


def text_of(shown: View, variant: Variant) -> str:
    return Rendered(shown, SITE.dressed(variant)).axtree


def names(text: str, role: str) -> list[str]:
    """Return the names of the elements of a role, in their order."""
    return re.findall(rf"\] {role} '([^']*)'", text)


@pytest.mark.parametrize(
    "part",
    [
        Heading("h", PAY, 1),
        Text("t", PAY, "plain"),
        button("b", PAY),
        Link("l", "", PAY, "/"),
        Group("g", PAY, ()),
        Navigation("n", PAY, ()),
        Details("d", ((PAY, "x"),)),
        ListView("l", PAY, "table", ((PAY, "start"),), (), PAY),
    ],
    ids=lambda part: type(part).__name__,
)
def test_fixed_texts_are_said_as_the_wording_has_them(part: Shown) -> None:
    shown = view(part)
    assert "Pay" in text_of(shown, PLAIN)
    assert "Pay" not in text_of(shown, OTHER)
    assert "Send" in text_of(shown, OTHER)
    assert "Remit" in text_of(shown, OTHER._replace(new_words=True))


def test_the_title_of_the_page_is_said_too() -> None:
    assert "RootWebArea 'Send · North Bank'" in text_of(view(title=PAY), OTHER)


def test_links_groups_facts_and_columns_stand_in_another_order() -> None:
    texts = tuple(Text(f"t{number}", f"Text {number}", "plain") for number in range(6))
    links = tuple(Link(f"l{number}", "", f"Link {number}", "/") for number in range(6))
    facts = tuple((f"Fact {number}", "x") for number in range(6))
    shown = view(Group("g", "", texts), Navigation("n", "", links), Details("d", facts))
    orders = {tuple(re.findall(r"(?:Text|Link|Fact) \d", text_of(shown, Variant(order=order)))) for order in range(9)}
    assert len(orders) == 9
    assert len({tuple(sorted(order)) for order in orders}) == 1


def test_the_first_column_says_what_a_row_is_and_stays() -> None:
    cells = ("Ana", "1", "Monday", "none")
    part = ListView("l", "", "table", COLUMNS, (ListRow("r", cells, ()),), "")
    found = {tuple(names(text_of(view(part), Variant(order=order)), "columnheader")) for order in range(30)}
    assert len(found) == 6
    assert {order[0] for order in found} == {"Payee"}


def test_a_heading_in_a_group_stays_above_what_follows_it() -> None:
    parts = (Text("a", "A", "plain"), Heading("h", "H", 3), Text("b", "B", "plain"), Text("c", "C", "plain"))
    for order in range(1, 20):
        found = re.findall(r"'([AHBC])'", text_of(view(Group("g", "", parts)), Variant(order=order)))
        assert found[:2] == ["A", "H"]


def test_neighbouring_buttons_are_reversed() -> None:
    shown = view(
        button("a", "Yes"), Link("l", "", "Help", "/"), button("b", "No"), Heading("h", "H", 1), button("c", "C")
    )
    text = text_of(shown, Variant(buttons="reversed"))
    assert names(text, "(?:button|link)") == ["No", "Help", "Yes", "C"]


@pytest.mark.parametrize(
    ("buttons", "order"),
    [
        ("", ["Amount", "Pay", "Stop", "Later"]),
        ("reversed", ["Amount", "Stop", "Pay", "Later"]),
        ("above", ["Pay", "Stop", "Amount", "Later"]),
        ("above_reversed", ["Stop", "Pay", "Amount", "Later"]),
    ],
)
def test_buttons_stand_above_what_they_are_drawn_below_but_under_their_heading(buttons: str, order: list[str]) -> None:
    parts = (Text("t", "Amount", "plain"), button("a", "Pay"), button("b", "Stop"), Heading("h", "Later", 2))
    for part in (Form("f", parts), Columns("c", (parts,)), Group("g", "", parts)):
        assert re.findall("Amount|Pay|Stop|Later", text_of(view(part), Variant(buttons=buttons))) == order
    assert re.findall("Amount|Pay|Stop|Later", text_of(view(*parts), Variant(buttons=buttons))) == order


def test_a_header_keeps_its_buttons_where_they_are() -> None:
    shown = view(header=(Text("t", "Hello", "plain"), button("a", "Leave")))
    assert re.findall("Hello|Leave", text_of(shown, Variant(buttons="above"))) == ["Hello", "Leave"]


@pytest.mark.parametrize(("drawn", "wanted", "line"), [("table", "cards", "list ''"), ("cards", "table", "table ''")])
def test_lists_are_tables_or_cards(drawn: str, wanted: str, line: str) -> None:
    shown = view(ListView("l", "", drawn, COLUMNS[:2], rows(), ""))
    assert line not in text_of(shown, PLAIN)
    assert line in text_of(shown, Variant(lists=wanted))


def test_the_navigation_stands_behind_the_main_part() -> None:
    text = text_of(everything(), Variant(navigation="end"))
    assert text.index("main ''") < text.index("navigation 'Main'") < text.index("contentinfo ''")
    plain = text_of(everything(), PLAIN)
    assert plain.index("navigation 'Main'") < plain.index("main ''")


@pytest.mark.parametrize(
    "variant",
    [
        Variant(look="x", align="end", columns="two", labels="beside", navigation="side"),
        Variant(interruption="cookies", conduct="slow", goal=3, seed=9),
    ],
)
def test_what_only_looks_different_reads_alike(variant: Variant) -> None:
    assert text_of(everything(), variant) == text_of(everything(), PLAIN)


@pytest.mark.parametrize("seed", range(1, 6))
def test_controls_are_the_same_in_every_variant_and_are_where_their_numbers_say(seed: int) -> None:
    variant = Variant(order=seed, buttons="reversed", lists="cards", wording=seed, navigation="end")
    shown = everything()
    site = SITE.dressed(variant)
    rendered, plain = Rendered(shown, site), Rendered(shown, SITE)
    assert sorted(rendered.targets.values()) == sorted(plain.targets.values())
    lines = {line.strip().partition("] ")[0]: line for line in rendered.axtree.split("\n")}
    for number, target in rendered.targets.items():
        if target.kind in ("button", "link") and target.block != "b_tabs":
            assert f"] {target.kind} " in lines[f"[{number}"]


def test_orders_are_permutations_and_depend_on_what_is_ordered() -> None:
    things = {"a": tuple("vwxyz"), "b": tuple("klmno")}
    found = {block: [permutation(order, names) for order in range(1, 33)] for block, names in things.items()}
    assert all(sorted(order) == list(range(5)) for orders in found.values() for order in orders)
    assert len(set(found["a"])) > 20
    assert found["a"] != found["b"]


def test_things_keep_their_order_whatever_stands_between_them_and_wherever_they_are_listed() -> None:
    for order in range(1, 41):
        few, many = tuple("abd"), tuple("xaybzcd")
        listed = [many[place] for place in permutation(order, many)]
        assert [few[place] for place in permutation(order, few)] == [one for one in listed if one in few]


def test_twin_menus_on_two_pages_have_one_order_though_their_blocks_differ() -> None:
    def menu(page: str) -> View:
        texts: list[str] = [Name(f"Link {number}") for number in range(5)]
        texts.append(Phrase((Name("Cart ("), page, Name(")")), "Cart ()"))
        return view(Navigation("n" + page, "", tuple(Link(f"{page}{text}", "", text, "/") for text in texts)))

    found = {
        order: [re.findall(r"Link \d|Cart", text_of(menu(page), Variant(order=order))) for page in ("1", "2")]
        for order in range(1, 41)
    }
    assert all(first == second for first, second in found.values())
    assert len({tuple(first) for first, _ in found.values()}) > 35
