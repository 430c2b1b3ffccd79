"""The canvas: the flow as cards, arrows and frames that are drawn, moved and connected by hand.

`view.CanvasPanel` is all that the window needs. Places come from `flow_models.geometry`; `scene` holds one item for
each card, arrow, label and frame and exchanges only those whose geometry is another object than before. What a person
does with the pointer is a gesture (`gestures`, `moving`, `connecting`): it begins, follows, and ends in one edit or in
none. Every command is a `QAction` in `commands`, so that nothing lives only in a context menu or a shortcut. A
library of node editors was not taken: none has labelled arrows and cycles under a free licence.
"""
