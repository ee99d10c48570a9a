"""What can keep two recordings from being compared."""


class ReviewError(Exception):
    """A recording or a baseline cannot be read or compared; the text says in one line which, and why."""
