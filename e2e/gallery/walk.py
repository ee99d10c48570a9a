"""The pages of a world in their states: by links, with what is folded opened, and with forms sent empty and filled."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

from e2e.gallery.forms import FORMS, SEARCH, SEARCHES, SEND_UNFILLED, UNFILLED, Form, known_in
from e2e.gallery.links import SeenKinds, links_of, open_links
from e2e.gallery.scenes.shared import Scene
from e2e.pages.operator import People
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

_UNFOLD: Final = """() => {
  const folded = [...document.querySelectorAll("main details:not([open])")]
  for (const one of folded) one.open = true
  const menu = document.querySelector("main button[popovertarget]")
  menu?.click()
  return Boolean(folded.length || menu)
}"""
"""Opens what is folded, and the first menu. Whether there was something."""

_FACTS: Final = """() => Object.fromEntries([
  ...[...document.querySelectorAll("[data-fact]")].map(one => [one.dataset.fact, one.innerText]),
  ...[...document.querySelectorAll(":is(input, textarea)[readonly][name]")].map(one => [one.name, one.value]),
  ...[...document.querySelectorAll("pre[aria-labelledby]")]
    .map(one => [one.getAttribute("aria-labelledby"), one.innerText]),
  ...(document.body.innerText.match(/\\b(?:[A-Z0-9]{4}-){3}[A-Z0-9]{4}\\b/g) ?? []).map(code => ["voucher", code])
])"""
"""What people note down from a page: its named facts, the values that it has to copy, what was sent, and the code of a
voucher."""

_SIGN_IN_LASTS: Final = 0.5
"""Days."""

Shown = tuple[Page, str]
"""A page as it is now, and how one gets there."""


def walk(actor: Actor, scenario: Scenario, seen: SeenKinds, searched: SeenKinds) -> Iterator[Shown]:
    """Show the pages of kinds not ``seen`` yet that an actor gets to, each in its states, then what comes of ``FORMS``.
    The states are those with all unfolded, with forms that were not filled in, and, of lists of kinds that were not
    ``searched`` yet, with nothing found.

    The forms change the world. So all pages are shown again afterwards, and then what comes of further forms there.
    """
    met = dict[Form, str]()
    for page, place in open_links(actor, seen):
        address = page.url
        for each in (address, *links_of(page)):
            _note(met, each, scenario)
        yield page, f"a link of {urlsplit(place).path}"
        if page.evaluate(_UNFOLD):
            yield page, f"all of {urlsplit(address).path} unfolded"
        yield from _unfilled(actor.at(page), address)
        yield from _nothing_found(actor.at(page), address, searched)
    sent = set[Form]()
    yield from _filled_in(actor, scenario, met, sent)
    if sent:
        for page, place in open_links(actor, seen.anew()):
            _note(met, page.url, scenario)
            yield page, f"a link of {urlsplit(place).path}"
        yield from _filled_in(actor, scenario, met, sent)


def take_turns(scene: Scene, people: Mapping[str, Actor], scenario: Scenario) -> Iterator[Shown]:
    """Show the pages before and after each turn of a scene, to people who are given by their names in it.

    Everybody may type, and open pages by, what somebody has noted down from the page after a form.
    """
    ready_made, signed_in, noted = scenario.world.people(), set[str](), dict[str, str]()
    for turn in scene.turns:
        actor = people[turn.person]
        if turn.fact:
            turn.fact(scenario.world)
        if turn.days:
            scenario.world.clock.advance(days=turn.days)
            if turn.days >= _SIGN_IN_LASTS:
                signed_in.clear()
        if turn.person in ready_made and turn.person not in signed_in:
            signed_in.add(turn.person)
            People(actor).sign_in_everywhere(turn.person)
        if turn.page:
            place = turn.page.format_map(known_in(scenario) | noted)
            address = urljoin(scenario.world.url, place) if place.startswith(("/", "http:")) else f"https://{place}"
            actor.opens(address)
        if turn.link:
            actor.page.goto(actor.page.locator(turn.link).first.evaluate("link => link.href"))
        yield actor.page, f"what the {turn.person} opens"
        if turn.form and turn.form.send(actor.page, scenario, noted):
            noted |= actor.page.evaluate(_FACTS)
            yield actor.page, f"what the {turn.person} comes to from there"


def _unfilled(actor: Actor, address: str) -> Iterator[Shown]:
    """Send each form of a page whose required fields are empty: it is shown again, and nothing is changed."""
    for number in actor.page.evaluate(UNFILLED):
        actor.page.goto(address)
        with actor.waits_for_next_page():
            actor.page.evaluate(SEND_UNFILLED, number)
        yield actor.page, f"a form of {urlsplit(address).path} that was not filled in"


def _nothing_found(actor: Actor, address: str, searched: SeenKinds) -> Iterator[Shown]:
    """Search each list of a page for a word that nobody uses."""
    for number, action in actor.page.evaluate(SEARCHES):
        if searched.add(action):
            actor.page.goto(address)
            with actor.waits_for_next_page():
                actor.page.evaluate(SEARCH, number)
            yield actor.page, f"a search of {urlsplit(address).path} that finds nothing"


def _filled_in(actor: Actor, scenario: Scenario, met: dict[Form, str], sent: set[Form]) -> Iterator[Shown]:
    """Send the forms that were not sent yet in their order, and those of the pages to which they lead."""
    page = actor.in_another_tab().page
    for form in FORMS:
        if form in met and form not in sent:
            sent.add(form)
            page.goto(met[form])
            # Somebody who may not open the page is led to another one.
            if form.is_at(_place(page.url, scenario)) and form.send(page, scenario):
                _note(met, page.url, scenario)
                yield page, f"the form of {urlsplit(met[form]).path}"
    page.close()


def _note(met: dict[Form, str], address: str, scenario: Scenario) -> None:
    """Note which forms are on a page, and where it is."""
    for form in FORMS:
        if form.is_at(_place(address, scenario)):
            met.setdefault(form, address)


def _place(address: str, scenario: Scenario) -> str:
    """The documented host and the path of an address; on the start page's server the path alone."""
    parts, start = urlsplit(scenario.world.documented(address)), urlsplit(scenario.world.url)
    return parts.path if parts.netloc == start.netloc else f"{parts.netloc}{parts.path}"
