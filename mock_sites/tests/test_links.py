"""Every address that is shown is opened: on pages, on the terminal, in our documents and in the seeds."""

import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from werkzeug.test import Client, TestResponse

from mock_sites.control.register import people as people_of
from mock_sites.guance.domain.members import GIVEN
from mock_sites.huawei.domain.tables.iam import IamAccess
from mock_sites.redaction.secrets import kind_of
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.crawling import ADDRESSES, Crawl, endpoint, forms_in, read
from mock_sites.tests.support.refusals import OPEN
from mock_sites.tests.support.users import Users, fork, populate
from mock_sites.tests.support.visitors import apps, methods, rules
from mock_sites.web.assets import PREFIX
from mock_sites.web.markup import HIDING_CLASSES, elements
from mock_sites.world.agreement import seller_keys

ROOT: Final = Path(__file__).parents[2]

PEOPLE: Final = ("owner", "stranger", "unverified", "elsewhere", "nobody")
"""The visitors of the sites, by what they own there."""

ROLES: Final = (*(f"IAM user, {access}" for access in IamAccess), *(f"member, {role}" for role in GIVEN))
"""Those who may do a part of what the owner may."""

READER: Final = f"IAM user, {IamAccess.READ_ONLY}"

MOST_BYTES: Final = 60 * 1024
"""Of a page as it is transferred with a cold cache."""

CONTROLS: Final = frozenset({"a", "button", "summary", "label"})

OUTSIDE: Final = {
    "http://localhost:9000/isv",  # the address of a seller's own service
    "https://getbootstrap.com/",  # in the licence of the style sheet
    "https://github.com/twbs/bootstrap/blob/main/LICENSE",
    "http://www.w3.org/2000/svg",
}
"""Addresses outside of the mock that pages show."""

EXAMPLE: Final = re.compile(r"https://[a-z0-9.-]+\.example(?![a-z0-9.-])")
"""Addresses in commands that are shown only as examples: no such host exists (RFC 2606)."""

DOCUMENTED: Final = {
    # S1, Huawei Cloud Marketplace Subscription to Guance Commercial Plan
    "https://marketplace.huaweicloud.com/contents/8990a122-f456-43a4-892c-a458be31e336#productid=OFFI845592654693900288",
    "https://support.huaweicloud.com/ug-marketplace/sp_topic_0000212.html",
    "https://www.huaweicloud.com",
    # S2, Huawei Cloud Account Settlement
    "https://boss.guance.com",
    "https://docs.guance.com/plans/commercial-register/",  # its ../../plans/commercial-register.md
    "https://marketplace.huaweicloud.com/contents/181f3d92-f40b-48d7-8ad5-420df0a682d2",
}
"""All links of the two documents that lead out of the document."""


Walk = Callable[[str], Crawl]


@pytest.fixture(scope="module")
def crawled(dispatcher: Dispatcher) -> Iterator[Users]:
    """The people whose pages are crawled."""
    users = populate(dispatcher)
    yield users
    dispatcher.worlds.drop(users.world.name)


@pytest.fixture(scope="module")
def walk(crawled: Users) -> Walk:
    """Crawls everything that some visitors can reach, once. Pages without a sign-in are the same for all of them."""
    users = crawled

    @cache
    def walk(who: str) -> Crawl:
        found = Crawl(
            users.dispatcher,
            users.world,
            users.traveller(who),
            frozenset() if who == "owner" else frozenset(OPEN),
        )
        found.walk(
            f"{users.world.hosts.start_page}?world={users.world.name}",
            *(users.world.local(f"https://{host}/") for host in users.dispatcher.sites),
            *(
                users.visitor(app).base + users.path(rule)
                for app, rule in rules(users.dispatcher)
                if "GET" in methods(rule)
            ),
        )
        return found

    return walk


@pytest.mark.parametrize("who", [*PEOPLE, *ROLES])
def test_every_address_on_every_page_leads_somewhere(walk: Walk, who: str) -> None:
    found = walk(who)
    assert found.wrong == []
    assert {url for url in found.outside if not EXAMPLE.match(url)} <= OUTSIDE
    assert len(found.pages) > 40


def test_every_ready_made_person_and_every_role_is_among_the_visitors(users: Users) -> None:
    """So that a page shows none of them a link that leads to a refusal."""
    visitors = {(realm, subject) for _company, realm, subject in users.sessions.values()}
    for company in users.world.companies.values():
        with users.world.uow(company.name) as uow:
            doors = company.doors(uow, [person.username for person in company.people(uow)])
        assert {(door.realm, door.subject) for each in doors.values() for door in each} <= visitors
    assert {who.partition("/")[0] for who in users.sessions} | {"nobody"} == {*PEOPLE, *ROLES}


@pytest.mark.parametrize("who", PEOPLE)
def test_what_a_form_proposes_is_not_refused(walk: Walk, crawled: Users, who: str) -> None:
    """Each form with a choice is sent as it is, in a copy of the world."""
    found, copy = walk(who), fork(crawled)
    visitor, wrong, sent = copy.traveller(who), list[str](), set[tuple[str, ...]]()
    for form in [form for page in found.pages.values() for form in forms_in(page)]:
        app = found.app_at(form.address)
        view = (app.name, endpoint(app, urlsplit(form.address).path, "POST")) if app else ()
        kind = (*view, *form.chosen().values())
        if not app or app.name in OPEN or not form.chosen() or kind in sent:
            continue
        sent.add(kind)
        there = form.address.replace(crawled.world.host_suffix, copy.world.host_suffix)
        answer = read(there, visitor.post(there, form.defaults(), token=None))
        refused = [name for name in form.chosen() if f"{name}-error" in answer.ids]
        wrong += [f"{form.page.url} proposes {name}={form.chosen()[name]}" for name in refused]
    crawled.dispatcher.worlds.drop(copy.world.name)
    assert wrong == []
    assert len(sent) > 0 or who == "nobody"


def test_who_may_only_read_is_offered_no_form_that_is_refused(walk: Walk, crawled: Users) -> None:
    """Each form that can be used is sent, in a copy of the world. The pages say why the others cannot be used."""
    found, copy = walk(READER), fork(crawled)
    wrong, sent, unusable = list[str](), set[tuple[str, str]](), set[tuple[str, str]]()
    for form in [form for page in found.pages.values() for form in forms_in(page)]:
        buttons = [one for one in form.controls if one.tag == "button"]
        targets = [urljoin(form.page.url, one.attributes.get("formaction", form.address)) for one in buttons]
        for address in targets or [form.address]:
            app = found.app_at(address)
            if not app or not app.name.startswith("huawei.") or app.name in OPEN:
                continue
            kind = (app.name, endpoint(app, urlsplit(address).path, "POST"))
            if not buttons:
                unusable.add(kind)
                wrong += [] if "only-reads" in form.page.ids else [f"{form.page.url} does not say why"]
            elif kind not in sent:
                sent.add(kind)
                there = address.replace(crawled.world.host_suffix, copy.world.host_suffix)
                status = copy.traveller(READER).post(there, form.defaults(), token=None).status_code
                wrong += [f"{form.page.url} sends a form to {address}"] if status == HTTPStatus.FORBIDDEN else []
    crawled.dispatcher.worlds.drop(copy.world.name)
    assert wrong == []
    assert len(sent) > 3
    assert len(unusable) > 30


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_has_a_way_back(walk: Walk, who: str) -> None:
    """The test before has opened the targets of its links."""
    for page in walk(who).pages.values():
        if page.elements:
            [brand] = [one for one in page.elements if one.attributes.get("class") == "brand"]
            assert brand.attributes["href"], page.url


@pytest.mark.parametrize("who", PEOPLE)
def test_the_first_element_with_the_text_of_a_control_is_not_hidden(walk: Walk, who: str) -> None:
    """Otherwise a tool that finds elements by text, such as Selenium by XPath, finds one that cannot be clicked."""
    wrong = set[str]()
    for page in walk(who).pages.values():
        controls = {one.text for one in page.elements if one.tag in CONTROLS and one.text and not one.hidden}
        met = set[str]()
        for one in page.elements:
            if one.hidden and one.text in controls - met:
                wrong.add(f"{urlsplit(page.url).hostname}{urlsplit(page.url).path}: <{one.tag}> {one.text}")
            if not one.hidden:
                met.add(one.text)
    assert wrong == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_fields_and_buttons_are_real_elements(walk: Walk, who: str) -> None:
    """A tool that asks a field for its value gets none from an element that only has the role."""
    played = {one.attributes.get("role") for page in walk(who).pages.values() for one in page.elements}
    assert not played & {"textbox", "searchbox", "button", "checkbox", "radio", "combobox", "link", "switch"}


@pytest.mark.parametrize("who", PEOPLE)
def test_no_two_elements_of_a_page_have_the_same_id(walk: Walk, who: str) -> None:
    """Otherwise labels and links lead to the first one."""
    wrong = dict[str, list[str]]()
    for page in walk(who).pages.values():
        shown = [one.attributes for one in page.elements if one.attributes.get("type") != "hidden"]
        ids = Counter(has["id"] for has in shown if "id" in has)
        if twice := [id_ for id_, number in ids.items() if number > 1]:
            wrong[f"{urlsplit(page.url).hostname}{urlsplit(page.url).path}"] = twice
    assert wrong == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_has_one_primary_button_at_most(walk: Walk, who: str) -> None:
    """What lies below an open dialog does not count."""
    wrong = dict[str, list[str]]()
    for page in walk(who).pages.values():
        seen = [one for one in page.elements if "btn-primary" in one.attributes.get("class", "").split()]
        seen = [one for one in seen if not one.hidden]
        in_dialog = [one for one in seen if any(around.tag == "dialog" for around in one.around())]
        names = [one.text for one in in_dialog or seen]
        if len(names) > 1:
            wrong[f"{urlsplit(page.url).hostname}{urlsplit(page.url).path}"] = names
    assert wrong == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_menu_of_a_page_marks_where_the_page_is(walk: Walk, who: str) -> None:
    """Pages below an entry mark that entry: a new user is among the users."""
    wrong = set[str]()
    for page in walk(who).pages.values():
        menus = [one for one in page.elements if one.tag == "nav" and one.attributes.get("class") == "side"]
        links = [one for one in page.elements if one.tag == "a" and any(up in menus for up in one.around())]
        if menus and sum("aria-current" in one.attributes for one in links) != 1:
            wrong.add(f"{urlsplit(page.url).hostname}{urlsplit(page.url).path}")
    assert wrong == set()


def test_what_leads_from_the_operators_pages_to_a_site_opens_in_a_new_tab(users: Users, walk: Walk) -> None:
    """And nothing else does: the operator's page stays open, once."""
    found, leaving = walk("owner"), 0
    control = users.dispatcher.control.apps.values()
    for page in found.pages.values():
        if found.app_at(page.url) in control:
            for link in (one for one in page.elements if one.tag == "a" and "href" in one.attributes):
                leads_to = urljoin(page.url, link.attributes["href"])
                leaves = found.app_at(leads_to) not in control
                assert leaves == (link.attributes.get("target") == "_blank"), f"{page.url}: {link.text}"
                leaving += leaves
    assert leaving > 40


@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_is_small_when_it_is_loaded_for_the_first_time(users: Users, walk: Walk, who: str) -> None:
    """With its style sheets and scripts, compressed."""

    @cache
    def loaded(url: str) -> int:
        return len(Client(users.dispatcher).get(url, headers={"Accept-Encoding": "gzip"}).data)

    large = dict[str, int]()
    for page in walk(who).pages.values():
        files = {urljoin(page.url, one.attributes.get(ADDRESSES.get(one.tag, ""), "")) for one in page.elements}
        size = len(gzip.compress(page.text.encode())) + sum(loaded(url) for url in files if PREFIX in url)
        if size > MOST_BYTES:
            large[page.url] = size
    assert large == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_secrets_are_shown_in_fields_with_the_name_of_one(users: Users, walk: Walk, who: str) -> None:
    """So that they are found in traces of these pages (``e2e/test_shown_secrets.py``)."""
    keys = seller_keys(users.world.seed)
    secrets = {keys.access_key, keys.kit_key, keys.query_secret, keys.client_secret}
    secrets |= {person.password for _company, person in people_of(users.world)}
    shown = 0
    for page in walk(who).pages.values():
        named = {one.attributes.get("value") for one in page.elements if kind_of(one.attributes.get("name", ""))}
        assert {secret for secret in secrets if secret in page.text} <= named, page.url
        shown += len(secrets & named)
    assert bool(shown) == (who == "owner")  # others see only what needs a sign-in


def test_the_classes_that_style_sheets_hide_are_listed_here() -> None:
    sheets = "".join(path.read_text() for path in (ROOT / "mock_sites/web/static").glob("*.css"))
    hiding = re.findall(r"\.([\w-]+) \{[^}]*(?:clip-path|left: -999rem|visibility: hidden|opacity: 0;)", sheets)
    assert set(hiding) <= {"skip-link", *HIDING_CLASSES}
    assert "scroll-behavior: auto" in sheets


def test_what_the_page_of_an_error_leads_to_exists(users: Users) -> None:
    for name in apps(users.dispatcher):
        found = Crawl(users.dispatcher, users.world, users.visitor(name))
        nowhere = f"{found.visitor.base}/no/such/page"
        page = found.pages[nowhere] = read(nowhere, found.visitor.get(nowhere))
        assert page.status == 404
        found.walk(*found.addresses(page), shown_at=nowhere, deep=False)
        assert found.wrong == [], name


@pytest.mark.parametrize("address", sorted(DOCUMENTED))
def test_every_link_of_the_two_documents_leads_to_a_page(users: Users, address: str) -> None:
    page = arrive(users, users.world.local(address))
    assert page.status_code == 200
    assert urldefrag(address).fragment in {"", *(one.attributes.get("id") for one in elements(page.text))}


def test_every_address_in_our_documents_leads_to_a_page(users: Users) -> None:
    written = "".join(path.read_text() for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")))
    addresses = set(re.findall(r"(?:[a-z0-9.-]+\.)?localhost:8700(?:/[\w./?=-]*)?", written))
    assert len(addresses) > 8
    for address in addresses:
        host, _, path = address.partition(":8700")
        documented = re.sub(r"(\.(w42|demo))?\.localhost$", "", host)
        url = users.world.local(f"https://{documented}{path}") if documented != host else f"http://localhost:8700{path}"
        assert arrive(users, url).status_code == 200, address


def arrive(users: Users, url: str) -> TestResponse:
    """Open an address as a signed-in user, and follow its redirects."""
    visitor = users.traveller("owner")
    page = visitor.get(urldefrag(url).url)
    while page.location:
        url = urljoin(url, page.location)
        page = visitor.get(url)
    return page
