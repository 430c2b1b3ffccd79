"""What is left of a broken flow runs: a partial program holds no reference to a part that was left out."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError

import resources
from flow_models.compiler import CompileError, compile_flow
from flow_models.document import storage
from flow_models.document.errors import ShapeError
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.errors import DrawError
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.policies import random_event
from tests.flow_models.builders import flow, page

Json = dict[str, Any]
NOWHERE = {"kind": "row", "table": "gone"}
DOCUMENTS = [
    json.loads(file.read_text(encoding="utf-8"))
    for folder in ("examples", "templates")
    for file in sorted(resources.path(folder).glob("*.flow.json"))
]


def inside(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield holder, key and value of everything in a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key, inner
        yield from inside(inner)


def columns(document: Json) -> list[Json]:
    return [column for table in document.get("tables", ()) for column in table["columns"]]


def blocks(document: Json) -> list[Json]:
    return [one for _, _, one in inside(document) if isinstance(one, dict) and {"kind", "id"} <= one.keys()]


def column_of_nothing(document: Json, dice: random.Random) -> None:
    for column in dice.sample(columns(document), min(1, len(columns(document)))):
        column["type"] = NOWHERE


def two_columns_of_one_name(document: Json, dice: random.Random) -> None:
    if len(columns(document)) > 1:
        one, other = dice.sample(columns(document), 2)
        one["name"] = other["name"]


def variable_of_nothing(document: Json, dice: random.Random) -> None:
    for found in dice.sample(document.get("variables", []), min(1, len(document.get("variables", [])))):
        found.update(dice.choice([{"type": NOWHERE}, {"initial": "nonsense"}]))


def no_table(document: Json, dice: random.Random) -> None:
    if document.get("tables"):
        document["tables"].remove(dice.choice(document["tables"]))


def broken_block(document: Json, dice: random.Random) -> None:
    if blocks(document):
        dice.choice(blocks(document))["show_if"] = "1 +"


def broken_parameter(document: Json, dice: random.Random) -> None:
    for task in document.get("tasks", ()):
        for parameter in task.get("parameters", ())[:1]:
            parameter["type"] = NOWHERE


def anything(document: Json, dice: random.Random) -> None:
    texts = [(holder, key) for holder, key, value in inside(document) if isinstance(value, str) and key != "kind"]
    holder, key = dice.choice(texts)
    holder[key] = dice.choice(["", "1 +", "gone", f"{holder[key]}{{"])


DAMAGES: tuple[Callable[[Json, random.Random], None], ...] = (
    column_of_nothing,
    two_columns_of_one_name,
    variable_of_nothing,
    no_table,
    broken_block,
    broken_parameter,
    anything,
)


def broken_flow(dice: random.Random) -> Flow | None:
    """Return an example with one to four faults, or `None` if that is no flow any more."""
    document = copy.deepcopy(dice.choice(DOCUMENTS))
    for _ in range(dice.randrange(1, 5)):
        dice.choice(DAMAGES)(document, dice)
    try:
        return storage.flow_of(document)
    except (ShapeError, ValidationError):
        return None


def walk(program: Program, dice: random.Random) -> None:
    """Look at every page and task of a program, and use some controls."""
    machine = Machine(program)
    start = machine.visit()
    for page_id in program.pages:
        state = machine.placed(start, start.state, page_id)
        for _ in range(4):
            controls = machine.view(start, state).controls()
            if not controls:
                break
            event = random_event(dice.choice(controls), dice, ["1", "x", "2027-03-15"])
            state = machine.step(start, state, event).state
        machine.explain(start, state)
    for task in machine.tasks:
        try:
            drawn = machine.draw(task, 1)
        except DrawError:
            continue
        machine.verdict(drawn, drawn.state)


def run_broken_flows(count: int, seed: int) -> tuple[int, int]:
    """Compile and run broken flows; return how many ran, and how many parts were left out of them."""
    ran = left_out = 0
    for number in range(count):
        dice = random.Random(f"{seed}/{number}")
        broken = broken_flow(dice)
        if broken is None:
            continue
        try:
            compiled = compile_flow(broken, partial=True)
        except CompileError:
            continue
        walk(compiled.program, dice)
        ran, left_out = ran + 1, left_out + len(compiled.left_out)
    return ran, left_out


def test_what_is_left_of_a_broken_flow_runs() -> None:
    ran, left_out = run_broken_flows(12, seed=1)
    assert ran > 6
    assert left_out > ran


@pytest.mark.proof
def test_what_is_left_of_a_thousand_broken_flows_runs() -> None:
    ran, left_out = run_broken_flows(1000, seed=2)
    print(f"1,000 broken flows, seed 2: {ran} partial programs ran, with {left_out} parts left out")


@pytest.mark.parametrize(
    "path",
    ["javascript:alert(1)", "https://other.test/x", "//other.test", "data:x", "x", "/a b", "/../x", "/./", "/a\\b"],
)
def test_an_address_that_leaves_the_site_does_not_compile(path: str) -> None:
    whole = flow(page("home", path="/"), page("a", title="Away", path=path))
    with pytest.raises(CompileError):
        compile_flow(whole)
    compiled = compile_flow(whole, partial=True)
    assert [(found.element.id, found.element.field) for found in compiled.left_out] == [("a", "path")]
    assert compiled.program.pages["a"].path == ("/away",)
