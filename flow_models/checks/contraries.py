"""What the title of a control says, as far as it has a contrary: *freeze* and *unfreeze*, *turn on* and *turn off*.

Contraries come by a prefix, by a particle that follows (*in*, *out*), or by a list. A word is akin to another one if
their consonants begin alike, so that *freeze* is akin to *Frozen* and *hide* to *Hidden*.
"""

import functools
import re
from typing import Final, NamedTuple

from flow_models.checks.senses import filler, words_in, words_of

_LEAST: Final = 3
"""Letters of a word before which a prefix can stand."""

_MORE: Final = 2
"""Consonants by which a word that is akin may be longer, such as those of an ending."""


class Saying(NamedTuple):
    """What a title says.

    Attributes:
        word: Its first word that does something.
        particle: *In*, *out*, *on*, *off* and the like, empty without one.
        rest: The words that name what it is about.
    """

    word: str
    particle: str
    rest: frozenset[str]

    @property
    def is_more(self) -> bool:
        """Whether it says that a number grows."""
        return self.word in words_of("contraries", "more")

    @property
    def is_less(self) -> bool:
        """Whether it says that a number shrinks."""
        return self.word in words_of("contraries", "less")

    @property
    def is_undoing(self) -> bool:
        """Whether it begins with a prefix of what undoes."""
        return any(one != self.word for one in _without_prefix(self.word))


@functools.lru_cache(maxsize=4096)
def saying(title: str) -> Saying | None:
    """Return what a title says, None if it says nothing that could have a contrary."""
    words = words_in(title) if "{" not in title else []
    while words and words[0] in words_of("contraries", "before"):
        words = words[1:]
    if not words or words[0] in (words_of("contraries", "beside") | filler()) - _listed():
        return None
    particles = [one for one in words[1:] if _turned_particle(one)]
    rest = frozenset(words[1:]) - filler() - set(particles)
    return Saying(words[0], particles[0] if particles else "", rest)


def are_contrary(one: Saying, other: Saying) -> bool:
    """Say whether two titles say contrary things of what may be the same."""
    is_about_same = one.rest <= other.rest or other.rest <= one.rest
    return is_about_same and other[:2] in contraries(one)


@functools.lru_cache(maxsize=1024)
def contraries(said: Saying) -> frozenset[tuple[str, str]]:
    """Return the words and particles that say the contrary of a title."""
    turned = {(said.word, _turned_particle(said.particle))} if said.particle else set()
    return frozenset(turned | {(word, said.particle) for word in _contraries(said.word)})


@functools.lru_cache(maxsize=4096)
def is_akin(said: Saying, text: str) -> bool:
    """Say whether a text, such as a choice, is what comes of doing what a title says."""
    words = words_in(text)
    return _has_akin(said, words) and "not" not in words and (not said.particle or said.particle in words)


@functools.lru_cache(maxsize=4096)
def is_against(said: Saying, text: str) -> bool:
    """Say whether a text is what comes of doing the contrary of what a title says."""
    words = words_in(text)
    if said.particle:
        return _turned_particle(said.particle) in words and _has_akin(said, words)
    if any(_are_akin(contrary, word) for contrary in _contraries(said.word) for word in words):
        return True
    negated = [word.removeprefix(one) for word in words for one in words_of("contraries", "negating")]
    is_negated = any(one not in words and _are_akin(said.word, one) for one in negated)
    return is_negated or ("not" in words and _has_akin(said, words))


def _has_akin(said: Saying, words: list[str]) -> bool:
    """Say whether one of some words comes of doing what a title says."""
    return any(_are_akin(said.word, word) for word in words)


@functools.cache
def _listed() -> frozenset[str]:
    """Return all words of the list."""
    return frozenset(word for pair in words_of("contraries", "pairs") for word in pair.split())


@functools.lru_cache(maxsize=1024)
def _contraries(word: str) -> frozenset[str]:
    """Return the words that say the contrary of one, some of which nobody uses."""
    listed = {one for pair in words_of("contraries", "pairs") for one in pair.split() if word in pair.split()} - {word}
    prefixed = {f"{one}{word}" for one in words_of("contraries", "prefixes") if not word.startswith(one)}
    return frozenset(listed | prefixed | _without_prefix(word))


def _without_prefix(word: str) -> set[str]:
    """Return what is left of a word without each prefix of what undoes."""
    prefixes = (one for one in words_of("contraries", "prefixes") if word.startswith(one))
    return {word.removeprefix(one).lstrip("-") for one in prefixes if len(word) >= len(one) + _LEAST}


def _turned_particle(word: str) -> str:
    """Return *out* for *in*, empty for what is no particle."""
    pairs = (pair.split() for pair in words_of("contraries", "particles"))
    return next((one for pair in pairs for one in pair if word in pair and one != word), "")


def _are_akin(verb: str, word: str) -> bool:
    """Say whether a word begins like a verb, by its first letter and its consonants."""
    if verb == word:
        return True
    bones, others = _bones(verb), _bones(word)
    if len(bones) < _MORE or bones[0] != others[:1]:
        return False
    is_close = len(others) - len(bones) <= _MORE
    # What is activated is active: the ending may be another one.
    return is_close and (others.startswith(bones) or (len(bones) > _LEAST and bones[:-1] == others))


def _bones(word: str) -> str:
    """Return the first letter of a word and its consonants, doubled ones once."""
    bare = word[:1] + re.sub("[aeiouy]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", bare)
