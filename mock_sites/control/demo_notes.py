"""What the timeline of a world says of its demos."""

from contextlib import suppress
from enum import StrEnum

from mock_sites.control.demos import Demo
from mock_sites.world.errors import WorldError
from mock_sites.world.sightings import STEP
from mock_sites.world.store import Worlds


class DemoState(StrEnum):
    """What became of a demo."""

    ASKED = "asked"
    BEGUN = "begun"
    STOPPING = "stopping"
    STOPPED = "stopped"
    LOST = "lost"
    FAILED = "failed"
    DONE = "done"


def note_state(worlds: Worlds, demo: Demo, state: DemoState, **details: str) -> None:
    """Add a line with the title of the journey.

    Raises:
        UnknownWorldError: the world was dropped.
    """
    with worlds.using(demo.world) as world:
        world.see(STEP, demo.journey.title(demo.language), state=state, **details)


def note_end(worlds: Worlds, demo: Demo, state: DemoState, **details: str) -> None:
    """Add a line that says how a demo ended, unless its world was dropped meanwhile."""
    with suppress(WorldError):
        note_state(worlds, demo, state, **details)
