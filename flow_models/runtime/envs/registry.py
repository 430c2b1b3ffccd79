"""What can be made of a package: its interfaces and its adapters, each with what it needs to be installed.

`make`, `adapter`, the extras of the package, its card and its self-check read this list. Nothing is imported before it
is used.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NamedTuple

from .listing import BundleError


class Entry(NamedTuple):
    """One interface or adapter.

    Attributes:
        name: What it is called, as an interface in `make` and where it needs something as an extra of the package.
        place: The module below this package and the class in it, as `module:Class`.
        about: What it gives, in one sentence.
        needs: The requirements of its extra; none where the package itself is enough.
        by_hand: A command that installs what no extra can ask for; empty for none.
    """

    name: str
    place: str
    about: str
    needs: tuple[str, ...] = ()
    by_hand: str = ""

    def load(self) -> Any:
        """Import its module and return its class."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(f".{module}", __package__), name)

    def lacks(self, user: str, missing: Sequence[str], wheel: str) -> BundleError:
        """Return the error that says in words what is not installed, and what installs it.

        Args:
            user: What needs it.
            missing: The modules that are not there.
            wheel: The name of the package's wheel.
        """
        then = f", then {self.by_hand}" if self.by_hand else ""
        what = " and ".join(missing)
        return BundleError(f'{user} needs {what}, not installed: pip install "{wheel}[{self.name}]"{then}')


TEXT: Final = Entry(
    "text",
    "interfaces.text:TextEnv",
    "Pages as the text of Chromium's accessibility tree that BrowserGym gives, actions as its strings.",
)

INTERFACES: Final = (
    TEXT,
    Entry(
        "symbolic",
        "interfaces.symbolic:SymbolicEnv",
        "Pages as a fixed number of integers with an action mask, actions as numbers.",
    ),
    Entry(
        "browser",
        "interfaces.browser:BrowserEnv",
        "The texts and actions of `text`, and screenshots, in a real Chromium; an installed one is found by itself.",
        ("playwright>=1.60,<2",),
    ),
)
"""The Gymnasium environments of a package: `gym.make(ID, interface=NAME)`."""

VECTOR: Final = Entry(
    "vector",
    "interfaces.vector:SymbolicVectorEnv",
    "Many episodes of `symbolic` as one environment, looked up in tables: `gym.make_vec(ID, num_envs=N)`.",
)
"""What `gym.make_vec` gives of `symbolic`; of the other interfaces it gives some side by side."""

ADAPTERS: Final[tuple[Entry, ...]] = (
    Entry(
        "trl",
        "adapters.trl:Trl",
        "What TRL's `GRPOTrainer` takes: `train_dataset`, `environment_factory`, `reward_funcs` and settings.",
        ("trl>=1.16,<2", "datasets>=3,<6", "torch>=2.6,<3"),
    ),
    Entry(
        "verifiers",
        "adapters.verifiers:taskset",
        "A taskset with its environment for verifiers, found as `MODULE_vf`.",
        ("verifiers>=0.4,<0.5", "uv>=0.8,<1"),
    ),
    Entry(
        "openenv",
        "adapters.openenv:app",
        "An OpenEnv server with concurrent sessions and the interface of tasks, and its client.",
        ("openenv>=0.10,<0.11",),
    ),
    Entry(
        "ors",
        "adapters.open_reward:server",
        "A server of the Open Reward Standard: a session is an attempt, our actions are its tools.",
        ("ors-sdk>=0.1,<0.2",),
    ),
    Entry(
        "nemo",
        "adapters.nemo_gym:NemoGym",
        "A resources server for NeMo Gym, which needs Python 3.12.",
        ("nemo-gym>=0.4,<0.8",),
    ),
    Entry(
        "skyrl",
        "adapters.skyrl:SkyRL",
        "An environment and a dataset for SkyRL-gym.",
        ("skyrl-gym>=0.4,<0.5",),
    ),
    Entry(
        "tinker",
        "adapters.tinker:Tinker",
        "A dataset of groups of `MessageEnv` for the Tinker cookbook, all that it needs but itself.",
        (
            "tinker>=0.38,<1",
            "chz>=0.4,<1",
            "torch>=2.10,<3",
            "transformers>=5.7,<6",
            "datasets>=3,<6",
            "aiohttp>=3.9,<4",
            "blobfile>=3,<4",
            "cloudpickle>=3,<4",
            "pillow>=10,<14",
            "pyrage>=1.4,<2",
            "termcolor>=2,<4",
            "tiktoken>=0.12,<1",
        ),
        # It asks for a `tml-renderers` that PyPI does not have, and runs without it.
        'pip install --no-deps "tinker-cookbook>=0.6,<0.7"',
    ),
    Entry(
        "inspect",
        "adapters.inspect_ai:task",
        "An evaluation for Inspect AI: dataset, solver and scorer.",
        ("inspect-ai>=0.3,<0.4",),
    ),
    Entry(
        "browsergym",
        "adapters.browsergym:register",
        "Task classes `browsergym/MODULE.TASK` with `cheat` for BrowserGym and AgentLab, in the Chromium they drive.",
        ("browsergym-core==0.14.3",),
    ),
    Entry(
        "browsergym_text",
        "adapters.browsergym_text:register",
        "The same tasks as `browsergym/MODULE.text.TASK`: BrowserGym's observations without a browser, nor BrowserGym.",
    ),
)
"""What brings the environments to other frameworks: `MODULE.adapter(NAME)`, see `adapters`."""

CONSUMERS: Final[tuple[Entry, ...]] = (
    Entry(
        "sb3",
        "interfaces.symbolic:SymbolicEnv",
        "Stable-Baselines3, and sb3-contrib whose `MaskablePPO` reads the mask.",
        ("stable-baselines3>=2.9,<3", "sb3-contrib>=2.9,<3", "torch>=2.6,<3"),
    ),
    Entry(
        "rllib",
        "interfaces.symbolic:SymbolicEnv",
        "RLlib, whose `ActionMaskingTorchRLModule` reads the mask.",
        ("ray[rllib]>=2.60,<3", "torch>=2.6,<3"),
    ),
    Entry(
        "torchrl",
        "interfaces.symbolic:SymbolicEnv",
        "The trainers of torchrl, whose `ActionMask` reads the mask.",
        ("torchrl>=0.14,<0.15", "torch>=2.6,<3"),
    ),
)
"""Frameworks that take the Gymnasium environments as they are: an extra each, whose versions were tried."""

RAY: Final = Entry(
    "ray",
    "rollouts.public:rollout",
    "Episodes on many processors or a cluster of Ray, kept as Parquet: `rollout`.",
    ("ray>=2.60,<3", "pyarrow>=18,<27"),
)
"""What spreads episodes over processors."""

EVERYWHERE: Final = tuple(entry for entry in INTERFACES if not entry.needs)
"""The interfaces that are there wherever the package is installed."""

EXTRAS: Final = tuple(entry for entry in (*INTERFACES, *ADAPTERS, *CONSUMERS, RAY) if entry.needs)
"""What is there only once the extra of its name is installed."""
