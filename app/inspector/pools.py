"""Which pools of values ship, with their words."""

from functools import cache

import resources


@cache
def pool_names() -> tuple[tuple[str, str], ...]:
    """Return the shipped pools as (name, words), in the order of the words."""
    names = sorted(file.stem for file in resources.path("pools").glob("*.json"))
    return tuple((name, name.replace("_", " ").capitalize()) for name in names)
