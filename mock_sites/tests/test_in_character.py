"""The companies' pages and mails speak as the real ones would. Only the ribbon and the footer say that they are a mock.

The mailbox and what is said of a seller's calls are for operators and developers, and name commands of the mock.
"""

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from functools import cache, reduce
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.crawling import Crawl
from mock_sites.tests.support.refusals import OPEN
from mock_sites.tests.support.users import Users, populate
from mock_sites.web.markup import Element, elements
from mock_sites.world.company import Company, Person

SITES: Final = Path(__file__).parents[1]

FOR_OPERATORS: Final = (
    *("control", "mailbox", "world"),
    *(f"huawei/{package}" for package in ("conformance", "mistakes", "seller_gateway")),
)
"""Packages for people who run the mock or develop a seller; refusals of worlds are for them too."""

ABOUT_ITSELF: Final = {
    # the ribbon and the footer
    "Mock site for tests",
    "world",
    "never type a real password here",
    "A local mock for tests and demos. Not operated by, and not connected with, the company it imitates.",
    # a page in place of the wanted one: what is wrong is the mock itself
    "Something went wrong in the mock",
    "This is a defect of the mock site. The server's log says what happened.",
    "This world is busy",
}
"""What the pages of companies say of the mock."""

OUT_OF_CHARACTER: Final = re.compile(r"\bmock|模拟|\bthis test\b|\bworlds?\b|环境|never type a real", re.IGNORECASE)

Walk = Callable[[str], Crawl]

READ_ALOUD: Final = ("alt", "aria-label", "placeholder", "title")
"""Attributes that people read or hear."""


def texts() -> list[tuple[str, ...]]:
    """The texts of the companies' pages and mails in English and Chinese."""
    with (SITES / "translations/zh/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")
    folders = tuple(f"mock_sites/{package}/" for package in FOR_OPERATORS)
    found = [message for message in catalogue if not all(place.startswith(folders) for place, _ in message.locations)]
    return [forms for message in found if (forms := _forms(message))[0] not in ABOUT_ITSELF]


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(
        form for text in (message.id, message.string or "") for form in ((text,) if isinstance(text, str) else text)
    )


def shown(page: list[Element]) -> Iterator[str]:
    """What a page says outside of the ribbon, the footer and commands. The command in place of DataKit has to run."""
    commands = [one.text for one in page if one.tag == "code"]
    apart = [one for one in page if one.attributes.get("class") in {"ribbon", "foot"}]
    for one in page:
        if not set(apart) & set(one.around()):
            yield from (one.attributes.get(name, "") for name in READ_ALOUD)
            if one.tag in {"header", "main", "nav", "title"}:
                yield reduce(lambda text, command: text.replace(command, ""), commands, one.text)


def test_no_text_of_a_company_speaks_of_the_mock() -> None:
    assert len(texts()) > 1000
    assert [forms for forms in texts() if any(OUT_OF_CHARACTER.search(form) for form in forms)] == []


@pytest.fixture(scope="module")
def walk(dispatcher: Dispatcher) -> Walk:
    """Crawls what the owner can reach at the companies' sites, once in each language."""

    @cache
    def walk(language: str) -> Crawl:
        here = populate(dispatcher)
        found = Crawl(here.dispatcher, here.world, here.traveller("owner", language), frozenset(OPEN))
        found.walk(*(here.world.local(f"https://{host}/") for host in here.dispatcher.sites))
        here.dispatcher.worlds.drop(here.world.name)
        assert len([page for page in found.pages.values() if page.elements]) > 100
        return found

    return walk


def showing(found: Crawl, wrong: re.Pattern[str]) -> set[str]:
    """The places of pages that say what is ``wrong``."""
    return {
        f"{page.url}: {text[max(0, place.start() - 40) : place.end() + 40]}"
        for page in found.pages.values()
        for text in shown(page.elements)
        if (place := wrong.search(text))
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_of_a_company_speaks_of_the_mock(walk: Walk, language: str) -> None:
    assert showing(walk(language), OUT_OF_CHARACTER) == set()


def test_no_page_puts_a_dash_in_a_row_with_something_else(walk: Walk) -> None:
    """A dash stands alone, for what is not there."""
    places = (one for page in walk("en").pages.values() for one in page.elements if one.tag in {"dd", "li", "p", "td"})
    assert {one.text for one in places if one.text.startswith("- ") or one.text.endswith(" -")} == set()


def test_pages_call_ready_made_people_as_their_language_does(users: Users, walk: Walk) -> None:
    people = [person for company in users.world.companies.values() for person in _people(users, company)]
    assert [person.username for person in people if person.name == person.username] == []
    for language, other in (("en", "zh"), ("zh", "en")):
        wrong = re.compile("|".join(person.names[other] for person in people))
        right = re.compile("|".join(person.names[language] for person in people))
        assert showing(walk(language), right)
        assert showing(walk(language), wrong) == set()


def test_a_page_is_read_without_its_ribbon_and_footer() -> None:
    page = elements(
        "<html><title>Shop</title><aside class=ribbon>Mock</aside>"
        "<main>Buy <code>mock-sites</code><img alt='a mock'></main><footer class=foot>A mock</footer></html>"
    )
    assert [text.strip() for text in shown(page) if text] == ["Shop", "Buy", "a mock"]


def _people(users: Users, company: Company) -> list[Person]:
    with users.world.uow(company.name) as uow:
        return company.people(uow)


def test_no_mail_of_a_company_speaks_of_the_mock(users: Users) -> None:
    mails = [message_from_bytes(mail.source, policy=default) for mail in users.world.messages()]
    bodies = [body.get_content() for mail in mails if (body := mail.get_body())]

    assert len(mails) > 5
    assert [text for text in [*(str(mail) for mail in mails), *bodies] if OUT_OF_CHARACTER.search(text)] == []
