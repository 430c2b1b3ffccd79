"""Adapters: the environments of a package as other frameworks want them.

An adapter is one module here of 15 to 60 lines over the text episode (`dialogue`) or an interface; it speaks the
framework's language: what it shows, how actions come in, what counts as an end. It is the only place that imports the
framework, and is itself imported only when used, so that a package installed without its extra still imports. It is
listed in `registry.ADAPTERS` with the bounded requirements of its extra, which brings it into the extras and the card
of every package.

A rollout in which the site itself breaks is no failure of the agent: each adapter drops it by the framework's own
means, mostly by raising `FaultError`.
"""
