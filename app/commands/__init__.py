"""What the `gymwright` commands do, each as a function that returns a report; none of them imports Qt.

`app.cli` reads arguments and prints; the same functions serve the start without a screen and the window's dialogs.
"""
