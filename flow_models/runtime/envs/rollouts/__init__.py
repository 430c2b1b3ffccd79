"""Many episodes on many processors, kept as Parquet: the plans, policies and attempts of `evaluating`, shared out.

A plan is cut into pieces of episodes that follow each other, and piece N becomes the file `part-N.parquet`, written
whole or not at all; so what is there says by its names what has been played. `working` plays a piece, `gathering` gives
pieces out, takes care of those whose worker died and writes what comes back, `crew` has the workers as actors of Ray,
`rows` is what stands in a part, `rolling` puts all together, and `public` is what a package offers. Nothing but `crew`
knows Ray, nothing but `rows` knows Arrow, and both are imported when they are used.

The option not taken, an actor for each environment with a call for each step, costs a message a step, which is as long
as ten steps take.
"""
