"""Files as a person has them: reading what may be anything, and writing that never leaves half a file.

What this leaves out: what stands in the files, which is `flow_models.document.storage`'s.
"""

import contextlib
import hashlib
import json
import os
import secrets
import stat
import sys
from pathlib import Path

from flow_models.document.errors import DocumentError, FileAccessError

if sys.platform != "win32":
    import fcntl

SMALL_FILE = 1024 * 1024
"""Bytes that a file of ours which is no flow may have."""

_KINDS = ((stat.S_ISDIR, "folder"), (stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"))


def read_bytes(path: Path | str, limit: int) -> bytes:
    """Return what a file holds, at most one byte more than `limit`.

    Raises:
        FileAccessError: The file cannot be read, or is a folder, a pipe or a device.
    """
    file = Path(path)
    try:
        _check_regular(file)
        with file.open("rb") as stream:
            return stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise FileAccessError("access.read", file=file.name, reason=_why(error)) from error


def is_file(path: Path) -> bool:
    """Return whether a path leads to a file; no for one that the system refuses to look at, of whatever name."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder; no for one that the system refuses to look at, of whatever name."""
    return stat.S_ISDIR(_mode(path))


def read_json(path: Path) -> object:
    """Return what a small file of our own holds, such as the settings, or `None` if it is missing or damaged."""
    try:
        found: object = json.loads(read_bytes(path, SMALL_FILE))
    except (DocumentError, ValueError, RecursionError):
        return None
    return found


def write_text(text: str, path: Path | str) -> None:
    """Write a text to a file in UTF-8, as `write_bytes` does."""
    write_bytes(text.encode("utf-8"), path)


def write_bytes(content: bytes, path: Path | str) -> None:
    """Write a file, whole or not at all; a link is written through, permissions and other names stay.

    The file has reached the disk when this returns.

    Raises:
        FileAccessError: The file cannot be written, or is a folder, a pipe or a device; what was there is still there.
    """
    target = Path(path)
    try:
        target = Path(os.path.realpath(path))
        if target.exists():
            _check_regular(target)
        _sweep(target)
        _write(target, content)
    except (OSError, ValueError) as error:
        raise FileAccessError("access.write", file=target.name, reason=_why(error)) from error
    # The file is in its place; some network drives know no flushing of folders.
    with contextlib.suppress(OSError):
        _flush_folder(target.parent)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _why(error: OSError | ValueError) -> str:
    """Return why a file cannot be had; a `ValueError` is of a name that no file can have."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _check_regular(file: Path) -> None:
    """Refuse what is no file: a pipe would wait for ever, a device is not to be read to its end or replaced."""
    mode = file.stat().st_mode
    if not stat.S_ISREG(mode):
        kind = next((name for asks, name in _KINDS if asks(mode)), "device")
        raise FileAccessError(f"access.is_{kind}", file=file.name)


def _write(target: Path, content: bytes) -> None:
    """Write the content beside the target, then put it into its place."""
    temporary = target.with_name(f"{_prefix(target)}{secrets.token_hex(4)}{_SUFFIX}")
    try:
        with temporary.open("xb") as stream:
            _hold(stream.fileno())
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            if _has_other_names(target):
                # Another file in this place would leave the other names with the old content.
                _overwrite(target, content)
                return
            _keep_permissions(target, temporary)
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _overwrite(target: Path, content: bytes) -> None:
    """Write into a file as it stands; put the old content back if that fails."""
    with target.open("r+b") as stream:
        old = stream.read()
        try:
            _put(stream.fileno(), content)
        except OSError:
            with contextlib.suppress(OSError):
                _put(stream.fileno(), old)
            raise


def _put(descriptor: int, content: bytes) -> None:
    """Make this the whole content of an open file."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.ftruncate(descriptor, len(content))
    os.fsync(descriptor)


def _has_other_names(file: Path) -> bool:
    return file.exists() and file.stat().st_nlink > 1


_SUFFIX = ".tmp"


_NAME_LIMIT = 200
"""Bytes of a name that has room for a beginning and an end more; file systems take 255."""


def _prefix(target: Path) -> str:
    """Return how the files beside a file are called that are to take its place."""
    name = os.fsencode(target.name)
    return f".{target.name}." if len(name) <= _NAME_LIMIT else f".{hashlib.blake2b(name, digest_size=16).hexdigest()}."


def _sweep(target: Path) -> None:
    """Delete what killed saves of this file left beside it; what a running one holds stays."""
    prefix = _prefix(target)
    # What cannot be listed or deleted is no reason not to save.
    with contextlib.suppress(OSError):
        for entry in os.scandir(target.parent):
            name = entry.name
            if name.startswith(prefix) and name.endswith(_SUFFIX) and len(name) == len(prefix) + 8 + len(_SUFFIX):
                _delete_unheld(Path(entry.path))


def _delete_unheld(file: Path) -> None:
    with contextlib.suppress(OSError), file.open("rb") as stream:
        _hold(stream.fileno())
        file.unlink()


def _hold(descriptor: int) -> None:
    """Lock an open file until it is closed or its process ends.

    Raises:
        OSError: Another process holds it.
    """
    # Windows deletes no file in use anyway.
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _keep_permissions(old: Path, new: Path) -> None:
    """Give the new file the mode and, where allowed, the owner of the one that it replaces."""
    try:
        status = old.stat()
    except FileNotFoundError:
        return
    new.chmod(status.st_mode & 0o7777)
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(new, status.st_uid, status.st_gid)


def _flush_folder(folder: Path) -> None:
    """See the new name onto the disk; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
