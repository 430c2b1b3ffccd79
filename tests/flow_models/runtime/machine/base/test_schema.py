"""Where names stand, and the clock of a site."""

import pytest

from flow_models.compiler import compile_flow
from flow_models.runtime.machine.base import schema
from flow_models.runtime.machine.base.schema import Schema
from tests.flow_models.builders import flow, page


def test_the_clock_ticks_with_the_steps_and_keeps_few_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MOMENTS_KEPT", 3)
    made = Schema(compile_flow(flow(page("home"))).program)
    moments = [made.moment(step) for step in range(20)]
    assert moments == sorted(moments)
    assert moments == [made.moment(step) for step in range(20)]
    assert len(made._moments) <= 3
