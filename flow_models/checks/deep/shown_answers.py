"""Does the site show the answer of a question as it is judged?

The way to the answer is looked at page by page. A page may write the value with something around it that an answer must
not have ("40 min"), or show by its own calculation a value that reads like the answer and is another one.
"""

import re
from collections.abc import Iterator
from typing import Final

from flow_models.checks.deep.answers import how_to_answer
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Event, Start, State
from flow_models.runtime.machine.base.nodes import Aggregate, Node, nodes_in
from flow_models.runtime.machine.episodes.rivals import unwrapped
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.view import View
from flow_models.solver.outline import Outline
from flow_models.solver.solution import Solution
from flow_models.solver.walk import Walk, walk_in

_NUMBERS: Final = ("money", "integer", "decimal")
_AMOUNTS: Final = ("sum", "avg", "count", "min", "max")


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield what the site shows in place of the answer that is expected."""
    answer = trial.machine.program.tasks[trial.task.name].answer
    if answer is None:
        return
    found: dict[str, Problem] = {}
    for start, solution in trial.solutions:
        for problem in (*_with_more(trial, start, solution), *_computed(trial, start, solution, unwrapped(answer))):
            found.setdefault(problem.code, problem)
    yield from found.values()


def _states(trial: Trial, start: Start, solution: Solution) -> Iterator[tuple[Walk, State]]:
    """Yield the states on the way to an answer, each with the way there."""
    walk = walk_in(start, solution.events[:-1])
    states = (start.state, *(step.state for step in walk.played(trial.machine)))
    yield from ((walk._replace(events=walk.events[:number]), state) for number, state in enumerate(states))


def _with_more(trial: Trial, start: Start, solution: Solution) -> Iterator[Problem]:
    """Yield a text that shows the answer, and is refused as the page writes it, where nothing says how to answer."""
    answer = trial.machine.expected_answer(start, start.state)
    if trial.task.says_how or not answer:
        return
    for walk, state in _states(trial, start, solution):
        for block, text in _cells(trial.machine.view(start, state)):
            if _holds(text, answer) and len(text) <= len(answer) + 12 and not _accepts(trial, start, text):
                said = walk._replace(events=(*walk.events, Event("message", value=text)), look=block)
                how = how_to_answer(trial)
                yield trial.problem(
                    "answer_with_more", "warning", "answer", fix=how, walk=said, shown=text, answer=answer
                )
                return


def _holds(text: str, answer: str) -> bool:
    """Say whether an answer stands in a text by itself, and not as a part of another word or number."""
    before = r"(?<![\d.,])" if answer[0].isdigit() else r"(?<!\w)"
    after = r"(?![.,]?\d)" if answer[-1].isdigit() else r"(?!\w)"
    return re.search(f"{before}{re.escape(answer)}{after}", text) is not None


def _accepts(trial: Trial, start: Start, message: str) -> bool:
    return trial.machine.is_right_answer(start, start.state, message)


def _cells(view: View) -> Iterator[tuple[str, str]]:
    """Yield the short texts of a page that stand for one value: cells and details, with their blocks."""
    for part in view.top.parts:
        for inner in shown.walk(part):
            if isinstance(inner, shown.ListView):
                yield from ((inner.id, cell) for row in inner.rows for cell in row.cells if isinstance(cell, str))
            elif isinstance(inner, shown.Details):
                yield from ((inner.id, text) for _, text in inner.items)


def _computed(trial: Trial, start: Start, solution: Solution, answer: Node) -> Iterator[Problem]:
    """Yield a value that a page computes over the same rows in the same way as the answer, but which is another one."""
    own = [node for node in nodes_in(answer) if _is_amount(node)]
    if answer.type not in _NUMBERS or own[:1] != [answer]:
        return
    outline = Outline(trial.machine.program)
    expected = trial.machine.expected_answer(start, start.state)
    for walk, state in _states(trial, start, solution):
        view = trial.machine.view(start, state)
        for block, node in _alike_on(view, outline, answer):
            said = _said(trial, start, state, node)
            if said and said != expected and _stands(view, block, said):
                at = walk._replace(look=block)
                yield trial.problem("answer_otherwise", "warning", "answer", walk=at, shown=said, answer=expected)
                return


def _alike_on(view: View, outline: Outline, answer: Node) -> Iterator[tuple[str, Node]]:
    """Yield the formulas of a page that compute the same as an answer of other rows, with their blocks."""
    for block in outline.blocks(view.page) if view.page else ():
        yield from ((block.id, node) for node in nodes_in(block) if _is_amount(node) and _is_alike(node, answer))


def _is_amount(node: Node) -> bool:
    return isinstance(node, Aggregate) and node.fn in _AMOUNTS and node.type in _NUMBERS


def _is_alike(one: Node, other: Node) -> bool:
    """Say whether two formulas compute the same of all rows but for the rows that they take."""
    if not isinstance(one, Aggregate) or not isinstance(other, Aggregate):
        return False
    of_page = (one.fn, one.rows, None if one.value is None else getattr(one.value, "name", ""))
    return of_page == (other.fn, other.rows, None if other.value is None else getattr(other.value, "name", ""))


def _said(trial: Trial, start: Start, state: State, node: Node) -> str:
    """Return a value of a page as it shows it, where it depends on nothing but data."""
    compute = trial.machine.plan.formulas.text((node,))
    return str(compute(trial.machine.plan.context(start, state)))


def _stands(view: View, block: str, said: str) -> bool:
    """Say whether a block shows a text."""
    texts = (
        str(getattr(inner, "text", "")) for part in view.top.parts for inner in shown.walk(part) if inner.id == block
    )
    return any(said in text for text in texts)
