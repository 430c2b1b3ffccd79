"""The export dialog and the process that does its work."""
