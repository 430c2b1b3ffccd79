"""Numbers with their nouns, as the person reads them: "1 page", "3 pages"."""

import resources


def counted(noun: str, count: int) -> str:
    """Return a count with its noun; the noun's forms are the wordings `shell.count.NOUN.one` and `.other`."""
    return resources.text(f"shell.count.{noun}.{'one' if count == 1 else 'other'}", count=count)
