"""The JSON Schema of a flow file, generated from the models, for editors and other programs that write flows.

`python -m flow_models.document.schema` writes the copy that ships; a test says when it is out of date.
"""

import json
from typing import Any

import resources
from flow_models.document.flow import Flow

FILE = ("schema", "flow.schema.json")
"""Where the copy lies among the resources."""


def schema_text() -> str:
    """Return the schema as the text of its file."""
    schema: dict[str, Any] = Flow.model_json_schema(by_alias=True, mode="validation")
    named = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Gymwright flow"}
    return json.dumps(named, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    resources.path(FILE[0]).joinpath(FILE[1]).write_text(schema_text(), encoding="utf-8")
