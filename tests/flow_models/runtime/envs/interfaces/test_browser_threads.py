"""The browser interface leaves the thread that uses it as it is: loops, other threads, forks, and being forgotten."""

import asyncio
import gc
import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import gymnasium as gym
import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.find import has_chromium
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from tests.daily import daily
from tests.flow_models.runtime.envs.interfaces.test_browser_orphans import left_of, parents

ROOT: Final = Path(__file__).resolve().parents[5]
SCRIPT: Final = """
import sys
from pathlib import Path
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.register import read
bundle = read(Path(sys.argv[1]))
envs = [BrowserEnv(bundle, bundle.task_names) for _ in range(2)]
for env in envs:
    env.reset(seed=1)
    env.step("noop()")
print(*[env.window.chromium.process for env in envs])
{then}
"""

T = TypeVar("T")

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")


@pytest.fixture
def make(bundle: Bundle) -> Iterator[Callable[[], BrowserEnv]]:
    """Return what makes an environment that is closed in the end."""
    made: list[BrowserEnv] = []

    def one() -> BrowserEnv:
        made.append(BrowserEnv(bundle, bundle.task_names, timeout_s=10))
        return made[-1]

    yield one
    for env in made:
        env.close()


def walked(env: TextEnv, seed: int = 3) -> list[dict[str, Any]]:
    """Return what an environment shows on a short walk."""
    return [env.reset(seed=seed)[0], *(env.step(action)[0] for action in ("click('22')", "scroll(0, 50)", "go_back()"))]


def alone(work: Callable[[], T]) -> T:
    """Do something in a thread of its own: in that of the tests, a browser that others share has a loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def test_a_running_loop_is_left_alone(bundle: Bundle, make: Callable[[], BrowserEnv]) -> None:
    async def cell() -> list[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        elsewhere = asyncio.create_task(asyncio.to_thread(walked, make()))
        here = walked(make())
        assert asyncio.get_running_loop() is loop
        assert here == await elsewhere
        return here

    assert alone(lambda: asyncio.run(cell())) == walked(TextEnv(bundle, bundle.task_names))


def test_a_thread_has_no_loop_after_use_but_its_own(make: Callable[[], BrowserEnv]) -> None:
    env = make()

    def used() -> None:
        walked(env)
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        assert asyncio.run(asyncio.sleep(0, "done")) == "done"
        assert walked(env)

    alone(used)


@pytest.mark.proof
def test_several_are_used_by_turns_and_from_several_threads(bundle: Bundle, make: Callable[[], BrowserEnv]) -> None:
    envs = [make() for _ in range(3)]
    expected = [walked(TextEnv(bundle, bundle.task_names), seed) for seed in range(3)]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(walked, envs, range(3))) == expected
    by_turns = [[env.reset(seed=seed)[0]] for seed, env in enumerate(envs)]
    for action in ("click('22')", "scroll(0, 50)", "go_back()"):
        for seen, env in zip(by_turns, envs, strict=True):
            seen.append(env.step(action)[0])
    assert by_turns == expected


def test_an_environment_that_is_forgotten_ends_its_browser_and_its_threads(bundle: Bundle) -> None:
    before = threading.active_count()
    env = BrowserEnv(bundle, bundle.task_names)
    walked(env)
    browser = env.window.chromium.process
    assert browser in parents()
    del env
    gc.collect()
    assert left_of({browser}) == set()
    until = time.monotonic() + 20
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_what_is_raised_inside_is_raised_outside(make: Callable[[], BrowserEnv]) -> None:
    env = make()
    env.reset(seed=1)
    with pytest.raises(ZeroDivisionError):
        env.inside(lambda _: 1 / 0)
    assert not env.step("noop()")[0]["last_action_error"]


@pytest.fixture
def _heard() -> Iterator[None]:
    """Let Python hear an interruption although a shell that starts the tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heard")
def test_who_is_interrupted_need_not_wait_and_begins_anew(make: Callable[[], BrowserEnv]) -> None:
    env = make()
    env.reset(seed=1)
    began = time.monotonic()
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        env.inside(lambda window: window.page.evaluate("new Promise(() => {})"))
    timer.join()
    assert time.monotonic() - began < env.timeout_s
    assert env.reset(seed=1)[0]["axtree_txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_is_refused_in_words_and_leaves_the_browser_alone(make: Callable[[], BrowserEnv]) -> None:
    env = make()
    env.reset(seed=1)
    context = multiprocessing.get_context("fork")
    told = context.SimpleQueue()

    def forked() -> None:
        told.put(env.step("noop()")[0]["last_action_error"])
        env.close()

    process = context.Process(target=forked)
    process.start()
    process.join(60)
    assert "fork" in told.get()
    assert process.exitcode == 0
    assert not env.step("noop()")[0]["last_action_error"]


@pytest.mark.proof
def test_a_vector_of_browsers_in_processes_is_used_as_it_is(folder: Path) -> None:
    tasks = Bundle.read(folder).task_names
    near = TextEnv(folder, tasks)
    with closing(gym.vector.AsyncVectorEnv([partial(BrowserEnv, folder, tasks)] * 2)) as envs:
        assert envs.reset(seed=[1, 1])[0]["axtree_txt"] == (near.reset(seed=1)[0]["axtree_txt"],) * 2
        assert envs.step(["click('22')"] * 2)[0]["axtree_txt"][1] == near.step("click('22')")[0]["axtree_txt"]


@pytest.mark.parametrize(
    "then",
    daily(["", "raise SystemExit(0)", "env.close()", "del envs, env"], [""]),
)
def test_nothing_is_left_or_said_when_python_ends_without_a_close(folder: Path, then: str) -> None:
    command = [sys.executable, "-W", "error", "-c", SCRIPT.format(then=then), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert left_of(set(map(int, done.stdout.split()))) == set()
