"""How an answer is read: one grammar for each type of value, without any language model.

`rules` says the grammar in words, once, for designers, agents and trainers; `writing` brings what people and models
write (any script's digits, markup, dashes, quotes) to one form; `words` knows the words that bring a value or take the
answer back; `amounts`, `moments`, `truths` and `texts` read one kind of value each. A message is read wholly: what is
left beside the value must be words without value, else it is no right answer. Not here: which answer is expected and
which others it could have been (`rivals`, `scoring`). Not taken: asking a model, or matching loosely and scoring the
distance, under which a wrong answer that looks right earns something.
"""
