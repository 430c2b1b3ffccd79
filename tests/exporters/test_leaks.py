"""What only tests ask is found wherever it is planted in a package, and nothing is found in one as it is exported."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exporters.errors import ExportError
from exporters.export import Report, export
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.leaks import ANSWER_LEAST, Leak, leaks
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine.base.splits import split_of
from flow_models.runtime.machine.base.values import to_json
from tests.exporters.conftest import COUNTS, Walked, silent
from tests.flow_models.runtime.examples import machine_of

Files = dict[str, str]


@pytest.fixture
def files(exported: Report) -> Files:
    """The texts of a package's files by path, without the runtime."""
    found = (path for path in exported.folder.rglob("*") if path.is_file() and "runtime" not in path.parts)
    return {path.relative_to(exported.folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def held_out(walked: Walked) -> tuple[Instance, str, dict[str, Any]]:
    """Return a test instance with its goal and parameters."""
    instance = walked.bundle.instances["borrow-book"][-1]
    start = walked.bundle.start(instance)
    return instance, start.goal, {name: to_json(value) for name, value in start.parameters.items()}


def planted(files: Files, name: str, edit: Callable[[Any], Any]) -> Files:
    """Return the files with a change in one that holds JSON."""
    return {**files, name: json.dumps(edit(json.loads(files[name])))}


def found(walked: Walked, files: Files) -> list[Leak]:
    return list(leaks(walked.bundle, files))


def test_a_package_as_it_is_exported_gives_nothing_away(walked: Walked, files: Files) -> None:
    assert {"README.md", "librarydesk/program.json", "librarydesk/tasks.json"} <= files.keys()
    assert found(walked, files) == []


@pytest.mark.parametrize(
    "said", ["{}", "Hint: {} Good luck!", "<b>{}</b>", "{}".upper(), "As the letter says:\n\n> {}\n"]
)
@pytest.mark.parametrize("name", ["README.md", "librarydesk/diagram.svg", "pyproject.toml"])
def test_a_goal_is_found_in_any_text(walked: Walked, files: Files, name: str, said: str) -> None:
    instance, goal, _ = held_out(walked)
    words = said.format(goal.replace('"', "&quot;") if name.endswith("svg") else goal)
    (leak,) = found(walked, {**files, name: files[name] + words.replace("&quot;", "'")})
    assert (leak.kind, leak.file, leak.task, leak.instance) == ("goal", name, "borrow-book", instance.n)


def test_a_goal_is_found_in_another_wording_and_in_seed_data(walked: Walked, files: Files) -> None:
    instance, goal, _ = held_out(walked)
    other = next(one for one in walked.bundle.start(instance).goals if one != goal)

    def as_a_row(program: Any) -> Any:
        table = next(iter(program["tables"].values()))
        table["rows"].append({"key": "r99", "values": {"title": f"Read this. {other}"}})
        return program

    (leak,) = found(walked, planted(files, "librarydesk/program.json", as_a_row))
    assert (leak.kind, leak.file) == ("goal", "librarydesk/program.json")


def test_what_training_asks_too_is_no_leak(walked: Walked, files: Files) -> None:
    goals = [goal for one in walked.bundle.instances["borrow-book"][:4] for goal in walked.bundle.start(one).goals]
    assert found(walked, {**files, "README.md": files["README.md"] + "\n".join(goals)}) == []


@pytest.mark.parametrize("name", ["librarydesk/tasks.json", "librarydesk/provenance.json"])
@pytest.mark.parametrize("shape", [dict, lambda parameters: list(parameters.values())])
def test_parameters_are_found_where_they_stand_together(
    walked: Walked, files: Files, name: str, shape: Callable[[Any], Any]
) -> None:
    instance, _, parameters = held_out(walked)
    (leak,) = found(walked, planted(files, name, lambda held: {**held, "extra": [{"deep": shape(parameters)}]}))
    assert (leak.kind, leak.file, leak.instance) == ("parameters", name, instance.n)
    alone = next(iter(parameters.values()))
    assert found(walked, planted(files, name, lambda held: {**held, "extra": alone})) == []


def test_a_plain_record_of_a_test_instance_is_found(walked: Walked, files: Files) -> None:
    def unsealed(listed: Any) -> Any:
        listed["tasks"]["borrow-book"]["instances"][-1] |= {"seed": 4}
        return listed

    (leak,) = found(walked, planted(files, "librarydesk/tasks.json", unsealed))
    assert (leak.kind, leak.instance) == ("record", held_out(walked)[0].n)


def test_a_solution_of_a_test_instance_is_found_among_demonstrations(walked: Walked, files: Files) -> None:
    name, instance = "librarydesk/demonstrations/train.jsonl", held_out(walked)[0]
    solution = json.dumps({"task": "borrow-book", "instance": instance.n, "actions": ["click('3')"]})
    (leak,) = found(walked, {**files, name: f"{files[name]}{solution}\n"})
    assert (leak.kind, leak.file) == ("record", name)


def test_an_answer_is_found_where_instances_are_listed() -> None:
    machine = machine_of("north_bank")
    task = next(name for name, one in machine.program.tasks.items() if one.answer is not None)
    listed = [Instance(task, n, seed, split_of(seed)) for n, seed in enumerate(range(30))]
    bundle = Bundle(machine.program, listed)
    start = bundle.start(next(one for one in listed if one.split == "test"))
    answer = machine.expected_answer(start, start.state)
    text = json.dumps({"tasks": {task: {"instances": []}}, "said": f"It is {answer}."}, ensure_ascii=False)
    kinds = {leak.kind for leak in leaks(bundle, {"northbank/tasks.json": text})}
    assert (kinds, len(answer) >= ANSWER_LEAST) == ({"answer"}, True)
    assert list(leaks(bundle, {"northbank/tasks.json": text.replace(answer, "secret")})) == []


def test_a_flow_whose_seed_data_holds_a_test_goal_is_not_exported(
    library: Flow, walked: Walked, tmp_path: Path
) -> None:
    goal = held_out(walked)[1]
    told = library.rebuilt(description=f"A desk. For example: {goal}")
    assert compile_flow(told).program.hash == walked.bundle.program.hash
    with pytest.raises(ExportError, match="say it otherwise there") as refused:
        export(told, tmp_path, COUNTS, silent, check=False)
    assert refused.value.message_id == "export.leak.goal"
    assert list(tmp_path.iterdir()) == []
