"""Solutions that are known: those of training ship in the package, others in a file that `gymwright oracle` writes."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from .bundle import Bundle
from .listing import BundleError

DEMONSTRATIONS: Final = "demonstrations/train.jsonl"
"""The file with solutions of training instances."""

SITE_WALKS: Final = "site_walks.jsonl"
"""The file with walks that touch what solutions leave out, and what they met."""


class Solutions:
    """What is known of how instances are solved.

    Args:
        bundle: The exported package.
        file: A file of `gymwright oracle`; None for what the package itself holds.

    Raises:
        BundleError: The file cannot be read, or is none.
    """

    def __init__(self, bundle: Bundle, file: Path | None = None) -> None:
        records = read_solutions(bundle, file)
        self._known = {_key(one["task"], one["instance"], one["variant"]): tuple(one["actions"]) for one in records}

    def of(self, row: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Return the actions that solve a row, or an instance as `reset` is told of it; None if they are not known.

        A solution of the site as drawn is none of a variant, where elements have other numbers.
        """
        variant = row.get("variant") or {}
        fields = json.loads(variant) if isinstance(variant, str) else variant
        return self._known.get(_key(row["task"], row["instance"], fields))


def read_solutions(bundle: Bundle, file: Path | None = None) -> list[dict[str, Any]]:
    """Return the solutions that a package ships, and those of a file.

    Returns:
        Records with `task`, `instance`, `variant` (its fields that are not as drawn) and `actions`, and what else the
        files say.

    Raises:
        BundleError: The file cannot be read, is none, or is of another package.
    """
    shipped = None if bundle.folder is None else bundle.folder / DEMONSTRATIONS
    places = [place for place in (shipped, file) if place is not None and (place is file or place.exists())]
    records = [record for place in places for record in _read(place)]
    other = next((record["task"] for record in records if record["task"] not in bundle.instances), None)
    if other is not None:
        raise BundleError(f"{file or shipped} holds solutions of another package: there is no task {other!r} here")
    return records


def by_instance(records: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], list[str]]:
    """Return the actions that solve the site as drawn, by task and instance."""
    return {(one["task"], one["instance"]): list(one["actions"]) for one in records if not one["variant"]}


def _read(file: Path) -> list[dict[str, Any]]:
    """Return the records of a file."""
    try:
        records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for record in records:
            _key(record["task"], record["instance"], record["variant"])
            tuple(record["actions"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{file} holds no solutions as `gymwright oracle` writes them: {error}") from None
    return records


def _key(task: str, instance: int, variant: Mapping[str, Any]) -> str:
    """Return what names an instance in a variant."""
    return json.dumps([task, instance, variant], sort_keys=True)
