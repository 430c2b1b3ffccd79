"""The lock holds what pyproject.toml asks for, pinned and hashed, and says nothing about where to fetch it."""

import re
import tomllib
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# One entry: the requirement with its marker, then its hashes on lines that go on with a backslash.
ENTRIES = re.sub(r" \\\n\s+", " ", LOCK).strip().splitlines()


def locked() -> dict[str, list[Requirement]]:
    """Return the requirements of the lock by name; a name may come twice, with different markers."""
    found: dict[str, list[Requirement]] = {}
    for entry in ENTRIES:
        requirement = Requirement(entry.partition(" --hash")[0])
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def test_every_entry_is_pinned_and_hashed() -> None:
    loose = [entry[:60] for entry in ENTRIES if "==" not in entry or "--hash=sha256:" not in entry]
    assert loose == []


def test_no_line_says_where_to_fetch() -> None:
    assert re.findall(r"https?:|file:|--index|--extra-index|--find-links", LOCK) == []


def test_what_the_project_asks_for_is_locked() -> None:
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    wrong = []
    for requirement in map(Requirement, asked):
        pins = locked().get(canonicalize_name(requirement.name), [])
        versions = [next(iter(pin.specifier)).version for pin in pins]
        if not versions or not all(requirement.specifier.contains(version) for version in versions):
            wrong.append(f"{requirement}: {versions}")
    assert wrong == []


def test_every_supported_python_gets_the_same_versions() -> None:
    for python in ("3.11.0", "3.12.0", "3.13.0"):
        place = {
            "python_version": python[:4],
            "python_full_version": python,
            "sys_platform": "linux",
            "os_name": "posix",
        }
        for name, pins in locked().items():
            fitting = [pin for pin in pins if pin.marker is None or Marker(str(pin.marker)).evaluate(place)]
            assert len(fitting) == len(pins) or name == "colorama", f"{name} on {python}"
