"""What the agent can read gives away nothing about how the flow is made, on every page of the example."""

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import loads
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.site import Rendered, Site
from tests.parity.places import places


@pytest.fixture(scope="module")
def machine() -> Machine:
    path = resources.path("examples", "north_bank.flow.json")
    return Machine(compile_flow(loads(path.read_text(encoding="utf-8"))).program)


def test_no_page_carries_ids_goals_or_formulas(machine: Machine) -> None:
    program, site = machine.program, Site.of(machine.program)
    inner = {item["id"] for item in program["transitions"]} | set(program["pages"]) | set(program["sections"])
    found = places(machine, episodes=2, length=25)
    assert len(found) > 15
    for place in found:
        episode = Episode(machine, machine.draw(place["task"], place["seed"]))
        for event in place["events"]:
            episode.step(Event(*event))
        rendered = Rendered.of(episode.view, site)
        read = rendered.html(b"seed") + rendered.axtree
        assert not [name for name in inner if name in read], place["name"]
        assert episode.goal not in read
        assert not [block for block in {target.block for target in rendered.targets.values()} if block in read]


def test_task_names_are_in_no_page(machine: Machine) -> None:
    site = Site.of(machine.program)
    for task in machine.tasks:
        start = machine.draw(task, 1)
        rendered = Rendered.of(machine.view(start, start.state), site)
        assert not [name for name in machine.tasks if f"'{name}'" in rendered.html(b"s") or name in rendered.axtree]
