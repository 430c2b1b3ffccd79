"""The preview: the selected page as it is drawn, and playing the flow in a browser inside the app.

One thread (`backstage`) compiles, finds ways (`origins`) and owns the episode (`play`); the browser on the `stage` gets
its pages from the site's server (`host`), and the window gets frozen `Snapshot`s through a queued signal. Panels:
`panel` (the browser with the play's controls), `data` and `steps`. The option not taken, one episode in the window's
thread, would stall the window for each compilation and let the server's threads write what the window paints.
"""
