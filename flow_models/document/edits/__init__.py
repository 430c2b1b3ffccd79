"""Everything that changes a flow: plain functions from a flow to a flow, and the makers of new parts.

`parts` finds and replaces any element, `tree` rebuilds blocks; `pages`, `blocks`, `transitions`, `sections`, `data` and
`tasks` hold the edits of their elements, `renames` those that formulas follow, `clip` copying and pasting, `starts`
what new things look like, `ids` fresh ids and names from titles. An edit that cannot be done raises an `EditError` and
changes nothing. The option not taken: commands with an inverse each, which doubles the code and the mistakes.
"""
