"""Which fields of which models hold ids is found from their annotations, and ids are changed at all of these places."""

from flow_models.document.behaviour import AddEffect, SetEffect, Transition, UseTrigger
from flow_models.document.blocks import ListBlock
from flow_models.document.data import Row
from flow_models.document.elements import ElementKind
from flow_models.document.flow import Site
from flow_models.document.holding import Change, Entries, Ids, Maybe, fields_of, own_ids, with_ids
from tests.flow_models.builders import arrow, flow, link, page, shop


def change(**ids: str | None) -> Change:
    """Return the change of some ids of any kind."""

    def becomes(_kinds: frozenset[ElementKind], old: str) -> str | None:
        return ids.get(old, old)

    return Change(frozenset(ids), becomes)


def test_ids_are_found_alone_optional_among_words_and_as_keys() -> None:
    assert dict(fields_of(Site))["start"] == Maybe(Ids(frozenset({"page"})))
    assert dict(fields_of(Transition))["source"] == Ids(frozenset({"page", "section"}))
    assert dict(fields_of(Transition))["to"] == Ids(frozenset({"page"}))
    assert dict(fields_of(Row))["values"] == Entries(Ids(frozenset({"column"})), None)
    assert "host" not in dict(fields_of(Site))


def test_every_element_inside_a_part_is_found_with_its_kind() -> None:
    assert list(own_ids(page("home", link("go")))) == [("page", "home"), ("block", "go")]
    assert ("column", "items_label") in list(own_ids(shop().tables[0]))


def test_ids_are_changed_everywhere_and_what_has_none_stays_the_same_object() -> None:
    start = flow(page("a", link("go")), page("b"), arrow("a", "b", use="go"))
    changed = with_ids(start, change(b="other", go="stop"))
    assert changed is not None
    assert changed.pages[1].id == changed.transitions[0].to == "other"
    assert changed.transitions[0].on == UseTrigger(block="stop")
    assert with_ids(start, change(elsewhere="other")) is start
    assert with_ids(start, change(b="other")).pages[0] is start.pages[0]  # type: ignore[union-attr]


def test_what_may_be_empty_is_emptied_and_what_cannot_be_without_an_id_goes() -> None:
    assert with_ids(ListBlock(id="list", table="t"), change(t=None)) == ListBlock(id="list")
    assert with_ids(SetEffect(variable="v"), change(v=None)) is None
    assert with_ids(AddEffect(table="t", values={"c": "1", "d": "2"}), change(c=None)) == AddEffect(
        table="t", values={"d": "2"}
    )
    start = arrow("a", "b", use="go", do=(SetEffect(variable="v"), SetEffect(variable="w")))
    assert with_ids(start, change(v=None)) == start.rebuilt(do=(SetEffect(variable="w"),))
