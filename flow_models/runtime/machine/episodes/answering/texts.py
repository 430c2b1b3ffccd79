"""Finding an expected text in a message: once, as whole words, undenied, and none of those that it could have been."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from . import words
from .writing import written

_AROUND: Final = " \n\u00a0\"'`*_.,;:!|#>[](){}\u2705\u2714\u2611"
"""What may stand around a text without changing it."""

_BULLET: Final = re.compile(r"^[-\u2022*] +")
_SPACES: Final = re.compile("[ \n\u00a0]+")
_FREE: Final = " \n\u00a0\"'`*_()[]{}|!,;"
_SHORT: Final = 2
"""Letters up to which a text counts in a sentence only as it is spelled: "A" is a seat, "a" an article."""

_DIGIT_LAST, _DIGIT_FIRST = re.compile(r"\d[ ,.'/-]*$"), re.compile(r"[ ,.'/-]*\d")
_WORD_NEXT: Final = re.compile(r" [^\W\d_]")
_NUMBERLIKE: Final = re.compile(r"[\d.,:/' +-]*\d[\d.,:/' +-]*")


def plain(text: str) -> str:
    """Return a text as it is compared: in one form, one space between words, without what may stand around it."""
    return _BULLET.sub("", _SPACES.sub(" ", written(text))).strip(_AROUND)


def says(message: str, expected: str, rivals: Iterable[str]) -> bool:
    """Say whether a message gives an expected text, alone or in a sentence, and none of the others.

    Args:
        message: What was said, if it is not the expected text itself.
        expected: The text, not empty.
        rivals: Other texts that the question could have as answer. Where one differs in capital letters only, they
            count; where one differs in punctuation only, nothing but the text itself is right.
    """
    wanted, said = plain(expected), plain(message)
    sentence = _SPACES.sub(" ", written(message))
    others = set(_near(rivals, expected, wanted, sentence))
    if not wanted or wanted in others:
        return False  # They differ in marks alone, so only the text itself would do.
    is_exact = any(other.casefold() == wanted.casefold() for other in others)
    if (said if is_exact else said.casefold()) == (wanted if is_exact else wanted.casefold()):
        return True
    return _stands_in(sentence, wanted, others, is_exact=is_exact)


def _near(rivals: Iterable[str], expected: str, wanted: str, sentence: str) -> Iterator[str]:
    """Yield the other texts, as they are compared, that stand somewhere in a message or are the wanted one's twins."""
    small_wanted, small_sentence = wanted.casefold(), _small(sentence)
    for rival in set(rivals):
        other = plain(rival)
        if not other or rival.split() == expected.split():
            continue
        if _small(other) in small_sentence or other.casefold() == small_wanted:
            yield other


def _stands_in(message: str, wanted: str, others: set[str], *, is_exact: bool) -> bool:
    """Say whether a message is a sentence that gives a text."""
    places = _places(message, wanted, is_exact=is_exact)
    if len(places) != 1:
        return False
    start = places[0]
    before, after = message[:start], message[start + len(wanted) :]
    rest = f"{before}\x00{after}"
    if words.takes_back(rest) or words.bounds_or_compares(before, after) or _goes_on(before, wanted, after):
        return False
    if _NUMBERLIKE.fullmatch(wanted) and (words.has_value(rest) or before.rstrip(_FREE)[-1:] in ("-", "+")):
        return False
    return not any(_is_said(other, message, rest, wanted) for other in others)


def _goes_on(before: str, wanted: str, after: str) -> bool:
    """Say whether a text is only a part of what stands there: "Green Leaf & Sons", "Gold...", digits beside digits."""
    has_digits = any(char.isdigit() for char in wanted)
    if has_digits and (_DIGIT_LAST.search(before) or _DIGIT_FIRST.match(after)):
        return True
    if re.match(r" \d", after) or (_WORD_NEXT.match(after) and _is_common(before, wanted)):
        return True
    next_mark, last_mark = after.lstrip("\"'*_` "), before.rstrip("\"'*_` ")
    return next_mark.startswith(("..", "&", "+")) or last_mark.endswith(("&", "+"))


def _is_common(before: str, wanted: str) -> bool:
    """Say whether a text that a word follows is a word of the sentence itself: "No idea", "A flight", "I found"."""
    return words.is_refused(wanted.casefold()) or wanted == "I" or (wanted == "A" and not before.strip(_AROUND))


def _is_said(other: str, message: str, rest: str, wanted: str) -> bool:
    """Say whether a message says another text, beside the wanted one (`rest`) or around it."""
    small, small_wanted = other.casefold(), wanted.casefold()
    return bool(_places(message if small_wanted in small else rest, other, is_exact=small == small_wanted))


def _places(text: str, wanted: str, *, is_exact: bool) -> list[int]:
    """Return where a text stands in another as whole words."""
    if not (is_exact or len(wanted) <= _SHORT):
        text, wanted = _small(text), _small(wanted)
    places, start = [], text.find(wanted)
    while start >= 0:
        if _is_whole(text, start, start + len(wanted)):
            places.append(start)
        start = text.find(wanted, start + 1)
    return places


def _small(text: str) -> str:
    """Return a text in small letters, character by character, so that places stay."""
    if text.isascii():
        return text.lower()
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a part of a text is made of whole words."""
    before, after = text[start - 1 : start], text[end : end + 1]
    is_begun = not before or before in _FREE or (before in ":.#>=" and not text[start - 2 : start - 1].isdigit())
    is_begun = is_begun and not (before == "." and text[start - 2 : start - 1].isalnum())
    follows = text[end + 1 : end + 2]
    return is_begun and (
        not after or (after in _FREE and not _is_glued(after, follows)) or (after in ".:" and not follows.isalnum())
    )


def _is_glued(mark: str, follows: str) -> bool:
    """Say whether a mark binds two words to one: an apostrophe, an underscore, a comma between digits."""
    return mark in "'_," and follows.isalnum()
