"""Graphs that are kept as long as there is room for all of them."""

from flow_models.runtime.envs.graph_set import GraphSet


class Pile:
    """A graph that only says how much it holds, of which so much can be spared."""

    def __init__(self, spare: int = 0) -> None:
        self.is_kept, self.held, self.spare = False, 0, spare

    def thin(self) -> int:
        """Forget what can be spared."""
        gone, self.spare = self.spare, 0
        self.held -= gone
        return gone

    def forget(self) -> int:
        """Forget everything."""
        held, self.held = self.held, 0
        return held


def grow(graphs: GraphSet[str, Pile], pile: Pile, count: int) -> None:
    """Let one hold more."""
    pile.held += count
    graphs.grown(pile, count)


def test_what_can_be_spared_goes_first_then_the_graphs_begun_longest_ago() -> None:
    graphs: GraphSet[str, Pile] = GraphSet(100)
    old, new = graphs.put("old", Pile(30)), graphs.put("new", Pile())
    grow(graphs, old, 50)
    grow(graphs, new, 51)
    assert (old.held, new.held, graphs.held) == (20, 51, 71)
    assert graphs.begun("old") is old
    grow(graphs, old, 30)
    assert (old.held, new.held, graphs.held) == (50, 0, 50)
    assert (graphs.begun("new"), new.is_kept) == (None, False)


def test_the_one_that_grows_too_large_is_emptied_and_stays() -> None:
    graphs: GraphSet[str, Pile] = GraphSet(10)
    only = graphs.put("only", Pile())
    grow(graphs, only, 11)
    assert (only.held, graphs.held, only.is_kept) == (0, 0, True)
    assert graphs.begun("only") is only


def test_of_too_many_the_oldest_goes_and_what_is_alone_is_not_counted() -> None:
    graphs: GraphSet[str, Pile] = GraphSet(100, 2)
    first, *_ = [graphs.put(name, Pile()) for name in "abc"]
    grow(graphs, first, 5)
    assert (graphs.begun("a"), graphs.held, first.held) == (None, 0, 5)
