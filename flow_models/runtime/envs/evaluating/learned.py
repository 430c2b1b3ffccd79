"""A policy that was trained with Stable-Baselines3; imported when one is asked for."""

import importlib
from pathlib import Path
from typing import Any, Final

from ..listing import BundleError
from .attempts import SymbolicAttempt
from .plan import Planned
from .policies import Choice, Choose


class Learned:
    """A PPO or MaskablePPO of Stable-Baselines3, as it was saved, on the symbolic interface.

    Args:
        path: The zip file.

    Raises:
        BundleError: It cannot be loaded.
    """

    interface: Final = SymbolicAttempt.interface
    may_wait: Final = False

    def __init__(self, path: Path) -> None:
        self._model, self._is_masked = _loaded(path)

    def start(self, planned: Planned, attempt: SymbolicAttempt) -> Choose:  # noqa: ARG002  # it may play any
        """Begin an attempt."""

        def choose() -> Choice:
            seen = attempt.observation
            masks = {"action_masks": seen["action_mask"]} if self._is_masked else {}
            space = self._model.observation_space
            seen = seen if hasattr(space, "spaces") else seen["observations"]
            action, _ = self._model.predict(seen, deterministic=True, **masks)
            return Choice({"number": int(action)}, (0, 0))

        return choose


def _loaded(path: Path) -> tuple[Any, bool]:
    """Return a saved model and whether it takes masks: the kind that the file fits."""
    reasons = []
    for module, name, is_masked in (("sb3_contrib", "MaskablePPO", True), ("stable_baselines3", "PPO", False)):
        try:
            return getattr(importlib.import_module(module), name).load(path, device="cpu"), is_masked
        except Exception as error:  # noqa: BLE001  # what the two libraries raise on a file of the other is not documented
            reasons.append(f"{name}: {type(error).__name__}: {error}")
    raise BundleError(f"{path} cannot be loaded: {'; '.join(reasons)}")
