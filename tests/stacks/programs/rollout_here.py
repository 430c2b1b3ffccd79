"""Rolls out from Python on this machine alone, twice into the same folder, with a function of numbers."""

import json

import rollout_policies
from librarydesk import rollout
from librarydesk.runtime.envs.rollouts.rolling import Progress, Rolled, Spread

told: list[Progress] = []


def rolled() -> Rolled:
    """Roll out, and note what is told of progress."""
    told.clear()
    return rollout(
        rollout_policies.first_allowed,
        "out",
        interface="symbolic",
        repeats=2,
        spread=Spread(workers=2, piece=2),
        progress=told.append,
    )


first = rolled()
done = told[-1].done
again = rolled()
found = {"episodes": first.tally.episodes, "told": done, "again": again.tally.episodes, "told again": len(told)}
print(json.dumps({**found, "failures": dict(first.tally.failures)}))
