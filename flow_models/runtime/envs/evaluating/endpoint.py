"""A model behind OpenAI's chat completions, asked with the standard library alone."""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from ..dialogue.prompts import Message
from ..listing import BundleError
from .attempts import Move, TextAttempt
from .plan import Planned
from .policies import Choice, Choose, PolicyError

_AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Answers of a server that may be others a little later."""

_LONGEST_WAIT_S: Final = 60.0
_SHOWN: Final = 300
"""Characters of a refusal that are repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A model behind an address.

    Attributes:
        url: The address of the interface, such as `http://127.0.0.1:8000/v1`, or of its `chat/completions`.
        model: The name of the model.
        key_variable: The environment variable that holds the key; no key is sent if it is not set.
        uses_tools: Whether actions are offered as tools; else they are described in the text.
        options: What is sent besides, such as `temperature` or `max_tokens`.
        timeout_s: How long one answer may take.
        retries: How often a failed question is asked again.
        wait_s: How long it waits before that; twice as long each time.
    """

    interface: ClassVar[str] = TextAttempt.interface
    may_wait: ClassVar[bool] = True

    url: str
    model: str
    key_variable: str = "OPENAI_API_KEY"
    uses_tools: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    timeout_s: float = 120.0
    retries: int = 4
    wait_s: float = 1.0

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise BundleError(f"--endpoint takes an address that begins with http:// or https://, not {self.url!r}")

    @property
    def words(self) -> str:
        """By which a run knows it."""
        return f"{self.model} at {self.url}"

    def start(self, planned: Planned, attempt: TextAttempt) -> Choose:  # noqa: ARG002  # it may play any
        """Begin an attempt."""

        def choose() -> Choice:
            answered = self._asked(attempt.episode.messages, attempt.episode.tools)
            return Choice(_move(answered), _tokens(answered))

        return choose

    def _asked(self, messages: list[Message], tools: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what the model answers.

        Raises:
            PolicyError: It does not, however often it is asked.
        """
        body: dict[str, Any] = {"model": self.model, "messages": [_sent(one) for one in messages], **self.options}
        if self.uses_tools:
            body["tools"] = tools
        wait_s, why = self.wait_s, ""
        for attempt in range(self.retries + 1):
            if attempt:
                time.sleep(wait_s)
                wait_s = min(2 * wait_s, _LONGEST_WAIT_S)
            try:
                return self._once(body)
            except urllib.error.HTTPError as error:
                why = f"HTTP {error.code}: {error.read(4 * _SHOWN).decode(errors='replace')[:_SHOWN]}"
                wait_s = max(wait_s, _seconds(error.headers.get("Retry-After")))
                if error.code not in _AGAIN:
                    break
            except urllib.error.URLError as error:
                why = str(error.reason)
            except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
                why = f"{type(error).__name__}: {error}"
        raise PolicyError(f"{self.url} did not answer: {why}")

    def _once(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Ask once and return the answer, which has a message."""
        url = self.url.rstrip("/")
        url += "" if url.endswith("/chat/completions") else "/chat/completions"
        key = os.environ.get(self.key_variable)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310  # http as checked above
        with urllib.request.urlopen(request, timeout=self.timeout_s) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
        if not isinstance(found["choices"][0]["message"], dict):
            raise TypeError("its message is no object")
        return found


def _sent(message: Message) -> Message:
    """Return a message as the interface wants it: arguments of calls are texts."""
    calls = message.get("tool_calls")
    if not calls:
        return message
    told = [
        {**one, "function": {**one["function"], "arguments": json.dumps(one["function"]["arguments"])}} for one in calls
    ]
    return {**message, "tool_calls": told}


def _move(answered: Mapping[str, Any]) -> Move:
    """Return what a model did: its one call of a tool, or all that it said; several calls are said, and refused."""
    message = answered["choices"][0]["message"]
    calls = message.get("tool_calls") or []
    if len(calls) == 1:
        function = calls[0].get("function", {})
        try:
            arguments = json.loads(function.get("arguments") or "{}")
        except (ValueError, TypeError):
            arguments = None
        if isinstance(arguments, dict) and isinstance(function.get("name"), str):
            return {"call": [function["name"], arguments]}
    if calls:
        return {"said": json.dumps([one.get("function") for one in calls])}
    content = message.get("content") or ""
    return {"said": content if isinstance(content, str) else json.dumps(content)}


def _tokens(answered: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the tokens of the question and of the answer, None where the server does not tell."""
    usage = answered.get("usage") or {}
    asked, said = usage.get("prompt_tokens"), usage.get("completion_tokens")
    return (asked, said) if isinstance(asked, int) and isinstance(said, int) else None


def _seconds(told: str | None) -> float:
    """Return for how long a server wants to be left alone, at most a minute."""
    try:
        return min(float(told or 0), _LONGEST_WAIT_S)
    except ValueError:
        return 0.0
