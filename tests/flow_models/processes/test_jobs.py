"""Names of jobs: another process finds a module's own functions, and nothing else is taken for a job."""

import pytest

from flow_models.processes.jobs import name_of, named
from tests.flow_models.processes import errands


def test_a_function_is_found_by_its_name() -> None:
    name = name_of(errands.adding)
    assert name == "tests.flow_models.processes.errands:adding"
    assert named(name) is errands.adding


def test_what_another_process_could_not_find_has_no_name() -> None:
    def nested() -> None:
        """Belong to a test."""

    for function in (nested, lambda: None, errands.squarer({})):
        with pytest.raises(ValueError, match="is not a function of a module"):
            name_of(function)
