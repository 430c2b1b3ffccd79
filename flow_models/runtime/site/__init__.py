"""The website of a program: from the machine's view to HTML, accessibility text and back to events.

`document` describes a view, and `blocks` each part of it, once, as calls on a `writer`; `lines` makes the text that an
agent would read from Chromium through BrowserGym of them, `markup` HTML, and `rendered` holds what came of one view.
`resolve` turns an agent's action into an event; `web` answers a browser's requests over an episode, with `server` and
`routed` as thin adapters. Standard library only; the machine below knows nothing of it.
"""

from .elements import Target
from .rendered import Rendered, Spot
from .site import Site

__all__ = ["Rendered", "Site", "Spot", "Target"]
