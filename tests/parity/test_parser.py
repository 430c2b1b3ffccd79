"""Our parser of actions and BrowserGym's own, on the kept table and on random texts."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.flow_models.runtime.site.test_calls import TABLE, found, is_several, is_single
from tests.parity.written import written

SEED = 20_261_130
TEXTS = 20_000

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1500)]


def answers(python: Path, folder: Path, texts: list[str]) -> list[tuple[str, bool, bool]]:
    """Return what BrowserGym answers to texts."""
    asked, told = folder / "texts.json", folder / "answers.json"
    asked.write_text(json.dumps(texts), encoding="utf-8")
    script = str(Path(__file__).with_name("parsing.py"))
    subprocess.run([str(python), script, str(asked), str(told)], check=True, capture_output=True)
    return [(calls, one, several) for calls, one, several in json.loads(told.read_text(encoding="utf-8"))]


def random_texts() -> list[str]:
    """Return random texts, the same ones each time."""
    texts: list[str] = []

    @seed(SEED)
    @settings(max_examples=TEXTS, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(written())
    def draw(text: str) -> None:
        texts.append(text)

    draw()
    return texts


def test_the_kept_table_is_what_browsergym_answers(browsergym: Path, tmp_path: Path) -> None:
    told = answers(browsergym, tmp_path, [text for text, *_ in TABLE])
    assert told == [tuple(rest) for _, *rest in TABLE]


def test_random_texts_are_read_as_browsergym_reads_them(
    browsergym: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = random_texts()
    told = answers(browsergym, tmp_path, texts)
    differing = [
        (text, theirs, ours)
        for text, theirs in zip(texts, told, strict=True)
        if theirs != (ours := (found(text), is_single(text), is_several(text)))
    ]
    with capsys.disabled():
        print(f"\n{len(texts)} random texts (seed {SEED}), {len(TABLE)} kept ones: {len(differing)} differences")
        print(f"{sum(one for _, one, _ in told)} hold one action, {sum(several for *_, several in told)} some")
    assert not differing, differing[:5]
