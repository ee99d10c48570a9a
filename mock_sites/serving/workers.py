"""The threads that answer requests.

Python runs one thread at a time. More threads that want to run do not answer more requests: they take the turn from
each other in the middle of their work, and each that holds a lock then keeps all others waiting. So only a few work at
once, and requests wait in one queue. A thread that blocks does not count as long as it does.
"""

import threading
from typing import Final

from waitress.task import ThreadedTaskDispatcher

from mock_sites.process.blocking import use_substitutes

AT_WORK: Final = 4
"""How many threads there are while few of them block. To start one takes long where others want to run."""

FREE: Final = 2
"""How many threads do not block at the least."""

MOST: Final = 256
"""The most threads, with those that block."""


class Workers(ThreadedTaskDispatcher):
    """Threads that take requests from a queue: ``AT_WORK``, and more when all but ``FREE`` of them block."""

    def __init__(self) -> None:
        """No thread runs yet."""
        super().__init__()
        self._blocked = 0
        self._counting = threading.Lock()
        self._over = False

    def start(self) -> None:
        """Start the threads."""
        self._change(0)

    def handler_thread(self, thread_no: int) -> None:
        """Answer requests until the thread is not needed any more."""
        use_substitutes(self._change)
        super().handler_thread(thread_no)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:  # noqa: FBT001, FBT002 - waitress calls it so
        """End the threads."""
        with self._counting:
            self._over = True
        return super().shutdown(cancel_pending, timeout)

    def _change(self, blocked: int) -> None:
        with self._counting:
            self._blocked += blocked
            if not self._over:
                self.set_thread_count(min(MOST, max(AT_WORK, FREE + self._blocked)))
