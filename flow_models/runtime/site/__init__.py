"""The website of a program: from the machine's view to HTML, accessibility text and back to events.

`document` describes a view, and `blocks` (with `fields`, `lists`, `unfolding`) each part of it, once, as calls on a
`writer`; `page_text` and `part_text` make of them the text that an agent would read from Chromium through BrowserGym,
`markup` HTML, and `rendered` holds what came of one view. `resolve` names what an agent's action means, `phrasing` goes
the other way; `web` answers a browser's requests over an episode, with `server` as a thin adapter. Standard library
only; the machine below knows nothing of it.
"""

from .elements import Target
from .rendered import Rendered, Spot, Written
from .site import Site

__all__ = ["Rendered", "Site", "Spot", "Target", "Written"]
