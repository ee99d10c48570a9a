"""SIGINT (Ctrl-C), SIGTERM and SIGHUP (the terminal closes): a program ends in order when it gets one of them."""

import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stop_signals() -> Generator[Callable[[], None]]:
    """Within the block a signal to stop interrupts nothing. The given function waits until one has come.

    So no work is cut off in the middle, however early the signal comes and however often it is repeated.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)  # noqa: FBT003 - the socket's own signature
    before_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        with _handled(lambda _number, _frame: None):
            yield lambda: _read_one_of(reader)
    finally:
        signal.set_wakeup_fd(before_fd)
        reader.close()
        writer.close()


@contextmanager
def orderly_interruption() -> Generator[None]:
    """Within the block the first signal to stop raises KeyboardInterrupt, and those that follow are ignored.

    The exception's argument is the number of the signal. Playwright's event loop and its caller share one thread. An
    exception inside a callback of the loop is lost or only printed. Between two callbacks it reaches the caller.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        for other in STOP_SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        if _within_event_loop(frame):
            import asyncio  # noqa: PLC0415 - loaded already, where there is a loop

            asyncio.get_running_loop().call_soon_threadsafe(_raise, number)
        else:
            _raise(number)

    with _handled(interrupt):
        yield


def exit_code(interruption: KeyboardInterrupt) -> int:
    """The exit code of a program that a signal has stopped, by the convention of shells."""
    number: int = interruption.args[0] if interruption.args else signal.SIGINT
    return 128 + number


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], Any]) -> Generator[None]:
    """Handle the signals to stop, but SIGHUP not where it is ignored: ``nohup`` starts programs that way."""
    numbers = [
        number for number in STOP_SIGNALS if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN
    ]
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _read_one_of(reader: socket.socket) -> None:
    while reader.recv(1)[0] not in STOP_SIGNALS:
        pass


def _within_event_loop(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_globals.get("__name__") == "asyncio.base_events":
            return True
        frame = frame.f_back
    return False


def _raise(number: int) -> None:
    raise KeyboardInterrupt(number)
