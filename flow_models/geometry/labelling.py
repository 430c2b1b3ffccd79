"""The labels of a layout: which must be placed, and on what ground."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from flow_models.geometry.arrows import Arrow
from flow_models.geometry.cards import CARD_WIDTH, Card
from flow_models.geometry.frames import Frame
from flow_models.geometry.labels import LABEL_WIDTH, Form
from flow_models.geometry.lines import Lines
from flow_models.geometry.placing import Ground, Places, label_place, short_of
from flow_models.geometry.shapes import Point, Rect, united

_ASIDE, _ABOVE = 8.0, 3.0
"""How far a label stays from a card: beside it are its ports."""


def label_all(
    made: dict[str, Arrow],
    fresh: Sequence[str],
    forms: Mapping[str, Sequence[Form]],
    cards: Iterable[Card],
    frames: Iterable[Frame],
    changed: Sequence[Rect],
) -> None:
    """Give arrows their labels; a label that stands stays, unless something came onto it or between it and its line.

    Args:
        made: All arrows by their transitions; those that get a label are exchanged.
        fresh: The transitions of the arrows that have none yet.
        forms: The words of each transition.
        cards: All cards.
        frames: All frames.
        changed: Where something is now that was not there before.
    """
    shaken = [key for key, arrow in made.items() if arrow.label is not None and _touched(arrow.label.bounds, changed)]
    if not fresh and not shaken:
        return
    area = united(made[key].bounds for key in (*fresh, *shaken)).inflated(4 * LABEL_WIDTH)
    around = [arrow for arrow in made.values() if arrow.kind != "section" and _reaches(arrow, area)]
    ground = _ground(around, cards, frames, area)
    todo = {*fresh, *_loose(around, set(fresh), set(shaken), ground)}
    for arrow in around:
        if arrow.label is not None and arrow.transition not in todo:
            ground.add(arrow.transition, arrow.label)
    for arrow in around:
        if arrow.transition in todo:
            label = label_place(arrow.transition, arrow.line, forms[arrow.transition], ground, _home(arrow))
            made[arrow.transition] = replace(arrow, label=label)
            if label is not None:
                ground.add(arrow.transition, label)


def _touched(rect: Rect, changed: Sequence[Rect]) -> bool:
    return any(rect.touches(other) for other in changed)


def _reaches(arrow: Arrow, area: Rect) -> bool:
    """Say whether an arrow or its label comes into an area."""
    return arrow.bounds.touches(area) or (arrow.label is not None and arrow.label.bounds.touches(area))


def _ground(around: Sequence[Arrow], cards: Iterable[Card], frames: Iterable[Frame], area: Rect) -> Ground:
    """Return the ground with everything but labels."""
    lines = Lines()
    for arrow in around:
        lines.add(arrow.transition, arrow.line)
    taken = Places((key, rect) for key, rect in _taken(around, cards, frames) if rect.touches(area))
    return Ground(taken, Places(), lines)


def _taken(around: Sequence[Arrow], cards: Iterable[Card], frames: Iterable[Frame]) -> Iterator[tuple[str, Rect]]:
    """Yield where no label may lie."""
    for card in cards:
        x, y, width, height = card.rect
        yield card.page, Rect(x - _ASIDE, y - _ABOVE, width + 2 * _ASIDE, height + 2 * _ABOVE)
        if not card.face.has_way_out:
            # The "+" from which one goes on.
            yield f"{card.page}+", Rect(x + CARD_WIDTH, y + height / 2 - 3.0, 26.0, 22.0)
    for frame in frames:
        for number, rect in enumerate(frame.words):
            yield f"{frame.section} {number}", rect
    for arrow in around:
        if arrow.kind == "go":
            yield f"{arrow.transition}>", _head(arrow.curve[-1])


def _loose(around: Sequence[Arrow], fresh: set[str], shaken: set[str], ground: Ground) -> Iterator[str]:
    """Yield the transitions whose labels cannot stay, as something lies on them or a fresh line came nearer."""
    new = Lines()
    for arrow in around:
        if arrow.transition in fresh:
            new.add(arrow.transition, arrow.line)
    for arrow in around:
        key, label = arrow.transition, arrow.label
        if label is None or key in fresh:
            continue
        if (key in shaken and not _stands(label.rect, label.leader, ground.taken)) or (
            label.leader is None
            and not Ground(ground.taken, ground.labels, new).shows_owner(key, arrow.line, label.rect)
        ):
            yield key


def _stands(rect: Rect, leader: tuple[Point, Point] | None, taken: Places) -> bool:
    """Say whether nothing lies on a label or across its leader."""
    return taken.is_free(rect) and (leader is None or taken.is_open(leader[0], short_of(*leader)))


def _head(end: Point) -> Rect:
    """Return the area of an arrow head."""
    return Rect(end.x - 12, end.y - 7, 24, 14)


def _home(arrow: Arrow) -> Point | None:
    """Return where the label of a loop or stub begins if there is room: to its right."""
    if arrow.kind == "go":
        return None
    right = max(point.x for point in arrow.line)
    reach = right + 2.5 if arrow.kind == "stay" else right + 10.0
    return Point(reach, (arrow.curve[0].y + arrow.curve[-1].y) / 2)
