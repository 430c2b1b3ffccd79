"""What goes from a data node of `graph` when something is forgotten: nodes, pages without any, what leads to them.

Data nodes are of any type here, for modules do not import each other in a ring.
"""

from typing import Any


def swept(data: Any) -> int:
    """Drop the nodes of a data node that are not used, and pages without any; return how many are left."""
    count = 0
    for page in data.pages.values():
        for node in page.nodes.values():
            node.is_kept = node.is_used
            node.is_used = False
            if not node.is_kept:
                node.clear()  # else whoever stands there would hold all that follows
        page.nodes = {key: node for key, node in page.nodes.items() if node.is_kept}
        page.is_kept = bool(page.nodes)
        count += len(page.nodes)
    data.pages = {key: page for key, page in data.pages.items() if page.is_kept}
    return count


def unlinked(data: Any) -> int:
    """Drop what leads to dropped nodes, which would hold all that follows; return how many ways are left."""
    data.ways = {way: edge for way, edge in data.ways.items() if edge.node.is_kept}
    data.arrivals = {to: edge for to, edge in data.arrivals.items() if edge.node.is_kept}
    for page in data.pages.values():
        for node in page.nodes.values():
            if node.edges is not None:
                node.edges = {event: edge for event, edge in node.edges.items() if edge.node.is_kept}
    return len(data.ways)
