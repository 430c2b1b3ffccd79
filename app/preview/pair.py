"""Two plays of one site in two variants, and where they come apart. No Qt here."""

from typing import Literal, NamedTuple

from app.preview.play import Play

Apart = Literal["", "page", "dialog", "end"]


class Difference(NamedTuple):
    """Where two plays stand apart, with the page, dialog or end of each; `kind` is empty while they are in step."""

    kind: Apart
    left: str = ""
    right: str = ""


def apart(left: Play, right: Play) -> Difference:
    """Return where two plays stand apart."""
    if left.end_reason != right.end_reason:
        return Difference("end", left.end_reason, right.end_reason)
    one, other = left.state, right.state
    if one.base[:2] != other.base[:2]:
        return Difference("page", one.base.page, other.base.page)
    dialogs = ["" if state.dialog is None else state.dialog.page for state in (one, other)]
    if dialogs[0] != dialogs[1]:
        return Difference("dialog", dialogs[0], dialogs[1])
    return Difference("")
