"""What is not right yet: a list in plain words that leads to the field at fault and offers fixes."""
