"""One widget per way of editing a value: texts, choices, stored values, formulas as sentences and as source.

All are `FieldEditor`s: they get a row and its value, and tell what the person made of it.
"""
