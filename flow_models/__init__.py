"""Flows: what they are, what they mean, whether they are right.

`document` holds a flow as a person drew it, `formulas` its expressions, `checks` what is wrong with it, `geometry`
where its cards lie. `compiler` turns it into a program, which `runtime` plays and `solver` searches. Preview,
solver and bundle run the same `runtime`, so what is previewed is what ships. No Qt anywhere below this package.
"""
