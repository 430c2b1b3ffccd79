"""Dated copies of a file as it was before each save, the oldest rolling off."""

import hashlib
import os
import shutil
import time
from pathlib import Path

KEPT = 10

NAME_LIMIT = 60
"""Characters of a name that are kept in another: four bytes each at most, of the 255 that file systems take."""


def keep_backup(file: Path, state: Path) -> Path | None:
    """Copy a file into the folder of its backups, if it exists and can be copied; return the copy."""
    # Files of the same name lie in many folders.
    owner = hashlib.sha256(os.fsencode(file.absolute())).hexdigest()[:8]
    folder = state / "backups" / f"{file.name.removesuffix('.flow.json')[:NAME_LIMIT]}-{owner}"
    copy = folder / f"{time.strftime('%Y%m%d-%H%M%S')}.flow.json"
    try:
        if not file.is_file():
            return None
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        for old in sorted(folder.glob("*.flow.json"))[:-KEPT]:
            old.unlink()
    except OSError:
        return None
    return copy
