"""Reading a yes or no."""

import re
from typing import Final

from . import words

_YES: Final = "yes|true|yep|yeah|yup|correct|affirmative"
_NO: Final = "no|false|nope|nah|incorrect|untrue"
_NAMING: Final = re.compile(r"\b(?:correct|right|true|final) (?=answer|value|option|result)", re.IGNORECASE)
_DENIED: Final = re.compile(r"\b(?:not|isn't|isnt|wasn't) (?:true|correct)\b", re.IGNORECASE)
_SAID: Final = re.compile(rf"\b(?:(?P<yes>{_YES})|{_NO})\b", re.IGNORECASE)
_OF_A_NOUN: Final = re.compile(
    r"\s+(?!(?:it|there|they|this|that|these|those|you|your|he|she|we|i|the|my|not|none)\b)\w", re.IGNORECASE
)
"""What follows a "no" that belongs to a noun ("no idea", "no longer") instead of answering."""

_AFFIRMED: Final = re.compile(
    r"\W*(?:it|there|they|this|that|these|those|you|he|she|we|i) "
    r"(?:is|are|was|were|am|do|does|did|can|will|has|have|had|must)\W*",
    re.IGNORECASE,
)
"""What contradicts a "no" before it: "No, it is"."""

_NEGATIONS: Final = re.compile(rf"\b(?:not|none|neither|nor|nothing|never|{_NO}|\w+n't)\b", re.IGNORECASE)


def truth_in(text: str) -> bool | None:
    """Return what a text in the form of `written` says: yes or no, or None if neither, both or doubtfully."""
    text, denials = _DENIED.subn("untrue", _NAMING.sub("", text))
    found = list(_SAID.finditer(text))
    if not found or words.has_value(text) or (denials and len(found) > denials):
        return None
    is_yes = bool(found[0]["yes"])
    if any(bool(one["yes"]) is not is_yes for one in found):
        return None
    head, tail = text[: found[0].start()], text[found[0].end() :]
    if is_yes:
        return None if words.takes_back(head) or words.takes_back(tail) else True
    return False if _denies(head, found[0].group(), tail) else None


def _denies(head: str, word: str, tail: str) -> bool:
    """Say whether a word says no: nothing before it takes it back, and what follows may repeat it ("No, it is not")."""
    if word.casefold() == "no" and (_OF_A_NOUN.match(tail) or _AFFIRMED.fullmatch(tail)):
        return False
    return not (words.takes_back(head) or words.takes_back(_NEGATIONS.sub("", tail)))
