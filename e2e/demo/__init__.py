"""Playing a journey for people to watch."""

from e2e.demo.demo import Demo
from e2e.demo.errors import DemoError, StepFailedError

__all__ = ["Demo", "DemoError", "StepFailedError"]
