"""One form for what is written in many: digits of any script, dashes, quotes, spaces, full width, markup.

Nothing here knows what a text means. A character that cannot be brought to that form in a trustworthy way (one that
turns the order of others around, a control character) becomes `UNREADABLE`, which no reading accepts.
"""

import re
import unicodedata
from typing import Final

from ...base.texts import composed

UNREADABLE: Final = "\ufffd"
NARROW: Final = "\u00a0"
"""Every space that does not break a line, as between the thousands of a number."""

_ALIKE: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2212\u02d7\u2796\u2043\u2010\u2011", "-"),
    **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", UNREADABLE),
    "\u00a4": UNREADABLE,
    "\t": " ",
    "\u066b": ".",
    "\u066c": ",",
    "\u3002": ".",
    "\u3001": ",",
    "\u061f": "?",
    "\u037e": "?",
    "\u00bf": "?",
    "\u2026": "...",
    "\u20e3": UNREADABLE,
}
_IN_FORM: Final = re.compile(r"[\w ,.;:!?'\"()|*/=+%&@-]*", re.ASCII)
"""What is in the one form already, as most texts of a table are: a question may have thousands of possible answers."""

_STRUCK: Final = re.compile("[\u0335-\u0338\u20d0-\u20f0]")
"""Marks that strike through, enclose or overlay the character before them."""

_TEX_WORDS: Final = r"boxed|fbox|text|textbf|textit|textrm|texttt|mathbf|mathrm|mathit|mathsf|displaystyle|bf|rm|quad"
_TAGS: Final = "b|i|em|strong|code|p|br|span|div|pre|li|ul|ol|u|h[1-6]|answer|final_answer|final|result|output|response"
_TEX_NUMBER: Final = re.compile(r"(?<![\\$\w])\$ ?([-+]?[\d.,]+) ?\$(?![\w$])")
_SET_OFF: Final = re.compile(r"(?<![\w*`\"'])[*_`\"']+|(?<![*_`\"'])[*_`\"']++(?!\w)")
_UNWRAPPED: Final = (
    (re.compile(r"\$\$|\\[()\[\]]"), " "),
    (re.compile(r"(?<!\\)\$(?=\s*\\[a-z])"), " "),
    (re.compile(r"(?<=\})\s*\$"), " "),
    (re.compile(rf"\\(?:{_TEX_WORDS})(?![a-z])"), " "),
    (re.compile(r"\{,\}"), ","),
    (re.compile(r"\\[,;: ](?=\d)"), NARROW),
    (re.compile(r"\\(?=[$%&#_])"), ""),
    (re.compile(rf"</?(?:{_TAGS})\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"^ *```[a-z]* *$", re.IGNORECASE | re.MULTILINE), ""),
    (re.compile(r"^ *#{1,6} +", re.MULTILINE), ""),
)  # fmt: skip
"""Markup that only sets a value off: TeX, tags, fences of code and headings, and what stands for it."""


def written(text: str) -> str:
    """Return a text in the one form: composed (NFC), ASCII digits, plain dashes, quotes and spaces, markup gone."""
    if _IN_FORM.fullmatch(text):
        return _closed_up(text)
    text = _closed_up("".join(map(_written, composed(text))))
    for pattern, instead in _UNWRAPPED:
        text = pattern.sub(instead, text)
    return _closed_up(_STRUCK.sub(UNREADABLE, text))


def not_set_off(text: str) -> str:
    """Return a text without quotes and marks of emphasis, but those between two letters or digits."""
    return _SET_OFF.sub("", text)


def not_in_tex(text: str) -> str:
    """Return a text without the dollar signs around a number, where they can only be TeX's."""
    return _TEX_NUMBER.sub(r"\1", text)


def is_latin(text: str) -> bool:
    """Say whether every letter of a text is of the script whose words the grammar knows."""
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 for char in text if char.isalpha())


def _closed_up(text: str) -> str:
    """Return a text with one space or line break where there are several."""
    return re.sub(r" ?\n\s*", "\n", re.sub(r" {2,}", " ", text)).strip()


def _written(char: str) -> str:
    """Return what stands for a character."""
    if char.isascii():
        return _ALIKE.get(char, char if char.isprintable() or char == "\n" else UNREADABLE)
    if char in _ALIKE:
        return _ALIKE[char]
    match unicodedata.category(char):
        case "Nd":
            return str(unicodedata.decimal(char))
        case "Pd":
            return "-"
        case "Zs":
            return NARROW
        case "Cf":
            return ""
        case "Cc" | "Cs" | "Co" | "Cn":
            return UNREADABLE
        case _:
            return _unfolded(char)


def _unfolded(char: str) -> str:
    """Return the plain character of one in full width or in a letter style of mathematics; others as they are."""
    if "\ufe00" <= char <= "\ufe0f":
        return ""
    kind = unicodedata.decomposition(char).partition(" ")[0]
    return unicodedata.normalize("NFKC", char) if kind in ("<wide>", "<narrow>", "<font>") else char
