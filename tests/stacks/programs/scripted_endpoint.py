"""A chat endpoint as OpenAI's whose model knows solutions by heart: it finds the goal in the talk and says a step.

`scripted_endpoint.py PORT SOLUTIONS`: the file has a line of JSON with `goal` and `actions` each. A talk whose goal is
not in it gets `noop()`.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

KNOWN: dict[str, list[str]] = {}


def said(messages: list[dict[str, Any]]) -> str:
    """Return what the model says next: some thoughts, and an action in a fence."""
    talk = json.dumps(messages, ensure_ascii=False)
    actions = next(
        (actions for goal, actions in KNOWN.items() if json.dumps(goal, ensure_ascii=False)[1:-1] in talk), []
    )
    done = sum(message["role"] == "assistant" for message in messages)
    action = actions[done] if done < len(actions) else "noop()"
    return f"This is step {done + 1}.\n```\n{action}\n```"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        message = {"role": "assistant", "content": said(asked["messages"])}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        head = {"id": "c", "object": "chat.completion", "created": 0, "model": asked["model"], "usage": usage}
        kind, body = "application/json", json.dumps({**head, "choices": [choice]})
        if asked.get("stream"):
            chunk = {**head, "object": "chat.completion.chunk", "choices": [{**choice, "delta": message}]}
            kind, body = "text/event-stream", f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n"
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())


if __name__ == "__main__":
    for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if not one["variant"]:
            KNOWN[one["goal"]] = one["actions"]
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
