"""Episodes: drawing an instance and a variant, judging a state, remembering what an attempt has earned, saving it."""
