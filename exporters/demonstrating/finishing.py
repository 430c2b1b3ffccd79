"""Puts the parts of a set together into the files that trainers read, with a card that a hub's loader reads."""

import json
import os
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

import jinja2
import numpy as np

import resources
from exporters import canary
from exporters.demonstrating.kinds import Wanted
from exporters.errors import ExportError
from flow_models.document.disk import write_text
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.machine.base.program import Program

DATA: Final = "data"
_NEEDS: Final[Mapping[str, Sequence[str]]] = {"parquet": ("pyarrow",), "minari": ("minari", "h5py", "PIL")}
_BATCH: Final = 500
_INSTALLED_AS: Final = {"PIL": "pillow"}

Told = Callable[[str, int, int], None]
"""Told what is being done (`solving`, `playing`, `writing`), how much of it is done, and how much there is."""


class Made(NamedTuple):
    """What a set holds: how many demonstrations of each kind, and of each split."""

    kinds: Mapping[str, int]
    splits: Mapping[str, int]


def see_that_it_can_be_written(format_: str) -> None:
    """See that the libraries that a format needs are there.

    Raises:
        ExportError: One is missing.
    """
    missing = [_INSTALLED_AS.get(name, name) for name in _NEEDS.get(format_, ()) if find_spec(name) is None]
    if missing:
        raise ExportError("export.demonstrate.missing", format=format_, libraries=" ".join(missing))


def finish(bundle: Bundle, out: Path, parts: Path, wanted: Wanted, made: Made, told: Told) -> None:
    """Write the files of a set and its card from its parts.

    Raises:
        DocumentError: A file cannot be written.
    """
    held = [split for split in wanted.splits if made.splits.get(split)]
    for done, split in enumerate(held):
        told("writing", done, len(held))
        _WRITERS[wanted.format](bundle, sorted(parts.glob(f"*.{split}.jsonl")), out / DATA, split)
    shown = made._replace(splits={split: made.splits[split] for split in held})
    write_text(_card(bundle.program, wanted, shown), out / "README.md")
    told("writing", len(held), len(held))


def _as_lines(_bundle: Bundle, parts: Sequence[Path], folder: Path, split: str) -> None:
    """Write one file of JSON lines."""
    folder.mkdir(exist_ok=True)
    target = folder / f"{split}.jsonl"
    half = target.with_suffix(".half")
    with half.open("wb") as stream:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, stream)
    half.replace(target)


def _as_parquet(_bundle: Bundle, parts: Sequence[Path], folder: Path, split: str) -> None:
    """Write one Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(exist_ok=True)
    target = folder / f"{split}.parquet"
    half = target.with_suffix(".half")
    schema = _schema(pa)
    with pq.ParquetWriter(half, schema, compression="zstd") as writer:
        for rows in _batches(parts):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    half.replace(target)


def _schema(pa: Any) -> Any:
    """Return the types of the columns of a Parquet file."""
    function = pa.struct([("name", pa.string()), ("arguments", pa.string())])
    call = pa.struct([("id", pa.string()), ("type", pa.string()), ("function", function)])
    texts = [(name, pa.string()) for name in ("role", "content")]
    answers = [("tool_calls", pa.list_(call)), ("tool_call_id", pa.string()), ("name", pa.string())]
    message = pa.struct([*texts, *answers, ("weight", pa.int8())])
    return pa.schema(
        [
            ("messages", pa.list_(message)),
            ("tools", pa.string()),
            ("task", pa.string()),
            ("instance", pa.int32()),
            ("variant", pa.string()),
            ("kind", pa.string()),
            ("steps", pa.int32()),
            ("reward", pa.float64()),
            ("canary", pa.string()),
        ]
    )


def _as_minari(bundle: Bundle, parts: Sequence[Path], folder: Path, split: str) -> None:
    """Write a dataset of the symbolic interface; `MINARI_DATASETS_PATH` has to name the folder where it is read.

    minari's own collector is left aside: it wants jax to put numbers into lists.
    """
    import minari
    from minari.data_collector import EpisodeBuffer

    name = f"{bundle.module}/{split}-v0"
    shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    before = os.environ.get("MINARI_DATASETS_PATH")
    os.environ["MINARI_DATASETS_PATH"] = str(folder.resolve())
    env = SymbolicEnv(bundle, bundle.task_names, split)
    try:
        with warnings.catch_warnings():
            # It asks for the name of an author and for an environment that its own registry can make.
            warnings.simplefilter("ignore", UserWarning)
            minari.create_dataset_from_buffers(
                name,
                (EpisodeBuffer(**_episode(env, row)) for rows in _batches(parts) for row in rows),
                observation_space=env.observation_space,
                action_space=env.action_space,
                algorithm_name="gymwright demonstrate",
                description=canary.sentence(bundle.program),
            )
    finally:
        _put_back(before)


def _put_back(before: str | None) -> None:
    """Let minari look where it looked before."""
    if before is None:
        del os.environ["MINARI_DATASETS_PATH"]
    else:
        os.environ["MINARI_DATASETS_PATH"] = before


def _episode(env: SymbolicEnv, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that was met in one demonstration, played again: one more observation than actions."""
    asked = {"task": row["task"], "instance": row["instance"], "variant": json.loads(row["variant"])}
    seen, _ = env.reset(options=asked)
    met, rewards, terminations, truncations = [seen], list[float](), list[bool](), list[bool]()
    for number in row["actions"]:
        seen, reward, terminated, truncated, _ = env.step(np.int64(number))
        met.append(seen)
        rewards.append(reward)
        terminations.append(terminated)
        truncations.append(truncated)
    return {
        "observations": {name: np.stack([one[name] for one in met]) for name in seen},
        "actions": np.array(row["actions"], np.int64),
        "rewards": rewards,
        "terminations": terminations,
        "truncations": truncations,
        "infos": {},
    }


def _batches(parts: Sequence[Path]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of some parts, not all at once."""
    rows: list[dict[str, Any]] = []
    for part in parts:
        rows += [json.loads(line) for line in part.read_text(encoding="utf-8").splitlines()]
        if len(rows) >= _BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


_WRITERS: Final[Mapping[str, Callable[[Bundle, Sequence[Path], Path, str], None]]] = {
    "chat": _as_lines,
    "browsergym": _as_lines,
    "parquet": _as_parquet,
    "minari": _as_minari,
}
_ENDING: Final = {"chat": "jsonl", "browsergym": "jsonl", "parquet": "parquet"}


def _card(program: Program, wanted: Wanted, made: Made) -> str:
    """Return the card of a set."""
    source = resources.path("demonstrations", "README.md.jinja").read_text(encoding="utf-8")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  # Markdown, no HTML
    about = {kind: resources.text(f"export.demonstrate.kind.{kind}") for kind in made.kinds}
    return environment.from_string(source).render(
        title=" ".join(program.title.split()),
        module=program.module,
        version=program.version,
        canary=canary.sentence(program),
        wanted=wanted,
        kinds=[(kind, about[kind], count) for kind, count in sorted(made.kinds.items(), key=lambda one: -one[1])],
        splits=made.splits,
        ending=_ENDING.get(wanted.format, ""),
        size=_size(wanted.count),
    )


def _size(count: int) -> str:
    """Return in which of the hub's classes of size a set falls."""
    bounds = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
    return next((name for bound, name in bounds if count < bound), "n>1M")
