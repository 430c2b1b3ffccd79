"""Putting needs together that always come together, so that they share a bit.

The fields of a form that one transition copies into one row are met together or they are of no use, whichever of them
is filled first; so are the variables that one transition sets and another one reads. Needs share a bit where the same
transitions give them and the same ones ask for them. Then whoever meets the group has met each of them right then, and
the distances stay below what a real solution takes. Telling all of them apart doubles the states of the distances with
each field.
"""

from collections import Counter
from collections.abc import Hashable

from .needs import Gift, Need, Needs

_Classes = dict[int, int]
"""The group of each need, both by number."""


def grouped(needs: Needs) -> Needs:
    """Return the needs with a bit for each group of those that come together."""
    classes = _refined(needs)
    members: list[list[Need]] = [[] for _ in set(classes.values())]
    for number, [need] in enumerate(needs.groups):
        members[classes[number]].append(need)
    return Needs(
        groups=[tuple(group) for group in members],
        goal=_lifted(needs.goal, classes),
        gives={position: _gifts(gifts, classes) for position, gifts in needs.gives.items()},
        fills={page: sorted({_lifted(bit, classes) for bit in bits}) for page, bits in needs.fills.items()},
        arrivals={page: _arrivals(pairs, classes) for page, pairs in needs.arrivals.items()},
        loose=needs.loose.union(*_apart(needs, classes, members)),
        own_values=needs.own_values,
        constants=needs.constants,
        followed=needs.followed,
        wanted=needs.wanted,
    )


def _apart(needs: Needs, classes: _Classes, members: list[list[Need]]) -> list[list[Need]]:
    """Return the groups of several fields that begin with variables: some may be right on arrival, others not."""
    arriving = {classes[bit.bit_length() - 1] for pairs in needs.arrivals.values() for bit, _ in pairs}
    return [group for place, group in enumerate(members) if place in arriving and len(group) > 1]


def _refined(needs: Needs) -> _Classes:
    """Return the coarsest groups in which all members are given and asked for alike."""
    numbers = range(len(needs.groups))
    keys: dict[int, Hashable] = {number: _given(number, needs) for number in numbers}
    classes = _numbered(keys)
    while True:
        asking = _asking(needs, classes)
        finer = _numbered({number: (classes[number], frozenset(asking[number])) for number in numbers})
        if len(set(finer.values())) == len(set(classes.values())):
            return finer
        classes = finer


def _gifts_of(bit: int, needs: Needs) -> list[tuple[int, Gift]]:
    """Return what gives a need, with the transition of each."""
    return [(position, gift) for position, given in needs.gives.items() for gift in given if gift.bit == bit]


def _given(number: int, needs: Needs) -> Hashable:
    """Return what tells a need apart by itself: its kind and expected change, and what gives it.

    What one transition gives twice, by two effects, is in a group of its own.
    """
    [need] = needs.groups[number]
    bit = 1 << number
    gifts = _gifts_of(bit, needs)
    twice = max(Counter(position for position, _ in gifts).values(), default=0) > 1
    alone = number if twice or need.kind == "row" else -1
    by = frozenset((position, gift.effect if need.kind in ("change", "cell") else -1) for position, gift in gifts)
    is_arriving = any(one == bit for pairs in needs.arrivals.values() for one, _ in pairs)
    return need.kind, need.page, need.aim[0], alone, by, is_arriving


def _asking(needs: Needs, classes: _Classes) -> dict[int, set[Hashable]]:
    """Return for each need what asks for it: the groups that it helps to give, and by what."""
    found: dict[int, set[Hashable]] = {number: set() for number in classes}
    asked = [(position, gift.bit, gift.before) for position, gifts in needs.gives.items() for gift in gifts]
    asked += [(-1, bit, before) for pairs in needs.arrivals.values() for bit, before in pairs]
    for position, bit, before in asked:
        for number in _numbers(before):
            found[number].add((classes[bit.bit_length() - 1], position))
    return found


def _numbered(keys: dict[int, Hashable]) -> _Classes:
    """Return numbers for keys, in the order in which they come first."""
    places = {key: place for place, key in enumerate(dict.fromkeys(keys.values()))}
    return {number: places[key] for number, key in keys.items()}


def _gifts(gifts: list[Gift], classes: _Classes) -> list[Gift]:
    """Return what a transition gives, what it gives to one group taken together; the rest as it is."""
    found: dict[Hashable, Gift] = {}
    for gift in gifts:
        bit, before = _lifted(gift.bit, classes), _lifted(gift.before, classes)
        key = (bit, gift.effect) if sum(1 for one in gifts if one.bit == gift.bit) > 1 else (bit, -1)
        known = found.get(key)
        found[key] = gift._replace(bit=bit, before=before | (known.before if known else 0))
    return list(found.values())


def _arrivals(pairs: list[tuple[int, int]], classes: _Classes) -> list[tuple[int, int]]:
    """Return what fields may hold on arrival, what belongs to one group taken together."""
    found: dict[int, int] = {}
    for bit, before in pairs:
        lifted = _lifted(bit, classes)
        found[lifted] = found.get(lifted, 0) | _lifted(before, classes)
    return list(found.items())


def _lifted(mask: int, classes: _Classes) -> int:
    """Return the groups of needs."""
    found = 0
    for number in _numbers(mask):
        found |= 1 << classes[number]
    return found


def _numbers(mask: int) -> list[int]:
    """Return the numbers of the bits of a mask."""
    return [number for number in range(mask.bit_length()) if mask >> number & 1]
