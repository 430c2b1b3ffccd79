"""What can be made of a package: its interfaces and its adapters, each with what it needs to be installed.

`make`, `adapter`, the extras of the package, its card and its self-check read this list. Nothing is imported before it
is used.
"""

from importlib import import_module
from typing import Any, Final, NamedTuple


class Entry(NamedTuple):
    """One interface or adapter.

    Attributes:
        name: What it is called, as an interface in `make` and where it needs something as an extra of the package.
        place: The module below this package and the class in it, as `module:Class`.
        about: What it gives, in one sentence.
        needs: The requirements of its extra; none where the package itself is enough.
    """

    name: str
    place: str
    about: str
    needs: tuple[str, ...] = ()

    def load(self) -> Any:
        """Import its module and return its class."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(f".{module}", __package__), name)


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
        "adapters.nemo_gym:server",
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
        "An attempt as `MessageEnv` of the Tinker cookbook.",
        ("tinker-cookbook>=0.6,<0.7",),
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

EVERYWHERE: Final = tuple(entry for entry in INTERFACES if not entry.needs)
"""The interfaces that are there wherever the package is installed."""

EXTRAS: Final = tuple(entry for entry in (*INTERFACES, *ADAPTERS) if entry.needs)
"""What is there only once the extra of its name is installed."""
