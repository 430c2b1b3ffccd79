"""The flow as a document: frozen models, edits as functions, differences, files, and migrations.

`models` hold shape; `edits` are plain functions from flow to flow and the only way anything changes; `storage` turns a
flow into stable bytes and back, with errors in words. The option not taken: mutable objects with change signals, which
makes undo, comparison and hand-over to other processes hard.
"""
