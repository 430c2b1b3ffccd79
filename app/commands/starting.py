"""How much work a start of the app is until its window is shown: for `gymwright bench` and for those who compare.

The app is started as a person starts it, in a process of its own, and ended as a crash ends it.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 60
_SHOWN = re.compile(r"shown after .* ([\d.]+) s of work")


@contextmanager
def running(home: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app while the block runs, with a folder for all that it keeps, and kill it at the end."""
    environment = {**os.environ, "GYMWRIGHT_HOME": str(home)}
    command = [sys.executable, "-m", "app.main", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def work_until_shown_s(home: Path) -> float:
    """Start the app and return the processor seconds from the start of the process to the window.

    Raises:
        TimeoutError: No window was shown within a minute.
    """
    log = home / "log" / "gymwright.log"
    known = len(log.read_text(encoding="utf-8")) if log.exists() else 0
    end_s = time.monotonic() + PATIENCE_S
    with running(home):
        while time.monotonic() < end_s:
            found = _SHOWN.search(log.read_text(encoding="utf-8")[known:]) if log.exists() else None
            if found:
                return float(found[1])
            time.sleep(0.05)
    raise TimeoutError("the window was never shown")
