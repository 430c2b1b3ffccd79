"""Texts as they are taken in: what a browser's box holds of one, and what a site makes of it.

A box holds what was put into it but for what no box can hold (`typed`); it shows that until the site answers, and after
it too. What a formula reads, and so what is stored and compared, is what a page shows of a text (`taken`): two texts
that no page tells apart are one value. Therefore of every field and of the data with which an episode begins (the
program's own texts, which people wrote for pages, are only brought into form NFC):

- Characters that can be written in several ways are written in one, Unicode's form NFC.
- White space of any kind, no-break spaces too, counts as one space, and at the ends of a line as none: HTML shows no
  more of it. Line breaks within a text of several lines count.
- What has no look of its own counts as nothing: control characters, zero-width spaces, soft hyphens, marks of the
  writing direction and of annotations, fillers. Joiners, variation selectors and tags count where they change a look,
  which is behind a character of a script that joins, an ideograph or a picture; behind a Latin, Greek or Cyrillic
  letter they do not, nor do joiners with nothing to join.

A designer can let the spaces of a field count; then, and in passwords, whose every character counts wherever one signs
in, only NFC is made (NIST SP 800-63B-4, 3.1.1.2, asks for no more).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")
_UNWRITABLE: Final = re.compile("[\0\ud800-\udfff]")
_UNSEEN: Final = re.compile(
    # Control characters but for white space.
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    # What Unicode calls ignorable by default, without what may change the look of its neighbour.
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff"
    "\U000e01f0-\U000e0fff]+"
)
_CHANGING: Final = r"\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
"""Joiners, variation selectors and tags."""

_IDLE: Final = re.compile(
    # All of them, except behind what they can change.
    rf"(?<![^\s\0-\u05ff\u1e00-\u20cf])[{_CHANGING}]+"
    # Joiners behind characters of East Asia, which never join.
    r"|(?<=[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff])[\u200c\u200d]+"
    # Joiners at the end of a word: there only a letter that joins can look joined.
    r"|(?<![\u0600-\u1cff\ua800-\uabff\U00010800-\U00011fff\U0001e900-\U0001e95f\u200c\u200d])"
    rf"[\u200c\u200d][{_CHANGING}]*(?!\S)"
    rf"|(?<![\u200c\u200d])\u200c[{_CHANGING}]*(?!\S)"
)


def typed(text: str, *, lines: bool) -> str:
    """Return a text as a browser's box holds it.

    Measured in Chromium 156 for every code point: a box takes all of them but halves of characters. NUL, which a box
    would hold until it is sent but no HTML can, is nowhere taken.

    Args:
        text: What is put into the box.
        lines: Whether it has several lines; in a box for one a line break is a space.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines and "\n" in text:
        text = text.replace("\n", " ")
    return writable(text)


def writable(text: str) -> str:
    """Return a text without what no page can hold: NUL, and halves of characters, which become replacement marks."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def has_halves(text: str) -> bool:
    """Say whether a text holds halves of characters (surrogates), which have no form in UTF-8."""
    return not text.isascii() and _HALF.search(text) is not None


def is_writable(text: str) -> bool:
    """Say whether a page can hold a text as it is, and a file too."""
    return (text.isascii() and "\0" not in text) or _UNWRITABLE.search(text) is None


def composed(text: str) -> str:
    """Return a text in the one way of writing its characters, NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def taken(text: str) -> str:
    """Return what a page shows of a text, line by line; empty where that is nothing."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _looked_at(text)


# A formula may read a long text of a field once for every row of a table.
@lru_cache(maxsize=256)
def _looked_at(text: str) -> str:
    """Return what a page shows of a text that is not plain."""
    seen, before = composed(text), ""
    while seen != before:  # What composing puts beside each other can leave more without a look.
        seen, before = composed(_IDLE.sub("", _UNSEEN.sub("", seen))), seen
    return "\n".join([" ".join(line.split()) for line in seen.split("\n")]).strip("\n")
