"""What can go wrong while exporting, in words: each error carries a message id, its arguments, and a next step."""

import resources


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
