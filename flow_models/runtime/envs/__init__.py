"""How trainers see an episode: Gymnasium environments over the machine and the site.

`listing` reads what a package lists, `bundle` holds it, and `instances` chooses what an episode plays; `contents` tells
what is asked without playing. `attempt` is what is the same under all environments; `interfaces` (text, symbols, the
real browser) and `adapters` to other frameworks stand on it. `registry` lists both, and `register` gives Gymnasium
their ids. A framework is imported only when it is used.
"""
