"""How trainers see an episode: Gymnasium environments over the machine and the site.

`bundle` reads what an exported package holds, `instances` chooses what an episode plays, `text`, `symbolic` and
`browser` are the interfaces, `register` gives Gymnasium their ids. Each adapter imports its framework only when it is
used.
"""
