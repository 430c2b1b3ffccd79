"""What a model is told: the words of the prompts, and how much of an attempt they hold."""

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from ..given import as_whole
from ..listing import BundleError
from .offers import as_calls

Message = dict[str, Any]
"""A message of a chat: `role` and `content`; those of an assistant may have `tool_calls`, and `tool` answers one."""

_PAGE: Final = re.compile(r"(?:^|(?<=\n\n))Page: .*", re.DOTALL)

Speech = Literal["calls", "tools"]
Pages = Literal["short", "axtree"]

_TASK: Final = (
    "You use a website for somebody. You are told what is wanted and see the page as text: elements that can be acted "
    "on have their number in brackets. After each action you see the page again."
)
_CALLS: Final = (
    "Think if you like, then end your answer with {count} as a call, and nothing behind it. The actions:\n{actions}"
)
_TOOLS: Final = "Act by calling {count} at a time."
_RULES: Final = (
    "Do what is wanted and nothing else. If something is asked, answer with send_msg_to_user, once, with the value "
    "alone. If what is wanted cannot be done, call report_infeasible."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptStyle:
    """How an attempt is told to a model.

    Attributes:
        speech: `calls`, actions as calls in the text; `tools`, as calls of tools by their schemas.
        pages: `short`, pages in fewer words; `axtree`, letter for letter as BrowserGym gives them.
        page_budget: Characters of a page, beyond which it is said in parts; None for no end. A token has about four.
        history: How many pages before the present one stay in the messages; None for all. What the model said stays.
        actions_per_answer: Whether an answer holds one action, or as many as it likes, done in turn.

    Raises:
        BundleError: A value is none of these.
    """

    speech: Speech = "calls"
    pages: Pages = "short"
    page_budget: int | None = None
    history: int | None = None
    actions_per_answer: Literal["one", "many"] = "one"

    def __post_init__(self) -> None:
        for name, known in (
            ("speech", ("calls", "tools")),
            ("pages", ("short", "axtree")),
            ("actions_per_answer", ("one", "many")),
        ):
            if getattr(self, name) not in known:
                raise BundleError(f"{name} is one of {', '.join(map(repr, known))}, not {getattr(self, name)!r}")
        for name, least in (("page_budget", 200), ("history", 0)):
            value, number = getattr(self, name), as_whole(getattr(self, name))
            if value is not None and (number is None or number < least):
                raise BundleError(f"{name} is None or a whole number from {least}, not {value!r}")

    @property
    def may_be_several(self) -> bool:
        """Whether an answer may hold several actions."""
        return self.actions_per_answer == "many"

    @property
    def system(self) -> str:
        """The system prompt."""
        if self.speech == "tools":
            how = _TOOLS.format(count="tools, one or more," if self.may_be_several else "one tool")
        else:
            how = _CALLS.format(
                count="one or more actions" if self.may_be_several else "one action", actions=as_calls()
            )
        return "\n\n".join((_TASK, how, _RULES))


def asked(goal: str, page: str) -> str:
    """Return the first message of the user: what is wanted, and the page."""
    return f"What is wanted: {goal}\n\n{page}"


def answered(error: str, page: str) -> str:
    """Return what the user says after an action: what went wrong, and the page."""
    return f"Error: {error}\n\n{page}" if error else page


def left_out(said: str) -> str:
    """Return what is left of what the user said after an action, without the page: what went wrong."""
    return _PAGE.sub(LEFT_OUT, said, count=1)


def ended(reason: str, error: str) -> str:
    """Return what is said at the end of an attempt."""
    words = f"The attempt has ended: {reason.replace('_', ' ')}."
    return f"Error: {error}\n\n{words}" if error else words


OVER: Final = "The attempt is over: nothing can be done any more."
"""What a call is told after the end, in stacks that go on calling."""

LEFT_OUT: Final = "(This page is left out.)"
"""What stands where a page was that is no longer told."""
