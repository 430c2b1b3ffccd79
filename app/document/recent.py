"""The list of recently used files, kept across starts."""

import json
from pathlib import Path

from flow_models.document.disk import is_file, read_json, write_text
from flow_models.document.errors import DocumentError

LIMIT = 12


class RecentFiles:
    """Paths, the last used first; files that are gone are left out when asked, not forgotten."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "recent.json"

    def paths(self) -> tuple[Path, ...]:
        """Return the files that exist now."""
        return tuple(path for path in self._all() if is_file(path))

    def add(self, path: Path) -> None:
        """Put a file at the head of the list; a list that cannot be written is no reason to stop."""
        whole = path.absolute()
        self._write([whole, *(other for other in self._all() if other != whole)][:LIMIT])

    def clear(self) -> None:
        """Forget all files."""
        self._write([])

    def _all(self) -> list[Path]:
        listed = read_json(self._file)
        return [Path(path) for path in listed if isinstance(path, str)] if isinstance(listed, list) else []

    def _write(self, paths: list[Path]) -> None:
        try:
            write_text(json.dumps([str(path) for path in paths], indent=2) + "\n", self._file)
        except DocumentError:
            return
