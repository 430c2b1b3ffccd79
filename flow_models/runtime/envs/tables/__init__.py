"""The states of many instances as tables of integers, so that a step of n episodes is a few look-ups.

`tables` grows while somebody plays and never approximates: what has not been played yet, the machine plays once through
a `Board`, and it is written down. `batch` walks n episodes over the tables, `starts` says where episode k of a slot
begins. The option not taken, to compute all tables of an instance beforehand, would not end: whoever types can reach
more states than fit in memory.
"""
