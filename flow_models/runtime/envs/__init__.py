"""How trainers see an episode: Gymnasium environments over the machine and the site.

`bundle` reads what an exported package holds and `instances` chooses what an episode plays. `attempt` is what is the
same under all of them; `interfaces` (text, symbols, the real browser) and `adapters` to other frameworks stand on it.
`registry` lists both, and `register` gives Gymnasium their ids. A framework is imported only when it is used.
"""
