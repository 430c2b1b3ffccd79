"""Old file formats to the newest, one numbered step at a time; a file of any past version loads for ever.

A migration works on plain JSON, never on the models: those change with every version, an old file does not. Format 1 is
the first, so the table is empty until there is a format 2.
"""

from collections.abc import Callable, Mapping

from flow_models.document.errors import NewerFormatError, ShapeError
from flow_models.document.flow import FORMAT

Json = dict[str, object]
Migration = Callable[[Json], Json]

MIGRATIONS: Mapping[int, Migration] = {}
"""By the version that a step starts from: `MIGRATIONS[1]` turns format 1 into format 2."""


def migrated(document: Json, steps: Mapping[int, Migration] = MIGRATIONS, newest: int = FORMAT) -> Json:
    """Return a document in the newest format; one that is so already is returned as it is.

    Args:
        document: The file's JSON object.
        steps: One migration for each version below `newest`.
        newest: The version to reach.

    Raises:
        NewerFormatError: The file was written by a newer program.
        ShapeError: The file does not say its format, or says one that never was.
    """
    version = document.get("format")
    if not isinstance(version, int) or isinstance(version, bool):
        raise ShapeError("shape.no_format", place="format")
    if version > newest:
        raise NewerFormatError("newer.format", found=version, newest=newest, place="format")
    while version < newest:
        step = steps.get(version)
        if step is None:
            raise ShapeError("shape.unknown_format", found=version, place="format")
        version += 1
        document = {**step(document), "format": version}
    if version < 1:
        raise ShapeError("shape.unknown_format", found=version, place="format")
    return document
