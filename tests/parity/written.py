"""Random texts that hold calls, or nearly."""

from hypothesis import strategies as st

PIECES = (
    *("click", "fill", "press", "click(", "fill(", "'12'", '"a"', "'", '"', "'''", '"""', "click('12')", "foo", "_x"),
    *("(", ")", "[", "]", "{", "}", ",", ":", "=", "#", ";", "-", " - ", "\n", "\r", "\t", " ", "  ", "\x0b", "\x0c"),
    *("\\", "\\n", "\\x41", "\\x4", "\\u00e9", "\\u12", "\\N{DIGIT ONE}", "\\N{x}", "\\101", "\\777", "\\q", "\0"),
    *("True", "False", "None", "Truex", "1", "-5", "+3", "1e5", ".5", "5.", "1e999", "007", "9" * 4301, "(1)"),
    *("bid=", "value=", "button='right'", "if=1", "[1, 'a',]", "{'a': 1}", "('a')", "x.click('3')", "# c\n"),
    *("é", "²", "·", "\uff11", "\u0663", "\xa0", "\u2028", "\ud800", "```python\n", "```", "I'll ", "don't "),
)


def written() -> st.SearchStrategy[str]:
    """Return texts of pieces, half of them as the arguments of a call."""
    loose = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
    inner = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=10).map("".join)
    return loose | inner.map("click({})".format)
