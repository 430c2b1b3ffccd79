"""Trains with TRL's `GRPOTrainer` for some steps and prints its log and each reset as JSON.

`trl_training.py HOW`: `knowing`, a model whose tool calls solve what it is asked; `mixed`, one that does so every other
time; `broken`, the first on a site that breaks.
"""

import json
import sys
import tempfile
from typing import Any

import librarydesk
import tiny_model
from breaking import let_break
from librarydesk.runtime.envs.solutions import Solutions
from trl import GRPOConfig, GRPOTrainer

STEPS, GROUP = 2, 4


class Knowing(GRPOTrainer):
    """A trainer whose model says the next step of the solution, and that it is done after the last.

    The talks of the first turn stand in the order of the group; in later ones are only those that have called a tool.
    """

    sometimes = False

    def _generate_single_turn(self, prompt_ids: Any, *arguments: Any, **options: Any) -> Any:
        return [self._said(ids, number) for number, ids in enumerate(prompt_ids)], None

    def _said(self, ids: list[int], number: int) -> list[int]:
        talk = self.processing_class.decode(ids)
        actions = next((actions for goal, actions in KNOWN.items() if goal in talk), ())
        done = talk.count("<|im_start|>assistant") - 1
        words = "It is done.<|im_end|>"
        if done < len(actions) and (done or not self.sometimes or number % 2):
            name, arguments = librarydesk.text_episode().call_for(actions[done])
            call = json.dumps({"name": name, "arguments": arguments})
            words = f"<tool_call>\n{call}\n</tool_call><|im_end|>"
        found: list[int] = self.processing_class(words, add_special_tokens=False)["input_ids"]
        return found


def main(how: str) -> None:
    if how == "broken":
        let_break("librarydesk")
    web = librarydesk.adapter("trl")
    resets: list[str] = []
    begin = web.environment_factory.reset

    def reset(env: Any, **row: Any) -> str:
        resets.append(row["id"])
        return str(begin(env, **row))

    web.environment_factory.reset = reset
    known = Solutions(librarydesk.runtime.envs.register.read(librarydesk.FOLDER))
    KNOWN.update({row["goal"]: known.of(row) or () for row in web.train_dataset})
    words = tiny_model.tokenizer()
    trainer = Knowing(
        model=tiny_model.model(len(words)),
        processing_class=words,
        train_dataset=web.train_dataset,
        environment_factory=web.environment_factory,
        reward_funcs=web.reward_funcs,
        args=GRPOConfig(
            output_dir=tempfile.mkdtemp(),
            max_steps=STEPS,
            per_device_train_batch_size=GROUP,
            num_generations=GROUP,
            logging_steps=1,
            report_to=[],
            bf16=False,
            save_strategy="no",
            **web.settings,
        ),
    )
    trainer.sometimes = how == "mixed"
    before = [weights.clone() for weights in trainer.model.parameters()]
    trainer.train()
    changed = any((a != b).any().item() for a, b in zip(before, trainer.model.parameters(), strict=True))
    print(json.dumps({"log": trainer.state.log_history, "resets": resets, "changed": changed, "group": GROUP}))


KNOWN: dict[str, Any] = {}

if __name__ == "__main__":
    main(sys.argv[1])
