"""Ctrl-C in the middle of a play, so that it ends the journey, the browser and the server in this order."""

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def orderly_interruption() -> Generator[None]:
    """Let the first Ctrl-C raise KeyboardInterrupt where it does no harm, and ignore those that follow.

    Playwright's event loop takes turns with the play in one thread. An exception that comes up inside one of the
    loop's callbacks gets lost there or is printed; between two callbacks it is passed on to the play.
    """

    def interrupt(_signal: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if _within_event_loop(frame):
            asyncio.get_running_loop().call_soon_threadsafe(_raise)
        else:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _within_event_loop(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_globals.get("__name__") == "asyncio.base_events":
            return True
        frame = frame.f_back
    return False


def _raise() -> None:
    raise KeyboardInterrupt
