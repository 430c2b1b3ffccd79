"""The element tree and the two texts written from it."""

from flow_models.runtime.site.elements import HIDDEN, ID, TOKEN, Element, Mark, flat, to_axtree, to_html


def tree(*children: Element) -> Element:
    return Element("html", (Element("body", children),), line="RootWebArea 'T'")


def token(number: int) -> str:
    return f"t{number}"


def test_numbers_count_every_element_from_html() -> None:
    shown = tree(Element("div", (Element("p", ("Hello",), line="paragraph ''"),)), Element("hr", line="separator ''"))
    assert to_axtree(shown) == "RootWebArea 'T'\n\t[3] paragraph ''\n\t\tStaticText 'Hello'\n\t[4] separator ''"


def test_a_text_that_is_part_of_the_name_is_not_repeated() -> None:
    assert to_axtree(tree(Element("h1", ("Hello",), (), "heading 'Hello'", "Hello"))).endswith("\t[2] heading 'Hello'")


def test_a_hidden_subtree_has_numbers_but_no_lines() -> None:
    hidden = Element("form", (Element("p", ("x",), line="paragraph ''"),), line="form ''")
    hidden.reading = HIDDEN
    assert to_axtree(tree(hidden, Element("hr", line="separator ''"))) == "RootWebArea 'T'\n\t[4] separator ''"


def test_a_kept_subtree_is_numbered_anew_where_it_begins_elsewhere() -> None:
    kept = Element("p", ("x",), line="paragraph ''")
    kept.keep()
    first, second = to_axtree(tree(kept)), to_axtree(tree(Element("hr", line="separator ''"), kept))
    assert "[2] paragraph" in first
    assert "[3] paragraph" in second


def test_find_returns_the_element_below_its_ancestors() -> None:
    inner = Element("p")
    shown = tree(Element("hr"), Element("div", (Element("hr"), inner)))
    assert shown.find(5)[-1] is inner
    assert [element.tag for element in shown.find(5)] == ["html", "body", "div", "p"]
    assert shown.find(6) == ()
    assert shown.find(-1) == ()


def test_elements_and_find_agree_about_numbers() -> None:
    shown = tree(Element("div", (Element("hr"), "text", Element("p", ("x",)))), Element("hr"))
    assert all(shown.find(number)[-1] is element for number, element in shown.elements())


def test_html_escapes_texts_and_attributes() -> None:
    written = to_html(tree(Element("p", ("a < b & c",), (("title", 'say "<hi>"'),))), token)
    assert '<p title="say &quot;&lt;hi&gt;&quot;">a &lt; b &amp; c</p>' in written


def test_marks_become_ids_and_tokens_by_number() -> None:
    attributes = (("id", ID), ("name", TOKEN), ("aria-describedby", Mark("id", (-1, 1))))
    written = to_html(tree(Element("hr"), Element("input", (), attributes)), token)
    assert '<input id="e3" name="t3" aria-describedby="e2 e4">' in written


def test_a_textarea_keeps_its_first_line_break() -> None:
    assert "<textarea>\n\nx</textarea>" in to_html(tree(Element("textarea", ("\nx",))), token)


def test_flat_collapses_what_a_browser_collapses_and_nothing_else() -> None:
    assert flat(" a \n\t b\u00a0 c ") == "a b\u00a0 c"
