"""The solver against the slow way: shortest is shortest, impossible is impossible, and bounds are named."""

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.behaviour import RemoveEffect
from flow_models.document.field_blocks import NumberField, Slider
from flow_models.document.tasks import ExpectedChange, Success
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.solver.solution import Budget
from flow_models.solver.solving import Solver
from flow_models.solver.variants import single_cases
from tests.flow_models import builders as make
from tests.flow_models.solver.brute import shortest, tried
from tests.flow_models.solver.fuzz import Knowing
from tests.flow_models.solver.sites import added, changed, machine_of, maze, safe

WORDS = ("", "red", "blue", "?")

TOO_LARGE = {0, 3, 6, 8, 10, 12, 15, 17, 19, 21, 27, 28, 33, 37, 38, 39}
"""Random sites whose states are more than the slow way can visit in a moment."""


def _three_pages() -> Machine:
    return Machine(compile_flow(storage.load(resources.path("examples", "three_pages.flow.json"))).program)


def test_a_solution_ends_the_episode_with_success_at_its_last_step() -> None:
    machine = machine_of(make.shop())
    start = machine.draw("buy-item", 3)
    solution = Solver(machine).solve(start)
    episode = Episode(machine, start)
    ends = [episode.step(event).end_reason for event in solution.events]
    assert ends == ["", "", "success"]


def test_the_shortest_solution_of_the_shop_is_as_short_as_breadth_first_finds() -> None:
    machine = machine_of(make.shop())
    start = machine.draw("buy-item", 0)
    assert Solver(machine).solve(start).steps == shortest(machine, start, ("Fragile", "Ring twice"), most=500_000)


def test_the_three_pages_take_four_steps() -> None:
    machine = _three_pages()
    solver = Solver(machine)
    assert {solver.solve(machine.draw("borrow-book", seed)).steps for seed in range(10)} == {4}


def _late(where: str, wait: int, guard: str) -> Machine:
    """Return a site where something comes after some steps on the page, which a form there or in a dialog writes."""
    form = make.form("form", make.field("f"), make.button("send", submit=True))
    pages = [make.page("p", make.link("open"), *([form] if where == "p" else []))]
    pages += [make.page("d", form, kind="dialog")] if where == "d" else []
    values = {"mark": "late", "one": "field.f"}
    return machine_of(
        make.flow(
            *pages,
            make.arrow("p", where, use="open"),
            make.arrow("p", "stay", wait=wait, do=(make.sets("late", '"yes"'),)),
            make.arrow(where, "stay", use="send", when=guard, do=(make.adds("log", **values),)),
            make.variable("late", "text"),
            make.table("log", "mark:text", "one:text"),
            make.task("do", "Red.", success=Success(changes=(added("log", {"mark": '"yes"', "one": '"red"'}),))),
        )
    )


@pytest.mark.parametrize("guard", ["", 'late == "yes"'])
@pytest.mark.parametrize("wait", [1, 2, 3])
@pytest.mark.parametrize("where", ["p", "d"])
def test_what_comes_by_itself_takes_no_step_of_its_own(where: str, wait: int, guard: str) -> None:
    machine = _late(where, wait, guard)
    start = machine.draw("do", 0)
    assert Solver(machine).solve(start).steps == shortest(machine, start, WORDS, most=30_000)


@pytest.mark.parametrize("seed", [seed for seed in range(40) if seed not in TOO_LARGE])
def test_random_sites_are_solved_as_breadth_first_solves_them(seed: int) -> None:
    machine = machine_of(maze(seed))
    start = machine.draw("fill", 0)
    expected = shortest(machine, start, WORDS, most=30_000)
    if expected is None:
        expected = shortest(machine, start, WORDS, most=30_000, with_addresses=True)
    solution = Solver(machine).solve(start)
    assert (solution.status, solution.steps) == (("infeasible", 0) if expected is None else ("solved", expected))


def test_a_literal_in_a_guard_is_tried_where_no_parameter_says_it() -> None:
    machine = machine_of(safe())
    solution = Solver(machine).solve(machine.draw("raise", 0))
    assert Event("fill", "f_word", "", "sesame") in solution.events
    assert solution.steps == 4


@pytest.mark.parametrize(("kind", "step"), [(NumberField, 1), (Slider, 1), (Slider, 7)])
def test_a_whole_number_between_prices_is_found(kind: type[NumberField | Slider], step: int) -> None:
    scale = {"maximum": 98, "step": step} if kind is Slider else {}
    machine = machine_of(
        make.flow(
            make.page("home", kind(id="f_most", name="most", **scale), make.button("buy")),
            make.table("chairs", "low:money", "high:money", "sold:boolean", rows=(("34.90", "35.10", False),)),
            make.arrow(
                "home",
                use="buy",
                when="any(chairs, low <= field.most and field.most < high)",
                do=(make.changes("chairs", "low > 0", sold="true"),),
            ),
            make.task("buy", expect=(changed("chairs", "low > 0", sold="true"),)),
        )
    )
    solution = Solver(machine).solve(machine.draw("buy", 0))
    assert solution.events == (Event("fill", "f_most", value="35"), Event("use", "buy"))


@pytest.mark.parametrize(("may_fail", "proof"), [(False, "space"), (True, "slice")])
def test_what_a_guard_never_allows_is_proven_impossible(may_fail: bool, proof: str) -> None:
    machine = machine_of(safe(limit="50.00", may_fail=may_fail))
    solution = Solver(machine).solve(machine.draw("raise", 0))
    assert (solution.status, solution.proof) == ("infeasible", proof)


def test_a_value_just_at_the_bound_is_possible_and_just_above_it_is_not() -> None:
    at, above = (machine_of(safe(limit="80.00", wanted=wanted, may_fail=True)) for wanted in ("80.00", "80.01"))
    assert Solver(at).solve(at.draw("raise", 0)).status == "solved"
    assert Solver(above).solve(above.draw("raise", 0)).status == "infeasible"


def test_a_search_that_may_try_little_gives_up_and_says_why() -> None:
    machine = machine_of(safe())
    solution = Solver(machine).solve(machine.draw("raise", 0), budget=Budget(tried=1))
    assert (solution.status, solution.reason, solution.explored) == ("gave_up", "tried", 1)


def test_a_solution_longer_than_allowed_is_given_up_not_called_impossible() -> None:
    machine = machine_of(safe())
    solution = Solver(machine).solve(machine.draw("raise", 0), max_steps=3)
    assert (solution.status, solution.reason) == ("gave_up", "max_steps")


def test_solving_the_same_instance_twice_gives_the_same_steps() -> None:
    machine, other = _three_pages(), _three_pages()
    found = [Solver(one).solve(one.draw("borrow-book", 5)) for one in (machine, other)]
    assert found[0] == found[1]


def test_the_way_to_a_page_is_the_shortest() -> None:
    machine = machine_of(make.shop())
    way = Solver(machine).way_to(machine.draw("buy-item", 0), "item")
    assert way is not None
    assert [event.kind for event in way] == ["use"]


def test_there_is_no_way_to_a_page_that_nothing_leads_to() -> None:
    flow = make.flow(make.page("home", make.link("go")), make.page("alone"), make.arrow("home", use="go"))
    machine = machine_of(flow)
    assert Solver(machine).way_to(machine.visit(), "alone") is None


@pytest.mark.parametrize("count", [1, 2, 3])
def test_several_rows_one_by_one_take_the_fewest_steps(count: int) -> None:
    flow = make.flow(
        make.page("home", make.rows_of("list", "notes", "{label}", row_controls=(make.button("open"),))),
        make.page("note", make.button("drop"), make.link("back"), record="notes", path="/notes/{record.label}"),
        make.table("notes", "label:text", rows=(("a",), ("b",), ("c",), ("d",))),
        make.arrow("home", "note", use="open"),
        make.arrow("note", "home", use="back"),
        make.arrow("note", "home", use="drop", do=(RemoveEffect(table="notes", where="row == record"),)),
        make.task(
            "drop",
            "Drop them.",
            expect=(ExpectedChange(kind="removed", table="notes", where=f"label in {list('abc')[:count]}"),),
        ),
    )
    machine = machine_of(flow)
    start = machine.draw("drop", 0)
    assert Solver(machine).solve(start).steps == shortest(machine, start, ()) == 2 * count


def test_a_side_effect_that_is_undone_elsewhere_is_no_proof_of_impossibility() -> None:
    flow = make.flow(
        make.page("home", make.button("raise"), make.button("tidy")),
        make.table("cards", "limit:integer", "note:text", rows=((1, None),)),
        make.arrow("home", use="raise", do=(make.changes("cards", "limit == 1", limit="2", note='"raised"'),)),
        make.arrow("home", use="tidy", do=(make.changes("cards", 'note == "raised"', note="empty"),)),
        make.task("up", "Raise it.", expect=(changed("cards", "limit == 1", limit="2"),), may_be_infeasible=True),
    )
    machine = machine_of(flow)
    assert [event.block for event in Solver(machine).solve(machine.draw("up", 0)).events] == ["raise", "tidy"]


def test_what_only_another_page_makes_possible_is_not_called_impossible() -> None:
    flow = make.flow(
        make.page("home", make.button("go"), make.button("save", enabled_if="any(keys, kind == 1)")),
        make.page("store", make.button("buy"), make.button("back")),
        make.table("cards", "limit:integer", rows=((1,),)),
        make.table("keys", "kind:integer", durable=False),
        make.arrow("home", "store", use="go"),
        make.arrow("store", use="buy", do=(make.adds("keys", kind="1"),)),
        make.arrow("store", "home", use="back"),
        make.arrow("home", use="save", do=(make.changes("cards", "limit == 1", limit="2"),)),
        make.task("up", "Raise it.", expect=(changed("cards", "limit == 1", limit="2"),), may_be_infeasible=True),
    )
    machine = machine_of(flow)
    assert Solver(machine).solve(machine.draw("up", 0)).steps == 4


@pytest.mark.parametrize("may_fail", [False, True])
def test_whatever_a_variant_puts_in_the_way_is_dealt_with_in_the_fewest_steps(may_fail: bool) -> None:
    machine = machine_of(safe(may_fail=may_fail))
    cases = [one for one in single_cases(machine.program) if one.aspect in ("interruption", "conduct")]
    for case in cases:
        start = machine.draw("raise", 0, case.variant)
        plain = tried(machine, start, lambda _field: ("sesame", "80.00"), 4_000, limit=20, by_forms=True)
        solution = Knowing(machine).solve(start)
        assert (case.value, solution.status, solution.steps) == (case.value, "solved", plain.length)
    assert len(cases) > 20


def test_what_is_done_before_anybody_does_anything_takes_one_step() -> None:
    machine = machine_of(safe(wanted="10.00"))
    assert Solver(machine).solve(machine.draw("raise", 0)).events == (Event("noop"),)
