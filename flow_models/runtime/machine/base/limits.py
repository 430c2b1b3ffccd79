"""How much a site can hold: said once, for the machine, for whoever compiles, and where a value or part is entered."""

from typing import Final

TEXT: Final = 10_000
"""Characters of a text: stored, computed, typed or said."""

TEMPLATE: Final = 4_000
"""Characters of a text with formulas, as it is drawn."""

FORMULA: Final = 500
"""Characters of a formula."""

ROWS: Final = 20_000
"""Rows of a table."""

INTEGER: Final = 2**53
"""The largest whole number that is stored: every reader of JSON keeps it exactly."""

NESTED: Final = 10
"""Blocks inside each other."""
