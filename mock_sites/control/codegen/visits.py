"""What has led to each visit of a recording: a link or a form of an earlier page, a redirect, or nothing of these."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from mock_sites.control.codegen.shown import Fields, Shown, is_same
from mock_sites.web.markup import Element
from mock_sites.web.signing_in import PASS_PATH
from mock_sites.world.recording import Visit


@dataclass(frozen=True)
class Source:
    """The page and the link or form on it that led to a visit."""

    visit: int
    link: Element | None
    form: Element | None


def with_browsers(visits: Sequence[Visit]) -> list[Visit]:
    """The visits, each with its browser: an unknown one is that of the next visit."""
    found = list[Visit]()
    browser = 1
    for visit in reversed(visits):
        browser = visit.browser or browser
        found.append(replace(visit, browser=browser))
    return found[::-1]


def starts_of(visits: Sequence[Visit]) -> set[int]:
    """The visits to which no redirect has led."""
    found, awaited = set[int](), dict[int, str]()
    for visit in visits:
        wanted = "" if visit.stays else awaited.pop(visit.browser, "")
        if not (visit.method == "GET" and wanted and is_same(wanted, visit.url)):
            found.add(visit.number)
        if visit.leads_to and not visit.url.endswith(PASS_PATH):
            awaited[visit.browser] = visit.leads_to
    return found


def sources_of(visits: Sequence[Visit], starts: set[int], shown: dict[int, Shown]) -> dict[int, Source]:
    """By visit, the latest page of its browser with a link or a form that leads there."""
    found: dict[int, Source] = {}
    for position, visit in enumerate(visits):
        if visit.number not in starts:
            continue
        for earlier in reversed(visits[:position]):
            page = shown.get(earlier.number)
            if page is None or earlier.browser != visit.browser:
                continue
            fields = fields_of(visit)
            link = page.link(visit.url) if visit.method == "GET" else None
            form = None if link else page.form(visit.method, visit.url, fields)
            if link or form:
                found[visit.number] = Source(earlier.number, link, form)
                break
    return found


def fields_of(visit: Visit) -> Fields:
    """What was sent with a visit: its form fields, or its query."""
    return visit.fields if visit.method == "POST" else parse_qsl(urlsplit(visit.url).query, keep_blank_values=True)
