"""Every page of every site costs the same with few rows and with many, and shows at most one page of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Final

import pytest

from mock_sites.huawei.domain.catalogue import GUANCE_CONTENT
from mock_sites.tests.support.filling import COUNT, counting, fill
from mock_sites.tests.support.owned_ids import OWNED
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor, methods, rules
from mock_sites.web.paging import SIZE

FEW, MANY = SIZE + 10, 4 * SIZE

ASKED: Final = {
    **dict.fromkeys((f"control.api /api/worlds/<name>/{what}" for what in ("journal", "jobs")), f"?limit={SIZE}"),
    "mailbox.api /api/messages": f"?limit={SIZE}",
    "huawei.seller_center.api /api/operations": f"?product={GUANCE_CONTENT}",
    "control /worlds/<name>/timeline": "?kind=event",
    "huawei.marketplace /buyer/expenses": f"?product={GUANCE_CONTENT}&month=2026-03",
}
"""The queries for APIs that can return more than one page, for a list that has the pages of the test in it too, and for
one that adds up what a filter finds.
"""

ANSWERS: Final = {200, 302, 303, 400, 401, 403, 404, 405, 409}

MOST_SHOWN: Final = SIZE + 10
"""Rows and choices of one list, with its ancestors."""


STEPS: Final = "tens of steps"

MOST_STEPS: Final = 10
"""Steps of the database a row that is not shown. To count the rows of an index takes three; to sort, thirty or more.
With 10,000 rows, ten are about a millisecond.
"""

MORE_STEPS: Final = {
    "huawei.marketplace /buyer/partner-services/departments/": 12,
    "huawei.marketplace /buyer/partner-services/departments/<code>/delete": 12,
    "huawei.marketplace /buyer/partner-services/groups/": 12,
    "huawei.marketplace /buyer/partner-services/groups/<group_id>/delete": 12,
    "huawei.seller_center /coverage": 11,
    "guance.auth /huaweicloud/bind": 29,
    "guance.console /workspace/<workspace_id>/settings/access": 14,
    "guance.console /workspace/<workspace_id>/billing": 15,
    "guance.console /workspace/<workspace_id>/billing/high-consumption-alert": 15,
    "guance.billing_center /": 14,
    "guance.billing_center /account/cloud-accounts/<cloud_account_id>/bind": 23,
    "guance.billing_center /bills/income-and-expenditure": 12,
}
"""Pages that add up rows, count them by kind or ask for several totals, and their steps a row."""


COUNTED_IN_ROWS: Final = {"guance.console /workspaces"}
"""Pages that count workspaces of others, with the state of each: as many as one account has joined."""

MOST_STATEMENTS: Final = 20
"""Statements that one page needs, those that begin a transaction too. Each is about a fifth of a millisecond."""

MORE_STATEMENTS: Final = {
    "guance.auth /huaweicloud/bind": 66,
    "huawei.marketplace /buyer/purchased-services/<opaque:instance_id>": 35,
    "huawei.seller_center.api /api/operations": 31,
    "control /worlds/<name>": 32,
    "control /worlds/<name>/drop": 32,
}
"""Pages that show many things of different kinds, or ask for each row of a page."""


class Longest(HTMLParser):
    """The most rows of a table, choices of a field or items of a list that a page shows."""

    def __init__(self, page: str) -> None:
        """Parse the page."""
        super().__init__()
        self.most = Counter[str]()
        self._open: list[Counter[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element in the innermost list."""
        if tag in {"tbody", "ul", "ol", "select", "datalist", "fieldset", "dl"}:
            self._open.append(Counter())
        elif tag in {"tr", "li", "option", "input", "dd", "div"} and ("type", "hidden") not in attrs and self._open:
            self._open[-1][tag] += 1
            self.most[tag] = max(self.most[tag], self._open[-1][tag])

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost list."""
        if tag in {"tbody", "ul", "ol", "select", "datalist", "fieldset", "dl"} and self._open:
            self._open.pop()


@pytest.fixture
def users(users: Users) -> Users:
    """With few rows in each list."""
    fill(users, 0, FEW)
    return users


def pages(users: Users) -> Iterator[tuple[str, Visitor, str]]:
    """Every page, and every answer of an API, with their owner."""
    owners: dict[str, Visitor] = {}
    for app, rule in rules(users.dispatcher):
        if "GET" in methods(rule) and not rule.rule.endswith("/wait"):
            name = f"{app} {rule.rule}"
            owners.setdefault(app, users.visitor(app, "owner"))
            renamed, _ = OWNED.get(name, ({}, {}))
            ids = users.ids | {name: users.ids[key] for name, key in renamed.items()}
            yield name, owners[app], replace(users, ids=ids).path(rule) + ASKED.get(name, "")


def costs(users: Users, patch: pytest.MonkeyPatch) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """The cost of each page, and the length of its longest list."""
    found: dict[str, tuple[Counter[str], Counter[str]]] = {}
    with counting(patch) as counted:
        for name, owner, path in pages(users):
            counted.clear()
            answer = owner.get(path)
            assert answer.status_code in ANSWERS, name
            found[name] = Counter(counted), Longest(answer.get_data().decode(errors="replace")).most
    return found


def test_a_page_costs_the_same_however_many_rows_there_are(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    few = costs(users, monkeypatch)
    assert not {
        name: cost["statements"]
        for name, (cost, _shown) in few.items()
        if cost["statements"] > MORE_STATEMENTS.get(name, MOST_STATEMENTS)
    }
    fill(users, FEW, MANY)
    many = costs(users, monkeypatch)
    steps = {name: 10 * (cost.pop(STEPS, 0) - few[name][0].pop(STEPS, 0)) for name, (cost, _shown) in many.items()}
    grown = {name: (few[name][0], cost) for name, (cost, _shown) in many.items() if not cost <= few[name][0]}
    assert not grown
    assert not {
        name: f"{number / (MANY - FEW):.0f} steps a row"
        for name, number in steps.items()
        if number > MORE_STEPS.get(name, MOST_STEPS) * (MANY - FEW)
    }
    assert not {name: shown for name, (_cost, shown) in many.items() if max(shown.values(), default=0) > MOST_SHOWN}
    assert not {name for name, (cost, _shown) in many.items() if cost["sums of truths"]}
    assert not {
        name: number
        for name, (cost, _shown) in many.items()
        for what, number in cost.items()
        if COUNT.match(what) and number and name not in COUNTED_IN_ROWS
    }
