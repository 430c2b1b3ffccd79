"""Which card comes next when one walks over the canvas with the keyboard."""

from collections.abc import Mapping

from flow_models.geometry.cards import Card

_ROW = 120.0


def in_order(cards: Mapping[str, Card], page: str | None, by: int) -> str | None:
    """Return the card so many places on in reading order: rows from top to bottom, in a row from left to right.

    Without a card to start from the first (or last) one; `None` after the last.
    """
    order = sorted(cards, key=lambda key: (round(cards[key].rect.y / _ROW), cards[key].rect.x))
    if not order:
        return None
    if page is None or page not in cards:
        return order[0 if by > 0 else -1]
    place = order.index(page) + by
    return order[place] if 0 <= place < len(order) else None


def towards(cards: Mapping[str, Card], page: str, direction: tuple[int, int]) -> str | None:
    """Return the nearest card in a direction, (1, 0) being right and (0, 1) down; what lies aside counts as further."""
    here = cards[page].rect.center
    found: list[tuple[float, str]] = []
    for key, card in cards.items():
        dx, dy = card.rect.center.x - here.x, card.rect.center.y - here.y
        ahead = dx * direction[0] + dy * direction[1]
        aside = abs(dx * direction[1]) + abs(dy * direction[0])
        if key != page and ahead > 10 and aside <= ahead * 2.5:
            found.append((ahead + 2 * aside, key))
    return min(found, default=(0.0, None))[1]
