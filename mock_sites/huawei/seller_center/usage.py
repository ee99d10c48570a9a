"""Reading the usage records that sellers pushed (spec huawei 2.6b, Seller Center > Transactions > Usage Records)."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from mock_sites.huawei.domain import usage_rules
from mock_sites.huawei.domain.tables import UsageRecord
from mock_sites.huawei.protocol import usage_push


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The filter of a list of records. An empty field does not filter."""

    product: str = ""
    state: str = ""


def find(wanted: Wanted) -> Select[UsageRecord]:
    """The records that fit, latest first."""
    found = select(UsageRecord)
    if wanted.product:
        found = found.where(UsageRecord.content_id == wanted.product)
    if wanted.state:
        found = found.where(UsageRecord.state == wanted.state)
    return found.order_by(UsageRecord.number.desc())


def measured_at(text: str) -> str:
    """The time that a record gives, as pages show times. As the seller wrote it, if it is written in another way."""
    moment = usage_rules.moment(text)
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else text


def explanation(record: UsageRecord) -> str:
    """Why a record was refused: an English sentence that pages translate. Empty if it was not."""
    return usage_push.RECORD_CODES[record.code] if record.code else ""
