"""Pages ready to be shown: blocks, fields, addresses and transitions of a program, and from a state to its view.

What a step does with them is one floor up.
"""
