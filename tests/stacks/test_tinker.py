"""The Tinker cookbook takes a package as it is: its own rollouts play groups of attempts that begin alike."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack

BESIDE: Final = ("pip", "install", "--quiet", "--no-deps", "tinker-cookbook>=0.6,<0.7")
"""As the card says."""

TOKENS: Final = """
import sys
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

letters = sorted(pre_tokenizers.ByteLevel.alphabet())
made = Tokenizer(models.BPE(vocab={token: n for n, token in enumerate(letters)}, merges=[]))
made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
made.add_special_tokens(["<|im_start|>", "<|im_end|>"])
PreTrainedTokenizerFast(tokenizer_object=made, eos_token="<|im_end|>").save_pretrained(sys.argv[1])
"""
"""Makes a tokenizer of bytes where a hub cannot be reached."""

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def tinker(stack_of: MakeStack, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    made = stack_of("tinker")
    made.run(str(made.python), "-m", *BESIDE, where=tmp_path_factory.mktemp("beside"))
    return made


@pytest.fixture(scope="module")
def played(tinker: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of its group rollouts."""
    found: dict[str, Any] = tinker.found("tinker_rollouts.py", where=tmp_path_factory.mktemp("tinker"))
    return found


def test_a_solution_earns_the_maximum_and_completes(played: dict[str, Any]) -> None:
    assert len(played["oracle"]) == 4
    for group in played["oracle"]:
        assert (group["rewards"], group["stop"], group["errors"]) == ([1.0, 1.0], "completed", [])
        assert group["tags"] == ["librarydesk", "borrow-book"]
        assert group["metrics"]["reward/success"] == group["metrics"]["stop/completed"] == 1.0
        assert group["logs"]["end_reason"] == "success"


def test_doing_nothing_earns_the_floor_and_reaches_the_limit_of_turns(played: dict[str, Any]) -> None:
    assert {(*group["rewards"], group["stop"]) for group in played["noop"]} == {(0.0, 0.0, "max_turns")}


def test_a_broken_site_raises_and_its_strategy_drops_the_rollout(played: dict[str, Any]) -> None:
    assert played["fault"] == [{"raised": "FaultError"}] * 4
    assert [group["rewards"] for group in played["one fault"]] == [[1.0, 1.0]] * 4
    assert [error for group in played["one fault"] for error in group["errors"]] == ["FaultError"]


def test_the_program_of_the_card_runs_as_it_stands_there(tinker: Stack, tmp_path: Path) -> None:
    model = str(tmp_path / "model")
    tinker.run(str(tinker.python), "-c", TOKENS, model, where=tmp_path)
    batches, tokens = map(int, tinker.printed("Tinker cookbook", model, where=tmp_path).strip("()\n").split(","))
    assert (batches, tokens > 1000) == (1, True)
