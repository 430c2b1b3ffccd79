"""What menus and buttons say, without what is not for reading."""


def unmarked(text: str) -> str:
    """Return the words of a menu or button without the mark of their letter."""
    return text.replace("&", "")
