"""A variant: one concrete appearance and conduct of a site, as plain values.

What the values mean to the eye is the site's business (`look`, `labels`, `columns`, `align`), what they do to the text
is `site`'s too (`order`, `lists`, `buttons`, `wording`, where the navigation stands), what they do to a visit is the
machine's (`navigation` as a menu, `interruption`, `conduct`). The empty variant is the site as drawn.
"""

from typing import Any, NamedTuple


class Variant(NamedTuple):
    """One appearance; every value is empty (or 0) where the site is as drawn.

    Attributes:
        seed: What places and choices inside the variant follow from.
        look: The name of a look among the program's.
        navigation: `side`, `end` (behind the main part) or `menu` (behind a button); empty: on top.
        order: Not 0: what stands in groups, facts, columns and navigation is in another order, which follows from it;
            the same things are in the same order on all pages.
        buttons: `reversed` for the other order of neighbouring buttons, `above` for a place above what they stand below
            of (a form's fields, say), `above_reversed` for both.
        align: `end` or `wide` for where buttons stand; pixels only.
        columns: `one` or `two` columns in groups, forms and columns; pixels only.
        lists: `table` or `cards`, whatever was drawn.
        labels: `beside` the fields; pixels only.
        wording: Not 0: what chooses the site's words for things and the ways to say its fixed texts.
        new_words: Whether it chooses among the held-out ways.
        goal: Not 0: what chooses among the task's wordings; 0: the one that the instance drew.
        new_goal: Whether it chooses among the held-out wordings, if the task has such.
        interruption: The name of an interruption among the program's.
        conduct: `slow`, `error`, `expired` or `sure`.
    """

    seed: int = 0
    look: str = ""
    navigation: str = ""
    order: int = 0
    buttons: str = ""
    align: str = ""
    columns: str = ""
    lists: str = ""
    labels: str = ""
    wording: int = 0
    new_words: bool = False
    goal: int = 0
    new_goal: bool = False
    interruption: str = ""
    conduct: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """What is not as drawn, as `reset(options={"variant": ...})` takes it."""
        return {name: value for name, value in self._asdict().items() if value}


PLAIN = Variant()
"""The site as drawn."""
