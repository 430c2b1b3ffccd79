"""Expected failures of the open document, each with words for the person and the facts as attributes."""

from pathlib import Path

import resources


class SessionError(Exception):
    """Something expected went wrong with the open document."""

    def sentence(self) -> str:
        """Return what happened and what to do next, for the person."""
        return str(self)


class UntitledError(SessionError):
    """The document has no file yet."""

    def __init__(self) -> None:
        super().__init__(resources.text("shell.failure.untitled"))


class FileChangedUnderneathError(SessionError):
    """Another program changed the document's file.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(resources.text("shell.failure.changed_underneath", file=path.name))
        self.path = path
