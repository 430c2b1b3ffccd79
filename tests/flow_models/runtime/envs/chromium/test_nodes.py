"""Nodes as Chromium would have them, from the accessibility text: what reads them gives the text again."""

import random
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.nodes import nodes_of
from flow_models.runtime.envs.chromium.reading import read
from flow_models.runtime.envs.interfaces.text import TextEnv
from tests.flow_models.runtime.envs.acting import any_action


def again(axtree: str) -> str:
    """Return the text that is read from the nodes of a text."""
    return read([_marked(node) for node in nodes_of(axtree)]).text


def _marked(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node with its number where Chromium's nodes have it."""
    number = node.get("browsergym_id")
    marks = [{"name": "roledescription", "value": {"value": f"browsergym_id_{number} "}}] if number else []
    return {**node, "properties": [*node["properties"], *marks]}


def test_every_page_of_a_walk_is_read_again_as_it_is(bundle: Bundle) -> None:
    env, rng = TextEnv(bundle, bundle.task_names, variation="full"), random.Random(1)
    for seed in range(4):
        observation, info = env.reset(seed=seed)
        for _ in range(12):
            assert again(observation["axtree_txt"]) == observation["axtree_txt"]
            observation, _, terminated, truncated, info = env.step(any_action(observation, info, rng))
            if terminated or truncated:
                break


@pytest.mark.parametrize(
    "line",
    [
        "RootWebArea 'A, b', focused, url='https://x.test/a,b'",
        "[3] textbox \"it's, so\" value='x=1, y', required, describedby='e4 e5'",
        "[7] slider 'How many' value=12, orientation='horizontal', valuemin=0, valuemax=40.5, valuetext=''",
        "[9] generic, live='polite', atomic, relevant='additions text'",
        "[9] generic 'named', hidden=True",
        "status ''",
    ],
)
def test_every_form_of_a_line_is_read_again(line: str) -> None:
    assert again(line) == line


def test_a_text_that_the_name_above_it_says_stays() -> None:
    text = "RootWebArea 'Home'\n\t[3] link 'Pay now'\n\t\tStaticText 'Pay'\n\t\tStaticText 'at once'\n\t[4] main ''"
    assert again(text) == text
    assert [node["role"]["value"] for node in nodes_of(text)].count("generic") == 1


def test_nodes_know_what_is_above_and_below_them() -> None:
    root, first, inner, second = nodes_of("RootWebArea 'A'\n\t[1] main ''\n\t\t[2] link 'B'\n\t[3] button 'C'")
    assert root["childIds"] == [first["nodeId"], second["nodeId"]]
    assert inner["parentId"] == first["nodeId"]
    assert second["browsergym_id"] == "3"


def test_what_is_no_line_is_refused() -> None:
    with pytest.raises(ValueError, match="not a line"):
        nodes_of("RootWebArea 'A' and so on")
