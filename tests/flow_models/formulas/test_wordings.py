"""Each mistake has words, and no words are left over."""

import re
from pathlib import Path

import flow_models.formulas
import resources

SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(flow_models.formulas.__file__).parent.glob("*.py"))


def _known() -> set[str]:
    ids = {message_id for message_id in resources.catalogue() if message_id.startswith("formulas.error.")}
    return {message_id.rpartition(".")[2] for message_id in ids}


def test_words_without_a_mistake_would_be_dead() -> None:
    literals = set(re.findall(r'"([a-z_]+)"', SOURCES))
    made = {f"{name}_close" for name in literals} | {"no_row", "no_record", "no_used", "unknown_field", "unknown_task"}
    made |= {"unknown_field_close", "unknown_task_close"}
    assert _known() <= literals | made


def test_every_direct_mistake_has_words() -> None:
    named = re.findall(r'(?:fail|fail_name|error)\(\s*"([a-z_]+)"', SOURCES)
    assert len(named) > 40
    assert set(named) <= _known()
