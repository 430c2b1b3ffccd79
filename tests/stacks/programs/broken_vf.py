"""The taskset of the library with a site that breaks at the first step."""

from breaking import let_break

let_break("librarydesk")

from librarydesk_vf import WebEnv, WebTaskset  # noqa: E402  # the site has to be broken before it is loaded

__all__ = ["WebEnv", "WebTaskset"]
