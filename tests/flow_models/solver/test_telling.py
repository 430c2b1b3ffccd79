"""Nobody chooses what reads like something beside it: solutions do without, or the instance says why it has none."""

from dataclasses import replace

import pytest

from exporters.export import export
from flow_models.document.blocks import AnyBlock, ListBlock
from flow_models.document.field_blocks import ChoiceField, ChoiceGrid, SuggestField
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.phrasing import to_action
from flow_models.runtime.site.resolve import resolve
from flow_models.solver import build_instances
from flow_models.solver.solving import Solver
from flow_models.solver.telling import as_read, name_of, twin_of, twins
from flow_models.solver.variants import BlockedError, adapted
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of

# Formulas over which the quick checks cannot look: they see a difference where pages show none.
ALIKE, APART = "{lower(row.name)}", "{lower(row.name)} {row.city}"
ROWS = (("Ann", "Rome"), ("ann", "Oslo"), ("Bob", "Bern"))


def offering(kind: str, label: str) -> AnyBlock:
    """Return a block in which a person is chosen."""
    given = {"id": "who", "name": "who", "title": "Who", "table": "people", "label": label}
    match kind:
        case "drop-down" | "radio":
            style = "radio" if kind == "radio" else "drop_down"
            return ChoiceField.model_validate({**given, "style": style})
        case "suggestions":
            return SuggestField.model_validate(given)
        case "plan":
            return ChoiceGrid.model_validate(given)
    columns = ({"title": "Person", "text": label},)
    return ListBlock.model_validate(
        {"id": "l", "table": "people", "columns": columns, "row_controls": (make.button("send", title="Pick"),)}
    )


def site(kind: str, label: str = ALIKE, *, rows: tuple[tuple[str, str], ...] = ROWS) -> Flow:
    """Return a flow whose task is to pick one of some people; two of them read alike by `ALIKE`."""
    block = offering(kind, label)
    is_list = isinstance(block, ListBlock)
    blocks = (block,) if is_list else (make.form("f", block, make.button("send", submit=True)),)
    people = make.table("people", "name", "city", rows=rows)
    orders = make.table("orders", "who:row:people")
    sending = make.arrow("home", use="send", do=(make.adds("orders", who="row" if is_list else "field.who"),))
    asked = make.task(
        "pick",
        "Pick {task.p.name} of {task.p.city}.",
        parameters=(make.parameter("p", "row:people"),),
        expect=(make.expect_added("orders", who="task.p"),),
        max_steps=20,
    )
    return make.flow(make.page("home", *blocks), people, orders, sending, asked)


KINDS = ("drop-down", "radio", "suggestions", "plan", "list")


def outcomes(flow: Flow) -> dict[str, tuple[str, object]]:
    """Return for each person what a search for the way to pick it answers."""
    machine = machine_of(flow)
    solver = Solver(machine)
    starts = {str(start.parameters["p"]): start for start in (machine.draw("pick", seed) for seed in range(30))}
    solved = {person: solver.solve(start) for person, start in sorted(starts.items())}
    return {person: (found.status, found.twin and found.twin[1]) for person, found in solved.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_who_cannot_be_told_from_another_is_not_picked(kind: str) -> None:
    unclear, clear = ("gave_up", "ann"), ("solved", None)
    assert outcomes(site(kind)) == {"people_1": unclear, "people_2": unclear, "people_3": clear}
    assert set(outcomes(site(kind, APART)).values()) == {clear}


@pytest.mark.parametrize("kind", KINDS)
def test_what_reads_alike_is_seen_on_the_page(kind: str) -> None:
    machine = machine_of(site(kind))
    start = machine.draw("pick", 0)
    assert set(twins(machine.view(start, start.state)).values()) == {"ann"}
    apart = machine_of(site(kind, APART))
    start = apart.draw("pick", 0)
    assert twins(apart.view(start, start.state)) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_instances_that_need_it_are_left_out_and_the_report_says_why(kind: str) -> None:
    machine = machine_of(site(kind))
    made = build_instances(machine.program, (6, 2, 2), processes=1)
    assert {machine.draw("pick", one.seed).parameters["p"] for one in made.listed} == {"people_3"}
    report = made.reports["pick"]
    assert report.unclear
    assert report.gave_up == 0
    assert report.twin is not None
    assert name_of(machine.program, report.twin[0]) in ("Who", "Pick")
    assert report.twin[1] == "ann"


def test_a_way_round_is_taken_where_there_is_one() -> None:
    """The shortest way picks what cannot be told apart; a longer one goes by a list that says more."""
    flow = site("drop-down")
    other = make.page("other", make.rows_of("l", "people", "{name}", "{city}", row_controls=(make.button("pick"),)))
    home = flow.pages[0].rebuilt(blocks=(*flow.pages[0].blocks, make.link("on")))
    arrows = (
        make.arrow("home", "other", use="on"),
        make.arrow("other", use="pick", do=(make.adds("orders", who="row"),)),
    )
    machine = machine_of(flow.rebuilt(pages=(home, other), transitions=(*flow.transitions, *arrows)))
    starts = [machine.draw("pick", seed) for seed in range(12)]
    found = {str(start.parameters["p"]): Solver(machine).solve(start).events for start in starts}
    assert [event.block for event in found["people_1"]] == ["on", "pick"]
    assert [event.block for event in found["people_2"]] == ["on", "pick"]
    assert len(found["people_3"]) == 2


def test_an_export_names_the_cause(tmp_path: object) -> None:
    alike = site("drop-down", rows=ROWS[:2])
    with pytest.raises(Exception, match="“Who”, where “ann” stands more than once"):
        export(alike, tmp_path, (2, 1, 1), lambda *_: None, check=False, seeds=5)  # type: ignore[arg-type]


def _chosen(machine: Machine, row: str) -> tuple[str, str]:
    """Return the action by which an option is chosen, and the option that the site takes for it."""
    start = machine.draw("pick", 0)
    view, own = machine.view(start, start.state), Site.of(machine.program)
    rendered = Rendered(view, own)
    action = to_action(Event("select", "who", "", row), rendered, own)
    return action, resolve(action, rendered, view, own).value


def test_of_options_that_read_alike_the_first_is_taken_as_in_a_browser_and_nothing_says_the_second() -> None:
    machine = machine_of(site("drop-down"))
    action, taken = _chosen(machine, "people_1")
    assert action.endswith("'ann')")
    assert taken == "people_1"
    with pytest.raises(LookupError):
        _chosen(machine, "people_2")


def test_a_solution_is_not_adapted_to_a_variant_by_a_choice_that_nobody_can_make() -> None:
    machine = machine_of(site("radio"))
    start = machine.draw("pick", 0, PLAIN)
    with pytest.raises(BlockedError, match="more than one thing in who reads “ann”"):
        adapted(machine, start, (Event("select", "who", "", "people_2"),))


def test_an_event_says_whether_it_chooses_what_reads_alike() -> None:
    machine = machine_of(site("suggestions"))
    start = machine.draw("pick", 0)
    view = machine.view(start, start.state)
    assert twin_of(view, Event("fill", "who", "", "ann")) == ("who", "ann")
    assert twin_of(view, Event("fill", "who", "", "bob")) is None
    episode = Episode(machine, start)
    episode.step(Event("fill", "who", "", "an"))
    assert twin_of(episode.view, Event("use", "who", "pick:people_2")) == ("who", "ann")


def test_texts_are_compared_as_they_are_read() -> None:
    assert as_read(" a \n b\t") == "a b"
    assert as_read("Cafe\u0301") == as_read("Caf\u00e9")
    assert as_read("a\u00a0b") == as_read("a\u200b b") == as_read("a b")
    assert as_read("A") != as_read("a")


def test_blocks_are_called_by_their_titles() -> None:
    program = machine_of(make.shop()).program
    assert name_of(program, "choose") == "Choose"
    assert name_of(replace(program, pages={}), "choose") == "choose"
