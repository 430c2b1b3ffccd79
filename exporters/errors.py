"""What can go wrong while exporting, in words: each error carries a message id, its arguments, and a next step."""

from typing import Final

import resources
from flow_models.solver.walk import Walk


class ExportError(Exception):
    """An export could not be finished; the message says what happened and what to do.

    Attributes:
        message_id: The id of the sentence.
        arguments: Its arguments.
    """

    def __init__(self, message_id: str, **arguments: object) -> None:
        super().__init__(resources.text(message_id, **arguments))
        self.message_id = message_id
        self.arguments = arguments


_TOLD: Final = {"answer": ("text",), "text": ("text", "block"), "choice": ("block",)}


class GuessError(ExportError):
    """A solution types, chooses or answers what neither the goal nor a page before has told.

    Attributes:
        walk: The way there, with that as its last step.
    """

    def __init__(self, task: str, walk: Walk, block: str, text: str) -> None:
        kind = "answer" if not block else "text" if walk.events[-1].kind == "fill" else "choice"
        told = {"block": block, "text": text}
        needed = {name: told[name] for name in _TOLD[kind]}
        super().__init__(f"export.guess.{kind}", task=task, seed=walk.seed, step=len(walk.events), **needed)
        self.walk = walk


class NameTakenError(ExportError):
    """Another flow was exported to this folder under the same package name.

    Attributes:
        free: A name that none in the folder has.
    """

    def __init__(self, name: str, other: str, free: str, folder: str) -> None:
        super().__init__("export.name_taken", name=name, other=other, free=free, folder=folder)
        self.free = free


class VersionError(ExportError):
    """A task's version must rise because the program changed since it was last exported to this folder.

    Attributes:
        tasks: The names of the tasks.
    """

    def __init__(self, tasks: tuple[str, ...], folder: str) -> None:
        super().__init__("export.version_unchanged", tasks=", ".join(tasks), folder=folder)
        self.tasks = tasks
