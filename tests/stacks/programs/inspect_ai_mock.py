"""Runs the task of `librarydesk` in Inspect AI with its mock model, by tools and by text."""

import json
from collections.abc import Callable
from typing import Any

import librarydesk
from inspect_ai import eval as evaluate
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from librarydesk.runtime.envs.dialogue.episode import TextEpisode
from librarydesk.runtime.envs.dialogue.prompts import PromptStyle
from librarydesk.runtime.envs.dialogue.rows import rows
from scripted import BUNDLE, NOTHING, breaking, solution

CALL = TextEpisode(BUNDLE).call_for
ROWS = {row["goal"]: solution(row) for row in rows(BUNDLE)}

Say = Callable[[list[Any]], ModelOutput]


def scripted(action: Callable[[list[str], int], str], *, by_tools: bool) -> Any:
    """Return a mock model that does what a function says of the solution and of how often it was asked."""

    def say(messages: list[Any], *_: Any) -> ModelOutput:
        asked = next(message.text for message in messages if message.role == "user")
        steps = next(steps for goal, steps in ROWS.items() if goal in asked)
        did = action(steps, sum(message.role == "assistant" for message in messages))
        if by_tools:
            output = ModelOutput.for_tool_call("mockllm/model", *CALL(did))
        else:
            output = ModelOutput.from_content("mockllm/model", f"I think.\n{did}")
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return output

    return get_model("mockllm/model", custom_outputs=say)


def run(model: Any, style: PromptStyle | None = None, **limits: Any) -> dict[str, Any]:
    """Return what an evaluation found."""
    made = librarydesk.adapter("inspect", split="train", style=style)
    log = evaluate(made, model=model, display="none", log_dir="logs", fail_on_error=False, **limits)[0]
    scores = log.results.scores if log.results else []
    return {
        "status": log.status,
        "scores": {one.name: one.metrics["mean"].value for one in scores},
        "ends": [one.scores["earned"].explanation for one in log.samples if one.scores],
        "errors": [one.error.message for one in log.samples if one.error],
        "limits": [one.limit.type for one in log.samples if one.limit],
    }


def main() -> None:
    """Print what was found."""
    calls = PromptStyle(speech="calls")
    found = {
        "oracle": run(scripted(lambda steps, k: steps[k], by_tools=True)),
        "oracle as text": run(scripted(lambda steps, k: steps[k], by_tools=False), calls),
        "noop": run(scripted(lambda *_: NOTHING, by_tools=True)),
        "limit": run(scripted(lambda *_: NOTHING, by_tools=True), message_limit=6),
    }
    with breaking():
        found["fault"] = run(scripted(lambda *_: NOTHING, by_tools=True))
        found["fault as text"] = run(scripted(lambda *_: NOTHING, by_tools=False), calls)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
