"""What a visitor or agent does, as a value: one event is one step.

Which element a text such as `click('14')` means is not decided here: `site` turns actions into events.
"""

from typing import Final, NamedTuple

EVENT_KINDS: Final = (
    "use",
    "fill",
    "select",
    "check",
    "uncheck",
    "focus",
    "blur",
    "goto",
    "back",
    "forward",
    "noop",
    "message",
    "infeasible",
    "reject",
)
"""Every kind of event.

use: a button or link is clicked (with the row's key for a row control); fill: a field's text becomes `value`, and what
`row` names as ANCHOR:CARET is selected then, else the caret stands behind it; select: the option with the key `value`
is chosen; check, uncheck: a checkbox; focus, blur: only the focus moves; goto: the address `value` is opened; back,
forward: through the history; noop: nothing; message: `value` is said to the user; infeasible: the task is reported as
impossible; reject: an action that could not be understood, `value` says why; a radio button that was clicked in vain
meanwhile, `block` with its option in `row`, has the focus.
"""


class Event(NamedTuple):
    """One thing that a visitor does."""

    kind: str
    block: str = ""
    row: str = ""
    value: str = ""
