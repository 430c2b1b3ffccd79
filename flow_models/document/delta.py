"""What an edit changed, as plain JSON: the parts that differ by id, and the order of the parts where that differs.

A journal writes one delta per edit, so that an edit in a flow of 1,000 pages costs a page and not the whole flow.
"""

from collections.abc import Mapping
from typing import Any

from flow_models.document.base import Model
from flow_models.document.flow import Flow

COLLECTIONS = ("tables", "variables", "sections", "pages", "transitions", "tasks")

Json = dict[str, Any]


def delta(before: Flow, after: Flow) -> Json:
    """Return what leads from one flow to another.

    The keys are `set` (whole fields by name), `unset` (fields at their default) and `parts` (by collection: `put` by
    id, and `order`, all ids, where it differs).
    """
    written: Json = {}
    for name in Flow.model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old is new or old == new:
            continue
        if name in COLLECTIONS:
            written.setdefault("parts", {})[name] = _parts(old, new)
        else:
            value = after.model_dump(mode="json", by_alias=True, exclude_defaults=True, include={name})
            if name in value:
                written.setdefault("set", {})[name] = value[name]
            else:
                written.setdefault("unset", []).append(name)
    return written


def apply(document: Json, change: Mapping[str, Any]) -> None:
    """Change a flow's JSON as a delta says.

    Raises:
        KeyError: The delta belongs to another flow.
    """
    document.update(change.get("set", {}))
    for name in change.get("unset", ()):
        document.pop(name, None)
    for name, parts in change.get("parts", {}).items():
        by_id = {part["id"]: part for part in document.get(name, [])}
        by_id.update(parts["put"])
        order = parts.get("order", list(by_id))
        document[name] = [by_id[part_id] for part_id in order]


def _parts(old: tuple[Any, ...], new: tuple[Any, ...]) -> Json:
    """Return the parts of a collection that are new or different, and the order if it differs."""
    known = {part.id: part for part in old}
    put: Json = {}
    for part in new:
        former = known.get(part.id)
        if former is not part and former != part:
            put[part.id] = _dumped(part)
    order = [part.id for part in new]
    return {"put": put} if order == [part.id for part in old] else {"put": put, "order": order}


def _dumped(part: Model) -> Json:
    written: Json = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return written
