"""The Gymwright program: the Qt window and the `gymwright` command line.

It holds what a person sees and types. Everything that a flow means lives in `flow_models`, everything that is
written for others in `exporters`; both are usable without this package and without Qt. Panels do not import each
other: they share the open document and its signals, and one module builds and connects them. Only the command
`gymwright app` imports PySide6.

Two doors stand at the front: `cli` is the command line, `main` opens the window. Behind them, from the top: `window`;
the panels (`canvas`, `exporting`, `finding`, `inspector`, `outline`, `preview`, `problems`, `start`, `variation`);
what panels share: `blocks`, which brings blocks to their place in a page, and `drawing`, the strokes of pictures;
`commands`, which need no Qt; `widgets` and `theme`, which panels share too; `desktop`, what is kept on this computer;
`document`, what is open; `words`, what things are called.
"""
