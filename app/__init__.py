"""The Gymwright program: the Qt window and the `gymwright` command line.

It holds what a person sees and types. Everything that a flow means lives in `flow_models`, everything that is
written for others in `exporters`; both are usable without this package and without Qt. Panels do not import each
other: they share the open document and its signals, and one module builds and connects them. Only the command
`gymwright app` imports PySide6.
"""
