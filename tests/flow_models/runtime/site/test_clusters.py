"""Characters as somebody sees them; `tests/parity` compares with Chromium for every code point."""

import pytest

from flow_models.runtime.site.clusters import clusters


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301\u0301", 1),
        ("\u0301a", 2),
        ("a\u200bb", 3),
        ("a\u200b\u0301", 3),
        ("\u0600a", 1),
        ("\u1100\u1161\u11a8\uac00\uac01", 3),
        ("\u1100\u11a8", 2),
        ("\U0001f1e9\U0001f1ea\U0001f1eb", 2),
        ("\U0001f469\U0001f3fd\u200d\U0001f4bb!", 2),
        ("\u0915\u094d\u0937\u0915", 2),
    ],
)
def test_what_is_seen_as_one_counts_once(text: str, count: int) -> None:
    assert clusters(text) == count
