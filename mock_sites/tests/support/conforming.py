"""Conformance runs against sellers in the same process, without a socket and without waiting."""

from datetime import UTC, datetime
from typing import Any

import httpx

from mock_sites.huawei.conformance.model import Result
from mock_sites.huawei.conformance.report import Report
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.conformance.running import Run, RunPlan
from mock_sites.huawei.conformance.sending import Sender

KEY = "mock-access-key"
ADDRESS = "http://seller.example/produce"


def real_time() -> datetime:
    """The time that calls carry by default."""
    return datetime.now(UTC)


def run(
    seller: Any,
    protocol: str,
    *,
    address: str = ADDRESS,
    key: str = KEY,
    kit_key: str = "",
    live: bool = False,
    **planned: Any,
) -> list[Result]:
    """The results of a run against the WSGI app ``seller``. ``clock`` measures how long the seller takes.

    ``planned`` has other arguments of ``RunPlan``, such as ``kit`` and ``now``.
    """
    plan = RunPlan(SellerConnection(address, key, protocol, live, kit_key), **planned)
    transport = httpx.WSGITransport(seller)
    with Sender(transport, clock=lambda: getattr(seller, "clock", 0.0)) as sender:
        return list(Run(plan, sender).results())


def report(results: list[Result], protocol: str = "v2") -> Report:
    """The report of a run."""
    return Report(ADDRESS, KEY, protocol, live=False, began=real_time(), results=results)


def complaints(results: list[Result]) -> set[str]:
    """The names of all diagnoses because of which the seller does not conform."""
    return {found.diagnosis for result in results for found in result.findings if found.fails}
