"""Lets AgentLab's generic agent play with a model that says a known solution, in the browser and without one.

Arguments: the module, and the folder in which AgentLab keeps its experiments.
"""

import importlib
import json
import sys
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agentlab.agents.generic_agent.agent_configs import FLAGS_CUSTOM
from agentlab.agents.generic_agent.generic_agent import GenericAgentArgs
from agentlab.experiments.loop import EnvArgs, ExpArgs, get_exp_result
from agentlab.llm.base_api import AbstractChatModel, BaseModelArgs
from agentlab.llm.llm_utils import AIMessage


class Scripted(AbstractChatModel):
    """Says one action after the other."""

    def __init__(self, actions: tuple[str, ...]) -> None:
        self.actions = list(actions)

    def __call__(self, messages: Any) -> Any:
        action = self.actions.pop(0) if self.actions else "noop()"
        return AIMessage(f"<think>This comes next.</think>\n<action>{action}</action>")


@dataclass
class ScriptedArgs(BaseModelArgs):
    """Makes such a model."""

    actions: tuple[str, ...] = ()

    def make_model(self) -> Scripted:
        """Return it."""
        return Scripted(self.actions)


def played(task: str, actions: tuple[str, ...], folder: Path) -> dict[str, Any]:
    """Return what AgentLab says of an experiment."""
    flags = deepcopy(FLAGS_CUSTOM)
    flags.max_prompt_tokens = None
    agent = GenericAgentArgs(chat_model_args=ScriptedArgs("scripted", actions=actions), flags=flags)
    env = EnvArgs(
        task, task_seed=1, max_steps=None, headless=True, task_kwargs={"instance": 0}, pre_observation_delay=0.1
    )
    experiment = ExpArgs(agent, env)
    experiment.prepare(folder)
    experiment.run()
    result = get_exp_result(experiment.exp_dir)
    told = result.summary_info
    prompts = [str(step.agent_info["chat_messages"][1]) for step in result.steps_info if step.agent_info]
    return {
        **{name: told[name] for name in ("cum_reward", "terminated", "err_msg", "n_steps")},
        "end": result.steps_info[-1].task_info["end_reason"],
        "pages": sum("RootWebArea" in prompt for prompt in prompts),
    }


def main() -> None:
    """Play both ways."""
    module = importlib.import_module(sys.argv[1])
    bundle = importlib.import_module(f"{sys.argv[1]}.runtime.envs.bundle").Bundle.read(module.FOLDER)
    known = importlib.import_module(f"{sys.argv[1]}.runtime.envs.solutions").Solutions(bundle)
    task = bundle.task_names[0]
    actions = known.of({"task": task, "instance": 0, "variant": {}})
    ids = [module.adapter(name)[0].removeprefix("browsergym/") for name in ("browsergym", "browsergym_text")]
    print(json.dumps([played(name, actions, Path(sys.argv[2])) for name in ids]))


if __name__ == "__main__":
    main()
