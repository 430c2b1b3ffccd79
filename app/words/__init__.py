"""What things are called on screen: elements, the names in formulas, variants, counts; no widgets here.

All panels word a thing the same way through this package.
"""
