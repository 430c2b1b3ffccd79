"""How much of the site walks have touched: measured in another process, shown on the canvas, and what is missing."""
