"""What sellers answer and how they behave, and the marketplace's verdict on it: every case in ``data``."""

import hashlib
import hmac
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.tables import Resource
from mock_sites.huawei.protocol import signing_v1
from mock_sites.huawei.protocol.retries import POLICIES
from mock_sites.huawei.seller_gateway import delivery, envelope, live, sellers
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.tests.support.behaving import BehavingSeller
from mock_sites.tests.support.gateway import KEY, drive, log_of, seller
from mock_sites.tests.support.plans import DAY, order, renew
from mock_sites.world import jobs
from mock_sites.world.transport import CallResult
from mock_sites.world.world import World

DATA = Path(__file__).parent / "data"
LIFE = 130 * DAY
"""A month and its renewal, the days until the release, and the retries of a seller that fails."""


def loaded(name: str) -> dict[str, Any]:
    """A file of ``data``."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


ANSWERS, BEHAVIOURS = loaded("seller_answers.toml"), loaded("seller_behaviours.toml")["case"]


def filled(text: str, values: dict[str, str]) -> str:
    """``text`` with its placeholders filled."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def values_for(signed: envelope.Signed, body: bytes) -> dict[str, str]:
    """What the placeholders of a case stand for."""
    time_stamp = parse_qs(urlsplit(signed.url).query).get("timeStamp", [""])[0]
    return {
        "signature": signing_v1.answer_signature(KEY, body),
        "hex": hmac.digest(KEY.encode(), body, hashlib.sha256).hex(),
        "with_time": signing_v1.answer_signature(f"{KEY}{time_stamp}", body),
    }


@pytest.mark.parametrize("case", ANSWERS["answer"], ids=lambda case: case["name"])
def test_every_answer_gets_its_verdict(world: World, case: dict[str, Any]) -> None:
    assert case["source"]
    case = ANSWERS["usual"] | case
    drive(world, "http://localhost:9000/isv", case["protocol"])
    with world.uow("huawei", write=True) as uow:
        agreed = sellers.agreed(uow, catalogue.GUANCE_CONTENT)
        flag = {"testFlag": "1"} if case.get("debugging") else {}
        signed = envelope.production(uow, agreed, {"activity": case["activity"], **flag})
    body = case["body"].encode()
    values = values_for(signed, body)
    headers = dict(filled(header, values).split(": ", 1) for header in case["headers"])

    verdict = judge(signed, CallResult(signed, case["status"], headers, body))

    assert (verdict.outcome, verdict.hint) == (case["verdict"], case.get("hint", verdict.hint))
    explanation = verdict.explanation.format(**verdict.details)
    assert explanation == filled(case.get("says", explanation), values)


@pytest.mark.parametrize("case", BEHAVIOURS, ids=lambda case: case["name"])
def test_every_behaviour_gets_its_verdicts(world: World, monkeypatch: pytest.MonkeyPatch, case: dict[str, Any]) -> None:
    twice = {activity: replace(policy, tries=2) for activity, policy in POLICIES.items()}
    monkeypatch.setattr(delivery, "POLICIES", twice)
    behaving = BehavingSeller(**case["seller"])
    with seller(behaving) as usual_address:
        address = usual_address.replace("/isv", behaving.path)
        drive(world, address, behaving.protocol, product=catalogue.PLAN_CONTENT, **case.get("settings", {}))
        bought = sum(one_life(world) for _ in range(2))

    seen: dict[str, list[str]] = {}
    for call in log_of(world):
        verdicts = seen.setdefault(call.activity, [])
        if call.verdict not in verdicts:
            verdicts.append(call.verdict)
    assert (bought, seen) == (case["bought"], case["calls"])
    everything_accepted = all(verdicts == ["accepted"] for verdicts in seen.values())
    assert ("reason" in case) is not (everything_accepted and bought == 2)


def one_life(world: World) -> bool:
    """Buy a month, look at its details, renew it, and let it expire until it is released. Whether it was bought."""
    before = services(world)
    order(world)
    jobs.advance(world, DAY)
    if services(world) == before:
        return False
    with world.uow("huawei") as uow:
        newest = select(Resource.instance_id).order_by(Resource.created_at.desc()).limit(1)
        instance_id = uow.session.scalars(newest).one()
    live.look_up(world, instance_id)
    renew(world, instance_id)
    jobs.advance(world, LIFE)
    return True


def services(world: World) -> int:
    """How many services there are."""
    with world.uow("huawei") as uow:
        return uow.session.scalar(select(func.count()).select_from(Resource)) or 0
