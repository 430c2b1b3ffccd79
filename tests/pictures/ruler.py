"""Measures pages of examples as a designer would with a ruler: texts in their boxes, edges, rows, targets, headings.

    python -m tests.pictures.ruler [EXAMPLE ...]

The command measures every page of the examples, or of those named, in every look at three widths, and counts the faults
by kind. What is a fault stands in `ruler.js`; how a page looks beyond that is for a person to judge.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from flow_models.runtime.envs.chromium.find import find_chromium
from flow_models.runtime.machine.base.variant import Variant
from tests.parity.wearing import opened, wear
from tests.pictures.sheets import EXAMPLES, PLAIN_LOOK, example

WIDTHS: Final = (360, 768, 1440)
_RULER: Final = Path(__file__).with_name("ruler.js").read_text(encoding="utf-8")


class Fault(NamedTuple):
    """What is amiss, and where."""

    kind: str
    page: str
    look: str
    width: int
    where: str


def ruled(page: Page) -> list[tuple[str, str]]:
    """Return the kinds of the faults of a page as it stands, each with the element concerned."""
    return [(kind, where) for kind, where in page.evaluate(_RULER)]


def measured(browser: Browser, name: str, looks: Sequence[str] = (), step: int = 1) -> Iterator[Fault]:
    """Yield the faults of every page of an example, or of each so many-th one, in looks or all of them."""
    shown = example(name)
    for place in shown.places[::step]:
        session = shown.session(place, Variant())
        page = opened(browser, session)
        for look in looks or shown.looks:
            for width in WIDTHS:
                wear(page, session.site.dressed(Variant(look=look.replace(PLAIN_LOOK, ""))), width)
                for kind, where in ruled(page):
                    yield Fault(kind, f"{name} {place['name']}", look, width, where)
        page.close()


def main() -> int:
    """Print how many faults of each kind there are, at which widths, in how many looks and pages, and the first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        faults = [fault for name in sys.argv[1:] or EXAMPLES for fault in measured(browser, name)]
        browser.close()
    for kind, count in Counter(fault.kind for fault in faults).most_common():
        those = [fault for fault in faults if fault.kind == kind]
        widths = dict(sorted(Counter(fault.width for fault in those).items()))
        looks, pages = ({getattr(fault, part) for fault in those} for part in ("look", "page"))
        first = " | ".join(map(str, those[0][1:]))
        print(f"{count:6} {kind}: {widths}, {len(looks)} looks, {len(pages)} pages; {first}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
