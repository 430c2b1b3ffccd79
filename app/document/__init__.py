"""The open document: what is being edited, its history of edits, its file, its recovery journal, and what is selected.

`session` holds the one flow that all panels share and the one way to change it; `journal` keeps unsaved edits safe
from a crash; `checking` keeps the list of problems current; what takes long, such as trying its tasks out and exporting
it, is `work` in another process. Panels know only the session and the selection, never each other.
"""
