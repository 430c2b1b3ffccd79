"""Forged, repeated, late and mangled requests change nothing and are answered as a site would."""

import random
import re
import secrets
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.pages.view import Button, Field
from flow_models.runtime.site import Site
from flow_models.runtime.site.web import BODY_LIMIT, FORM_FIELDS_LIMIT, Request, Response, Session
from tests.flow_models.runtime.examples import EXAMPLES, machine_of, some_event, start_of, variants_of
from tests.flow_models.runtime.site.sending import Data, Sendable
from tests.flow_models.runtime.site.visitor import FORM

LIMITS = settings(max_examples=20, suppress_health_check=list(HealthCheck))
HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["1e999", "-1", "99999999999", "nan", "2027-13-45", "25:61", "\0", "\ud800", "<script>", "{{x}}"]),
    st.sampled_from(["true", "on", "x" * 9_999, "x" * 20_000, "\u202e\u200b", "١٢٣", "${7*7}", "' or 1=1 --"]),
)

NAME = re.compile(r"\bt[0-9a-f]{18}\b")
VARIANTS = {name: variants_of(machine_of(name), 12) for name in EXAMPLES}


class Desk:
    """A session somewhere in an example, with the page that the browser has, and names of pages before it."""

    def __init__(self, name: str, seed: int, *, reports_drafts: bool = False) -> None:
        machine = machine_of(name)
        self.rng = random.Random(seed)
        variant = VARIANTS[name][seed % len(VARIANTS[name])]
        self.episode = Episode(machine, start_of(machine, seed % 7, variant))
        self.session = Session(self.episode, Site.of(machine.program).dressed(variant), reports_drafts=reports_drafts)
        self.old: list[str] = []
        for _ in range(seed % 12):
            if not self.episode.end_reason:
                self.old = NAME.findall(self.read())
                self.session.step(some_event(self.episode, self.rng))
        self.shown = self.read()
        self.page = Sendable(self.shown)

    def slider(self) -> Field | None:
        """Return the slider of the page, if there is one."""
        controls = self.episode.view.controls()
        return next((one for one in controls if isinstance(one, Field) and one.kind == "slider"), None)

    def read(self) -> str:
        """Ask for the page as it is."""
        return self.session.respond(Request("GET", "/_/now")).body.decode()

    def post(self, data: Data, path: str = "/_/go", method: str = "POST") -> Response:
        """Send a form."""
        body = urlencode(data, errors="replace").encode()
        return self.session.respond(Request(method, path, FORM, body))


def without_names(page: str) -> str:
    """Return a page without the names of its rendering."""
    return NAME.sub("", page)


def wrong_name(desk: Desk, data: Data) -> Data:
    return [*data[:-1], ("go", "t" + secrets.token_hex(9))]


def old_name(desk: Desk, data: Data) -> Data:
    return [*data[:-1], ("go", desk.rng.choice(desk.old) if desk.old else "t" + "0" * 18)]


def twice(desk: Desk, data: Data) -> Data:
    return [*data, desk.rng.choice(data)]


def two_uses(desk: Desk, data: Data) -> Data:
    return [*data, ("go", desk.rng.choice(desk.page.used))]


def nothing_used(desk: Desk, data: Data) -> Data:
    return data[:-1]


def disabled_button(desk: Desk, data: Data) -> Data:
    return [*data[:-1], ("go", (desk.page.disabled or ["t"])[0])]


def forged_option(desk: Desk, data: Data) -> Data:
    choices = list(desk.page.options)
    if not choices:
        return data[:-1]
    name = desk.rng.choice(choices)
    others = [one for other, offered in desk.page.options.items() if other != name for one in offered]
    forged = desk.rng.choice([*others, "1", "", desk.page.used[0], "t" + "f" * 18])
    return [(name, forged), *((key, value) for key, value in data if key != name)]


def an_option_is_a_field(desk: Desk, data: Data) -> Data:
    offered = [one for options in desk.page.options.values() for one in options]
    return [*data[:-1], *((one, "x") for one in offered)]


def taken_place(desk: Desk, data: Data) -> Data:
    if not desk.page.taken:
        return data[:-1]
    name, value = desk.rng.choice(desk.page.taken)
    return [(name, value), *((key, sent) for key, sent in data if key != name)]


FORGERIES: tuple[Callable[[Desk, Data], Data], ...] = (
    wrong_name,
    old_name,
    twice,
    two_uses,
    nothing_used,
    disabled_button,
    forged_option,
    an_option_is_a_field,
    taken_place,
)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
@LIMITS
@given(seed=st.integers(0, 2000))
def test_a_forged_form_changes_nothing(name: str, forge: Callable[[Desk, Data], Data], seed: int) -> None:
    desk = Desk(name, seed)
    if not desk.page.used:
        return
    state = desk.episode.state
    answer = desk.post(forge(desk, desk.page.sent(desk.rng.choice(desk.page.used))))
    assert answer.status == 409
    assert desk.episode.state is state
    assert without_names(answer.body.decode()) == without_names(desk.shown)


@pytest.mark.parametrize("name", EXAMPLES)
@LIMITS
@given(seed=st.integers(0, 2000))
def test_what_the_page_would_send_is_a_use_of_it_and_cannot_be_repeated(name: str, seed: int) -> None:
    desk = Desk(name, seed)
    if not desk.page.used or desk.episode.end_reason:
        return
    steps = desk.episode.steps
    data = desk.page.sent(desk.rng.choice(desk.page.used))
    assert desk.post(data).status == 200
    assert desk.episode.steps == steps + 1
    state = desk.episode.state
    assert desk.post(data).status == 409
    assert desk.episode.state is state


@pytest.mark.parametrize("name", EXAMPLES)
@LIMITS
@given(seed=st.integers(0, 2000), extra=st.lists(st.tuples(HOSTILE, HOSTILE), max_size=3, unique_by=lambda one: one[0]))
def test_missing_and_unknown_fields_do_no_more_than_the_use_itself(name: str, seed: int, extra: Data) -> None:
    desk, other = Desk(name, seed), Desk(name, seed)
    if not desk.page.used:
        return
    place = desk.rng.randrange(len(desk.page.used))
    boxes = {name for name, value in desk.page.fields.items() if value == "on"}
    kept = [pair for pair in desk.page.fields.items() if pair[0] in boxes]
    desk.post([*kept, *(pair for pair in extra if pair[0] not in ("all", "go")), ("go", desk.page.used[place])])
    other.post(other.page.sent(other.page.used[place]))
    assert desk.episode.state == other.episode.state


@pytest.mark.parametrize("name", EXAMPLES)
@LIMITS
@given(
    seed=st.integers(0, 2000),
    method=st.sampled_from(["POST", "PUT", "DELETE", "PATCH", "get", "GET", "HEAD", "BREW"]),
    path=st.sampled_from(["/_/go", "/_/go?x=1", "/", "/_/draft", "/_/now", "/_/other", "/_/go/", "//_/go", ""]),
    body=st.one_of(
        st.binary(max_size=60),
        st.sampled_from([b"&", b"=", b"go=%ff", b"go=%zz", b"all=1&go", b"a=1;go=2", b"\xff\xfe", b'{"go": 1}']),
        st.sampled_from([b"a=" + b"x" * BODY_LIMIT, b"&".join([b"a=1"] * (FORM_FIELDS_LIMIT + 1)), b"%" * 9_000]),
    ),
    kind=st.sampled_from(
        [FORM["content-type"], "text/plain", "multipart/form-data; boundary=x", "", "application/json"]
    ),
)
def test_mangled_requests_change_nothing(name: str, seed: int, method: str, path: str, body: bytes, kind: str) -> None:
    desk = Desk(name, seed)
    state = desk.episode.state
    is_visit = method == "GET" and not path.startswith("/_/")
    answer = desk.session.respond(Request(method, path, {"content-type": kind}, body))
    assert 200 <= answer.status < 500
    assert desk.episode.state is state or is_visit


@pytest.mark.parametrize("name", EXAMPLES)
@LIMITS
@given(seed=st.integers(0, 2000), path=st.text(max_size=40))
def test_whatever_address_is_asked_for_there_is_a_page(name: str, seed: int, path: str) -> None:
    desk = Desk(name, seed)
    tables = desk.episode.state.tables
    answer = desk.session.respond(Request("GET", f"/{path}"))
    assert answer.status in (200, 404)
    assert desk.episode.end_reason != "environment_error"
    assert durable(desk.episode.machine, desk.episode) == durable_of(desk.episode.machine, tables)


@pytest.mark.parametrize("name", EXAMPLES)
@LIMITS
@given(seed=st.integers(0, 2000), text=HOSTILE)
def test_whatever_is_typed_the_site_goes_on(name: str, seed: int, text: str) -> None:
    desk = Desk(name, seed)
    if not desk.page.used:
        return
    data = [(one, text if one in desk.page.texts else value) for one, value in desk.page.fields.items()]
    answer = desk.post([*data, ("all", "1"), ("go", desk.rng.choice(desk.page.used))])
    assert answer.status in (200, 400, 409)
    assert desk.episode.end_reason != "environment_error"


@pytest.mark.parametrize("text", ["999999", "-5", "1.5", "1e3", "nan", "", "x", "\u0663"])
def test_a_slider_stands_at_one_of_its_steps_whatever_is_sent(text: str) -> None:
    found = (Desk("block_zoo", seed, reports_drafts=True) for seed in range(500))
    desk, slider = next((desk, slider) for desk in found if (slider := desk.slider()) is not None)
    desk.post([(desk.session.name_of(slider.id), text)], "/_/draft")
    after = desk.slider()
    assert after is not None
    assert int(after.minimum) <= int(after.text) <= int(after.maximum)
    assert (int(after.text) - int(after.minimum)) % after.step == 0


@pytest.mark.parametrize("name", EXAMPLES)
@LIMITS
@given(seed=st.integers(0, 2000), text=HOSTILE, is_watched=st.booleans(), number=st.integers(0, 60))
@example(seed=0, text="1E3", is_watched=True, number=1)
def test_a_draft_reaches_only_its_own_field(name: str, seed: int, text: str, is_watched: bool, number: int) -> None:
    desk = Desk(name, seed, reports_drafts=is_watched)
    before = desk.episode.state
    names = [*desk.page.texts, *desk.page.used, *desk.page.options, *desk.old, "all", "x", ""]
    named = names[number % len(names)]
    desk.post([(named, text)], "/_/draft")
    after = desk.episode.state
    if after is not before:
        assert is_watched
        assert named in desk.page.texts
        # A slider takes 1E3 for its most, where it may stand already.
        assert sum(old != new for old, new in zip(before.top.fields, after.top.fields, strict=True)) <= 1
        assert durable(desk.episode.machine, desk.episode) == durable_of(desk.episode.machine, before.tables)


@pytest.mark.parametrize("name", EXAMPLES)
@LIMITS
@given(seed=st.integers(0, 2000), number=st.integers(0, 60))
def test_what_is_not_on_the_page_cannot_be_used_by_its_block(name: str, seed: int, number: int) -> None:
    desk = Desk(name, seed)
    program = desk.episode.machine.program
    blocks = sorted({block.id for page in program.pages.values() for block in walk(page.blocks)})
    block = blocks[number * 7919 % len(blocks)]
    control = desk.episode.view.control(block)
    if desk.episode.end_reason or isinstance(control, Field) or (isinstance(control, Button) and control.enabled):
        return
    if control is not None and not isinstance(control, Button):
        return
    before = desk.episode.state
    result = desk.episode.step(Event("use", block))
    assert result.error
    assert durable(desk.episode.machine, desk.episode) == durable_of(desk.episode.machine, before.tables)
    assert desk.episode.state.top == before.top or result.transition


def durable(machine: Machine, episode: Episode) -> tuple[object, ...]:
    """Return the durable data of an episode."""
    return durable_of(machine, episode.state.tables)


def durable_of(machine: Machine, tables: tuple[object, ...]) -> tuple[object, ...]:
    """Return the content of durable tables."""
    listed = machine.schema.table_list
    return tuple(tables[table.index].content() for table in listed if table.durable)  # type: ignore[attr-defined]
