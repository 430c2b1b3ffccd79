"""The main window: its panels and where they stand, its menus, and what the File, Insert and Help menus do.

`main_window` builds every part and connects them; nothing below this package knows that there is a window. The option
not taken, panels that find each other, would make each of them a part of all the others.
"""
