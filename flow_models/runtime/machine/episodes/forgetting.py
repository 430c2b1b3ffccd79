"""What goes from a world of `graph` when something is forgotten: nodes, frames without any, what leads to them.

Worlds are of any type here, for modules do not import each other in a ring.
"""

from typing import Any


def swept(world: Any) -> int:
    """Drop the nodes of a world that are not used, and frames without any; return how many are left."""
    count = 0
    for frame in world.frames.values():
        for node in frame.nodes.values():
            node.is_kept = node.is_used
            node.is_used = False
        frame.nodes = {key: node for key, node in frame.nodes.items() if node.is_kept}
        frame.is_kept = bool(frame.nodes)
        count += len(frame.nodes)
    world.frames = {key: frame for key, frame in world.frames.items() if frame.is_kept}
    return count


def unlinked(world: Any) -> int:
    """Drop what leads to dropped nodes, which would hold all that follows; return how many ways are left."""
    world.ways = {way: edge for way, edge in world.ways.items() if edge.node.is_kept}
    world.arrivals = {to: edge for to, edge in world.arrivals.items() if edge.node.is_kept}
    for frame in world.frames.values():
        for node in frame.nodes.values():
            if node.edges is not None:
                node.edges = {event: edge for event, edge in node.edges.items() if edge.node.is_kept}
    return len(world.ways)
