"""Texts as a browser shows them."""

from flow_models.runtime.site.elements import flat


def test_flat_collapses_what_a_browser_collapses_and_nothing_else() -> None:
    assert flat(" a \n\t b\u00a0 c ") == "a b\u00a0 c"
