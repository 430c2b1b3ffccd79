"""What a package does from a terminal, `python -m MODULE COMMAND`: each command a module here, listed in `line`."""
