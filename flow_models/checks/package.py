"""Can the package be installed beside others under the name that was chosen for it?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.elements import Element
from flow_models.document.packages import choose_package, free, is_taken


def problems(context: Context) -> Iterator[Problem]:
    """Yield that the chosen name is that of a package which Python, the package itself or trainers need."""
    name = context.flow.package
    if not is_taken(name):
        return
    other = free(name)
    renaming = fix("package", lambda now: choose_package(now, other), name=other)
    yield problem("package.taken", "error", Element("flow", "flow", "package"), fix=renaming, name=name)
