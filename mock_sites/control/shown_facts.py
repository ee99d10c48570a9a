"""The facts of events and of other entries of the timeline, as the operator's pages show them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from mock_sites.control.demo_notes import DemoState
from mock_sites.control.register import COMPANIES
from mock_sites.web.language import translate
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
    "billing_account": N_("billing account"),
    "call": N_("call"),
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
    "explanation": N_("explanation"),
    "failed": N_("failed"),
    "failure": N_("failure"),
    "fault": N_("fault"),
    "fen": N_("fen"),
    "host": N_("host"),
    "huawei_account": N_("huawei account"),
    "instance": N_("instance"),
    "interface": N_("interface"),
    "item": N_("item"),
    "job": N_("job"),
    "language": N_("language"),
    "left_out": N_("left out"),
    "licence_name": N_("licence name"),
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
    "required": N_("required"),
    "role": N_("role"),
    "scene": N_("scene"),
    "settlement": N_("settlement"),
    "site": N_("site"),
    "sku": N_("sku"),
    "stars": N_("stars"),
    "state": N_("state"),
    "status": N_("status"),
    "step": N_("step"),
    "subject": N_("subject"),
    "system": N_("system"),
    "target": N_("target"),
    "tenant": N_("tenant"),
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

_YES: Final = N_("yes")
_NO: Final = N_("no")


def shown_facts(facts: Mapping[str, Any], kind: str = "") -> Iterator[tuple[str, str]]:
    """The facts of an entry of this kind, in the language of the page, without empty ones."""
    for name, value in facts.items():
        if value not in ("", None):
            yield translate(NAMES.get(name, name)), _shown(name, value, kind)


def _shown(name: str, value: Any, kind: str) -> str:
    if isinstance(value, bool):
        return translate(_YES if value else _NO)
    if isinstance(value, list):
        return ", ".join(map(str, cast("list[Any]", value)))
    if kind == Kind.STEP and name == "state":
        return translate(STATES[value])
    text = str(value)
    return translate(COMPANIES.get(text, text)) if name == "company" else text
