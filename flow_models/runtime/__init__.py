"""Everything that ships in a bundle: the machine, the site that it shows, and the environments for trainers.

The folder is copied byte for byte into each bundle under another name. Therefore imports inside are relative,
`machine` and `site` use the standard library alone, `envs` adds numpy and gymnasium, and nothing here reads
`resources` or the network. The option not taken is code generated for each flow: a program is data (plain JSON),
and one tested runtime plays it.
"""
