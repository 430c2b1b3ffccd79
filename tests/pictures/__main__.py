"""Takes the pictures of the README: six pages of North Bank, and the app in five states.

    python -m tests.pictures [site] [app]

Real ones of the real thing: what a visitor and a designer see. Nothing is compared with anything here; a person looks
at them. It lies among the tests because it needs what they need.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.pictures.site import take_site

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"


def main() -> int:
    """Take the pictures asked for, by default all."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="Take the pictures of the README.")
    parser.add_argument("parts", nargs="*", choices=("site", "app", []), help="site, app; default: both")
    parts = parser.parse_args().parts or ["site", "app"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    if "site" in parts:
        take_site(FOLDER)
    if "app" in parts:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        # Qt is loaded only where the app is asked for.
        from tests.pictures.app import take_app

        take_app(FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
