"""What can keep a demo from being played, or from its end."""


class DemoError(Exception):
    """The demo cannot be played; the text says why and what to do."""


class StepFailedError(Exception):
    """A step of the journey did not go as it must; the text says which and how."""
