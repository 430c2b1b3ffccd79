"""A package that an earlier Gymwright made is played for ever by its own runtime, and known to today's exporter.

`tests/kept/package_1.tar.xz` was written at runtime meaning 1, with goals in `tasks.json` (format 1) and its provenance
beside the package. Never write it anew.
"""

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from exporters.bundle import check_versions
from exporters.errors import VersionError
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.machine.base.errors import ProgramError

KEPT = Path(__file__).resolve().parents[1] / "kept" / "package_1.tar.xz"

PLAYED = """
import sys
sys.path.insert(0, sys.argv[1])
import librarydesk
from librarydesk.runtime.envs import selfcheck
from librarydesk.runtime.envs.traces import seeded
text, symbolic = (librarydesk.make(["borrow-book"], interface=name, variation="full") for name in ("text", "symbolic"))
print(seeded(text, 7, 120), seeded(symbolic, 7, 120), selfcheck.main([]))
"""
TRACES = (
    "983e2bd9ef5eb3c48cbdca7a795273d42978544f9911cd0db61422650c644b58",
    "3d69f6351132a8ebdf0f0657de4e2df29e6f4a661a0f0ec00882b6a10defcee7",
)
"""What the rollouts met on the day when the package was made."""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder to which the package was exported."""
    with tarfile.open(KEPT) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def test_a_package_of_before_plays_as_it_did(kept: Path) -> None:
    command = [sys.executable, "-I", "-c", PLAYED, str(kept / "librarydesk-1.0.0")]
    done = subprocess.run(command, cwd=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *checks, ok, last = done.stdout.splitlines()
    assert tuple(last.split()) == (*TRACES, "0")
    assert json.loads(ok) == {"ok": True}
    assert {json.loads(line)["check"] for line in checks} == {"gymnasium", "walks"}


def test_a_package_of_before_is_seen_when_versions_are_compared(kept: Path, library: Flow) -> None:
    changed = library.rebuilt(site=library.site.rebuilt(currency="EUR"))
    with pytest.raises(VersionError) as refused:
        check_versions(compile_flow(changed).program, kept)
    assert refused.value.tasks == ("borrow-book",)
    shutil.rmtree(kept / "librarydesk-1.0.0")
    check_versions(compile_flow(changed).program, kept)


def test_todays_runtime_says_what_to_do_about_a_package_of_before(kept: Path) -> None:
    with pytest.raises(ProgramError, match="compiled for another version of the runtime; export the flow again"):
        Bundle.read(kept / "librarydesk-1.0.0" / "librarydesk")
