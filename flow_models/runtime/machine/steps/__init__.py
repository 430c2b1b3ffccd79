"""Steps: from a state and an event to the next state, with what comes between and what a person changes by hand."""
