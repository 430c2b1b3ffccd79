"""One attempt as a talk between a site and a language model: what is said, what is understood, what is remembered.

`episode` is what every adapter to a training stack stands on; `offers` describes the actions once, as calls and as tool
schemas; `answers` finds the action in what a model writes; `shortening` says a page in fewer words. The option not
taken, prompts and parsing in each adapter, would let the same model earn something else in every stack.
"""
