"""No secret is found in real traces that have none; what is there is found."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click
import pytest
from playwright.sync_api import Browser

from e2e.support.corpus.catalogue import SITES
from e2e.support.corpus.check import record
from e2e.support.corpus.site import Site
from mock_sites.client import World
from mock_sites.redaction.scan import scan

ALL: Final = os.environ.get("MOCK_SITES_SECRETS") == "all"

SENDING_TOKENS: Final = {"oauth", "tickets", "upload"}
"""Sites with tokens against forged requests."""

CLEAN: Final = [site for site in SITES if site.name not in SENDING_TOKENS]

PAGES: Final = (
    "https://www.huaweicloud.com/",
    "https://www.huaweicloud.com/not-there",
    "https://marketplace.huaweicloud.com/",
    "https://support.huaweicloud.com/",
    "https://support.huaweicloud.com/ug-marketplace/sp_topic_0000212.html",
    "https://docs.guance.com/",
    "https://docs.guance.com/en/plans/commercial-register/",
)

RecordPage = Callable[[str], Path]


@pytest.fixture
def record_page(browser: Browser, world: World, tmp_path: Path) -> RecordPage:
    """Record a page of the mock sites."""

    def record_it(address: str) -> Path:
        context = browser.new_context()
        context.tracing.start(snapshots=True, screenshots=True)
        context.new_page().goto(world.local(address))
        context.tracing.stop(path=tmp_path / "page.zip")
        context.close()
        return tmp_path / "page.zip"

    return record_it


def check_clean(name: str, trace: Path) -> None:
    scanned = scan([trace], [])
    click.echo(f"{name}: {len(scanned.found)} findings, {len(scanned.advice)} pieces of advice")
    assert scanned.found == []


@pytest.mark.parametrize("site", CLEAN if ALL else CLEAN[:1], ids=lambda site: site.name)
def test_nothing_is_found_on_a_site_without_secrets(site: Site, browser: Browser, tmp_path: Path) -> None:
    check_clean(site.name, record(browser, site, tmp_path / "trace.zip"))


@pytest.mark.parametrize("address", PAGES if ALL else PAGES[:1])
def test_nothing_is_found_on_a_page_for_everybody(address: str, record_page: RecordPage) -> None:
    check_clean(address, record_page(address))


@pytest.mark.parametrize("site", [site for site in SITES if site.name in SENDING_TOKENS][: None if ALL else 1])
def test_tokens_against_forged_requests_are_found(site: Site, browser: Browser, tmp_path: Path) -> None:
    assert "csrf" in "".join(scan([record(browser, site, tmp_path / "trace.zip")], []).found)


def test_there_are_twenty_clean_traces() -> None:
    assert len(CLEAN) + len(PAGES) >= 20
