"""Fresh ids, and names made from titles: identifiers that formulas can use, unique in their scope."""

import random
import re
import secrets
from collections.abc import Collection

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
    return _unique(_folded(title, "_") or fallback, taken, "_")


def slug_from(title: str, taken: Collection[str], fallback: str = "task") -> str:
    """Return a name for a task made from its title: `Pay a payee` becomes `pay-a-payee`."""
    return _unique(_folded(title, "-") or fallback, taken, "-")


def path_from(title: str, taken: Collection[str]) -> str:
    """Return an address made from a page's title: `Send money` becomes `/send-money`."""
    slug = _unique(_folded(title, "-") or "page", {path.removeprefix("/") for path in taken}, "-")
    return f"/{slug}"


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


def _folded(title: str, joint: str) -> str:
    """Return a title as lower-case ASCII letters and digits with joints between words, starting with a letter."""
    joined = re.sub(r"[^a-z0-9]+", joint, latin(title)).strip(joint)
    return re.sub(r"^[^a-z]+", "", joined)[:NAME_LIMIT].rstrip(joint)


def _unique(base: str, taken: Collection[str], joint: str) -> str:
    """Return the base, or the base with the lowest number that makes it different."""
    name, number = base, 2
    while name in taken or name in RESERVED:
        ending = f"{joint}{number}"
        name = base[: NAME_LIMIT - len(ending)] + ending
        number += 1
    return name
