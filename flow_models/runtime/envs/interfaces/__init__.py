"""The interfaces of a bundle: text, symbols, and the real browser, each a Gymnasium environment over one attempt."""
