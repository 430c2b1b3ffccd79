"""Does every page have an address of its own that a browser can open?"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from flow_models.checks.context import Context
from flow_models.checks.labels import page_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.compiler.addresses import HOLE, is_address
from flow_models.document.behaviour import Page
from flow_models.document.edits.pages import address_of, get_page, replace_page
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def page_problems(context: Context, page: Page) -> Iterator[Problem]:
    """Yield what is wrong with the form of a page's address."""
    del context
    element = Element("page", page.id, "path")
    if page.kind == "dialog":
        if page.path:
            dropping = fix("no_path", lambda now: _with_path(now, page.id, ""))
            yield problem("path.of_dialog", "warning", element, fix=dropping, page=page_label(page))
        return
    if not page.path.strip():
        yield problem("path.missing", "error", element, fix=_making(page), page=page_label(page))
    elif not page.path.startswith("/"):
        slashed = f"/{page.path}"
        adding = fix("add_slash", lambda now: _with_path(now, page.id, slashed), path=slashed)
        yield problem("path.no_slash", "error", element, fix=adding, page=page_label(page))
    elif not is_address(page.path):
        yield problem("path.form", "error", element, page=page_label(page), path=page.path)


def shared(context: Context) -> Iterator[Problem]:
    """Yield the pages whose address can be that of an earlier page too."""
    pages = context.flow.pages_by_id
    paths = tuple((page.id, page.path) for page in context.flow.pages if page.kind != "dialog" and page.path)
    for one, first in context.kept("shared paths", paths, lambda: tuple(_pairs(paths))):
        yield _same_path(pages[one], pages[first])


def _pairs(paths: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the pages of which an address can be that of an earlier one, which comes second."""
    seen: dict[tuple[str, ...], str] = {}
    for page, path in paths:
        first = seen.setdefault(_pattern(path), page)
        if first != page:
            yield page, first
    with_holes = [(pattern, page) for pattern, page in seen.items() if "\0" in "".join(pattern)]
    for index, (pattern, page) in enumerate(with_holes):
        yield from ((page, rival) for other, rival in with_holes[:index] if _cross(pattern, other))


def _same_path(page: Page, first: Page) -> Problem:
    return problem(
        "path.shared",
        "error",
        Element("page", page.id, "path"),
        Element("page", first.id, "path"),
        fix=_making(page),
        page=page_label(page),
        other=page_label(first),
        path=page.path,
    )


@lru_cache(maxsize=8192)
def _pattern(path: str) -> tuple[str, ...]:
    """Return the parts of an address, each hole as one null character."""
    return tuple(HOLE.sub("\0", path).strip("/").split("/"))


def _cross(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two patterns match a common address although neither is the more special one."""
    if len(one) != len(other):
        return False
    is_more_special = is_less_special = False
    for mine, theirs in zip(one, other, strict=True):
        if mine == theirs:
            continue
        if "\0" in mine and "\0" not in theirs:
            is_less_special = True
        elif "\0" in theirs and "\0" not in mine:
            is_more_special = True
        else:
            return False
    return is_more_special and is_less_special


def _making(page: Page) -> Fix:
    """Return the fix that makes a page's address from its title and record."""
    return fix("make_path", lambda now: _with_path(now, page.id, address_of(now, get_page(now, page.id))))


def _with_path(flow: Flow, page_id: str, path: str) -> Flow:
    return replace_page(flow, get_page(flow, page_id).rebuilt(path=path))
