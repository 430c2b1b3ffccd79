"""Agents that try anything: whatever their actions say, an environment goes on and keeps its promises."""

import json
import random
import tracemalloc

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from flow_models.runtime.envs.attempt import Info
from flow_models.runtime.envs.interfaces.text import Observation, TextEnv
from flow_models.runtime.machine.base.results import END_REASONS
from tests.flow_models.runtime.examples import EXAMPLES, bundle_of

BROKEN = END_REASONS.index("environment_error")
VARIATIONS = ("none", "light", "full")
SPLITS = ("train", "test")

NAMES = st.sampled_from(["click", "fill", "select_option", "check", "uncheck", "clear", "press", "focus", "hover"])
KEYS = st.sampled_from(["Enter", "Tab", "Shift+Tab", "Escape", "ArrowDown", "ArrowUp", "ArrowLeft", " ", "a", "Meta+q"])
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", " ", "12.50", "1,250.00", "-1", "1e999", "nan", "\u0663", "2027-03-20", "2027-02-30", "9:05", "25:61"]
    ),
    st.sampled_from(["{task.amount}", "{{x}}", "<b>x</b>", "</textarea>", "&amp;", "'", '"', "\\", "\n", "\r\n", "\0"]),
    st.sampled_from(
        ["\ud800", "\udfff x", "\u202e", "\u200b", "\ufeff", "e\u0301", "👩\u200d🚀", "ﬀ", "İ", "x" * 9_000]
    ),
)
ADDRESSES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["/", "//", "https://", "https://[", "https://northbank.test", "https://northbank.test//x?y#z"]),
    st.sampled_from(
        ["javascript:alert(1)", "file:///etc/passwd", "https://northbank.test/%00%ff", "about:blank", "data:,x"]
    ),
)
MANGLED = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", " ", "\0", "click", "click(", "click()", "click(1)", "click('1'", "click('1'))", "click('1');noop()"]
    ),
    st.sampled_from(
        ["noop()\nnoop()", "lambda: 0", "noop(**{})", "noop(*[])", "click(bid='1', bid='2')", "await noop()"]
    ),
    st.sampled_from(
        ["__import__('os').system('x')", "fill('1', 'x'*10**9)", "noop(9**9**9)", "click(f'{1}')", "x = noop()"]
    ),
    st.sampled_from(
        ["(" * 9_000, "-" * 9_000 + "1", "[" * 5_000 + "]" * 5_000, "noop(" * 900, "noop()" * 1_500, "9" * 9_999]
    ),
    st.sampled_from(
        ["x" * 20_000, "click('" + "9" * 5_000 + "')", "press('1', '" + "Shift+" * 900 + "')", "fill('1', '\ud800')"]
    ),
    st.sampled_from(
        ["click('-1')", "click('01')", "click('1.0')", "click('\u0661')", "click(' 1')", "click('1e3')", "click('')"]
    ),
    st.sampled_from(
        ["scroll(1e400, nan)", "scroll(1, True)", "noop('x')", "noop(1e999)", "select_option('1', [1])", "goto(1)"]
    ),
    st.sampled_from(
        ["send_msg_to_user(1)", "report_infeasible()", "click('1', 'right')", "click('1', modifiers=['Alt'])"]
    ),
)


class Agent(RuleBasedStateMachine):
    """An agent in one example; `example` is set by the test."""

    example = ""

    @initialize(variation=st.sampled_from(VARIATIONS), split=st.sampled_from(SPLITS), seed=st.integers(0, 50))
    def begin(self, variation: str, split: str, seed: int) -> None:
        bundle = bundle_of(self.example)
        split = "test:instances" if variation == "none" and split == "test" else split
        self.env = TextEnv(bundle, bundle.task_names, split, variation)
        self.is_over = False
        self.old: list[str] = []
        self._take(*self.env.reset(seed=seed))
        self.total = 0.0

    def _take(self, observation: Observation, info: Info) -> None:
        self.observation, self.info = observation, info
        self.steps = info["steps"]

    def act(self, action: str) -> None:
        """Do an action and hold the environment to its promises."""
        observation, reward, terminated, truncated, info = self.env.step(action)
        self.total += reward
        assert info["steps"] == self.steps + 1
        assert info["end_reason"] != BROKEN, self.env.episode.fault
        assert not (terminated and truncated)
        assert (terminated or truncated) == (info["end_reason"] != 0)
        assert abs(sum(info["reward_parts"]) - reward) < 1e-9
        self._take(observation, info)
        self.is_over = terminated or truncated

    @precondition(lambda self: self.is_over)
    @rule()
    def begin_again(self) -> None:
        self._take(*self.env.reset())
        self.total, self.is_over = 0.0, False

    @precondition(lambda self: not self.is_over)
    @rule(data=st.data())
    def use_what_is_there(self, data: st.DataObject) -> None:
        shown = self.numbers()
        number = shown[data.draw(st.integers(0, 10_000)) % len(shown)]
        self.old = [*self.old[-50:], number]
        name = data.draw(NAMES)
        match name:
            case "fill":
                self.act(f"fill('{number}', {data.draw(TEXTS)!r})")
            case "select_option":
                self.act(f"select_option('{number}', {data.draw(TEXTS)!r})")
            case "press":
                self.act(f"press('{number}', {data.draw(KEYS)!r})")
            case _:
                self.act(f"{name}('{number}')")

    @precondition(lambda self: not self.is_over)
    @rule(data=st.data())
    def click_something(self, data: st.DataObject) -> None:
        shown = self.numbers()
        self.act(f"click('{shown[data.draw(st.integers(0, 10_000)) % len(shown)]}')")

    @precondition(lambda self: not self.is_over)
    @rule(number=st.integers(-3, 400), name=NAMES, text=TEXTS)
    def use_what_may_be_gone(self, number: int, name: str, text: str) -> None:
        gone = self.old[number] if 0 <= number < len(self.old) else str(number)
        self.act(f"{name}('{gone}', {text!r})" if name in ("fill", "select_option", "press") else f"{name}('{gone}')")

    @precondition(lambda self: not self.is_over)
    @rule(action=MANGLED)
    def say_nonsense(self, action: str) -> None:
        before = self.observation["axtree_txt"]
        self.act(action)
        if self.observation["last_action_error"]:
            assert self.env.episode.view.focus is not None or self.observation["axtree_txt"] or before

    @precondition(lambda self: not self.is_over)
    @rule(address=ADDRESSES)
    def go_somewhere(self, address: str) -> None:
        self.act(f"goto({address!r})")

    @precondition(lambda self: not self.is_over)
    @rule(action=st.sampled_from(["go_back()", "go_forward()", "noop()", "scroll(0, 200)"]))
    def go_about(self, action: str) -> None:
        self.act(action)

    @precondition(lambda self: not self.is_over)
    @rule(text=TEXTS, name=st.sampled_from(["send_msg_to_user", "report_infeasible"]), is_meant=st.integers(0, 9))
    def tell_the_user(self, text: str, name: str, is_meant: int) -> None:
        if is_meant == 0:
            self.act(f"{name}({text!r})")

    @precondition(lambda self: not self.is_over)
    @rule()
    def go_back_to_a_saved_state(self) -> None:
        saved = json.loads(json.dumps(self.env.get_state()))
        assert self.env.set_state(saved) == self.observation

    @invariant()
    def what_the_agent_sees_is_in_the_space(self) -> None:
        assert self.env.observation_space.contains(self.observation)

    @invariant()
    def the_total_stays_in_its_bounds(self) -> None:
        assert -self.steps * self.cost() - 1e-9 <= self.total <= 1.0 + 1e-9

    def cost(self) -> float:
        """Return what a step of the running task costs."""
        return self.env.bundle.program.tasks[self.env.episode.start.task].step_cost

    def numbers(self) -> list[str]:
        """Return the numbers of elements that the agent reads."""
        lines = self.observation["axtree_txt"].splitlines()
        found = [line.strip()[1:].partition("]")[0] for line in lines if line.strip().startswith("[")]
        return [number for number in found if number.isdigit()] or ["0"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_whatever_an_agent_does_the_environment_goes_on(name: str) -> None:
    rough(name, examples=12, steps=40)


@pytest.mark.proof
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("name", EXAMPLES)
def test_whatever_an_agent_does_for_long_the_environment_goes_on(name: str) -> None:
    rough(name, examples=300, steps=100)


def rough(name: str, *, examples: int, steps: int) -> None:
    """Let agents loose on an example."""
    agent = type("Agent", (Agent,), {"example": name})
    limits = settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(agent, settings=limits)


ENDURED = 100_000
LOOKED = 2_500
"""After so many steps it is looked how much memory is allocated."""

FLAT = 1.25
SLACK_MIB = 16
"""How much more may be allocated at most in the second half than in the first, as a factor and beyond it.

What is kept is bounded, and when there is too much of it, all is forgotten, so the curve has teeth.
"""


@pytest.mark.proof
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_random_agent_finds_no_error_and_memory_stays_flat(name: str) -> None:
    bundle = bundle_of(name, 10)
    env = TextEnv(bundle, bundle.task_names, "train", "full")
    rng, sizes = random.Random(name), []
    observation, _ = env.reset(seed=1)
    tracemalloc.start()
    try:
        for step in range(1, ENDURED + 1):
            observation, _, terminated, truncated, info = env.step(some_action(observation, rng))
            assert info["end_reason"] != BROKEN, env.episode.fault
            if terminated or truncated:
                observation, _ = env.reset()
            if step % LOOKED == 0:
                sizes.append(tracemalloc.get_traced_memory()[0] / 2**20)
    finally:
        tracemalloc.stop()
    half = len(sizes) // 2
    first, second = max(sizes[:half]), max(sizes[half:])
    print(f"\n{name}: at most {first:.1f} MiB in the first half of {ENDURED} steps, {second:.1f} MiB in the second")
    assert second <= FLAT * first + SLACK_MIB


def some_action(observation: Observation, rng: random.Random) -> str:
    """Return a random action on what is shown."""
    lines = [line.strip() for line in observation["axtree_txt"].splitlines() if line.strip().startswith("[")]
    line = rng.choice(lines)
    number, _, rest = line[1:].partition("] ")
    if rest.startswith(("textbox", "searchbox")) and rng.random() < 0.8:
        words = observation["goal"].split()
        return f"fill('{number}', {rng.choice([*words, '12.50', '2027-03-20', 'x']).strip('.,')!r})"
    if rest.startswith("combobox"):
        return f"press('{number}', '{rng.choice(['ArrowDown', 'ArrowUp', 'Enter'])}')"
    kind = rng.random()
    if kind < 0.02:
        return rng.choice(["go_back()", "go_forward()", "noop()", "scroll(0, 100)", "goto('https://nowhere.test/')"])
    return f"press('{number}', 'Enter')" if kind < 0.05 else f"click('{number}')"
