"""Where the app keeps what is no document: settings, recovery journals, backups, and its log.

The environment variable GYMWRIGHT_HOME puts all of it into one folder, for tests and for a portable installation.
"""

import os
from pathlib import Path

import platformdirs

_APP = "gymwright"


def state_folder() -> Path:
    """Return the folder for journals, backups and recovered copies; it exists when this returns."""
    return _made(_home("state") or Path(platformdirs.user_state_dir(_APP, appauthor=False)))


def settings_folder() -> Path:
    """Return the folder for settings and the list of recent files; it exists when this returns."""
    return _made(_home("settings") or Path(platformdirs.user_config_dir(_APP, appauthor=False)))


def log_folder() -> Path:
    """Return the folder for the log; it exists when this returns."""
    return _made(_home("log") or Path(platformdirs.user_log_dir(_APP, appauthor=False)))


def _home(part: str) -> Path | None:
    home = os.environ.get("GYMWRIGHT_HOME")
    return Path(home, part) if home else None


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
