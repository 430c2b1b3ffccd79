"""What can go wrong with a browser, in sentences for people."""


class BrowserError(Exception):
    """A browser cannot be used; the message says what to do."""


class BrowserMissingError(BrowserError):
    """No Chromium, no Playwright or no display is on this computer."""


class BrowserGoneError(BrowserError):
    """The browser crashed, was ended or no longer answers; a new one can be started."""
