"""Days and moments that people type: pages say how they are written, and refuse others beside the field."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pytest
from markupsafe import escape

import mock_sites
from mock_sites.tests.support.users import Users
from mock_sites.world import typed_time

BROWSERS_OWN: Final = re.compile(r'type="(?:date|datetime-local|month|time|week)"')

FIELDS: Final = [
    ("huawei.marketplace", "/buyer/orders", "since", "2026-03-02", "2 March"),
    ("huawei.marketplace", "/buyer/orders", "until", "2026-03-02", "2026-02-30"),
    ("guance.billing_center", "/bills/income-and-expenditure", "first", "2026-03-02", "03/02/2026"),
    ("guance.billing_center", "/bills/income-and-expenditure", "last", "2026-03-02", "x"),
    ("guance.console", "/workspace/{workspace_id}/logs", "until", "2026-03-02 09:00", "<yesterday>"),
]


def test_no_page_has_a_field_that_the_browser_writes_in_its_own_language() -> None:
    sources = [one for one in Path(mock_sites.__file__).parent.rglob("*.html") if "tests" not in one.parts]
    assert len(sources) > 100
    assert [one.name for one in sources if BROWSERS_OWN.search(one.read_text())] == []


@pytest.mark.parametrize(("app", "path", "name", "right", "wrong"), FIELDS)
def test_a_filter_says_how_a_day_is_written_and_refuses_what_is_none(
    users: Users, app: str, path: str, name: str, right: str, wrong: str
) -> None:
    visitor, place = users.visitor(app, "owner"), path.format(**users.ids)
    fine = visitor.get(f"{place}?{urlencode({name: right})}").text
    [field] = re.findall(rf'<input [^>]*id="{name}"[^>]*>', fine)
    assert f'value="{right}"' in field
    assert "aria-invalid" not in field
    assert "YYYY-MM-DD" in fine

    refused = visitor.get(f"{place}?{urlencode({name: wrong})}").text
    [field] = re.findall(rf'<input [^>]*id="{name}"[^>]*>', refused)
    assert f'value="{escape(wrong)}"' in field
    assert f'aria-invalid="true" aria-describedby="{name}-error"' in field
    assert f'id="{name}-error">Write a day' in refused


@pytest.mark.parametrize("text", ["", "2026-02-30", "2.3.2026", "1999-12-31", "2101-01-01", "20260302T0900", "x"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert typed_time.day_of(text) is None


def test_a_day_and_a_moment_are_read_in_beijing_time() -> None:
    assert typed_time.day_of(" 2026-03-02 ") == date(2026, 3, 2)
    for text in ("2026-03-02 09:00", "2026-03-02T09:00:00"):
        assert typed_time.moment_of(text) == datetime(2026, 3, 2, 1, tzinfo=UTC)
    for text in ("2026-03-02 09:00+08:00", "1999-01-01 00:00", "2101-01-01 00:00", "9 March"):
        assert typed_time.moment_of(text) is None
