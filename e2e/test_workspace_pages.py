"""The pages of a workspace with data: accessible, fitting, in both languages and both colour schemes."""

from typing import Literal

import pytest

from e2e.inspection import NARROW, WIDE, misfits, violations
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from fixtures.signing_in import enter_workspace

PAGES = (
    "",
    "infrastructure?host=web-01",
    "infrastructure?view=topology&by=state",
    "apm?trace=20260302-1",
    "settings/access",
    "settings/import",
    "host?host=web-01",
    "logs?window=1d",
    "events?scope=all",
    "monitors",
    "datakit",
    "billing?period=last-month",
)

OF_THE_ACCOUNT = ("account", "account/mfa")


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "dark", WIDE), ("zh", "light", NARROW)], ids=["wide", "narrow"]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    employee: Actor, scenario: Scenario, scheme: Literal["light", "dark"], width: int
) -> None:
    owner = scenario.world.people()["workspace-owner"]
    page = employee.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 720})
    enter_workspace(employee, owner.username, owner.password)
    workspace = scenario.world.documented(page.url)
    console = workspace.partition("workspace/")[0]

    found: dict[str, list[str]] = {}
    for each in (*(workspace + path for path in PAGES), *(console + path for path in OF_THE_ACCOUNT)):
        assert employee.opens(each) == 200
        found[each] = violations(page) + misfits(page, width)

    assert not any(found.values()), found
