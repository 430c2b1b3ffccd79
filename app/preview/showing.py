"""A page lent to other views than the preview's own: a machine of their own, the site, and how one gets there.

Made in the preview's thread, used by one view; variants are put on by `begun`. No Qt here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.preview.play import Origin, begun
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.site.site import Site


@dataclass(frozen=True)
class Showing:
    """A page of a site, to be shown in any variant.

    Attributes:
        flow: The flow.
        page: The page.
        program: The compiled flow.
        machine: A machine that nobody else uses.
        site: The site as drawn.
        looks: The titles of its looks by name.
        origin: How one gets to the page.
    """

    flow: Flow
    page: str
    program: Program
    machine: Machine
    site: Site
    looks: Mapping[str, str]
    origin: Origin

    def begun(self, variant: Variant) -> tuple[Start, State]:
        """Return the instance and the state in which the page is shown in a variant."""
        return begun(self.machine, replace(self.origin, variant=variant))
