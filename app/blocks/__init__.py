"""Blocks on their way to their place: the palette from which they come, where they may land, and what shows that.

Inspector, canvas, page and outline take blocks in; each only says what lies under the pointer. Whether a block may
stand there, the words for it and the edit are here (`placing`), as are the gesture and its mark (`dragging`, `mark`).
The option not taken: a menu of all kinds, which is as tall as the screen and shows no place.
"""
