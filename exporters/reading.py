"""Reads a package as it lies in a folder or in a wheel: its bundle, and the solutions that ship with it."""

import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final, NamedTuple

from exporters.errors import ExportError
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.solutions import DEMONSTRATIONS, read_solutions
from flow_models.runtime.machine.base.errors import ProgramError

DATA: Final = ("program.json", "tasks.json")
"""The files of a package that say what is to be solved."""


class Package(NamedTuple):
    """A package that was read; `solutions` are the records that ship with it."""

    bundle: Bundle
    solutions: tuple[dict[str, Any], ...]


def read_package(source: Path, refusal: str = "export.oracle.no_package") -> Package:
    """Return the package in a folder or wheel.

    Args:
        source: The folder of the project or of the package in it, or the wheel.
        refusal: The message for what is no package.

    Raises:
        BundleError: It is incomplete or damaged.
        ExportError: It is none, or was made for another runtime.
    """
    try:
        if source.is_dir():
            return _read(_data_folder(source))
        if not source.is_file():
            raise LookupError(source)  # a pipe would wait for ever
        with zipfile.ZipFile(source) as wheel, tempfile.TemporaryDirectory(prefix="gymwright-package-") as folder:
            return _read(_unpacked(wheel, Path(folder)))
    except ProgramError as error:
        raise ExportError("export.oracle.other_runtime", reason=error) from error
    except (zipfile.BadZipFile, LookupError) as error:
        raise ExportError(refusal, source=source) from error


def _read(folder: Path) -> Package:
    """Return the package whose data files lie in a folder."""
    bundle = Bundle.read(folder)
    return Package(bundle, tuple(read_solutions(bundle)))


def _data_folder(source: Path) -> Path:
    """Return where a package's data files lie: the folder itself, or the one folder in it that has them.

    Raises:
        LookupError: There are none.
    """
    found = [path for path in (source / DATA[0], *sorted(source.glob(f"*/{DATA[0]}"))) if path.is_file()]
    if not found:
        raise LookupError(source)
    return found[0].parent


def _unpacked(wheel: zipfile.ZipFile, folder: Path) -> Path:
    """Write the data files of a wheel's package into a folder and return it.

    Raises:
        LookupError: There are none.
    """
    names = wheel.namelist()
    tops = [name.split("/")[0] for name in names if name.count("/") == 1 and name.endswith(f"/{DATA[0]}")]
    if not tops or f"{tops[0]}/{DATA[1]}" not in names:
        raise LookupError(wheel.filename)
    for name in (*DATA, DEMONSTRATIONS):
        if f"{tops[0]}/{name}" in names:
            place = folder / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(wheel.read(f"{tops[0]}/{name}"))
    return folder
