"""Ctrl-C and SIGTERM, taken down when they come and acted on when it is time."""

import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_signals() -> Generator[Callable[[], None]]:
    """Within the block a signal to stop interrupts nothing; what is given waits until one has come.

    So nothing is torn apart half-way, however early the signal comes and however often it is repeated.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)  # noqa: FBT003 - the socket's own signature
    before_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in STOP_SIGNALS}
    try:
        yield lambda: _read_one_of(reader)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before_fd)
        reader.close()
        writer.close()


def _read_one_of(reader: socket.socket) -> None:
    while reader.recv(1)[0] not in STOP_SIGNALS:
        pass
