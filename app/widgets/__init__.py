"""Small widgets, and manners of widgets, that more than one panel uses; they know nothing of flows."""
