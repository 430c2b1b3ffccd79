"""What a part of a rollout holds: a row for each episode, as Parquet.

column          what it holds
key             TASK/INSTANCE/REPEAT/ARM, which names the episode in its plan
task, instance, split, arm, repeat, seed, variant
                the episode as planned: `variant` is JSON with the fields that are not as drawn, `seed` what it and the
                policy's chance follow from. `reset(options={"task": task, "instance": instance, "variant": fields})`
                begins it
goal, shortest  what is asked, and the length of a shortest solution of the site as drawn (0: none)
end_reason      one of `END_REASONS`; empty where the attempt did not come to an end
is_success      whether it succeeded; null where it failed
total           what it earned; null where it failed, so that no mean counts failures as rewards
parts           the same by the names of `REWARD_PARTS`, in their order
failure         empty, or one of `failing.KINDS`
failures        every attempt at the episode that failed, the last one too: `kind` and `words`
steps, seconds  how many actions, and how long they took
tokens_in, tokens_out
                of a language model, as told by it or counted by four characters
actions         what the policy did: texts (a called tool as JSON), or as numbers their decimal digits
rewards, reward_parts, errors
                what each action earned, the same by parts, and what went wrong with it (empty: nothing)
observations    only where asked for: what the policy was told before each action, as text
numbers, masks  the same of the symbolic interface: `observations` as they are, `action_mask` with eight actions a byte
                (`numpy.packbits`, the first action in the highest bit)

Imports pyarrow when something is written or read.
"""

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from ...machine.base.results import REWARD_PARTS
from ..evaluating.plan import Planned
from ..evaluating.running import Record
from .failing import Failure

Row = dict[str, Any]

_COUNTED: Final = ("failure", "is_success", "end_reason", "total", "steps", "failures")
"""The columns that a tally reads."""


class Tally(NamedTuple):
    """What episodes say together.

    Attributes:
        episodes: How many there are, failed ones too.
        failures: How many failed, by kind; none of these is in what follows.
        ends: How many ended how.
        successes: How many succeeded.
        earned: The sum of what they earned.
        steps: How many actions were done in them.
        words: What happened in one of those that failed, by kind.
    """

    episodes: int = 0
    failures: Mapping[str, int] = {}
    ends: Mapping[str, int] = {}
    successes: int = 0
    earned: float = 0.0
    steps: int = 0
    words: Mapping[str, str] = {}

    @property
    def failed(self) -> int:
        """How many failed, of whatever kind."""
        return sum(self.failures.values())

    @property
    def mean_reward(self) -> float:
        """What an episode that did not fail earned on average; 0 if there is none."""
        return self.earned / max(1, self.episodes - self.failed)

    def with_other(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(
            self.episodes + other.episodes,
            Counter(self.failures) + Counter(other.failures),
            Counter(self.ends) + Counter(other.ends),
            self.successes + other.successes,
            self.earned + other.earned,
            self.steps + other.steps,
            {**self.words, **other.words},
        )


def row_of(record: Record, failure: Failure | None, seen: Sequence[Any]) -> Row:
    """Return the row of an episode that was played.

    Args:
        record: The episode as `running.play` returns it.
        failure: Why it failed; None if it did not.
        seen: What the policy was told before each action; empty if that is not kept.
    """
    turns = record["turns"]
    texts = [one for one in seen if isinstance(one, str)][: len(turns)]
    arrays = [one for one in seen if not isinstance(one, str)][: len(turns)]
    return {
        **{name: record[name] for name in (*Planned._fields, "key", "goal", "shortest", "end_reason", "seconds")},
        "variant": json.dumps(record["variant"], sort_keys=True),
        "is_success": None if failure else record["is_success"],
        "total": None if failure else record["total"],
        "parts": record["parts"],
        "failure": failure.kind if failure else "",
        "failures": [failure._asdict()] if failure else [],
        "steps": len(turns),
        "tokens_in": record["tokens"]["in"],
        "tokens_out": record["tokens"]["out"],
        "actions": [_action(one["move"]) for one in turns],
        "rewards": [one["reward"] for one in turns],
        "reward_parts": [one["parts"] for one in turns],
        "errors": [one["error"] for one in turns],
        "observations": texts or None,
        "numbers": [one["observations"].tolist() for one in arrays] or None,
        "masks": [np.packbits(one["action_mask"].astype(bool)).tobytes() for one in arrays] or None,
    }


def failed_row(planned: Planned, failures: Sequence[Failure]) -> Row:
    """Return the row of an episode of which nothing came back but why its attempts failed, the last one last."""
    nothing: Record = {
        "key": planned.key,
        **planned._asdict(),
        "goal": "",
        "shortest": 0,
        "end_reason": "",
        "seconds": 0.0,
        "tokens": {"in": 0, "out": 0},
        "parts": [0.0] * len(REWARD_PARTS),
        "turns": [],
    }
    row = row_of(nothing, failures[-1], ())
    return {**row, "failures": [one._asdict() for one in failures]}


def _action(move: Mapping[str, Any]) -> str:
    """Return a move as a text."""
    if "number" in move:
        return str(move["number"])
    return str(move["said"]) if "said" in move else json.dumps(move["call"])


def encoded(rows: Iterable[Row]) -> bytes:
    """Return rows as a Parquet file."""
    import pyarrow as pa

    return _written(pa.Table.from_pylist([_in_utf8(row) for row in rows], schema=_schema(pa)))


def joined(parts: Iterable[bytes]) -> bytes:
    """Return several Parquet files, one behind the other, as one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return _written(pa.concat_tables([pq.read_table(io.BytesIO(part)) for part in parts]))


def with_failures(data: bytes, failures: Sequence[Failure]) -> bytes:
    """Return a file of one row with attempts that failed before."""
    import pyarrow.parquet as pq

    (row,) = pq.read_table(io.BytesIO(data)).to_pylist()
    return encoded([{**row, "failures": [one._asdict() for one in failures] + row["failures"]}])


def kept(data: bytes) -> list[bytes | None]:
    """Return a file for each row of a file, None for those that failed."""
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    failures = table.column("failure").to_pylist()
    return [None if failure else _written(table.slice(place, 1)) for place, failure in enumerate(failures)]


def tally_of(part: bytes | Path) -> Tally:
    """Return what the episodes of a part say together."""
    import pyarrow.parquet as pq

    source = io.BytesIO(part) if isinstance(part, bytes) else part
    columns = pq.ParquetFile(source).read(list(_COUNTED)).to_pydict()
    rows = list(zip(*(columns[name] for name in _COUNTED), strict=True))
    good = [row for row in rows if not row[0]]
    return Tally(
        len(rows),
        Counter(row[0] for row in rows if row[0]),
        Counter(row[2] for row in good),
        sum(row[1] for row in good),
        sum(row[3] for row in good),
        sum(row[4] for row in good),
        {row[0]: row[5][-1]["words"] for row in rows if row[0]},
    )


def _in_utf8(row: Row) -> Row:
    """Return a row whose texts Arrow takes: a model may say halves of characters."""
    texts = {name: [_whole(one) for one in row[name] or ()] for name in ("actions", "errors", "observations")}
    return {**row, **texts, "observations": texts["observations"] or None}


def _whole(text: str) -> str:
    """Return a text with halves of characters shown as their numbers."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _written(table: Any) -> bytes:
    """Return a table as a file."""
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def _schema(pa: Any) -> Any:
    """Return the types of the columns."""
    texts = pa.list_(pa.string())
    return pa.schema(
        [
            *((name, pa.string()) for name in ("key", "task")),
            ("instance", pa.int32()),
            *((name, pa.string()) for name in ("split", "arm")),
            ("repeat", pa.int32()),
            ("seed", pa.int64()),
            *((name, pa.string()) for name in ("variant", "goal")),
            ("shortest", pa.int32()),
            ("end_reason", pa.string()),
            ("is_success", pa.bool_()),
            ("total", pa.float64()),
            ("parts", pa.list_(pa.float64())),
            ("failure", pa.string()),
            ("failures", pa.list_(pa.struct([("kind", pa.string()), ("words", pa.string())]))),
            ("steps", pa.int32()),
            ("seconds", pa.float64()),
            *((name, pa.int64()) for name in ("tokens_in", "tokens_out")),
            ("actions", texts),
            ("rewards", pa.list_(pa.float64())),
            ("reward_parts", pa.list_(pa.list_(pa.float64()))),
            ("errors", texts),
            ("observations", texts),
            ("numbers", pa.list_(pa.list_(pa.int32()))),
            ("masks", pa.list_(pa.binary())),
        ]
    )
