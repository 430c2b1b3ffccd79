"""What a buyer is told of a package counts what was looked at, and says what was not."""

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.commands.verify import _summary as summary
from flow_models.runtime.envs.verifying import Finding, Standing, findings, standing_of


def found(**standings: Standing) -> list[Finding]:
    return [Finding(check, "", standing, "") for check, standing in standings.items()]


def test_an_item_is_not_seen_only_if_none_of_its_checks_was() -> None:
    checks = ("seeds", "processes", "pythons")
    assert standing_of(checks, found(seeds="holds", processes="holds", pythons="not seen")) == "holds"
    assert standing_of(checks, found(seeds="holds", processes="broken", pythons="not seen")) == "broken"
    assert standing_of(checks, found(pythons="not seen")) == "not seen"
    assert standing_of(checks, []) == "not seen"


def test_the_summary_counts_by_standing() -> None:
    told = summary(found(seeds="holds", pythons="not seen"))
    assert "holds     the same seed gives the same episode" in told
    assert told.endswith("Of 2 things 1 hold, 0 are broken, 1 not seen")


def test_giving_up_is_looked_at_where_something_can_be_done(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flow_models.runtime.envs.selfcheck.files_as_listed", lambda: 0)
    told = next(one for one in findings(bundle) if one.check == "giving up")
    impossible = sum(one.infeasible for listed in bundle.instances.values() for one in listed)
    possible = sum(map(len, bundle.instances.values())) - impossible
    assert impossible
    assert told.detail.startswith(f"{possible} instances that can be done; {impossible} more cannot")
