"""A reference to one element of a flow, as problems, selections and search results carry it."""

from typing import Literal, NamedTuple

ElementKind = Literal[
    "flow",
    "site",
    "table",
    "column",
    "row",
    "variable",
    "section",
    "page",
    "block",
    "transition",
    "task",
    "parameter",
]


class Element(NamedTuple):
    """One element by kind and id; `field` is the path of a field inside it, such as `when` or `do.0.value`."""

    kind: ElementKind
    id: str
    field: str = ""
