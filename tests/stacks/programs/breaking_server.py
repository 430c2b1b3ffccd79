"""The OpenEnv server of a package whose site breaks at every step."""

import importlib
import sys

from breaking import let_break

if __name__ == "__main__":
    let_break(sys.argv[1])
    server = importlib.import_module(f"{sys.argv[1]}.server.app")
    sys.argv[1:] = sys.argv[2:]
    server.main()
