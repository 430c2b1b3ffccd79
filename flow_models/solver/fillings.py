"""What a move types before it uses a control: texts for some fields, the cheapest and likeliest first."""

import heapq
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from .candidates import Choice

Choices = list[tuple[str, list[Choice]]]
"""The choices of fields, by name."""


class Filling(NamedTuple):
    """Texts for some fields: (name, text) of those that must be typed.

    Attributes:
        cost: The steps that it takes.
        rank: How unlikely it is to be of use.
        texts: What is typed.
        gain: How many of the texts a need wants that others of the page's fields leave open.
    """

    cost: int
    rank: int
    texts: tuple[tuple[str, str], ...]
    gain: int = 0


NO_FILLING: Final = Filling(0, 0, ())


def fillings(columns: Choices, right: Mapping[str, set[str]]) -> Iterator[Filling]:
    """Yield one choice for each field in every combination, by cost less what it gains, then by rank.

    From each combination those with one field's next choice follow, each taken up once. So the first ones come without
    the others, of which there can be thousands, being made.

    Args:
        columns: The choices.
        right: The texts that are worth a step to whoever stays on the page, by field.
    """
    if not columns:
        yield NO_FILLING
        return
    sorted_ = [
        sorted((choice.cost - (choice.text in right.get(name, ())), choice.rank, choice) for choice in choices)
        for name, choices in columns
    ]
    first = (0,) * len(columns)

    def entry(places: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        chosen = [choices[place] for choices, place in zip(sorted_, places, strict=True)]
        return sum(one[0] for one in chosen), sum(one[1] for one in chosen), places

    heap = [entry(first)]
    seen = {first}
    while heap:
        net, rank, places = heapq.heappop(heap)
        texts, cost = [], 0
        for (name, _), choices, place in zip(columns, sorted_, places, strict=True):
            choice = choices[place][2]
            cost += choice.cost
            if choice.cost:
                texts.append((name, choice.text))
        yield Filling(cost, rank, tuple(texts), cost - net)
        for index, place in enumerate(places):
            if place + 1 < len(sorted_[index]):
                following = (*places[:index], place + 1, *places[index + 1 :])
                if following not in seen:
                    seen.add(following)
                    heapq.heappush(heap, entry(following))
