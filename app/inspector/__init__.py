"""The inspector: forms for whatever is selected, drawn from small descriptions.

`forms` say what an element's form holds as plain values (`nodes`); `form` turns these into widgets and, when the flow
changes, updates the widgets that stay, so that cursor and half-typed text survive; `editors` hold one widget per way
of editing a value; `shared` is what all of them share: the session, the selection, the formulas' scopes, the problems.
The option not taken: a hand-made widget per element, which is ten times the code and forgets what was being typed.
"""
