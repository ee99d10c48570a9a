"""Error tracking: error logs that say the same, whatever numbers and paths are in them, are one issue."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from mock_sites.guance.domain.telemetry.logs import Logs

FAILED: Final = ("critical", "error")
"""The statuses of logs that are errors."""

_VARYING: Final = re.compile(r"\d+|/[\w/-]+")


@dataclass(frozen=True)
class Issue:
    """An error of a service: what it says, with an asterisk for each part that varies, and how often it occurred."""

    service: str
    status: str
    text: str
    number: int
    hosts: int
    """How many hosts have sent it."""


def issues_of(logs: Logs) -> list[Issue]:
    """The issues among the lines, the worst and most frequent first."""
    numbers, hosts = Counter[tuple[str, str, str]](), dict[tuple[str, str, str], set[str]]()
    for entry, host, times in logs.occurring():
        if entry.status in FAILED and times:
            key = (entry.service, entry.status, _VARYING.sub("*", entry.text))
            numbers[key] += times
            hosts.setdefault(key, set()).add(host)
    found = [Issue(*key, number, len(hosts[key])) for key, number in numbers.items()]
    return sorted(found, key=lambda one: (FAILED.index(one.status), -one.number, one.service, one.text))
