"""The programs that guides print, by the name in their first line, so that tests run what people copy."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def programs(document: str) -> dict[str, str]:
    """Return the programs of a document in `docs` whose first line is a comment with their file's name."""
    blocks = re.findall(r"```python\n(# (\w+\.py)\n.*?)```", (DOCS / document).read_text(encoding="utf-8"), re.DOTALL)
    return {name: text for text, name in blocks}


def write_programs(document: str, folder: Path) -> None:
    """Write the programs of a document into a folder."""
    for name, text in programs(document).items():
        (folder / name).write_text(text, encoding="utf-8")
