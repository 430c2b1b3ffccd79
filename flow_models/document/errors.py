"""What can go wrong with a document, in words: one root, a few kinds, each with a place and the facts.

A failure carries a message id and arguments; `sentence` looks the words up, so that a window, a terminal and a log say
the same. Problems inside a flow that loads are not here: they are values, made by `flow_models.checks`.
"""

import resources


class DocumentError(Exception):
    """Something about a flow file or an edit that a person has to know; the root of all of them.

    Attributes:
        message_id: The id of the sentence in the wordings, without the area (`broken.truncated`).
        arguments: What the sentence needs.
        place: Where it is: `line 3, column 14` or a path such as `pages[2].blocks[0].title`; empty if nowhere.
    """

    def __init__(self, message_id: str, *, place: str = "", **arguments: object) -> None:
        self.message_id = message_id
        self.arguments = {name: str(value) for name, value in arguments.items()}
        self.place = place
        super().__init__(message_id, place, self.arguments)

    def sentence(self) -> str:
        """Return what happened, with the place."""
        words = resources.text(f"document.{self.message_id}", **self.arguments)
        return resources.text("document.at", words=words, place=self.place) if self.place else words

    def next_step(self) -> str:
        """Return what the person can do now."""
        return resources.text(f"document.next.{self.message_id.split('.', maxsplit=1)[0]}")

    def __str__(self) -> str:
        return self.sentence()


class BrokenFileError(DocumentError):
    """The file is no JSON: cut off, damaged, or something else altogether."""


class ForeignFileError(DocumentError):
    """The file is sound, but another program's, or another kind of file of Gymwright's own."""


class UnsafeFileError(DocumentError):
    """The file is larger, deeper or stranger than any flow that a person draws."""


class NewerFormatError(DocumentError):
    """The file was written by a newer Gymwright."""


class ShapeError(DocumentError):
    """The file is JSON, but not a flow: a part is missing, unknown or of the wrong kind."""


class FileAccessError(DocumentError):
    """The file cannot be read or written: missing, refused, or no room left."""


class EditError(DocumentError):
    """An edit that cannot be done; the flow is as it was."""


class UnknownElementError(EditError):
    """The flow has no such element."""

    def __init__(self, kind: str, element_id: str) -> None:
        super().__init__("edit.unknown", kind=kind, id=element_id)
