"""How many steps a second sessions make with a package's server and with the echo environment, measured in turns.

A page is opened and left again, so that every step shows another one. The echo environment says a text as long as our
page, so that both send as much. Prints by the number of sessions the ratio, ours to echo's, of the best of many short
rounds: what else the computer does disturbs those least. `short` is the same ratio to an echo of the action alone.
"""

import asyncio
import json
import sys
import time
from typing import Any

from openenv import GenericEnvClient

ROUNDS, STEPS = 40, 60


async def one(client: Any, actions: list[dict[str, str]]) -> float:
    """Make the steps of a round and return how long they took, without the resets between them."""
    await client.reset(split="train", index=0)
    spent = 0.0
    for number in range(STEPS):
        begun = time.perf_counter()
        result = await client.step(actions[number % 2])
        spent += time.perf_counter() - begun
        if result.done:
            await client.reset(split="train", index=0)
    return spent


async def rate(clients: list[Any], actions: list[dict[str, str]]) -> float:
    spent = await asyncio.gather(*(one(client, actions) for client in clients))
    return len(clients) * STEPS / max(spent)


async def measured(ours: str, echo: str, sessions: int, action: str) -> dict[str, float]:
    web = [await GenericEnvClient(base_url=ours).connect() for _ in range(sessions)]
    plain = [await GenericEnvClient(base_url=echo).connect() for _ in range(sessions)]
    page = (await web[0].reset(split="train", index=0)).observation["text"]
    did = [{"text": action}, {"text": "go_back()"}]
    rates = [
        (await rate(web, did), await rate(plain, [{"message": page}] * 2), await rate(plain, [{"message": action}] * 2))
        for _ in range(ROUNDS)
    ]
    for client in (*web, *plain):
        await client.close()
    own, long, short = (max(one) for one in zip(*rates, strict=True))
    return {"ratio": own / long, "short": own / short, "steps_per_s": own}


async def main(ours: str, echo: str, action: str) -> None:
    print(json.dumps({sessions: await measured(ours, echo, sessions, action) for sessions in (1, 4)}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
