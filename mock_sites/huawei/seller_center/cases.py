"""Saved cases: calls that can be sent again at any time, because their answers are always the same (spec huawei 5)."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import func, select

from mock_sites.huawei.domain.jobs import Origin
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.answers import CREDENTIALS, DEFAULT_ENCRYPT_TYPE
from mock_sites.huawei.protocol.names import ENCRYPT_TYPE, INSTANCE_ID, USAGE_INFO
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center import probes
from mock_sites.huawei.seller_center.sending import again, find_call
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world import sensitive_fields
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.foreign_text import read_json
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

MOST: Final = 50
"""The most saved cases. All are sent twice while the user waits."""

ROUNDS: Final = 2

LIMIT: Final = 30.0
"""Seconds after which a replay sends nothing more, because the user waits for it."""

_MEASURED: Final = USAGE_INFO
"""Members of an answer about usage, which grows over time."""


@dataclass(frozen=True)
class AnswerDifference:
    """A difference: an English sentence that pages translate and fill from ``details``."""

    text: str
    details: Mapping[str, str]


@dataclass(frozen=True)
class SavedCase:
    """A saved call, its last two replays (or fewer), and how their answers differ."""

    call: SellerCall
    replays: tuple[SellerCall, ...]
    differences: tuple[AnswerDifference, ...]


@dataclass(frozen=True)
class ReplayResult:
    """All cases after a replay, and the numbers of those that were not sent twice."""

    cases: list[SavedCase]
    left_out: list[int]


def save(uow: UnitOfWork, number: int) -> SellerCall:
    """Save a call as a case.

    Raises:
        NoSuchThingError: there is no such call.
        Refusal: there are enough cases.
    """
    call = find_call(uow, number)
    if not call.saved:
        kept = uow.session.scalar(select(func.count()).select_from(SellerCall).where(SellerCall.saved)) or 0
        if kept >= MOST:
            raise Refusal(N_("{most} cases are saved already. Delete one first."), most=MOST)
        call.saved = True
        probes.watch(uow, call.content_id)
        uow.record("seller.case-saved", call=number, activity=call.activity)
    return call


def delete(uow: UnitOfWork, number: int) -> SellerCall:
    """Remove a case. Its call stays in the log.

    Raises:
        NoSuchThingError: there is no such call.
    """
    call = find_call(uow, number)
    if call.saved:
        call.saved = False
        probes.case_deleted(uow, call.content_id)
        uow.record("seller.case-deleted", call=number, activity=call.activity)
    return call


def saved(uow: UnitOfWork) -> list[SellerCall]:
    """The saved calls, oldest first."""
    return list(uow.session.scalars(select(SellerCall).where(SellerCall.saved).order_by(SellerCall.number)))


def cases(uow: UnitOfWork) -> list[SavedCase]:
    """The saved cases with the results of their last replay."""
    return [_case(uow, call) for call in saved(uow)]


def replay(world: World, *, clock: Callable[[], float] = time.monotonic) -> ReplayResult:
    """Send every case twice, in two rounds, and compare the answers.

    A seller that does not answer is not called again. After ``LIMIT`` seconds no more calls are sent. Cases with the
    oldest replay come first, so that the next replay continues with those left out.
    """
    until, silent, left_out = clock() + LIMIT, set[str](), set[int]()
    with world.uow("huawei") as uow:
        waiting = sorted(cases(uow), key=lambda case: max((one.number for one in case.replays), default=0))
    for _ in range(ROUNDS):
        for call in (case.call for case in waiting):
            if call.content_id in silent or clock() >= until:
                left_out.add(call.number)
            elif not _answered(world, again(world, call.number, origin=Origin.REPLAY)):
                silent.add(call.content_id)
    with world.uow("huawei", write=True) as uow:
        found = cases(uow)
        differing = [case.call.number for case in found if case.differences]
        uow.record("seller.cases-replayed", cases=len(found), differing=differing, left_out=sorted(left_out))
    return ReplayResult(found, sorted(left_out))


def _answered(world: World, number: int) -> bool:
    with world.uow("huawei") as uow:
        return find_call(uow, number).status != 0


def _case(uow: UnitOfWork, call: SellerCall) -> SavedCase:
    sent = select(SellerCall).filter_by(repeats=call.number, origin=Origin.REPLAY).order_by(SellerCall.number.desc())
    replays = tuple(reversed(list(uow.session.scalars(sent.limit(ROUNDS)))))
    if len(replays) < ROUNDS:
        return SavedCase(call, replays, ())
    first, second = replays
    key = sellers.agreed(uow, call.content_id).keys[Interface(call.interface)]
    contents = [_content(key, one) for one in (call, first, second)]
    found: list[AnswerDifference] = []
    if names := _differing(contents[1], contents[2]):
        found.append(AnswerDifference(N_("The two replays were answered differently: {names}."), {"names": names}))
    if names := _differing(contents[0], contents[1]):
        found.append(AnswerDifference(N_("The answer differs from the saved one: {names}."), {"names": names}))
    if call.activity == Activity.NEW_INSTANCE:
        expected, *brought = [one.get(INSTANCE_ID) for one in contents]
        others = [given for given in brought if given and expected and given != expected]
        if others:
            text = N_("A repeated newInstance brought instance {given} instead of {expected}.")
            found.append(AnswerDifference(text, {"given": str(others[0]), "expected": str(expected)}))
    return SavedCase(call, replays, tuple(found))


def _content(key: str, call: SellerCall) -> JsonObject:
    """The content of an answer, for comparison. V1 encrypts the same text differently each time, so it is decrypted."""
    verdict = call.explanation if call.verdict is CallVerdict.FAULT else call.verdict
    contents: JsonObject = {"HTTP": call.status, "fault": call.fault, "verdict": verdict}
    try:
        answer = read_json(call.answer_body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        return contents | {"body": call.answer_body}
    content = cast("JsonObject", answer)
    encrypt_type = str(content.get(ENCRYPT_TYPE) or DEFAULT_ENCRYPT_TYPE) if call.protocol == "v1" else ""
    return contents | {name: _plain(key, encrypt_type, name, value) for name, value in content.items()}


def _plain(key: str, encrypt_type: str, name: str, value: Any) -> Any:
    if name == _MEASURED:
        return None
    if isinstance(value, dict):
        return {inner: _plain(key, encrypt_type, inner, one) for inner, one in cast("JsonObject", value).items()}
    if isinstance(value, list):
        return [_plain(key, encrypt_type, name, one) for one in cast("list[Any]", value)]
    if name in CREDENTIALS and encrypt_type and isinstance(value, str):
        try:
            return sensitive_fields.decrypt(key, value, encrypt_type)
        except ValueError:
            return value
    return value


def _differing(one: JsonObject, other: JsonObject) -> str:
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return ", ".join(names)
