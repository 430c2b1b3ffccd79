"""Draws what the experiments found, as SVG that a README shows."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from flow_models.runtime.envs.evaluating.figures import Share
from flow_models.runtime.envs.evaluating.plots import Dot, dots, of_share
from tests.experiments.brittleness import AXES, FIXED, MANY, NEW, TRAINED, TRIED, earned
from tests.experiments.offers import BOTH, NAMES, PLACES

_STYLE: Final = (
    "<style>text{font:12px system-ui,sans-serif;fill:#57606a}.name{text-anchor:end}.tick{text-anchor:middle;"
    "font-size:11px}.number{text-anchor:end}line{stroke-width:1.5}.grid,.zero{stroke:#8c959f;stroke-opacity:.4;"
    "stroke-width:1}.series0 line,.series0 circle{stroke:#bc4c00;fill:#bc4c00}"
    ".series1 line,.series1 circle{stroke:#0969da;fill:#0969da}</style>"
)
_TESTS: Final = {
    TRAINED: "its training",
    NEW: "new instances",
    **{axis: {"conduct": "mishaps"}.get(axis, axis) for axis in AXES},
}
_READS: Final = {BOTH: "", NAMES: ", by names", PLACES: ", by places"}
_TOLD: Final = {FIXED: "learnt on one appearance", MANY: "learnt on many"}


def draw(folder: Path) -> None:
    """Draw what was written into a folder."""
    for name, plot in (("brittleness", brittleness), ("trains", trains)):
        found = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        (folder / f"{name}.svg").write_text(plot(found), encoding="utf-8")


def brittleness(found: Mapping[str, Any]) -> str:
    """Return the plot of what two policies earn in appearances that they did not see."""
    rows = {
        f"{title}{words}": [_dot(found, policy, test, reads, series) for series, policy in enumerate((FIXED, MANY))]
        for test, title in _TESTS.items()
        for reads, words in _READS.items()
    }
    label = "Earned: learnt on one appearance (orange), on many (blue)"
    return _alone(dots(rows, 0, 1, label))


def trains(found: Mapping[str, Any]) -> str:
    """Return the plot of what two policies earn, after they were shown how and after they tried themselves."""
    episodes = found["size"]["episodes"]
    rows = {
        f"{name}, {stage}": [
            of_share(series, Share(learnt[split] * episodes, episodes), f"{split}, after {learnt['after']}")
            for series, split in enumerate(("train", "validation"))
        ]
        for name in ("tables", "text")
        for stage, learnt in zip(("shown", "tried"), found[name]["learnt"], strict=True)
    }
    return _alone(dots(rows, 0, 1, "Earned in instances of training (orange) and in new ones (blue)"))


def _dot(found: Mapping[str, Any], policy: str, test: str, reads: str, series: int) -> Dot:
    """Return what the seeds of a policy earned in a test."""
    size = found["size"]
    episodes = len(size["seeds"]) * size["episodes"]
    mean = earned(found["runs"], policy, test, reads, TRIED)
    return of_share(series, Share(mean * episodes, episodes), _TOLD[policy])


def _alone(svg: str) -> str:
    """Return a plot with all that it takes to be a file of its own."""
    begun, _, rest = svg.partition(">")
    return (
        f"{begun.replace('<svg', '<svg xmlns=' + chr(34) + 'http://www.w3.org/2000/svg' + chr(34), 1)}>{_STYLE}{rest}\n"
    )
