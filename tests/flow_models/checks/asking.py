"""How the tests of checks ask: which codes a flow trips, and what is left after its fixes."""

from flow_models.checks import Problem, check
from flow_models.document.flow import Flow


def problems_of(code: str, flow: Flow) -> list[Problem]:
    """Return the problems of one code."""
    return [problem for problem in check(flow) if problem.code == code]


def assert_case(code: str, trips: Flow, near_miss: Flow) -> None:
    """Check that one flow trips a code, in words and on elements, and that its near miss does not.

    Where there is a fix, applying fixes of this code one after the other makes it go away.
    """
    found = problems_of(code, trips)
    assert found, [problem.code for problem in check(trips)]
    assert problems_of(code, near_miss) == []
    for problem in found:
        assert len(problem.sentence()) > 10
        assert problem.elements
    flow = trips
    for _ in range(10):
        fixes = [problem.fix for problem in problems_of(code, flow) if problem.fix is not None]
        if not fixes:
            break
        assert len(fixes[0].sentence()) > 3
        flow = fixes[0].edit(flow)
    left = problems_of(code, flow)
    assert all(problem.fix is None for problem in left)
    assert len(left) < len(found) or all(problem.fix is None for problem in found)
