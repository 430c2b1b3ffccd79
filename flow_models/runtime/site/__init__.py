"""The website of a program: from the machine's view to HTML, accessibility text and back to events.

`document` makes one element tree of a view; `elements` writes it as HTML and as the text that an agent would read from
Chromium through BrowserGym; `resolve` turns an agent's action into an event; `web` answers a browser's requests over an
episode, with `server` and `routed` as thin adapters. Standard library only; the machine below knows nothing of it.
"""

from .document import Rendered, document
from .elements import Element, Target, to_axtree, to_html
from .site import Site

__all__ = ["Element", "Rendered", "Site", "Target", "document", "to_axtree", "to_html"]
