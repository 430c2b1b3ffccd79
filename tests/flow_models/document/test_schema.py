"""The JSON Schema that ships is the one of the models."""

import resources
from flow_models.document.schema import FILE, schema_text


def test_the_shipped_schema_is_current() -> None:
    shipped = resources.path(*FILE).read_text(encoding="utf-8")
    assert shipped == schema_text(), "run `python -m flow_models.document.schema`"
