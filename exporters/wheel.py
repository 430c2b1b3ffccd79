"""Builds the wheel of a bundle's folder with hatchling, without a network; the same folder gives the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

from exporters.errors import ExportError
from flow_models.runtime.envs.bundle import wheel_name

EPOCH = "1577836800"
"""The date that files in the wheel carry: 1 January 2020, whenever it is built."""

TIMEOUT_S = 300


def build_wheel(folder: Path, out: Path) -> Path:
    """Build a wheel from a bundle's folder into a directory and return its path.

    Raises:
        ExportError: The build failed.
    """
    # -P: the folder holds a package of the flow's name, which must not be taken for one that the builder imports.
    command = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", str(out.resolve())]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter with fixed arguments
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExportError("export.wheel_failed", reason=error) from error
    if done.returncode != 0:
        raise ExportError("export.wheel_failed", reason=done.stderr.strip()[-500:])
    module, _, version = folder.name.rpartition("-")
    return out / wheel_name(module, version)
