"""Adapters: the environments of a package as other frameworks want them; none so far.

An adapter is one module here, whose class holds an `Attempt` or one of the interfaces and speaks the framework's
language: what it shows, how actions come in, what counts as an end. It imports the framework inside the functions that
need it, so that a package installed without its extra still imports. It is listed in `registry.ADAPTERS` with the
bounded requirements of its extra, which brings it into the extras and the card of every package, and has a test beside
those of the interfaces that plays an episode through the framework and compares it with `text`.
"""
