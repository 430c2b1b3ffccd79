"""Whatever edits are made in whatever order, a flow stays one that saves, loads and is compared; renames stay clean."""

import contextlib
import json
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from flow_models.checks import check
from flow_models.document.delta import apply, delta
from flow_models.document.edits import blocks, clip, data, pages, renames, sections, starts, transitions
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.errors import EditError
from flow_models.document.field_blocks import FieldBlock
from flow_models.document.flow import Flow
from flow_models.document.storage import dumps, load, loads
from tests.daily import daily

NORTH_BANK = load(resources.path("examples", "north_bank.flow.json"))
KINDS = ("heading", "money_field", "form", "columns", "list", "navigation", "choice_field")


class Picks:
    """Random elements of a flow."""

    def __init__(self, flow: Flow, rng: random.Random) -> None:
        self.rng = rng
        self.page, self.target = rng.choice(flow.pages), rng.choice(flow.pages)
        self.arrow, self.table = rng.choice(flow.transitions), rng.choice(flow.tables)
        self.filled = rng.choice([table for table in flow.tables if table.columns])
        self.block, other = rng.choice(list(flow.owners_by_block)), rng.choice(list(flow.owners_by_block))
        self.slot, _ = rng.choice(blocks.slots(flow.owners_by_block[other]))

    @property
    def elements(self) -> list[Element]:
        return [Element("table", self.table.id), Element("page", self.page.id), Element("block", self.block)]


def insert_block(flow: Flow, pick: Picks) -> Flow:
    return blocks.insert_block(flow, pick.slot, None, starts.new_block(flow, pick.rng.choice(KINDS), rng=pick.rng))


def add_section(flow: Flow, pick: Picks) -> Flow:
    return sections.add_section(flow, starts.new_section(flow, pages=(pick.page.id,), rng=pick.rng))


EDITS: tuple[Callable[[Flow, Picks], Flow], ...] = (
    lambda flow, pick: pages.add_page(flow, starts.new_page(flow, rng=pick.rng)),
    lambda flow, pick: pages.remove_pages(flow, {pick.page.id}),
    lambda flow, pick: clip.duplicate_pages(flow, {pick.page.id, pick.target.id}, pick.rng),
    insert_block,
    lambda flow, pick: blocks.remove_blocks(flow, {pick.block}),
    lambda flow, pick: blocks.move_block(flow, pick.block, pick.slot, 1),
    lambda flow, pick: clip.duplicate_block(flow, pick.block, Slot("page", pick.page.id), 0, pick.rng),
    lambda flow, pick: transitions.reconnect(flow, pick.arrow.id, source=pick.page.id, to=pick.target.id),
    lambda flow, pick: sections.put_pages(flow, (pick.page.id,), pick.rng.choice(flow.sections).id),
    add_section,
    lambda flow, pick: data.remove_column(flow, pick.filled.id, pick.filled.columns[-1].id),
    lambda flow, pick: renames.rename_table(flow, pick.table.id, f"t{pick.rng.randrange(1000)}"),
    lambda flow, pick: clip.paste(flow, clip.copy(flow, pick.elements), Slot("page", pick.target.id), pick.rng),
    lambda flow, pick: data.add_table(flow, starts.new_table(flow, rng=pick.rng)),
)


@given(st.integers(0, 10_000))
@settings(max_examples=6)
def test_after_any_edits_a_flow_saves_loads_and_compares(seed: int) -> None:
    rng, flow = random.Random(seed), NORTH_BANK
    for _ in range(8):
        after = flow
        # Some edits are refused, such as a form among links; then nothing may have changed.
        with contextlib.suppress(EditError):
            after = rng.choice(EDITS)(flow, Picks(flow, rng))
        change = delta(flow, after)
        assert bool(change) is (after != flow)
        document = json.loads(dumps(flow))
        apply(document, change)
        assert loads(json.dumps(document)) == after
        flow = after
    assert loads(dumps(flow)) == flow
    check(flow)


def every_rename(flow: Flow) -> list[tuple[str, ...]]:
    """Return what can be renamed, as (kind, owner, id)."""
    found: list[tuple[str, ...]] = [("table", table.id) for table in flow.tables]
    found += [("column", table.id, column.id) for table in flow.tables for column in table.columns]
    found += [("variable", variable.id) for variable in flow.variables]
    found += [("parameter", task.id, part.id) for task in flow.tasks for part in task.parameters]
    for block_id, owner in flow.owners_by_block.items():
        if isinstance(owner.blocks_by_id[block_id], FieldBlock):
            found.append(("field", block_id))
    return found


RENAMES: dict[str, Callable[..., Flow]] = {
    "table": renames.rename_table,
    "column": renames.rename_column,
    "variable": renames.rename_variable,
    "parameter": renames.rename_parameter,
    "field": renames.rename_field,
}


@pytest.mark.parametrize("first", daily(range(3), [0]))
def test_the_bank_checks_clean_after_renaming_everything_in_it(first: int) -> None:
    flow = NORTH_BANK
    for number, (kind, *place) in enumerate(every_rename(flow)[first::3]):
        flow = RENAMES[kind](flow, *place, f"other_{number}")
    assert flow != NORTH_BANK
    assert [problem.sentence() for problem in check(flow)] == []
