"""Each mistake in checking calls, in both versions, behind refusals that look like something else.

The mistake is named, and nothing else but what the refusals themselves do wrong.
"""

import os
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from werkzeug.wrappers import Request

from mock_sites.huawei.mistakes import in_calls
from mock_sites.tests.support.conforming import KEY, complaints, run
from mock_sites.tests.support.wrong_checking import Refused
from mock_sites.tests.support.wrong_seller import KIT, PRODUCTION_V1, PRODUCTION_V2, Unfinished, WrongSeller
from mock_sites.world.clock import BEIJING

LOOKS: Final = {
    "": set[str](),
    "401": {"status"},
    "403": {"status"},
    "400": {"status"},
    "500": {"crash"},
    "login": {"redirect"},
    "page": {"no-json"},
    "000002": {"other-code"},
    "000005": {"other-code"},
}
"""The forms of a refused signature, and what each does wrong itself where a wrong signature is refused rightly."""

OF_UNFINISHED: Final = {"refuses-good-parameters", "accepts-malformed", "other-code"}
"""What a seller does wrong that knows no operation."""

MISTAKES: Final = [
    (protocol, mistake, kit)
    for protocol, mistakes, kit in (
        ("v1", PRODUCTION_V1, False),
        ("v2", PRODUCTION_V2, False),
        ("v1", KIT["v1"], True),
        ("v2", KIT["v2"], True),
    )
    for mistake in mistakes
    if mistake in in_calls.CURES
]

ALL: Final = os.environ.get("MOCK_SITES_MISTAKES") == "all"
"""Whether each mistake is tried with all forms of refusals, and not only with one of them."""


def looks(number: int) -> list[str]:
    """The forms for the mistake of this number."""
    every = list(LOOKS)
    return every if ALL else [every[number % len(every)]]


@pytest.mark.parametrize("seller", [WrongSeller, Unfinished])
@pytest.mark.parametrize(
    ("protocol", "mistake", "kit", "look"),
    [(*row, look) for number, row in enumerate(MISTAKES) for look in looks(number)],
)
def test_the_mistake_is_named_whatever_the_refusal_looks_like(
    seller: type[WrongSeller], protocol: str, mistake: str, look: str, *, kit: bool
) -> None:
    found = complaints(run(seller(KEY, mistake, look=look), protocol, kit=kit))

    assert found - LOOKS[look] - (OF_UNFINISHED if seller is Unfinished else set()) == {mistake}


def test_a_mistake_that_only_the_last_calls_show_is_named_after_many_refusals_of_another_kind() -> None:
    found = complaints(run(Unfinished(KEY, "only-top-level-sorted"), "v2"))

    assert found - OF_UNFINISHED == {"only-top-level-sorted"}


class TimeFirst(Unfinished):
    """Says exactly what it refuses, the time before the signature."""

    def handle(self, request: Request) -> dict[str, Any]:
        """Look at the time, then at all else."""
        self.look_at_time(request)
        return super().handle(request)

    def look_at_time(self, request: Request) -> None:
        """Refuse a call that is not of now."""
        v2 = request.args.get("timestamp") or request.headers.get("x-timestamp")
        in_kit = re.search('"timeStamp":"([0-9]+)"', request.get_data(as_text=True))
        v1 = request.args.get("timeStamp") or (in_kit[1] if in_kit else "")
        if v2:
            self.look_at(datetime.fromtimestamp(int(v2) / 1000, UTC))
        elif len(v1) == 17:
            zone = BEIJING if in_kit else timedelta()
            self.look_at(datetime.strptime(v1[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC) - zone)
        else:
            raise Refused("000002", "timeStamp is malformed")

    def look_at(self, time: datetime) -> None:
        """Refuse a time that is far off."""
        off = time - datetime.now(UTC)
        if abs(off) > timedelta(minutes=5):
            raise Refused("000001", "the call is too old" if off < timedelta() else "the call is of the future")


class TimeLast(TimeFirst):
    """Says exactly what it refuses, the time after the signature."""

    def handle(self, request: Request) -> dict[str, Any]:
        """Look at all else, then at the time."""
        try:
            return Unfinished.handle(self, request)
        except Refused as refused:
            if "unknown" in refused.message:
                self.look_at_time(request)
            raise


@pytest.mark.parametrize("protocol", ["v1", "v2"])
@pytest.mark.parametrize("seller", [Unfinished, TimeFirst, TimeLast])
def test_a_seller_that_checks_rightly_is_blamed_for_no_mistake(seller: type[Unfinished], protocol: str) -> None:
    assert complaints(run(seller(KEY), protocol)) - OF_UNFINISHED == set()


def test_every_mistake_in_checking_calls_that_a_service_can_make_is_tried() -> None:
    untried = in_calls.CURES.keys() - {mistake for _, mistake, _ in MISTAKES}

    assert untried == {
        *("key-former", "key-of-other-class", "key-wrong-or-headers-lost", "kit-key-not-given"),
        *("signature-refused", "unlike"),
        *("path-without-slash", "query-missing", "body-line-missing", "body-line-of-nothing", "request-not-hashed"),
    }
