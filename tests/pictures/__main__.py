"""Takes the pictures of the README, of sites and of the app, and contact sheets of sites.

    python -m tests.pictures [site] [app]
    python -m tests.pictures sheets --example north_bank --look glass --look terminal --page p_send --width 1280

Real ones of the real thing: what a visitor and a designer see. Nothing is compared with anything here; a person looks
at them. It lies among the tests because it needs what they need.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.pictures.sheets import take_looks, take_sheets
from tests.pictures.site import take_site

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"


def main() -> int:
    """Take the pictures asked for, by default those of the README."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="Take pictures of the real thing.")
    parser.add_argument(
        "parts", nargs="*", choices=("site", "app", "sheets", []), help="site, app, sheets; default: site and app"
    )
    parser.add_argument("--example", default="north_bank", help="for sheets: the example, by the name of its file")
    parser.add_argument("--look", action="append", default=[], help="for sheets: a look in which to see all pages")
    parser.add_argument("--page", action="append", default=[], help="for sheets: a page to see in all looks")
    parser.add_argument("--width", type=int, default=1280, help="for sheets: the width of the window in pixels")
    parser.add_argument("--folder", type=Path, default=Path("out") / "sheets", help="for sheets: where they are put")
    asked = parser.parse_args()
    parts = asked.parts or ["site", "app"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    if "sheets" in parts:
        take_sheets(asked.folder, asked.example, asked.look, asked.page, asked.width)
    if "site" in parts:
        take_site(FOLDER)
        take_looks(FOLDER)
    if "app" in parts:
        screen = Path(__file__).parents[1] / "screen.json"
        os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={screen}")
        # Qt is loaded only where the app is asked for.
        from tests.pictures.app import take_app

        take_app(FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
