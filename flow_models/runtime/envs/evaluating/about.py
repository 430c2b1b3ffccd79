"""What a folder of episodes says of itself: what is played by whom, so that only the same goes on in it."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ..bundle import Bundle
from ..listing import BundleError
from .plan import Scope

About = dict[str, Any]

ABOUT: Final = "run.json"
FORMAT: Final = 1


def about_run(bundle: Bundle, policy: str, interface: str, style: dict[str, Any], scope: Scope) -> About:
    """Return what a run says of itself, as JSON."""
    return {
        "format": FORMAT,
        "module": bundle.module,
        "bundle": bundle.hash,
        "policy": policy,
        "interface": interface,
        "style": style,
        "scope": {name: list(value) if isinstance(value, tuple) else value for name, value in scope._asdict().items()},
    }


def read_about(folder: Path) -> About:
    """Return what a folder says of itself.

    Raises:
        BundleError: It says nothing that this package understands.
    """
    try:
        about: About = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise BundleError(f"{folder} holds a run of format {about['format']!r}, and this package reads {FORMAT}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{folder} holds no run: {ABOUT} cannot be read ({error})") from error
    return about


def write_about(folder: Path, about: About) -> None:
    """Let a folder, which is made where it is missing, say of itself what is played in it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / ABOUT, json.dumps(about, indent=1).encode())


def agree(folder: Path, about: About) -> None:
    """See that a folder is about the same; let it say so where it says nothing yet.

    Raises:
        BundleError: It holds a run of something else; the message says what differs.
    """
    if not (folder / ABOUT).exists():
        write_about(folder, about)
        return
    known = read_about(folder)
    other = [_differing(name, known.get(name), value) for name, value in about.items() if known.get(name) != value]
    if other:
        raise BundleError(f"{folder} holds a run with another {', '.join(other)}: choose another folder, or delete it")


def _differing(name: str, known: Any, asked: Any) -> str:
    """Return what differs, in words."""
    if isinstance(known, dict) and isinstance(asked, dict):
        parts = [part for part in (*known, *asked) if known.get(part) != asked.get(part)]
        told = (f"{part} {known.get(part)!r}, not {asked.get(part)!r}" for part in dict.fromkeys(parts))
        return f"{name} ({'; '.join(told)})"
    return f"{name} ({known!r}, not {asked!r})"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, whenever the process or the power ends.

    Raises:
        OSError: It cannot be written; the error has its name.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.half")  # with a dot, so that readers of the folder leave it out
    try:
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        # A full disk names no file by itself.
        raise OSError(error.errno, error.strerror, str(path)) from error
