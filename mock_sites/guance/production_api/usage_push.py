"""The push of usage to the marketplace, signed as its documents say (spec huawei 2.6b)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final, cast

from mock_sites.guance.domain import usage, usage_reports
from mock_sites.guance.domain.jobs import PushUsage
from mock_sites.guance.domain.usage_reports import Report
from mock_sites.world.agreement import USAGE_PUSH, seller_keys
from mock_sites.world.foreign_text import read_json
from mock_sites.world.transport import Call, CallResult
from mock_sites.world.unit_of_work import UnitOfWork

_TIME: Final = "%Y%m%dT%H%M%SZ"


def prepare(uow: UnitOfWork, job: PushUsage) -> Call | None:
    """The push of all days that have not been reported. None if there is none."""
    reports = usage_reports.due(uow, job.account)
    if not reports:
        return None
    body = json.dumps({"usage_records": [_record(uow, report) for report in reports]}, separators=(",", ":"))
    ts, nonce = str(int(uow.now.timestamp() * 1000)), uow.random_text("usage-push", 32)
    text = f"ts={ts}&nonce={nonce}&body={body}".encode()
    signature = base64.b64encode(hmac.digest(seller_keys(uow.world.seed).access_key.encode(), text, hashlib.sha256))
    headers = {"Content-Type": "application/json", "ts": ts, "nonce": nonce, "signature": signature.decode()}
    return Call("POST", USAGE_PUSH, headers, body.encode())


def answered(uow: UnitOfWork, _job: PushUsage, result: CallResult) -> None:
    """Note what the marketplace has taken. What it has not is pushed again with the next day, and what it has refused
    also immediately, account by account.
    """
    code = _code(result)
    if result.status == 200 and code == "MKT.0000":
        usage_reports.done(uow, _sent(result.request))
    else:
        uow.record("usage.not-reported", status=result.status, code=code, fault=result.fault)
        if code:
            usage_reports.refused(uow, _sent(result.request))


def _record(uow: UnitOfWork, report: Report) -> dict[str, str]:
    """A record. Its serial number is the same when it is pushed again."""
    named = {"relate_pkg_instance": report.package} if report.package else {}
    return named | {
        "begin_time": f"{report.begins_at:{_TIME}}",
        "end_time": f"{report.ends_at:{_TIME}}",
        "instance_id": report.instance_id,
        "metering_sn": uow.world.seed.random_text(f"guance/usage-record/{report.instance_id}/{report.day}", 32),
        "record_time": f"{uow.now:{_TIME}}",
        "usage_value": f"{Decimal(report.fen) / 100:.2f}",
    }


def _sent(call: Call) -> Iterator[Report]:
    """The reports in a push."""
    for record in json.loads(call.body)["usage_records"]:
        begin, end = (datetime.strptime(record[name], _TIME).replace(tzinfo=UTC) for name in ("begin_time", "end_time"))
        day = usage.day_of(end - timedelta(seconds=1))
        yield Report(record["instance_id"], day, begin, end, int(Decimal(record["usage_value"]) * 100))


def _code(result: CallResult) -> str:
    try:
        answer = read_json(result.body)
    except ValueError:
        return ""
    return str(cast("dict[str, object]", answer).get("error_code", "")) if isinstance(answer, dict) else ""
