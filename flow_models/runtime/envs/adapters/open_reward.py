"""Open Reward Standard: a server whose sessions are attempts, with our actions as its tools."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from ors import Environment, Server, Split, TextBlock, ToolOutput, tool
from pydantic import create_model

from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.offers import IN_PYTHON, OFFERS, Offer
from ..dialogue.prompts import OVER, PromptStyle
from ..dialogue.rows import Rows

KINDS_OF_SPLITS: Final = ("train", "validation", "test")


def server(bundle: Bundle, variation: Variation = "full", *, seed: int = 0, style: PromptStyle | None = None) -> Server:
    """Return a server with the package as its one environment, which is called as the package is.

    Args:
        bundle: The exported package.
        variation: In which variants the instances appear.
        seed: By what the variants are drawn.
        style: How attempts are told; its `speech` is `tools` here.
    """
    return Server([_environment(bundle, variation, seed, style or PromptStyle(speech="tools"))])


def _environment(bundle: Bundle, variation: Variation, seed: int, style: PromptStyle) -> type[Environment]:
    """Return the class of a package, whose tools are our actions."""
    tools = {offer.name: _tool(offer) for offer in OFFERS}
    listed = Rows(bundle, variation, seed)

    class Web(Environment):
        def __init__(self, task_spec: Any = None, secrets: Any = None) -> None:
            super().__init__(task_spec or {}, secrets or {})
            self.episode = TextEpisode(bundle, style=style)

        @classmethod
        def list_splits(cls) -> list[Split]:
            return [Split(name=name, type=kind) for name, kind in zip(listed.splits, KINDS_OF_SPLITS, strict=True)]

        @classmethod
        def list_tasks(cls, split: str) -> list[Any]:
            return list(listed.of(split))

        @classmethod
        async def num_tasks(cls, split: str) -> int:
            return len(listed.of(split))

        @classmethod
        async def get_task(cls, split: str, index: int) -> Any:
            return listed.of(split)[index]

        def setup(self) -> None:
            self.messages = self.episode.begin(self.task_spec)

        def get_prompt(self) -> list[TextBlock]:
            return [TextBlock(text=message["content"]) for message in self.messages]

    return type(bundle.module, (Web,), tools)


def _tool(offer: Offer) -> Callable[..., Awaitable[ToolOutput]]:
    """Return an action as a tool."""
    fields: dict[str, Any] = {one.name: (IN_PYTHON[one.type], ...) for one in offer.parameters}
    model = create_model(offer.name.title(), **fields)

    async def act(self: Any, args: Any) -> ToolOutput:
        return _output(self.episode, offer.name, args.model_dump())

    async def act_alone(self: Any) -> ToolOutput:
        return _output(self.episode, offer.name, {})

    made = act if fields else act_alone
    made.__name__, made.__doc__ = offer.name, offer.about
    made.__annotations__ = {**({"args": model} if fields else {}), "return": ToolOutput}
    return tool(made)  # type: ignore[no-any-return]  # it has no types of its own


def _output(episode: TextEpisode, name: str, arguments: dict[str, Any]) -> ToolOutput:
    """Do an action, or say that the attempt is over; `ors` itself goes on calling after the end.

    Raises:
        FaultError: The site broke, which the client meets as an error, so that the rollout is dropped.
    """
    if episode.is_over:
        return ToolOutput(blocks=[TextBlock(text=OVER)], finished=True, metadata=episode.info)
    turn = episode.call(name, arguments).checked()
    return ToolOutput(blocks=[TextBlock(text=turn.text)], reward=turn.reward, finished=turn.is_over, metadata=turn.info)
