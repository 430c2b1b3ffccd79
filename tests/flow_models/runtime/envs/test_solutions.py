"""Solutions come from files that are what they should be, or are refused in words."""

import json
from pathlib import Path

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.solutions import read_solutions


def test_solutions_of_another_package_are_refused(bundle: Bundle, tmp_path: Path) -> None:
    file, (task, *_) = tmp_path / "solutions.jsonl", bundle.task_names
    record = {"task": task, "instance": 0, "variant": {}, "actions": ["noop()"]}
    file.write_text(json.dumps(record))
    assert record in read_solutions(bundle, file)
    file.write_text(json.dumps({**record, "task": "other"}))
    with pytest.raises(BundleError, match="another package"):
        read_solutions(bundle, file)
