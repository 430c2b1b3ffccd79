"""Two experiments on the example North Bank: it trains; and one appearance is brittle, which many cure.

    python -m tests.experiments [trains] [brittleness] [plots]

What they find is written beside this repository's other pictures, `docs/experiments`, as JSON, from which the plots are
drawn. The package is exported once and kept below `out/experiments`.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.experiments import brittleness, trains
from tests.experiments.bundle import KEPT, material
from tests.experiments.plots import draw

FOLDER = Path(__file__).parents[2] / "docs" / "experiments"


def main() -> int:
    """Do the experiments asked for, by default both, and draw what they found."""
    parser = argparse.ArgumentParser(prog="python -m tests.experiments", description="Two experiments on North Bank.")
    parser.add_argument("parts", nargs="*", choices=("trains", "brittleness", "plots", []), help="default: all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2], help="of brittleness; default: 0 1 2")
    asked = parser.parse_args()
    parts = asked.parts or ["trains", "brittleness", "plots"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    if "trains" in parts:
        _write("trains", trains.run(material(), trains.Size()))
    if "brittleness" in parts:
        _write("brittleness", brittleness.run(material(), brittleness.Size(asked.seeds), KEPT / "runs"))
    if "plots" in parts:
        draw(FOLDER)
    return 0


def _write(name: str, found: dict[str, Any]) -> None:
    """Write down what an experiment found."""
    (FOLDER / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found))


if __name__ == "__main__":
    sys.exit(main())
