"""`rollout` as a package offers it; what it needs is imported when it is called, not with the package."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..bundle import Bundle

if TYPE_CHECKING:
    from .rolling import Progress, Rolled, Spread

TIMEOUT_S: Final = 600.0

ALL: Final = 2**31
"""As many instances as there are."""


def rollout(
    bundle: Bundle,
    policy: Any = "random",
    out: str | Path = "rollout",
    *,
    interface: str = "text",
    tasks: Sequence[str] | None = None,
    splits: Sequence[str] = ("train",),
    arms: Sequence[str] = ("plain",),
    instances: int | None = None,
    repeats: int = 1,
    seed: int = 0,
    observations: bool = False,
    timeout_s: float | None = TIMEOUT_S,
    spread: "Spread | None" = None,
    progress: "Callable[[Progress], None] | None" = None,
) -> "Rolled":
    """Play episodes on actors of Ray, whole ones in each, and keep them as Parquet.

    What is there already is not played again, so whoever is interrupted calls the same again. Episodes that fail are
    rows too, with `failure` and no `total`: the site broke (`environment_error`), the policy raised something
    (`policy_error`), the time was over (`timeout`), or the process that played it died again and again (`worker_died`).
    They are tried again only where `spread` says so.

    Args:
        bundle: The package.
        policy: `random`, `oracle` or `keyword`; `module:function` or a function (of the messages of a chat, returning
            the answer; with the symbolic interface of `observations` and `action_mask`, returning a number); or an
            object with `start`, such as `Endpoint`. It must be possible to pickle it.
        out: The folder.
        interface: `text` or `symbolic`, for chance and functions.
        tasks: The tasks; None for all.
        splits: Whose instances.
        arms: How the site appears, by the names of `plan.ARMS`: `plain` as drawn, `full` everything varied, and so on.
        instances: How many instances of each task and split; None for all.
        repeats: How often each is played in an arm.
        seed: From what all seeds follow.
        observations: Whether what the policy was told is kept too.
        timeout_s: How long an episode may take; None for as long as it wants.
        spread: On what it is played.
        progress: Told whenever a part was written.

    Returns:
        What all episodes say, and their files, see `rows`.

    Raises:
        BundleError: Something of that does not exist, Ray is not installed, or the folder holds another rollout.
        PolicyError: The policy could not answer in whole pieces; what was played before is kept.
        CrewError: Workers do not start, or die whatever they play.
        PartError: A part cannot be written; what was written before is kept.
    """
    from ..evaluating.plan import Scope, planned
    from ..evaluating.who import who_of
    from .rolling import Spread, roll
    from .working import How

    who = who_of(policy, interface)
    names = bundle.task_names if tasks is None else tuple(tasks)
    scope = Scope(names, tuple(splits), tuple(arms), ALL if instances is None else instances, repeats, seed)
    plan = planned(bundle, scope.checked(bundle, who.make(bundle).interface))
    return roll(bundle, who, plan, Path(out), How({}, observations, timeout_s), spread or Spread(), progress)
