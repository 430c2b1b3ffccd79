"""What an exported package holds, read once per process: the program and the proven instances of its tasks.

`program.json` is the compiled flow, `tasks.json` lists for each task its numbered instances, see `listing`. Solutions
are not here; nothing that an environment reads could give one away.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self, TypeVar
from weakref import WeakValueDictionary

from ..machine.base.program import Program, program_hash, read_program
from ..machine.base.variant import PLAIN, Variant
from ..machine.episodes.episode import Episode
from ..machine.episodes.machine import Machine
from ..machine.pages.state import Start
from ..site import Site
from . import listing
from .listing import BundleError, Difficulty, Instance, Played

T = TypeVar("T")

DRESSED: Final = 64
"""Variants of which the website as it appears there is kept, the oldest goes."""


class Bundle:
    """The program and instances of one package, with what was computed from them.

    All environments of a bundle share it, copies too: a deep copy is the bundle itself, and a pickle only names it.

    Args:
        program: The compiled flow.
        instances: Its instances.
        folder: Where it was read; None for one that lies in no folder.
        played: How many solutions could be played in interfaces that may lack an action, as far as that is known.
        difficulties: By task how difficult it is, as far as that is known.
    """

    def __init__(
        self,
        program: Program,
        instances: Iterable[Instance],
        folder: Path | None = None,
        played: Iterable[Played] = (),
        difficulties: Mapping[str, Difficulty] | None = None,
    ) -> None:
        self.program = program
        self.folder = folder
        self.module = program.module
        self.instances = listing.by_task(instances)
        self.difficulties: Mapping[str, Difficulty] = dict(difficulties or {})
        self._played = {(one.interface, one.task): one for one in played}
        self._dressed: OrderedDict[Variant, Site] = OrderedDict()
        self._shared: WeakValueDictionary[Callable[[Bundle], Any], Any] = WeakValueDictionary()
        _LOADED[id(self)] = self

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the bundle whose data files lie in a folder.

        Raises:
            BundleError: A file is missing or does not fit.
            ProgramError: The program is of another format, or damaged.
        """
        try:
            program = read_program(json.loads((folder / "program.json").read_text(encoding="utf-8")))
            if program.hash != program_hash(program.json):
                raise ValueError("program.json holds something else than was proven")
            tasks = (folder / "tasks.json").read_text(encoding="utf-8")
        except OSError as error:
            raise BundleError(f"The package is incomplete: {error.filename} cannot be read") from error
        except ValueError as error:
            raise BundleError(f"The package in {folder} is damaged, install it again: {error}") from None
        listed = listing.read(program, tasks)
        return cls(program, listed.instances, folder.absolute(), listed.played, listed.difficulties)

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return loaded, (self.module, self.hash, self.folder)

    @cached_property
    def hash(self) -> str:
        """What tells it from every other bundle: a hash over its program and its instances."""
        held = json.dumps([self.program.hash, self.instances], sort_keys=True)
        return hashlib.sha256(held.encode()).hexdigest()

    @property
    def wheel(self) -> str:
        """The name of the file with which it is installed."""
        return wheel_name(self.module, self.program.version)

    @cached_property
    def machine(self) -> Machine:
        """The machine that runs the program; built when first needed."""
        return Machine(self.program)

    @cached_property
    def site(self) -> Site:
        """The website as drawn."""
        return Site.of(self.program)

    def dressed(self, variant: Variant) -> Site:
        """Return the website as it appears in a variant, the same object for the latest few: texts are kept by it."""
        found = self._dressed.get(variant)
        if found is None:
            found = self._dressed[variant] = self.site.dressed(variant)
            if len(self._dressed) > DRESSED:
                self._dressed.popitem(last=False)
        return found

    def shared(self, make: Callable[["Bundle"], T]) -> T:
        """Return what a class or function makes of this bundle, the same for all as long as somebody holds it."""
        found: T | None = self._shared.get(make)
        if found is None:
            found = self._shared[make] = make(self)
        return found

    @property
    def task_names(self) -> tuple[str, ...]:
        """The tasks that have instances, in the order of the flow."""
        return tuple(name for name in self.program.tasks if self.instances.get(name))

    def weight(self, task: str) -> int:
        """Return how often `all` plays a task, relative to the others."""
        return self.program.tasks[task].weight

    def version(self, task: str) -> int:
        """Return the number N of a task's id `...-vN`."""
        return self.program.tasks[task].version

    def env_id(self, task: str) -> str:
        """Return the Gymnasium id of a task."""
        return f"{self.module}/{task}-v{self.version(task)}"

    def shortfall(self, interface: str, tasks: Sequence[str]) -> str:
        """Return in words which tasks cannot all be done in an interface; empty if all can, or it is not known."""
        found = (self._played.get((interface, task)) for task in tasks)
        told = [f"{one.of - one.done} of {one.of} solutions of {one.task!r}" for one in found if one and one.is_short]
        return f"In the interface {interface!r} there are no actions for {', '.join(told)}" if told else ""

    def start(self, instance: Instance, variant: Variant = PLAIN) -> Start:
        """Return where an instance begins; drawn once, then kept for a while by the machine."""
        return self.machine.draw(instance.task, instance.seed, variant)

    def episode(self, instance: Instance, variant: Variant = PLAIN) -> Episode:
        """Return a new attempt at an instance."""
        return Episode(self.machine, self.start(instance, variant), infeasible=instance.infeasible)


def wheel_name(module: str, version: str) -> str:
    """Return what the wheel of a package is called; the version is three whole numbers, told without leading zeros."""
    return f"{module}-{'.'.join(str(int(number)) for number in version.split('.'))}-py3-none-any.whl"


_LOADED: Final[WeakValueDictionary[int, Bundle]] = WeakValueDictionary()
"""The bundles of this process, the oldest first, so that a pickle, which only names one, finds it again."""


def loaded(module: str, wanted: str, folder: Path | None) -> Bundle:
    """Return the bundle with a hash: the one that this process holds, else the one in the folder where it once lay.

    Raises:
        BundleError: It is neither here nor there, or the folder holds another one now.
    """
    for bundle in list(_LOADED.values()):
        if bundle.hash == wanted:
            return bundle
    if folder is None:
        raise BundleError(
            f"This pickle needs the bundle {module!r}, which lies in no folder and is not in this process; make it "
            "here, from the same flow and instances, before you load the pickle"
        )
    try:
        bundle = Bundle.read(folder)
    except BundleError as error:
        raise BundleError(
            f"This pickle needs the package {module!r}, which is not in this process and not at {folder} any more; "
            "import the package before you load the pickle"
        ) from error
    if bundle.hash != wanted:
        raise BundleError(
            f"This pickle was made with another version of the package {module!r} than the one at {folder}; "
            "install that version, or save the environment again"
        )
    return bundle


def as_bundle(bundle: Bundle | Path) -> Bundle:
    """Return a bundle, reading it where a folder is given."""
    return bundle if isinstance(bundle, Bundle) else Bundle.read(bundle)
