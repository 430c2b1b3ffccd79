"""Every code point, halves of characters too, typed, sent and shown again, in the simulation and in Chromium."""

import sys
from collections.abc import Iterable, Iterator
from typing import Final

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.blocks import Form
from flow_models.document.field_blocks import LongText, SuggestField, TextField
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.variant import PLAIN
from tests.flow_models.builders import arrow, button, flow, page, sets, table, task, variable, words
from tests.parity.pair import Pair

LONGEST: Final = 9_500
"""Characters of a text as an action has it; an action has 10,000 at most."""

FIELDS: Final = (
    TextField(id="line", name="line", title="Line"),
    TextField(id="search", name="search", title="Search", purpose="search"),
    TextField(id="phone", name="phone", title="Phone", purpose="phone"),
    TextField(id="email", name="email", title="Email", purpose="email"),
    TextField(id="secret", name="secret", title="Secret", purpose="password"),
    TextField(id="kept", name="kept", title="Kept", trim=False),
    LongText(id="prose", name="prose", title="Prose"),
    SuggestField(id="whom", name="whom", title="Whom", table="people"),
)
TOLD: Final = ("line", "search", "phone", "email", "secret", "kept", "prose")
"""The fields whose texts a later page shows."""

SOME: Final = (
    *range(0x180),
    *range(0x300, 0x306),
    *(0x34F, 0x600, 0x61C, 0x70F, 0x115F, 0x1680, 0x17B4, 0x180B, 0x180E, 0x1E9E, 0x212B, 0x3000, 0x3164),
    *range(0x2000, 0x2070),
    *(0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xFB01, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFA0),
    *range(0xFFF0, 0x10001),
    *(0x1F600, 0x1D173, 0x1FFFE, 0x2F800, 0xE0001, 0xE0061, 0xE0100, 0x10FFFF),
)
"""Code points of every kind that something might treat otherwise than letters."""

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")


def told() -> Flow:
    """Return a flow whose second page shows what was typed on the first, whatever it was."""
    form = Form(id="f", blocks=(*FIELDS, button("send", submit=True)), check=False)
    effects = tuple(sets(f"v_{name}", f"field.{name}") for name in TOLD)
    return flow(
        page("home", form),
        page("shown", *(words(f"w_{name}", f"Here: {{v_{name}}}.") for name in TOLD), button("back")),
        *(variable(f"v_{name}") for name in TOLD),
        table("people", "name:text", rows=(("Ana",),)),
        arrow("home", "shown", use="send", do=effects),
        arrow("shown", "home", use="back"),
        task("t", max_steps=100),
    )


@pytest.fixture
def pair() -> Iterator[Pair]:
    program = compile_flow(told()).program
    made = Pair(Bundle(program, [Instance("t", 0, 1, "train", steps=1)]))
    yield made
    made.close()


def typed(pair: Pair, text: str) -> bool:
    """Type a text into every field, send it, look at it on a later page, and go back; say whether all agreed."""
    events = [Event("fill", field.id, value=text) for field in FIELDS]
    return pair.begin(text[:9], "t", 0, PLAIN) and pair.play(
        text[:9], [*events, Event("use", "send"), Event("use", "back")]
    )


def batches(codes: Iterable[int], longest: int) -> Iterator[str]:
    """Yield code points between letters, in texts that are so long at most where they are written in ASCII."""
    batch, length = [""], 0
    for code in codes:
        batch.append(f"a{chr(code)}b")
        length += len(ascii(batch[-1]))
        if length > longest:
            yield "".join(batch)
            batch, length = [""], 0
    yield "".join(batch)


def test_code_points_of_every_kind_are_held_sent_and_shown_alike(pair: Pair) -> None:
    ends = ("\u00a0 x \u200b", "\0", "\ud83d\ude00\ud83d", "\r\n\r", "e\u0301\u0301", "\u202eabc", " \x85\u2028 a")
    for text in (*batches(SOME, 2_000), *ends):
        typed(pair, text)
    assert not pair.differences, "\n\n".join(pair.differences[:5])


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_every_code_point_is_held_sent_and_shown_alike(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [batch for batch in batches(range(sys.maxunicode + 1), LONGEST) if not typed(pair, batch)]
    with capsys.disabled():
        print(f"\n{sys.maxunicode + 1} code points in {len(FIELDS)} fields: {pair.steps} steps, {len(wrong)} wrong")
    assert not wrong, "\n\n".join(pair.differences[:10])
