"""A policy scored on an exported package, as a job for another process: what `python -m MODULE evaluate` does."""

from pathlib import Path
from typing import Any

from exporters.reading import read_package
from flow_models.processes.jobs import Data, JobError, Talk
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.endpoint import Endpoint
from flow_models.runtime.envs.evaluating.plan import Scope, planned
from flow_models.runtime.envs.evaluating.policies import PolicyError
from flow_models.runtime.envs.evaluating.report import REPORT, write_report
from flow_models.runtime.envs.evaluating.running import begun, play_all
from flow_models.runtime.envs.evaluating.who import Who, who_of
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.solutions import read_solutions
from flow_models.runtime.machine.base.errors import ProgramError
from resources import text

AT_A_TIME = 8
"""Attempts that a model behind an address plays at a time."""


def evaluate_package(data: Data, talk: Talk) -> Data:
    """Play what is missing of a run and write its HTML file.

    Args:
        data: `package` (its folder), `out` (the folder of the run), `policy` (`keyword`, `random` or `endpoint`), `url`
            and `model` (of an endpoint), and `instances` (of each task and split).
        talk: Told how many episodes are done of how many.

    Returns:
        `report`, the path of the HTML file.

    Raises:
        JobError: There is no package, the run is another one, or the policy does not answer.
    """
    out = Path(data["out"])
    try:
        bundle = read_package(Path(data["package"])).bundle
        who = _who(data)
        policy = who.make(bundle)
        scope = Scope(bundle.task_names, instances=data["instances"]).checked(bundle, policy.interface)
        run = begun(out, about_run(bundle, who.words, policy.interface, {}, scope))
        workers = AT_A_TIME if policy.may_wait else 1

        def told(done: int, of: int, _: Any) -> None:
            talk.tell([done, of])

        run = play_all(bundle, policy, run, planned(bundle, scope), workers=workers, progress=told)
        write_report(bundle, run, read_solutions(bundle, None), out / REPORT)
    except LookupError as error:
        raise JobError(text("export.oracle.no_package", source=data["package"])) from error
    except (BundleError, ProgramError, PolicyError, OSError) as error:
        raise JobError(str(error)) from error
    return {"report": str(out / REPORT)}


def _who(data: Data) -> Who:
    """Return who plays."""
    is_endpoint = data["policy"] == "endpoint"
    return who_of(Endpoint(url=data["url"], model=data["model"]) if is_endpoint else data["policy"])
