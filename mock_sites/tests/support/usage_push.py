"""Usage pushes as a seller makes them, for tests."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import select

from mock_sites.huawei.domain.tables import UsageRecord
from mock_sites.huawei.protocol import signing, usage_push
from mock_sites.tests.conftest import Browse
from mock_sites.world.agreement import seller_keys
from mock_sites.world.world import World

HOST = "https://mkt.myhuaweicloud.com"
NONCE = "6c63c2211f6b414184ff22f5dfe82b65"


def record_of(instance_id: str, end: datetime, /, **changes: Any) -> dict[str, Any]:
    """A record of the hour before ``end``. Members that are None are left out."""
    record = {
        "instance_id": instance_id,
        "record_time": written(end),
        "begin_time": written(end - timedelta(hours=1)),
        "end_time": written(end),
        "usage_value": "12.34",
        "metering_sn": f"sn-{written(end)}",
    }
    return {name: value for name, value in (record | changes).items() if value is not None}


def written(moment: datetime) -> str:
    """A time of a record."""
    return f"{moment:%Y%m%dT%H%M%SZ}"


def body_of(*records: dict[str, Any]) -> bytes:
    """The body of a push."""
    return json.dumps({"usage_records": records}).encode()


def push(
    world: World,
    browse: Browse,
    body: bytes,
    *,
    path: str = usage_push.PATH,
    signed: bytes | None = None,
    key: str = "",
    headers: Mapping[str, str | None] = {},
) -> httpx.Response:
    """Push ``body``. ``signed`` is what is signed in its place, by ``key`` or Guance's. Headers can be replaced."""
    ts = str(int(world.clock.now().timestamp() * 1000))
    key = key or seller_keys(world.seed).access_key
    signature = usage_push.sign(key, ts, NONCE, body if signed is None else signed)
    sent = {"ts": ts, "nonce": NONCE, "signature": signature, "Content-Type": "application/json"} | dict(headers)
    kept = {name: value for name, value in sent.items() if value is not None}
    return browse(HOST).post(path, content=body, headers=kept)


def push_by_ak_sk(
    world: World, browse: Browse, body: bytes, *, secret: str = "", signed: bytes | None = None
) -> httpx.Response:
    """Push ``body`` by the older path with an AK/SK signature."""
    keys, date = seller_keys(world.seed), written(world.clock.now())
    signature = signing.sign_query(
        secret or keys.query_secret,
        method="POST",
        path=usage_push.OLDER_PATH,
        query={},
        date=date,
        body=body if signed is None else signed,
    )
    headers = {"X-Sdk-Date": date, "Authorization": signing.authorization(keys.query_key_id, signature)}
    return browse(HOST).post(usage_push.OLDER_PATH, content=body, headers=headers)


def codes(world: World) -> list[tuple[str, str]]:
    """State and code of each record, in the order in which they came."""
    with world.uow("huawei") as uow:
        found = uow.session.scalars(select(UsageRecord).order_by(UsageRecord.number))
        return [(record.state.value, record.code) for record in found]
