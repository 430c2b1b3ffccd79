"""Pages and actions as integers: the vocabulary of an instance, the encoding of a view, and the board of its states."""
