"""The small pictures on cards."""

from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Columns,
    Details,
    DetailsItem,
    FoldOut,
    Form,
    Heading,
    Image,
    Link,
    ListBlock,
    ListColumn,
    Menu,
    Pagination,
    Steps,
    Tab,
    Tabs,
    Text,
)
from flow_models.document.field_blocks import ChoiceField, ChoiceGrid, Slider, TextField
from flow_models.geometry.picture import picture_of


def test_every_kind_of_control_and_field_has_a_row_inside_the_picture() -> None:
    blocks: tuple[AnyBlock, ...] = (
        Form(id="f", blocks=(TextField(id="t", name="t"), Button(id="b", title="Send", submit=True))),
        Columns(id="c", columns=((Link(id="l", title="More"),), (ChoiceField(id="d", name="d"),))),
    )
    picture = picture_of(blocks, 0, 0, 196, 200)
    assert set(picture.rows) == {"t", "b", "l", "d"}
    assert picture.controls == {"b", "l"}
    assert all(0 < y < picture.height for y in picture.rows.values())


def test_a_list_has_a_row_of_its_own_for_each_link_and_control() -> None:
    columns = (ListColumn(title="Name", link=Link(id="open")), ListColumn(title="IBAN"))
    controls = (Button(id="edit", title="Edit"), Button(id="remove", title="Remove"))
    picture = picture_of((ListBlock(id="list", columns=columns, row_controls=controls),), 0, 0, 196, 200)
    assert len({picture.rows[block] for block in ("open", "edit", "remove")}) == 3


def test_what_a_visitor_unfolds_is_pictured_open_with_a_row_for_each_control() -> None:
    tabs = (
        Tab(title="One", blocks=(Link(id="a", title="A"),)),
        Tab(title="Two", blocks=(TextField(id="t", name="t"),)),
    )
    blocks: tuple[AnyBlock, ...] = (
        FoldOut(id="fold", title="More", blocks=(Button(id="b", title="B"),)),
        Tabs(id="tabs", tabs=tabs),
        Menu(id="menu", title="Menu", items=(Link(id="m", title="M"),)),
    )
    picture = picture_of(blocks, 0, 0, 196, 300)
    assert set(picture.rows) == {"a", "b", "t", "m"}
    assert picture.controls == {"a", "b", "m"}


def test_sliders_places_pictures_steps_and_pages_have_marks_of_their_own() -> None:
    blocks: tuple[AnyBlock, ...] = (
        Image(id="i"), Slider(id="s", name="s", title="Price"), ChoiceGrid(id="g", name="g", title="Seat"),
        Steps(id="p", titles=("Choose", "Pay")), Pagination(id="n"),
    )  # fmt: skip
    marks = picture_of(blocks, 0, 0, 196, 300).marks
    assert [mark.kind for mark in marks] == ["picture", "caption", "slider", "caption", "places", "text", "text"]


def test_marks_stay_in_their_column() -> None:
    details = Details(id="d", items=tuple(DetailsItem(title=f"A rather long title {n}") for n in range(9)))
    marks = picture_of((details, Text(id="t", text="word " * 60)), 12, 40, 196, 200).marks
    assert all(mark.rect.x >= 12 and mark.rect.right <= 208.01 for mark in marks)


def test_a_full_page_is_drawn_closer_before_anything_is_cut() -> None:
    fields = tuple(TextField(id=f"t{n}", name=f"t{n}", title="Field") for n in range(5))
    blocks: tuple[AnyBlock, ...] = (Heading(id="h", text="Form"), *fields, Button(id="b", title="Send"))
    roomy, tight = picture_of(blocks, 0, 0, 196, 400), picture_of(blocks, 0, 0, 196, 150)
    assert roomy.height > 150 >= tight.height
    assert {mark.kind for mark in tight.marks} == {mark.kind for mark in roomy.marks}


def test_what_is_cut_keeps_a_row_at_the_end() -> None:
    fields = tuple(TextField(id=f"t{n}", name=f"t{n}", title="Field") for n in range(20))
    picture = picture_of((*fields, Button(id="b", title="Send")), 0, 0, 196, 150)
    assert picture.marks[-1].kind == "more"
    assert "b" not in {mark.block for mark in picture.marks}
    assert picture.rows["b"] == 146
    assert all(mark.rect.bottom <= 150 for mark in picture.marks)
