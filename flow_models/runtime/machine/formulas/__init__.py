"""Formulas ready to run: closures over a context, what they read, and what is kept until that changes."""
