"""Everything the app can say about a flow before it runs: problems with words, elements and fixes.

One module per question; `checker` puts them all in a fixed order and keeps the answers for parts that did not change,
so that checking while drawing costs milliseconds. `graph` and `data_graph` hold the flow as NetworkX graphs, `guards`
compares conditions by trying cases, `facts` reads all formulas once. What only running the flow can show is in
`running`. The option not taken: one walk that checks everything, which cannot be kept part by part.
"""

from flow_models.checks.checker import Checker, check
from flow_models.checks.problem import SEVERITIES, Fix, Problem, Severity

__all__ = ["SEVERITIES", "Checker", "Fix", "Problem", "Severity", "check"]
