"""The strokes of pictures: colours, letters, boxes, and the marks of which the picture of a block consists.

The canvas draws its cards with them, the palette its tiles.
"""
