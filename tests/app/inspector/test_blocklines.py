"""Blocks as lines."""

from app.blocks.placing import Spot
from app.inspector.blocklines import Line, lines_of
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import Button, Columns, Form, Link, ListBlock, ListColumn, Tab, Tabs, Text
from flow_models.document.edits.tree import Slot


def told(lines: tuple[Line, ...]) -> list[object]:
    """Return the lines as their words, each with those below it."""
    return [(line.title, told(line.inner)) if line.inner else line.title for line in lines]


def test_what_stands_in_a_form_is_below_it_and_blocks_can_be_dropped_onto_it() -> None:
    form = Form(id="f", blocks=(Text(id="t", text="How much?"), Button(id="b", title="Send")))
    (line,) = lines_of(Page(id="p", blocks=(form,)))
    assert told((line,)) == [("Form", ["How much?", "Send"])]
    assert (line.slot, line.stand) == (Slot("block", "f"), Spot(Slot("page", "p"), 0))
    assert line.inner[1].stand == Spot(Slot("block", "f"), 1)


def test_columns_and_tabs_have_a_line_for_each_of_their_places() -> None:
    columns = Columns(id="c", columns=((Text(id="a", text="Left"),), ()))
    tabs = Tabs(id="d", tabs=(Tab(title="First"), Tab(title="", blocks=(Text(id="e", text="Behind"),))))
    lines = lines_of(Page(id="p", blocks=(columns, tabs)))
    assert told(lines)[0] == ("Columns", [("Column 1", ["Left"]), "Column 2"])
    assert told(lines)[1] == ("Tabs", ["First", ("Tab 2", ["Behind"])])
    assert [inner.slot for inner in lines[1].inner] == [Slot("block", "d", f"tabs.{n}.blocks") for n in (0, 1)]
    assert lines[0].slot is None


def test_a_list_shows_its_links_before_what_stands_in_its_rows_and_takes_no_blocks() -> None:
    column = ListColumn(link=Link(id="l", title="Open"))
    rows = ListBlock(id="r", columns=(column,), row_controls=(Button(id="b", title="Delete"),))
    (line,) = lines_of(Page(id="p", blocks=(rows,)))
    assert [inner.title for inner in line.inner] == ["Open", "Delete"]
    assert line.slot is None


def test_a_section_has_its_header_and_its_footer() -> None:
    section = Section(id="s", header=(Text(id="h", text="Top"),))
    lines = lines_of(section)
    assert told(lines) == [("Header", ["Top"]), "Footer"]
    assert [line.slot for line in lines] == [Slot("section", "s", "header"), Slot("section", "s", "footer")]
