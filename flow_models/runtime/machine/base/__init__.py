"""The ground floor of the machine: values and tables, what a program is, and the plain facts that all floors share.

Nothing here computes a formula or knows a page.
"""
