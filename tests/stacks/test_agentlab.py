"""AgentLab's generic agent plays a package in BrowserGym's Chromium, and unchanged without a browser.

AgentLab 0.4.2 needs Python 3.12 beside BrowserGym 0.14.3, and pip looks for its versions for ages; uv finds them.
"""

from pathlib import Path
from typing import Any, Final

import pytest

from flow_models.runtime.envs.chromium.find import has_chromium
from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack, interpreter

WANTED: Final = ("agentlab==0.4.2", "browsergym-core==0.14.3")

FOR_GRAPHICS: Final = (
    *(f"nvidia-{name}" for name in ("cublas", "cuda-cccl", "cuda-cupti", "cuda-nvrtc", "cuda-runtime", "cudnn-cu13")),
    *(
        f"nvidia-{name}"
        for name in ("cufft", "cufile", "curand", "cusolver", "cusparse", "cusparselt-cu13", "nccl-cu13")
    ),
    *(f"nvidia-{name}" for name in ("nvjitlink", "nvshmem-cu13", "nvtx")),
    *("triton", "cuda-bindings", "cuda-toolkit"),
)
"""What torch brings for graphics cards, gigabytes of it: the agent asks its model elsewhere and never loads torch."""

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer"),
]


@pytest.fixture(scope="module")
def agentlab(stack_of: MakeStack, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    stack = stack_of("browsergym", "uv", python=interpreter("3.12"))
    folder = tmp_path_factory.mktemp("agentlab")
    left_out = folder / "left_out.txt"
    left_out.write_text("".join(f"{name}; sys_platform == 'never'\n" for name in FOR_GRAPHICS), encoding="utf-8")
    into = ("--python", str(stack.python), "--override", str(left_out))
    stack.run(stack.command("uv"), "pip", "install", *into, *WANTED, where=folder)
    return stack


def test_a_generic_agent_with_a_scripted_model_plays_both_ways(agentlab: Stack, tmp_path: Path) -> None:
    more = {"AGENTLAB_EXP_ROOT": str(tmp_path)}
    found: list[dict[str, Any]] = agentlab.found(
        "agentlab_agent.py", "librarydesk", str(tmp_path), where=tmp_path, more=more
    )
    in_browser, as_text = found
    assert in_browser == as_text
    assert in_browser["cum_reward"] == 1.0
    assert in_browser["end"] == "success"
    assert in_browser["err_msg"] is None
    assert in_browser["pages"] == in_browser["n_steps"]
