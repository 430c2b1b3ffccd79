"""Turning the pages of a list: what it shows from the page that is open to its last one."""

from collections.abc import Iterator
from typing import Final

from flow_models.document.behaviour import Page
from flow_models.document.blocks import Pagination
from flow_models.runtime.machine import Event, Machine, Start, State, View
from flow_models.runtime.machine.pages.view import Button, Control

PAGES: Final = 50
"""Pages of a list that are turned."""


def turners(page: Page, listed: str) -> frozenset[str]:
    """Return the blocks of a page that turn the pages of a list."""
    found = (one for one in page.blocks_by_id.values() if isinstance(one, Pagination))
    return frozenset(one.id for one in found if one.list == listed)


def pages_of(
    machine: Machine, start: Start, state: State, turning: frozenset[str]
) -> Iterator[tuple[tuple[Event, ...], View]]:
    """Yield what is seen on each page of a list, with what turned to it; the first one is open already."""
    turned: tuple[Event, ...] = ()
    for _ in range(PAGES):
        view = machine.view(start, state)
        yield turned, view
        onward = next((event for one in view.controls() if (event := _turning(one)) and event.block in turning), None)
        if onward is None:
            return
        turned = (onward,)
        state = machine.step(start, state, onward).state


def _turning(control: Control) -> Event | None:
    """Return what turns a list to its next page, None if a control does not."""
    is_next = isinstance(control, Button) and control.row == "next" and control.enabled
    return Event("use", control.id, "next") if is_next else None
