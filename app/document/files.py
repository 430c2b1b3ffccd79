"""What a file was like when it was last read or written here, to notice that another program changed it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Time, size and content hash of a file."""

    modified_ns: int
    size: int
    digest: str

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """Return the stamp of a file, or `None` if it cannot be read."""
        try:
            status = path.stat()
            content = path.read_bytes()
        except OSError:
            return None
        return cls(status.st_mtime_ns, status.st_size, hashlib.sha256(content).hexdigest())

    def differs(self, path: Path) -> bool:
        """Return whether the file there has other content now; one that is gone differs from nothing.

        A file that is gone is written again by the next save, so it is no reason to stop.
        """
        try:
            status = path.stat()
        except OSError:
            return False
        if (status.st_mtime_ns, status.st_size) == (self.modified_ns, self.size):
            return False
        now = FileStamp.of(path)
        return now is not None and now.digest != self.digest
