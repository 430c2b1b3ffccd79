"""The start screen: begin from a template or an example, open a file, restore after a crash."""
