"""Hostile visitors: texts that no field was made for, typed into every field, and everything else that can be done."""

import random
from collections.abc import Sequence
from typing import Final

from flow_models.runtime.envs.interfaces.text import Observation, TextEnv
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.pages.view import Button, Control, Field

_DIGITS: Final = tuple("".join(chr(zero + n) for n in range(10)) for zero in (0x30, 0x660, 0xFF10, 0x966, 0x1D7CE))
"""The digits of some scripts: our own, Arabic, full-width, Devanagari, and those for formulas."""

_SIGNS: Final = ("", "", "", "-", "+", "\u2212", "\u2013", "\u2014", "--", "\ufe63", "\uff0d")
_MARKS: Final = ("", "", "$", "€", "£", "EUR ", "USD", "€ ", "%")
_TAILS: Final = (
    "",
    "",
    ".00",
    ".5",
    ",00",
    ".999999999999",
    "." + "9" * 30,
    "e9",
    "e400",
    "E-400",
    "e+9999999999",
    ".",
)
_WIDTHS: Final = (1, 1, 2, 3, 5, 9, 15, 28, 29, 30, 31, 35, 39, 40, 41, 400, 4_300, 5_000, 10_000, 10_001)

_ODD: Final = (
    "", " ", "\t", "\u3000", "\u200b", "\ufeff", "\0", "a\0b", "\n", "1\n2", "\r\n", "1\r", "\x1b[2J", "\x7f", "\x85",
    "\u2028", "\u202e123", "\u2066 1 \u2069", "\u200f-5", "\ud800", "\udfff1", "\ud83d\ude00", "👩\u200d🚀", "e\u0301",
    "ﬀ", "İ", "ß", "\u0390" * 300, "nan", "NaN", "inf", "-Infinity", "0x10", "1_000", "1 000", "1'000", "½", "²", "Ⅷ",
    "①", "\u0663.\u0665", "1,2,3", ",,,", "..", "-0", "+0", "-.5", "0.000000000001", "true", "None", "{1/0}", "{{n}}",
    "' or 1=1", "<b>1</b>", "&#48;", "%00", "\\", "\\u0030", "__import__('os')",
    "9999-12-31", "0001-01-01", "0000-00-00", "2027-02-29", "2028-02-29", "10000-01-01", "-0001-01-01", "2027-3-5",
    "\u0662\u0660\u0662\u0667-\u0660\u0663-\u0661\u0665", "9999-12-31T23:59",
    "00:00", "23:59", "24:00", "9:05", "-1:00", "99:99", "\u0660\u0669:\u0660\u0665",
)  # fmt: skip

_FITTING: Final = (
    "12.50", "1", "0", "2", "250", "100000", "2027-03-20", "2027-12-01", "09:05", "Ana", "x", "ana@example.com",
    "+44 20 7946 0000", "GB82WEST",
)  # fmt: skip

_ADDRESSES: Final = (
    "/",
    "//",
    "https://[",
    "/nowhere",
    "/%00%ff",
    "/\ud800",
    "javascript:1",
    "/" + "9" * 40,
    "https://x.test/",
    "/ΐ/" + "ΐ" * 9_000,
    "/?" + "\u202e" * 4_000,
)

_MANGLED: Final = (
    "",
    "click(",
    "fill('1')",
    "noop(9**9)",
    "\0",
    "click('\ud800')",
    "press('1', 'Enter', 1)",
    "x" * 20_000,
    "(" * 500,
)


_BY_KIND: Final = {
    "money_field": ("12.50", "1", "0.01", "9" * 30, "9" * 29 + ".99", "1" + "0" * 29, "250", "-5"),
    "number_field": ("1", "2", "3", "0", "9" * 30, "-" + "9" * 30, "10", "999999"),
    "date_field": ("2027-03-20", "2027-04-01", "9999-12-31", "0001-01-01"),
    "time_field": ("09:05", "23:59"),
}
"""What fields of a kind accept, to their limits."""


def hostile_text(rng: random.Random) -> str:
    """Return a text that no field was made for: numbers of every width and script, odd characters, long ones."""
    kind = rng.random()
    if kind < 0.45:
        digits = rng.choice(_DIGITS)
        whole = rng.choice(digits[1:]) * rng.choice(_WIDTHS)
        if rng.random() < 0.1:
            whole = f"{int(whole[:300]):,}" if whole.isascii() else whole
        return f"{rng.choice(_SIGNS)}{rng.choice(_MARKS)}{whole}{rng.choice(_TAILS)}"
    if kind < 0.8:
        return rng.choice(_ODD)
    if kind < 0.85:
        return rng.choice("x9 \u202e\0İ\n") * rng.choice(_WIDTHS)
    text = "".join(chr(rng.randrange(0x11_0000)) for _ in range(rng.randrange(1, 12)))
    return text + rng.choice(_FITTING) if rng.random() < 0.3 else text


class Hostile:
    """Somebody who fills in whole forms with something hostile here and there, and does anything else in between.

    Attributes:
        typed: How many actions went into fields.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._page: tuple[object, ...] = ()
        self._visited: set[str] = set()
        self.typed = 0

    def action(self, env: TextEnv, observation: Observation) -> str:
        """Return the next action."""
        episode = env.episode
        top = episode.state.top
        if self._page != (top.page, top.record, top.entered):
            self._page, self._visited = (top.page, top.record, top.entered), set()
        controls = episode.view.controls()
        fields = [one for one in controls if isinstance(one, Field) and one.id not in self._visited]
        if fields and self._rng.random() < 0.9:
            return self._into(env, self._rng.choice(fields))
        if not fields:
            self._visited.clear()
        buttons = [one for one in controls if isinstance(one, Button) and one.submit]
        if buttons and self._rng.random() < 0.7:
            return self._acted(env, Event("use", self._rng.choice(buttons).id))
        return self._other(env, controls, observation)

    def _into(self, env: TextEnv, field: Field) -> str:
        """Return what puts something into a field: mostly what fits there, so that forms are sent."""
        rng = self._rng
        self._visited.add(field.id)
        self.typed += 1
        keys = [key for key, _ in field.options if key] + [place.key for _, line in field.grid for place in line]
        if keys:
            return self._acted(env, Event("select", field.id, "", rng.choice(keys)))
        if field.kind == "checkbox":
            return self._acted(env, Event("uncheck" if field.text else "check", field.id))
        if field.kind == "file_field":
            return self._acted(env, Event("use", field.id, rng.choice(field.buttons).row))
        return f"fill('{self._number(env, field.id)}', {self._text(env, field)!r})"

    def _text(self, env: TextEnv, field: Field) -> str:
        """Return what is typed into a field: what fits there, a number as wide as any, or whatever is hostile."""
        rng, kind = self._rng, self._rng.random()
        if kind < 0.6:
            return str(rng.choice([*_BY_KIND.get(field.kind, _FITTING), *env.episode.start.parameters.values()]))
        return str(rng.randrange(10 ** rng.randrange(1, 41))) if kind < 0.75 else hostile_text(rng)

    def _acted(self, env: TextEnv, event: Event) -> str:
        """Return the action that does something to what is shown."""
        return env.action_for(event)

    @staticmethod
    def _number(env: TextEnv, block: str) -> str:
        """Return the number of a field's element."""
        return env.action_for(Event("fill", block, "", "x")).partition("'")[2].partition("'")[0]

    def _other(self, env: TextEnv, controls: Sequence[Control], observation: Observation) -> str:
        """Return something that has nothing to do with a form, sensible or not."""
        rng, kind = self._rng, self._rng.random()
        if kind < 0.05:
            return str(rng.choice(_MANGLED))
        if kind < 0.12:
            host = rng.choice(["", f"https://{env.bundle.program.site.host}"])
            going = f"goto({host + rng.choice(_ADDRESSES)!r})"
            return str(rng.choice(["go_back()", "go_forward()", "noop()", "scroll(0, 10)", going]))
        if kind < 0.13:
            return f"send_msg_to_user({hostile_text(rng)!r})"
        if kind < 0.2:
            lines = [line.strip() for line in observation["axtree_txt"].splitlines()]
            number = rng.choice([line[1:].partition("] ")[0] for line in lines if line.startswith("[")])
            if rng.random() < 0.5:
                return f"fill('{number}', {hostile_text(rng)!r})"
            return f"press('{number}', '{rng.choice(['Enter', 'Tab', 'ArrowDown', 'Escape', ' '])}')"
        used = [one for one in controls if not isinstance(one, Field)]
        if not used:
            return "go_back()"
        one = rng.choice(used)
        return self._acted(env, Event("use", one.id, one.row))
