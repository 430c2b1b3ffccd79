"""Where everything on the canvas lies: cards, ports, arrows, labels and section frames.

`layout.layout_of(flow)` turns a flow into a frozen `Layout` in scene units (one unit is one pixel at 100 %, x to the
right, y downwards). The canvas paints it with Qt and `exporters.diagram` writes it as SVG, so the two always agree.
Nothing here draws, chooses colours, or knows a font file: widths of text are estimated in `measure`.

An arrow is a chain of cubic curves. A library that lays out graphs was not taken for routing: pages are placed by
hand and must stay where they were put; only `tidy` proposes places.
"""
