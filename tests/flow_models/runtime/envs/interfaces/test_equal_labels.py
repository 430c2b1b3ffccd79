"""Of options that read alike, an action named by its text takes the same one in the simulation and in Chromium."""

import pytest

from flow_models.compiler import compile_flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.site import Rendered
from tests.daily import daily
from tests.flow_models.solver.test_telling import APART, site


def bundle_of(label: str) -> Bundle:
    program = compile_flow(site("drop-down", label)).program
    return Bundle(program, [Instance("pick", 0, 0, "train", steps=2)])


def picked(env: TextEnv | BrowserEnv, options: str) -> list[object]:
    """Return whom an agent orders that selects by such options and sends the form."""
    env.reset(seed=1)
    targets = Rendered(env.episode.view, env.bundle.site).targets
    numbers = {target.kind: number for number, target in targets.items()}
    error = env.step(f"select_option('{numbers['select']}', {options})")[0]["last_action_error"]
    env.step(f"click('{numbers['button']}')")
    schema = env.bundle.machine.schema.table("orders")
    return [bool(error), *(row[1] for row in env.episode.state.tables[schema.index].rows)]


CHOSEN = {"'ann'": "people_1", "['bob', 'ann']": "people_1", "' bob '": "people_3", "'bob'": "people_3"}


@pytest.mark.parametrize("options", CHOSEN)
def test_the_first_of_two_that_read_alike_is_taken(options: str) -> None:
    assert picked(TextEnv(bundle_of("{lower(row.name)}"), ["pick"]), options)[1:] == [CHOSEN[options]]


@pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")
@pytest.mark.parametrize("label", daily(["{lower(row.name)}", APART], ["{lower(row.name)}"]))
def test_chromium_takes_the_same_one(label: str) -> None:
    bundle = bundle_of(label)
    text, browser = TextEnv(bundle, ["pick"]), BrowserEnv(bundle, ["pick"])
    try:
        for options in ("'ann'", "['bob', 'ann']", "'bob'", "'ann rome'", "'ann oslo'", "'people_2'", "''"):
            assert picked(browser, options) == picked(text, options), options
    finally:
        browser.close()
