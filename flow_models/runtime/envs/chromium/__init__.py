"""A real Chromium as the body of an episode: found, started, shown a site, acted on, read, and ended.

`find` looks for an installed browser, `launch` starts one that can reach nothing and leaves nothing behind, `window` is
one page that shows one session after another, `routes` lets that session answer what the page asks for, `stage` plays
episodes there in the browser's `own_thread`, `performing` does actions on it, `reading` makes the accessibility text,
`pruning` the HTML and `picture` an array of pixels.
Playwright is imported only when a browser is started.

Documents are exchanged in place: a full page load takes 50 to 90 ms, an exchange 4. The page's own script and style
sheet stay; what a visitor sends is caught when the page sends it, answered by the site's web application in this
process, and shown in the same document with its own entry in the history. Full loads are what BrowserGym does; the
tests walk both beside the simulation.
"""
