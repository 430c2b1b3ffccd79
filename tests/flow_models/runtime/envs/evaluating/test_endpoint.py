"""A model behind an address is asked as OpenAI's interface wants it; what fails on the way is no failure of its own."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.endpoint import Endpoint
from flow_models.runtime.envs.evaluating.plan import Scope, planned
from flow_models.runtime.envs.evaluating.policies import PolicyError
from flow_models.runtime.envs.evaluating.results import counted, effort, ends
from flow_models.runtime.envs.evaluating.running import Record, begun, play_all
from flow_models.runtime.envs.listing import BundleError

Answer = tuple[int, Any]
SOLVED = tuple[Bundle, list[dict[str, Any]]]


class Model:
    """A server on this computer that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.answer: Callable[[dict[str, Any]], Answer] = lambda body: (200, said("noop()", body))
        lock, model = threading.Lock(), self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    model.asked.append(({**self.headers, "path": self.path}, body))
                    status, answered = model.answer(body)
                data = answered if isinstance(answered, bytes) else json.dumps(answered).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


def said(text: str, _: object = None) -> dict[str, Any]:
    return {
        "choices": [{"message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 7},
    }


def called(*calls: tuple[str, Any]) -> dict[str, Any]:
    told = [{"id": "a", "type": "function", "function": {"name": name, "arguments": given}} for name, given in calls]
    return {"choices": [{"message": {"role": "assistant", "content": None, "tool_calls": told}}]}


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def run(bundle: Bundle, folder: Path, endpoint: Endpoint, workers: int = 1, instances: int = 1) -> tuple[Record, ...]:
    style = {"speech": "tools" if endpoint.uses_tools else "calls"}
    scope = Scope(bundle.task_names, arms=("plain",), instances=instances, repeats=2)
    about = about_run(bundle, endpoint.model, endpoint.interface, style, scope)
    return play_all(bundle, endpoint, begun(folder, about), planned(bundle, scope), workers=workers).records


def endpoint(model: Model, **given: Any) -> Endpoint:
    return Endpoint(**{"url": model.url, "model": "scripted", "wait_s": 0.0, **given})


def test_a_talk_with_a_model_is_played_to_its_end(
    solved: SOLVED, model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, records = solved
    monkeypatch.setenv("A_KEY", "secret")
    by_goal = {one["goal"]: one["actions"] for one in records if not one["variant"]}

    def solves(body: dict[str, Any]) -> Answer:
        goal = next(goal for goal in by_goal if goal in body["messages"][1]["content"])
        step = sum(one["role"] == "assistant" for one in body["messages"])
        return 200, said(f"<think>It is plain.</think>\n```\n{by_goal[goal][step]}\n```")

    model.answer = solves
    asks = endpoint(model, key_variable="A_KEY", options={"temperature": 0})
    found = run(bundle, tmp_path, asks, workers=4, instances=2)
    assert ends(found) == {"success": len(found)}
    headers, body = model.asked[0]
    assert headers["path"] == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert (body["model"], body["temperature"], "tools" in body) == ("scripted", 0, False)
    assert "secret" not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    took = effort(found)
    assert (took.tokens_in, took.tokens_out, took.is_exact) == (100 * len(model.asked), 7 * len(model.asked), True)


def test_tools_are_offered_called_and_answered(solved: SOLVED, model: Model, tmp_path: Path) -> None:
    answers = iter(
        [
            called(("click", '{"bid": "1"}')),
            called(("click", "{}"), ("noop", "{}")),
            called(("click", "{no json")),
            called(("report_infeasible", '{"reason": "no"}')),
        ]
        * 100
    )
    model.answer = lambda _: (200, next(answers))
    bundle, _ = solved
    found = run(bundle, tmp_path, endpoint(model, uses_tools=True))
    assert ends(found) == {"infeasible_reported": len(found)}
    assert [turn["is_format_fault"] for turn in found[0]["turns"]] == [False, True, True, False]
    second = model.asked[1][1]
    assert {tool["function"]["name"] for tool in second["tools"]} >= {"click", "fill"}
    (call,) = second["messages"][2]["tool_calls"]
    assert json.loads(call["function"]["arguments"]) == {"bid": "1"}
    assert second["messages"][3]["tool_call_id"] == call["id"]
    assert not effort(found).is_exact


def test_what_fails_for_a_while_is_asked_again(solved: SOLVED, model: Model, tmp_path: Path) -> None:
    answers: Iterator[Answer] = iter(
        [(503, b"busy"), (429, b""), (200, b"no json"), (200, {"choices": []}), (200, said("report_infeasible('no')"))]
        * 100
    )
    model.answer = lambda _: next(answers)
    bundle, _ = solved
    found = run(bundle, tmp_path, endpoint(model))
    assert ends(found) == {"infeasible_reported": len(found)}
    assert len(model.asked) == 5 * len(found)


def test_what_fails_for_good_counts_in_no_share(solved: SOLVED, model: Model, tmp_path: Path) -> None:
    bundle, _ = solved
    count = iter(range(1000))

    def answer(_: dict[str, Any]) -> Answer:
        return (400, b"context too long") if next(count) % 2 else (200, said("report_infeasible('no')"))

    model.answer = answer
    found = run(bundle, tmp_path, endpoint(model), instances=2)
    errors = [one["policy_error"] for one in found if one["policy_error"]]
    assert len(errors) == len(found) // 2
    assert all("HTTP 400: context too long" in error for error in errors)
    assert {one["end_reason"] for one in counted(found)} == {"infeasible_reported"}


def test_nobody_there(solved: SOLVED, tmp_path: Path) -> None:
    bundle, _ = solved
    nobody = Endpoint(url="http://127.0.0.1:9", model="none", wait_s=0.0, retries=1)
    with pytest.raises(PolicyError, match="did not answer"):
        run(bundle, tmp_path, nobody, instances=2)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "localhost:80", ""])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(BundleError, match="http://"):
        Endpoint(url=url, model="m")
