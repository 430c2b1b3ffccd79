"""Fresh ids, and names made from titles: identifiers that formulas can use, unique in their scope."""

import random
import re
import secrets
from collections.abc import Collection

from flow_models.document.data import Column, Table
from flow_models.document.packages import latin
from flow_models.formulas import RESERVED

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for each other."""

ID_LENGTH = 8
"""Characters after the prefix; 2^40 ids, so two flows can be merged without asking."""

NAME_LIMIT = 40


def new_id(prefix: str, rng: random.Random | None = None) -> str:
    """Return a fresh id such as `page_k3v9x2ab`; the same again for a generator in the same state."""
    chars = (rng.choice(ALPHABET) if rng else secrets.choice(ALPHABET) for _ in range(ID_LENGTH))
    return f"{prefix}_{''.join(chars)}"


def name_from(title: str, taken: Collection[str], fallback: str = "value") -> str:
    """Return an identifier made from a title, different from those taken: `Amount (€)` becomes `amount`."""
    return _unique(_folded(title, "_") or fallback, {*taken, *RESERVED}, "_")


def slug_from(title: str, taken: Collection[str], fallback: str = "task") -> str:
    """Return a name for a task made from its title: `Pay a payee` becomes `pay-a-payee`."""
    return _unique(_folded(title, "-") or fallback, taken, "-")


def path_from(title: str, taken: Collection[str]) -> str:
    """Return an address made from a page's title: `Send money` becomes `/send-money`."""
    slug = _unique(_folded(title, "-") or "page", {path.removeprefix("/") for path in taken}, "-")
    return f"/{slug}"


def address_from(title: str, taken: Collection[str], table: Table | None) -> str:
    """Return an address made from a page's title and the row that it shows: `/books/{record.code}`."""
    ending = record_ending(table)
    # Addresses of rows are told apart by what stands before the row, whatever column of it they show.
    rivals = [path.partition("/{")[0] for path in taken if ("/{" in path) == bool(ending)]
    return path_from(title, rivals) + ending


def record_ending(table: Table | None) -> str:
    """Return what an address ends with that tells the rows of a table apart; nothing without a table or column."""
    columns = () if table is None else table.columns
    known = [column for kind in ("text", "integer") for column in columns if column.type.kind == kind]
    own = [column for column in known if table is not None and _tells_apart(table, column)]
    return next((f"/{{record.{column.name}}}" for column in (*own, *known)), "")


def _tells_apart(table: Table, column: Column) -> bool:
    """Say whether all starting rows have values of their own in a column."""
    values = [row.values.get(column.id) for row in table.rows]
    return None not in values and "" not in values and len(set(values)) == len(values)


def title_from(title: str, taken: Collection[str]) -> str:
    """Return a title different from those taken, by a number after it: `Page`, `Page 2`, `Page 3`."""
    if title not in taken:
        return title
    base = re.sub(r" \d+$", "", title)
    number = 2
    while f"{base} {number}" in taken:
        number += 1
    return f"{base} {number}"


def escaped(title: str) -> str:
    """Return a title as a template that shows it as it is."""
    return title.replace("{", "{{").replace("}", "}}")


def first_wording(title: str) -> str:
    """Return the wording that a task begins with: its title as a sentence."""
    return f"{escaped(title)}."


def _folded(title: str, joint: str) -> str:
    """Return a title as lower-case ASCII letters and digits with joints between words, starting with a letter."""
    joined = re.sub(r"[^a-z0-9]+", joint, latin(title)).strip(joint)
    return re.sub(r"^[^a-z]+", "", joined)[:NAME_LIMIT].rstrip(joint)


def _unique(base: str, taken: Collection[str], joint: str) -> str:
    """Return the base, or the base with the lowest number that makes it different."""
    name, number = base, 2
    while name in taken:
        ending = f"{joint}{number}"
        name = base[: NAME_LIMIT - len(ending)] + ending
        number += 1
    return name
