"""What the person chose about the window: the colours, the panels' places. Never anything about a document."""

import json
from pathlib import Path

from flow_models.document.disk import read_json, write_text
from flow_models.document.errors import DocumentError


class Settings:
    """Texts by name in one file; a damaged or missing file means the defaults."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "settings.json"
        self._values = self._read()

    def get(self, name: str, default: str = "") -> str:
        """Return a setting."""
        return self._values.get(name, default)

    def set(self, name: str, value: str) -> None:
        """Keep a setting; where the file cannot be written it lasts until the end of the session."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        try:
            write_text(json.dumps(self._values, indent=2, sort_keys=True) + "\n", self._file)
        except DocumentError:
            return

    def _read(self) -> dict[str, str]:
        read = read_json(self._file)
        if not isinstance(read, dict):
            return {}
        return {name: value for name, value in read.items() if isinstance(name, str) and isinstance(value, str)}
