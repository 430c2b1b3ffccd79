"""Fills the templates of `resources/bundle` with what is known of a bundle."""

import json
from typing import Any

import jinja2

import resources


def filled(template: str, facts: dict[str, Any]) -> str:
    """Return a template of the bundle with its facts filled in."""
    source = resources.path("bundle", template).read_text(encoding="utf-8")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  # Markdown, TOML and code, no HTML
    environment.filters["toml"] = as_toml
    return environment.from_string(source).render(facts)


def as_toml(words: str) -> str:
    """Return a text as TOML writes it: as JSON does, but with characters beyond the first 65,536 as themselves."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
