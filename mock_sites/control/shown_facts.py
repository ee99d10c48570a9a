"""The facts of events and of other entries of the timeline, as the operator's pages show them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, cast

from mock_sites.control.demo_notes import DemoState
from mock_sites.control.register import COMPANIES
from mock_sites.control.words import WORDS
from mock_sites.web.language import translate
from mock_sites.web.site import show_moment
from mock_sites.web.texts import Unbroken, breakable
from mock_sites.world.errors import N_
from mock_sites.world.timeline import Kind

NAMES: Final = {
    "accepted": N_("accepted"),
    "access": N_("access"),
    "access_key": N_("access key"),
    "account": N_("account"),
    "activity": N_("activity"),
    "actor": N_("actor"),
    "added": N_("added"),
    "address": N_("address"),
    "addresses": N_("addresses"),
    "amount": N_("amount"),
    "application": N_("application"),
    "auto_renew": N_("auto renew"),
    "before": N_("before"),
    "begun_at": N_("begun at"),
    "billing_account": N_("billing account"),
    "call": N_("call"),
    "case": N_("case"),
    "cases": N_("cases"),
    "category": N_("category"),
    "channel": N_("channel"),
    "client": N_("client"),
    "code": N_("code"),
    "company": N_("company"),
    "contact": N_("contact"),
    "credit": N_("credit"),
    "day": N_("day"),
    "days": N_("days"),
    "department": N_("department"),
    "departments": N_("departments"),
    "description": N_("description"),
    "differing": N_("differing"),
    "domain": N_("domain"),
    "email": N_("email"),
    "enterprise": N_("enterprise"),
    "error": N_("error"),
    "expected": N_("expected"),
    "expired": N_("expired"),
    "explanation": N_("explanation"),
    "failed": N_("failed"),
    "failure": N_("failure"),
    "fault": N_("fault"),
    "fen": N_("amount"),
    "flag": N_("flag"),
    "host": N_("host"),
    "huawei_account": N_("huawei account"),
    "instance": N_("instance"),
    "interface": N_("interface"),
    "item": N_("item"),
    "job": N_("job"),
    "language": N_("language"),
    "left_out": N_("left out"),
    "licence_name": N_("license name"),
    "member": N_("member"),
    "members": N_("members"),
    "method": N_("method"),
    "mistakes": N_("mistakes"),
    "month": N_("month"),
    "name": N_("name"),
    "on": N_("on"),
    "operation": N_("operation"),
    "order": N_("order"),
    "origin": N_("origin"),
    "owner": N_("owner"),
    "package": N_("package"),
    "path": N_("path"),
    "price": N_("price"),
    "product": N_("product"),
    "protocol": N_("protocol"),
    "purpose": N_("purpose"),
    "question": N_("question"),
    "reason": N_("reason"),
    "recharge": N_("recharge"),
    "records": N_("records"),
    "refused": N_("refused"),
    "registration": N_("registration"),
    "remark": N_("remark"),
    "repeats": N_("repeats"),
    "required": N_("required"),
    "role": N_("role"),
    "scene": N_("scene"),
    "settlement": N_("settlement"),
    "site": N_("site"),
    "sku": N_("sku"),
    "specification": N_("specification"),
    "stars": N_("stars"),
    "state": N_("state"),
    "status": N_("status"),
    "step": N_("step"),
    "subject": N_("subject"),
    "supervision": N_("supervision"),
    "system": N_("system"),
    "target": N_("target"),
    "tenant": N_("tenant"),
    "then": N_("then"),
    "threshold": N_("threshold"),
    "ticket": N_("ticket"),
    "to": N_("to"),
    "tries": N_("tries"),
    "tries_left": N_("tries left"),
    "type": N_("type"),
    "until": N_("until"),
    "usage": N_("usage"),
    "user": N_("user"),
    "username": N_("username"),
    "verdict": N_("verdict"),
    "visit": N_("visit"),
    "voucher": N_("voucher"),
    "what": N_("what"),
    "workspace": N_("workspace"),
    "workspaces": N_("workspaces"),
    # of the storage policy of a workspace
    "time-series": N_("time series"),
    "logs": N_("logs"),
    "traces": N_("traces"),
    "page-views": N_("page views"),
}
"""What each fact is called. The name itself is what the API calls it."""

STATES: Final = {
    DemoState.ASKED: N_("asked for"),
    DemoState.BEGUN: N_("begun"),
    DemoState.STOPPING: N_("about to stop"),
    DemoState.STOPPED: N_("stopped"),
    DemoState.LOST: N_("its player does not answer"),
    DemoState.FAILED: N_("not played to its end"),
    DemoState.DONE: N_("played to its end"),
}
"""What the state of a demo is called."""

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)")
"""How events write a moment (ISO 8601)."""

_FEN: Final = {"fen", "threshold"}
_CNY: Final = {"amount", "price"}
"""The facts that are amounts of money, in fen (0.01 CNY) and in CNY."""

_ADDRESSES: Final = {"address", "department", "email", "error", "member", "path", "to"}
"""The facts that hold an address or a path. A line may break within them."""

_YES: Final = N_("yes")
_NO: Final = N_("no")


class ShownFact(NamedTuple):
    """A fact on a page. ``is_word``: its value is a word of ours in the language of the page. A value may be markup."""

    name: str
    value: str
    is_word: bool


def shown_facts(facts: Mapping[str, Any], kind: str = "") -> Iterator[ShownFact]:
    """The facts of an entry of this kind, in the language of the page, without empty ones."""
    for name, value in facts.items():
        if value not in ("", None):
            label = translate(NAMES.get(name, name))
            if word := _word(name, value, kind):
                yield ShownFact(label, translate(word), is_word=True)
            else:
                text = _money(name, value) or _shown(value)
                breaks = name in _ADDRESSES and not isinstance(text, Unbroken)
                yield ShownFact(label, breakable(text) if breaks else text, is_word=False)


def job_name(kind: str) -> str:
    """What a job of this kind does, in the language of the page."""
    return translate(WORDS["job"].get(kind, kind))


def _word(name: str, value: Any, kind: str) -> str | None:
    """The English word for a value, if it has one."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if kind == Kind.STEP and name == "state":
        return STATES[value]
    words = COMPANIES if name == "company" else WORDS.get(name, {})
    return words.get(value.partition("/")[0] if name == "purpose" else value) if isinstance(value, str) else None


def _money(name: str, value: Any) -> str:
    """An amount of money. Empty if the fact is none."""
    if not isinstance(value, int) or name not in _FEN | _CNY:
        return ""
    return f"¥{value / (100 if name in _FEN else 1):,.2f}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        value = list(cast("dict[str, Any]", value).values())
    if isinstance(value, list):
        return ", ".join(map(_shown, cast("list[Any]", value)))
    text = str(value)
    if _MOMENT.fullmatch(text):
        with suppress(ValueError, OverflowError):  # typed by somebody
            return show_moment(datetime.fromisoformat(text).astimezone(UTC))
    return text
