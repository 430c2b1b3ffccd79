"""What the app says of a flow, played at random or broken at random, reads as words: no code, no stamps, no braces."""

import random
import re
from collections.abc import Iterator

import pytest

import resources
from app.outline.nodes import Node, TreeBuilder
from app.preview import wording
from app.preview.compiled import Compiled
from app.preview.play import Origin, Play
from app.preview.telling import played
from flow_models.checks import check
from flow_models.document import storage
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry.labels import Speech, otherwise_of, words_of
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.pages.view import Field
from flow_models.solver.data_changes import changes_in
from flow_models.solver.data_lines import Data

FILES = [*sorted(resources.path("examples").glob("*.json")), *sorted(resources.path("templates").glob("*.json"))]
CODE = re.compile(r"[{}]|==|!=|\b(field|record|task|clock)\.\w|\b\d{4}-\d\d-\d\d|  |\b1 (rows|pages|steps)\b")
STEPS = 25


def told(node: Node) -> Iterator[str]:
    """Yield what the lines of an outline say."""
    yield node.title
    for child in node.children:
        yield from told(child)


def labels(flow: Flow) -> Iterator[str]:
    """Yield what arrows say."""
    speech, others = Speech(flow), otherwise_of(flow)
    for arrow in flow.transitions:
        yield words_of(speech, arrow, is_otherwise=arrow.id in others).sentence()


def event_of(play: Play, chance: random.Random) -> Event:
    """Return something that can be done on the shown page."""
    control = chance.choice([*play.view.controls()] or [None])
    if control is None:
        return Event("back")
    if not isinstance(control, Field):
        return Event("use", control.id, control.row)
    kind = "select" if control.options else "check" if control.kind == "checkbox" else "fill"
    value = chance.choice(["2027-03-15", "09:00", "12", "Anna", ""])
    return Event(kind, control.id, value=chance.choice(control.options)[0] if control.options else value)


def said_of_data(data: Data) -> Iterator[str]:
    """Yield what the data panel shows and says."""
    yield from changes_in(data)
    yield from (f"{line.title} {line.cell.text}" for line in data.variables)
    for table in data.tables:
        yield from (title for _, title, _ in table.columns)
        yield from (cell.text for row in table.rows for cell in row.cells)


def said_while_playing(flow: Flow, task: str) -> Iterator[str]:
    """Yield what log, data and blocked arrows say while one plays at random."""
    compiled = Compiled(flow, lambda: False)
    play = Play(compiled.machine, Origin(task, 1, rules=True))
    chance = random.Random(task)
    for _ in range(STEPS):
        if play.end_reason:
            break
        play.step(event_of(play, chance))
        snapshot = played(compiled, play, "")
        yield from (reason for _, reason in wording.possible_words(snapshot).values())
        yield from said_of_data(snapshot.data)
    snapshot, before = played(compiled, play, ""), ""
    for line in snapshot.steps:
        yield wording.step_words(line, flow)
        yield wording.outcome_words(flow, line, before)
        before = line.page
    yield from (wording.play_title(snapshot), wording.progress_words(snapshot), wording.end_words(snapshot))


def broken(flow: Flow, chance: random.Random) -> Flow:
    """Return the flow with something taken away."""
    arrow = chance.choice(flow.transitions)
    field, value = chance.choice([("to", "gone"), ("when", ""), ("do", ())])
    return with_value(flow, Element("transition", arrow.id, field), value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_labels_and_outline_speak_words(file: object) -> None:
    flow = storage.load(file)  # type: ignore[arg-type]  # a path
    wrong = [words for words in (*labels(flow), *told(TreeBuilder().tree_of(flow))) if CODE.search(words)]
    assert wrong == []


@pytest.mark.parametrize("file", FILES[:3], ids=lambda file: file.name.partition(".")[0])
def test_log_data_and_reasons_speak_words(file: object) -> None:
    flow = storage.load(file)  # type: ignore[arg-type]  # a path
    for task in flow.tasks[:4]:
        assert [words for words in said_while_playing(flow, task.name) if CODE.search(words)] == []


@pytest.mark.parametrize("seed", range(4))
def test_problems_of_a_broken_flow_speak_words(seed: int) -> None:
    chance = random.Random(seed)
    flow = storage.load(FILES[1])
    for _ in range(15):
        flow = broken(flow, chance)
    sentences = [found.sentence() for found in check(flow)]
    assert sentences
    assert [words for words in sentences if CODE.search(words)] == []
