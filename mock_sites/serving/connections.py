"""How many connections the server keeps open, and which ones go when there are too many."""

import logging
import resource
from collections.abc import Mapping
from typing import Any, Final

from waitress.channel import HTTPChannel

MOST: Final = 1000
"""Browsers keep several open for every host of every world they have been to."""

log = logging.getLogger("mock_sites")


def most_connections() -> int:
    """``MOST``, or half of the files that this process may have open: the worlds need the others."""
    allowed, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if allowed == resource.RLIM_INFINITY else max(16, min(MOST, allowed // 2))


class Capacity:
    """Room for new connections: from ``most`` on, those that have been idle for longest are closed."""

    def __init__(self, most: int) -> None:
        """Keep up to ``most``."""
        self._most = most
        self._told = False

    def make(self, sockets: Mapping[int, Any]) -> None:
        """Close idle connections if there are too many. To be called by the thread that serves ``sockets``."""
        if len(sockets) < self._most:
            self._told = self._told and len(sockets) > self._most // 2
            return
        if not self._told:
            self._told = True
            log.warning("%d connections are open: the ones that have been idle for longest are closed", len(sockets))
        channels = [channel for channel in sockets.values() if isinstance(channel, HTTPChannel)]
        idle = [channel for channel in channels if not channel.requests and not channel.total_outbufs_len]
        idle.sort(key=lambda channel: channel.last_activity)
        for channel in idle[: len(sockets) - self._most + 1 + self._most // 10]:
            channel.handle_close()
