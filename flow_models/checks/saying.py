"""Does what stands on a page to be read say something, and no currency twice?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.setting import at, setting
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import Image, Steps


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield pictures without a text, and sequences without steps or with a present step that is none of them."""
    del context
    page = owner_label(owner)
    for block in owner.blocks_by_id.values():
        match block:
            case Image() if not block.text.strip():
                yield problem("image.no_text", "hint", at(block, "text"), page=page)
            case Steps() if not block.titles:
                yield problem("steps.empty", "warning", at(block, "titles"), page=page)
            case Steps() if block.current > len(block.titles):
                last = setting(block, "current", len(block.titles), "last_step")
                count = len(block.titles)
                yield problem("steps.current", "warning", at(block, "current"), fix=last, page=page, count=count)
            case _:
                pass


def signed_amounts(context: Context) -> Iterator[Problem]:
    """Yield each text and formula that puts a currency beside an amount."""
    for element, facts in context.facts.items():
        for place, sign in facts.signs:
            elements = (place,) if place[:2] == element[:2] else (place, element)
            yield problem("amount.signed", "warning", *elements, sign=sign)
