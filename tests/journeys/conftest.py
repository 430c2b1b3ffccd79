"""Journeys happen in a whole window, and write only into folders of their own."""

from tests.app.conftest import open_window, private_folders

__all__ = ["open_window", "private_folders"]
