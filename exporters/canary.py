"""The canary of a package: a GUID by which its files are found in corpora where they should not be.

It follows from the flow's id and version, so the same flow gives the same bytes and another version another canary.
"""

from typing import Final
from uuid import UUID, uuid5

import resources
from flow_models.runtime.machine.base.program import Program

SPACE: Final = UUID("0f6b1f8e-8f0d-4c56-9d7a-3c5a1e2b7d94")
"""The name space of all canaries; drawn once, never changed."""


def guid(program: Program) -> str:
    """Return the canary GUID of a program's flow and version."""
    return str(uuid5(SPACE, f"{program.id}\0{program.version}"))


def sentence(program: Program) -> str:
    """Return the words that stand in data files and card: what the file is, what not to do with it, and the GUID."""
    return resources.text("export.canary", module=program.module, guid=guid(program))
