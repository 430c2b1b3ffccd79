"""The preview in words: what was done, why a transition is blocked, how a play ended, where a picture comes from."""

import resources
from app.preview.play import Edit, Origin, Stop
from app.preview.snapshot import Snapshot, StepLine
from app.words.counts import counted
from app.words.elements import page_of, title_of
from app.words.variants import described
from flow_models.compiler import LeftOut
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.wording import titles_at
from flow_models.runtime.machine import Explained
from flow_models.runtime.machine.base.nodes import tree_of
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.solver.doing import done

LEFT_OUT_SHOWN = 3


def step_words(line: StepLine, flow: Flow) -> str:
    """Return what was done in a step: "Clicked “Sign in”"; days and times as the site writes them."""
    action = line.action
    if action is None:
        return resources.text("preview.step.begin")
    if isinstance(action, Edit):
        return resources.text("preview.step.edit")
    return done(action, line.target, line.choice, flow.site.locale)


def outcome_words(flow: Flow, line: StepLine, page_before: str) -> str:
    """Return what a step led to: another page, a refusal, an end, or nothing."""
    if line.number < 0:
        return resources.text("preview.outcome.lost")
    if line.error:
        return line.error
    if line.end_reason:
        return resources.text(f"preview.end.{line.end_reason}.title")
    if line.page != page_before:
        return resources.text("preview.outcome.page", page=page_words(flow, line.page))
    if line.refused is not None:
        field, why = line.refused
        return resources.text("preview.outcome.refused", field=field, why=why)
    action = line.action
    if action is not None and not isinstance(action, Edit) and action.kind == "use" and line.transition is None:
        return resources.text("preview.outcome.nothing")
    return ""


def page_words(flow: Flow, page: str) -> str:
    """Return the title of a page as the flow has it; the built-in pages have words of their own."""
    return title_of(flow, Element("page", page)) if page else resources.text("preview.built_in")


def reason_words(flow: Flow, explained: Explained) -> str:
    """Return why a transition cannot be taken; empty if it can."""
    if explained.possible:
        return ""
    if explained.reason == "guard" and explained.failing is not None:
        titles = titles_at(flow, Element("transition", explained.transition))
        condition = titles.condition(tree_of(explained.failing))
        return resources.text("preview.blocked.guard", condition=condition)
    return resources.text(f"preview.blocked.{explained.reason}")


def possible_words(snapshot: Snapshot) -> dict[str, tuple[bool, str]]:
    """Return for each transition of the shown page whether it can be taken, and if not, why."""
    return {one.transition: (one.possible, reason_words(snapshot.flow, one)) for one in snapshot.explained}


def basis_words(flow: Flow, origin: Origin) -> str:
    """Return in whose data and after how many steps a page is shown."""
    title = next((task.title or task.name for task in flow.tasks if task.name == origin.task), "")
    key = "placed" if origin.page else "way" if origin.way else "start"
    key = f"{key}_task" if title else f"{key}_visit"
    words = resources.text(f"preview.basis.{key}", task=title, steps=counted("step", len(origin.way)))
    return f"{words} {resources.text('preview.basis.data')}" if origin.data is not None else words


def shown_words(snapshot: Snapshot) -> str:
    """Return what is shown: whose data after which steps in a picture, and in which variant if it is another one."""
    basis = basis_words(snapshot.flow, snapshot.origin) if snapshot.mode == "page" else ""
    variant = snapshot.origin.variant
    look = resources.text("preview.variant", variant=described(variant, snapshot.looks)) if variant != PLAIN else ""
    return " ".join(filter(None, (basis, look)))


def left_out_here(snapshot: Snapshot) -> list[LeftOut]:
    """Return the parts that are missing from what is shown: the page's own ones first, then data that it may show."""
    flow, page = snapshot.flow, snapshot.page or snapshot.wanted
    section = flow.section_of.get(page)
    own, shared = [], []
    for part in snapshot.left_out:
        element = part.element
        owner = flow.owners_by_block.get(element.id)
        if page_of(flow, element) == page or (section is not None and (owner is section or element.id == section.id)):
            own.append(part)
        elif element.kind in ("table", "column", "row", "variable", "site", "flow") or snapshot.mode != "page":
            shared.append(part)
    return own + shared


def left_out_words(snapshot: Snapshot) -> str:
    """Return which parts are missing from what is shown, and why; empty if none is."""
    parts = left_out_here(snapshot)
    if not parts:
        return ""
    shown = [
        resources.text(
            "preview.left_out.one",
            title=title_of(snapshot.flow, part.element._replace(field="")),
            reason=part.sentence(),
        )
        for part in parts[:LEFT_OUT_SHOWN]
    ]
    more = len(parts) - len(shown)
    if more:
        shown.append(resources.text("preview.left_out.more", count=more))
    return resources.text("preview.left_out.all", parts=" ".join(shown))


def stop_words(snapshot: Snapshot) -> str:
    """Return at which step a play no longer fits the edited flow, and why."""
    stop: Stop | None = snapshot.stop
    if stop is None:
        return ""
    line = snapshot.steps[stop.number] if stop.number < len(snapshot.steps) else None
    step = "" if line is None else step_words(line, snapshot.flow)
    why = stop.detail or resources.text(f"preview.misfit.{stop.why}")
    return resources.text("preview.misfit.all", number=stop.number, step=step, why=why)


def end_words(snapshot: Snapshot) -> str:
    """Return how a play ended; empty while it runs."""
    if not snapshot.end_reason:
        return ""
    words = resources.text(f"preview.end.{snapshot.end_reason}.words", fault=snapshot.fault)
    score = resources.text("preview.end.score", steps=counted("step", snapshot.made), reward=f"{snapshot.total:.2f}")
    return f"{words} {score}" if snapshot.end_reason != "environment_error" else words


def end_tone(end_reason: str) -> str:
    """Return the tone of the banner for an end: `success`, `warning` or `error`."""
    if end_reason == "success":
        return "success"
    return "warning" if end_reason == "step_limit" else "error"


def play_title(snapshot: Snapshot) -> str:
    """Return what is being played."""
    flow, origin = snapshot.flow, snapshot.origin
    if origin.rules:
        title = next((task.title or task.name for task in flow.tasks if task.name == origin.task), origin.task)
        return resources.text("preview.playing.task", task=title)
    first = snapshot.steps[0].page if snapshot.steps else snapshot.page
    return resources.text("preview.playing.free", page=page_words(flow, first))


def progress_words(snapshot: Snapshot) -> str:
    """Return how many steps have been made."""
    if snapshot.origin.rules:
        return resources.text("preview.playing.steps", made=snapshot.made, limit=snapshot.max_steps)
    return resources.text("preview.playing.free_steps", made=snapshot.at)
