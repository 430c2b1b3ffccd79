"""Can the answer of a question be given as the site shows it, by nobody who has not looked, and by no other words?"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from math import sqrt
from typing import Final

from flow_models.checks.deep.wordings import Wordings
from flow_models.checks.problem import Fix, Problem, SetValue, Severity, fix
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Start
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.episodes.answering.texts import plain
from flow_models.runtime.machine.episodes.rivals import Rivals, unwrapped
from flow_models.solver.guessing import own_chance
from flow_models.solver.walk import Walk, walk_in

GUESSED: Final = 0.05
"""The share of instances with one answer from which on guessing it pays."""

SURE: Final = 1.645
"""Standard deviations by which a share must lie above that, so that nineteen of twenty such findings are true."""

_OF_SEVERAL_FORMS: Final = ("text", "choice", "decimal", "date", "time")
"""Types of answers that can be given in several ways of which not all are taken."""

_TELLS_HOW: Final = re.compile(
    r"\b(as (it|the|they)|exactly|format|such as|like|e\.g\.|alone|only|digits|places|rounded)\b", re.I
)
"""Words by which a wording says in which form it wants an answer."""

FEW: Final = 20
"""Different instances below which nothing is said of how answers are spread: then it is said that they are few."""

SAME: Final = 5
"""Different instances that all have one answer from which on it is said."""


class Answers:
    """The expected answers of a question over all drawn instances."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.wordings = Wordings(trial)
        asked = self.wordings.rules.answer
        self.kind = "" if asked is None else unwrapped(asked).type
        self.given = [(start, trial.machine.expected_answer(start, start.state)) for start in trial.starts]

    def accepts(self, start: Start, message: str) -> bool:
        """Say whether an answer is right in an instance."""
        return self.trial.machine.is_right_answer(start, start.state, message)

    def possible(self, start: Start) -> list[str]:
        """Return the texts that the question could have as answer in an instance."""
        if self.kind not in ("text", "choice"):
            return []
        plan = self.trial.machine.plan
        rules = self.wordings.rules
        if rules.answer is None:
            return []
        rivals = Rivals(plan.program, plan.schema, rules, unwrapped(rules.answer))
        texts = rivals.texts(plan.context(start, start.state))
        others = () if rivals.is_whole else (answer for _, answer in self.given)
        return list(dict.fromkeys(text for text in (*texts, *others) if plain(text)))


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield what is wrong with the answers of a question."""
    if not trial.task.answer.strip() or not trial.starts:
        return
    answers = Answers(trial)
    yield from _empty(answers)
    yield from _fed_back(answers)
    yield from _in_goal(answers)
    yield from _reckoned(answers)
    yield from _spread(answers)
    yield from _overlapping(answers)
    yield from _format(answers)


def _empty(answers: Answers) -> Iterator[Problem]:
    """Yield an instance without an answer."""
    for start, answer in answers.given:
        if not answer:
            yield answers.trial.problem("answer_empty", "error", "answer", walk=walk_in(start, ()), goal=start.goal)
            return


def _fed_back(answers: Answers) -> Iterator[Problem]:
    """Yield an answer that is refused as a page shows it, or a text that is refused in a plain sentence."""
    for start, answer in answers.given:
        if answer and not answers.accepts(start, answer):
            yield _refused(answers, start, "answer_refused", answer)
            return
    for start, answer in answers.given if answers.kind in ("text", "choice") else ():
        said = f"It is {answer}."
        if answer and not answers.accepts(start, said):
            yield _refused(answers, start, "answer_unsaid", said)
            return


def _refused(answers: Answers, start: Start, code: str, said: str) -> Problem:
    """Return that what somebody would say is judged as wrong."""
    walk = walk_in(start, (Event("message", value=said),))
    severity: Severity = "error" if code == "answer_refused" else "warning"
    return answers.trial.problem(code, severity, "answer", walk=walk, answer=said, goal=start.goal)


def _in_goal(answers: Answers) -> Iterator[Problem]:
    """Yield a question whose goal says its answer, where it does not let one choose between several.

    In some instances only, it is doubted from the share on from which guessing pays; numbers agree by chance.
    """
    found = [(start, told) for start, _ in answers.given if (told := _told(answers, start)) is not None]
    least = GUESSED if answers.kind in ("text", "choice") else 0.5
    if len(found) < 2 or len(found) < len(answers.given) * least:
        return
    start, (number, said) = found[0]
    walk = walk_in(start, (Event("message", value=said),))
    severity: Severity = "error" if len(found) * 2 >= len(answers.given) else "warning"
    yield answers.trial.problem(
        "answer_in_goal", severity, f"wordings.{number}", walk=walk, answer=said, goal=start.goals[number]
    )


def _reckoned(answers: Answers) -> Iterator[Problem]:
    """Yield a question whose answer is the sum, difference or product of two numbers that its goal says."""
    distinct = {answer for _, answer in answers.given}
    ways = [_ways(answers, start, answer) for start, answer in answers.given]
    every = set[tuple[int, int, str]].intersection(*ways) if len(distinct) >= SAME else set()
    if every:
        first, second, sign = min(every)
        start, answer = answers.given[0]
        walk = walk_in(start, (Event("message", value=answer),))
        numbers = _said_numbers(answers, start)
        said = f"{numbers[first]} {sign} {numbers[second]}"
        yield answers.trial.problem("answer_reckoned", "warning", "answer", walk=walk, answer=answer, said=said)


def _ways(answers: Answers, start: Start, answer: str) -> set[tuple[int, int, str]]:
    """Return how two numbers that a goal says give the answer, by their places."""
    wanted, numbers = _number(answer), _said_numbers(answers, start)
    pairs = ((one, other) for one in range(len(numbers)) for other in range(len(numbers)) if one != other)
    found = set[tuple[int, int, str]]()
    for one, other in pairs if wanted is not None else ():
        left, right = numbers[one], numbers[other]
        results = {"+": left + right, "-": left - right, "x": left * right}
        found |= {(one, other, sign) for sign, result in results.items() if result == wanted}
    return found


def _said_numbers(answers: Answers, start: Start) -> list[Decimal]:
    """Return the numbers that the values in the first wording of a goal say."""
    shown = (answers.wordings.shown(hole.node, start) for number, hole in answers.wordings.holes() if number == 0)
    return [number for text in shown if (number := _number(text)) is not None]


def _number(text: str) -> Decimal | None:
    """Return the number that a text is, with a currency or without."""
    bare = text.strip().strip("€$£¥ ").replace(",", "")
    return Decimal(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


def _told(answers: Answers, start: Start) -> tuple[int, str] | None:
    """Return the wording that says the answer of an instance, and how."""
    possible = {plain(text).casefold() for text in answers.possible(start)}
    shown: dict[int, list[str]] = {}
    for number, hole in answers.wordings.holes():
        shown.setdefault(number, []).append(answers.wordings.shown(hole.node, start))
    for number, texts in shown.items():
        right = [text for text in texts if text and answers.accepts(start, text)]
        named = {plain(text).casefold() for text in texts} & possible
        if right and len(named) < 2:
            return number, right[0]
    return None


def _spread(answers: Answers) -> Iterator[Problem]:
    """Yield that all instances have one answer, or one so many that guessing it pays."""
    counts = Counter(answer for _, answer in answers.given if answer)
    total = sum(counts.values())
    if total < SAME:
        return
    [(common, count)] = counts.most_common(1)
    start = next(start for start, answer in answers.given if answer == common)
    walk = walk_in(start, (Event("message", value=common),))
    if count == total:
        yield answers.trial.problem("answer_same", "error", "answer", walk=walk, answer=common, count=total)
    elif total >= FEW and _surely_over(
        count, total, max(GUESSED, own_chance(answers.trial.machine.program, answers.trial.task.name))
    ):
        share = f"{count / total:.0%}"
        yield answers.trial.problem("answer_guessed", "warning", "answer", walk=walk, answer=common, share=share)


def _surely_over(count: int, total: int, limit: float) -> bool:
    """Say whether a share is over a limit although only some instances were drawn (the lower bound after Wilson)."""
    share, squared = count / total, SURE * SURE / total
    middle, spread = share + squared / 2, SURE * sqrt(share * (1 - share) / total + squared / (4 * total))
    return (middle - spread) / (1 + squared) > limit


def _overlapping(answers: Answers) -> Iterator[Problem]:
    """Yield two possible answers of which one stands in the other, or that only marks and capitals tell apart."""
    for start in answers.trial.starts[:SAME]:
        texts = answers.possible(start)
        found = next(_pairs(texts), None)
        if found is not None:
            short, long = found
            yield answers.trial.problem(
                "answers_overlap", "warning", "answer", walk=_asked(start), one=short, other=long
            )
            return


def _pairs(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield texts that stand in another one as whole words."""
    padded = [(text, f" {plain(text).casefold()} ") for text in texts]
    for one, inner in padded:
        for other, outer in padded:
            if one != other and inner in outer:
                yield one, other


def _asked(start: Start) -> Walk:
    return walk_in(start, ())


def _format(answers: Answers) -> Iterator[Problem]:
    """Yield that nothing says in which form an answer of several forms is wanted."""
    if answers.kind not in _OF_SEVERAL_FORMS or answers.trial.task.says_how:
        return
    untold = [text for text in answers.trial.task.wordings if not _TELLS_HOW.search(text)]
    if untold:
        answers_how = how_to_answer(answers.trial)
        yield answers.trial.problem(
            "answer_format", "hint", "says_how", fix=answers_how, goal=answers.trial.starts[0].goal
        )


def how_to_answer(trial: Trial) -> Fix:
    """Return the fix by which the goal says how to answer."""
    return fix("say_how", SetValue(trial.element("says_how"), value=True))
