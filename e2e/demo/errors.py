"""The errors that stop a demo."""


class DemoError(Exception):
    """The demo cannot be played. The text says why and what to do."""


class DemoStopped(Exception):  # noqa: N818 - a wish, not a fault
    """Somebody has stopped the demo."""


class StepFailedError(Exception):
    """A step of the journey failed. The text says which one and how."""
