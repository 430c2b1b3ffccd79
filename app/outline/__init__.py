"""The flow as a tree: the same elements and the same selection as the canvas, for keyboard and screen reader."""
