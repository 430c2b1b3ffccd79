"""What the forms hold: one function per kind of element, from the flow to nodes. Nothing here is a widget."""
