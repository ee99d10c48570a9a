"""The pages of a world in their states: by links, with what is folded opened, and with forms sent empty and filled."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page

from e2e.gallery.forms import FORMS, SEND_UNFILLED, TURNS, UNFILLED, Form
from e2e.gallery.links import SeenKinds, links_of, open_links
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

Shown = tuple[Page, str]
"""A page as it is now, and how one gets there."""


def walk(actor: Actor, scenario: Scenario, seen: SeenKinds) -> Iterator[Shown]:
    """Show the pages of kinds not ``seen`` yet that an actor gets to, each in its states, then what comes of ``FORMS``.

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
    sent = set[Form]()
    yield from _filled_in(actor, scenario, met, sent)
    if sent:
        for page, place in open_links(actor, seen.anew()):
            _note(met, page.url, scenario)
            yield page, f"a link of {urlsplit(place).path}"
        yield from _filled_in(actor, scenario, met, sent)


def take_turns(people: Mapping[str, Actor], scenario: Scenario) -> Iterator[Shown]:
    """Show the pages before and after each of the ``TURNS`` of ready-made people, who are given by their keys."""
    signed_in = set[str]()
    for turn in TURNS:
        actor = people[turn.person]
        if turn.days:
            scenario.world.clock.advance(days=turn.days)
            signed_in.clear()
        if turn.person not in signed_in:
            signed_in.add(turn.person)
            People(actor).sign_in_everywhere(turn.person)
        if turn.form.page:
            actor.opens(f"https://{turn.form.page}")
        yield actor.page, f"what the {turn.person} opens"
        if turn.form.send(actor.page, scenario):
            yield actor.page, f"what the {turn.person} comes to from there"


def _unfilled(actor: Actor, address: str) -> Iterator[Shown]:
    """Send each form of a page whose required fields are empty: it is shown again, and nothing is changed."""
    for number in actor.page.evaluate(UNFILLED):
        actor.page.goto(address)
        with actor.waits_for_next_page():
            actor.page.evaluate(SEND_UNFILLED, number)
        yield actor.page, f"a form of {urlsplit(address).path} that was not filled in"


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
