"""What has led to each visit of a recording: a link or a form of an earlier page, a redirect, or nothing of these."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from mock_sites.control.codegen.shown import Fields, Shown, Target, form_target_of, is_same, target_of
from mock_sites.web.markup import Element
from mock_sites.web.signing_in import PASS_PATH
from mock_sites.world.recording import Visit


@dataclass(frozen=True)
class Source:
    """The page and the link or form on it that led to a visit."""

    visit: int
    link: Element | None
    form: Element | None


class _Seen:
    """The pages that a browser has shown so far, by where they lead, so that each page is searched only once."""

    def __init__(self) -> None:
        self._linked: dict[Target, int] = {}
        self._sent = defaultdict[Target, list[int]](list)

    def add(self, number: int, page: Shown) -> None:
        """Add the page that a visit has brought."""
        self._linked |= dict.fromkeys(page.links, number)
        for target in page.forms:
            self._sent[target].append(number)

    def source_of(self, visit: Visit, shown: Mapping[int, Shown]) -> Source | None:
        """The latest page with a link or a form that leads to a visit."""
        target = target_of(visit.method, visit.url)
        linked = self._linked.get(target, 0)
        for number in reversed(self._sent.get(form_target_of(visit.method, visit.url), ())):
            if number <= linked:
                break
            if form := shown[number].form(visit.method, visit.url, fields_of(visit)):
                return Source(number, None, form)
        return Source(linked, shown[linked].links[target], None) if linked else None


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
    seen = defaultdict[int, _Seen](_Seen)
    for visit in visits:
        there = seen[visit.browser]
        if visit.number in starts and (source := there.source_of(visit, shown)):
            found[visit.number] = source
        if page := shown.get(visit.number):
            there.add(visit.number, page)
    return found


def fields_of(visit: Visit) -> Fields:
    """What was sent with a visit: its form fields, or its query."""
    return visit.fields if visit.method == "POST" else parse_qsl(urlsplit(visit.url).query, keep_blank_values=True)
