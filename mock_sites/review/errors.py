"""The error of a comparison."""


class ReviewError(Exception):
    """A recording or a baseline cannot be read or compared. The text says in one line which one, and why."""


class NoPageError(ReviewError):
    """A trace in which no page was visited."""
