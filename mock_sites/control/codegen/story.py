"""What people did, one thing after the other, derived from the visits of a recording."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from mock_sites.control.codegen.locators import Locator
from mock_sites.control.codegen.shown import Filled, Shown, is_same
from mock_sites.control.codegen.steps import Step, Tab, Verb
from mock_sites.control.codegen.values import Kind, Typed, Value
from mock_sites.control.codegen.visits import fields_of, sources_of, starts_of, with_browsers
from mock_sites.web.markup import Element
from mock_sites.web.signing_in import PASS_PATH
from mock_sites.world.company import Person
from mock_sites.world.recording import Recording, SignedIn, Turned, Visit

LONGEST_LAG: Final = 60
"""How many seconds the clock of a test may be behind that of the recording, while no job is done."""

REFUSED_PASSWORD: Final = "a"
"""A password that every page refuses."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of the world of a recording."""

    suffix: str
    typed: Typed
    person: Callable[[SignedIn], Person | None]
    """The ready-made person who is signed in."""
    look: Callable[[str, str], str]
    """The page at a documented address, as a new browser with a language gets it."""


class _OpenTab:
    """A tab with the page that it shows, and the number of the visit that has brought it."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.show(0, None, "")

    def show(self, visit: int, shown: Shown | None, address: str) -> None:
        """Show what a visit has brought."""
        self.visit, self.shown, self.address = visit, shown, address
        self.typed: dict[Element, Filled] = {}
        """What the fields were set to, since the page is shown."""


@dataclass(frozen=True)
class Story:
    """The steps of a recording, and the language of its first page, such as "zh-CN"."""

    steps: list[Step]
    language: str


def story(recording: Recording, known: Known, browsers: Sequence[int] = ()) -> Story:
    """What was done in a recording, or in some ``browsers`` of it."""
    visits = with_browsers(recording.visits)
    chosen = [visit for visit in visits if not browsers or visit.browser in browsers]
    deriving = _Deriving(chosen, known, recording)
    return Story(deriving.all(), deriving.language)


def people(recording: Recording, known: Callable[[SignedIn], Person | None]) -> dict[int, list[Person]]:
    """By browser, the ready-made people who were signed in there, in order. ``known`` is as in ``Known.person``."""
    found: dict[int, list[Person]] = {}
    for visit in with_browsers(recording.visits):
        there = found.setdefault(visit.browser, [])
        person = known(visit.signed_in) if visit.signed_in else None
        if person and person not in there:
            there.append(person)
    return found


class _Deriving:
    """Goes through the visits once."""

    def __init__(self, visits: list[Visit], known: Known, recording: Recording) -> None:
        self._visits, self._known, self._acts = visits, known, recording.acts
        self._shown = {
            visit.number: Shown(visit.url, visit.page, known.suffix)
            for visit in visits
            if visit.packed and not visit.stays
        }
        self._starts = starts_of(visits)
        self._sources = sources_of(visits, self._starts, self._shown)
        self._steps = list[Step]()
        self._tabs = list[_OpenTab]()
        self._arriving: dict[int, _OpenTab] = {}
        self._signed_in = set[tuple[int, str, str]]()
        self._clock = recording.began
        self._due = False
        self._chosen = set[str]()

    def all(self) -> list[Step]:
        """The steps."""
        for visit in self._visits:
            self._act_until(visit.number)
            self._due = self._due or visit.due
            if visit.number in self._starts:
                self._wait(visit.at)
                self._go(visit)
            elif visit.browser in self._arriving:
                self._arrive(self._arriving.pop(visit.browser), visit)
            if visit.signed_in:
                self._signed_in.add(_key_of(visit, visit.signed_in))
        self._act_until(math.inf)
        return self._steps

    def _act_until(self, number: float) -> None:
        """Do what the operator did before a visit."""
        while self._acts and self._acts[0].after < number:
            act = self._acts.pop(0)
            self._due = self._due or act.due or act.turned is None
            self._wait(act.at)
            if act.turned:
                self._turn(act.turned)

    def _turn(self, turned: Turned) -> None:
        customer = self._known.typed.value(turned.customer, secret=False)
        self._add(None, Verb.TURN_ON if turned.on else Verb.TURN_OFF, text=turned.name, value=customer)

    def _go(self, visit: Visit) -> None:
        """What begins with a visit that is not the end of a redirect."""
        source = self._sources.get(visit.number)
        is_pass = visit.method == "POST" and visit.url.endswith(PASS_PATH)
        known = visit.signed_in is None or _key_of(visit, visit.signed_in) in self._signed_in
        if is_pass or (visit.was_signed_in and not known):
            self._sign_in(self._tab(visit), visit)
            source = None
        if is_pass:
            return
        current = self._at(visit.browser, source.visit) if source else None
        form = source.form if source else None
        if current is None or source is None:
            self._open(visit)
        elif form is not None and "data-send-at-once" in form.attributes:
            self._arrive(current, visit)
        elif not visit.by_person:
            self._open(visit)
        elif source.link is not None:
            self._follow(current, source.link, visit)
        elif form is not None and current.shown is not None:
            self._send(current, current.shown, form, visit)
            if visit.stays:
                self._add(current.tab, Verb.TEXT, text=str(json.loads(visit.page).get("text", "")))
            else:
                self._arrive(current, visit, sent_by=form)

    def _open(self, visit: Visit) -> None:
        """An address that no page has led to: somebody has typed it, shown a page again, or the page itself did."""
        tab = self._tab(visit)
        again = tab.shown is not None and visit.method == "GET" and is_same(tab.address, visit.url)
        if visit.stays:
            return
        if visit.method != "GET":
            self._add(tab.tab, Verb.REMARK, text=f"A form was sent to {visit.url} from a page that was not recorded.")
        elif visit.by_person and tab.shown is not None and tab.shown.leads_back_to(visit.url):
            self._add(tab.tab, Verb.ESCAPE)
        elif not again:
            self._add(tab.tab, Verb.OPEN, text=visit.url)
        elif visit.by_person or self._steps[-1].verb == Verb.ADVANCE:
            self._add(tab.tab, Verb.RELOAD)
        self._arrive(tab, visit)

    def _follow(self, tab: _OpenTab, link: Element, visit: Visit) -> None:
        shown = tab.shown
        locator = shown.page.with_role(link) if shown else None
        if shown is None or locator is None:
            self._open(visit)
            return
        if opener := shown.page.opener(link):
            self._add(tab.tab, Verb.CLICK, locator=opener)
        new = self._new_tab(visit.browser, "click") if link.attributes.get("target") == "_blank" else None
        self._add(tab.tab, Verb.CLICK, locator=locator, opens=new.tab if new else None)
        self._arrive(new or tab, visit)

    def _send(self, opened: _OpenTab, shown: Shown, form: Element, visit: Visit) -> None:
        """Fill in a form and send it."""
        tab = opened.tab
        fields = fields_of(visit)
        person = next((found for _, text in fields if (found := self._known.typed.person(text))), None)
        for each in shown.filled(form, fields):
            if opened.typed.get(each.element) == each:
                continue
            opened.typed[each.element] = each
            value = None
            if each.verb == "fill":
                value = self._known.typed.value(each.value, secret=each.secret, person=person)
                if value.kind == Kind.NEW_PASSWORD:
                    value = self._new_password(tab, value, each.element, visit)
            self._add(tab, Verb(each.verb), locator=shown.page.labelled(each.element), text=each.value, value=value)
        uploads = {
            one.attributes.get("name"): one for one in shown.controls(form) if one.attributes.get("type") == "file"
        }
        for file in visit.files:
            if file.name and file.field in uploads:
                self._add(tab, Verb.UPLOAD, locator=shown.page.labelled(uploads[file.field]), file=file)
        if visit.left_out:
            text = f"The form had {visit.left_out} more characters, which the recording has not kept."
            self._add(tab, Verb.REMARK, text=text)
        button = shown.button(form, visit.url, fields)
        if button is not None:
            if opener := shown.page.opener(button):
                self._add(tab, Verb.CLICK, locator=opener)
            self._add(tab, Verb.CLICK, locator=shown.page.with_role(button))
        else:
            self._add(tab, Verb.ENTER)

    def _new_password(self, tab: Tab, value: Value, field: Element, visit: Visit) -> Value:
        """Remark a password with which somebody signs in although nobody has chosen it in the recording.

        In place of one that was chosen and refused, one is typed that is refused too.
        """
        chosen = field.attributes.get("autocomplete") == "new-password"
        after = self._shown.get(visit.number)
        if chosen and after and after.refuses(field):
            return Value(Kind.TEXT, REFUSED_PASSWORD)
        if not chosen and value.text not in self._chosen and visit.signed_in and not visit.was_signed_in:
            text = f"Password {value.text} is older than the recording: let the fixture mock_passwords return it."
            self._add(tab, Verb.REMARK, text=text)
        self._chosen.add(value.text)
        return value

    def _sign_in(self, tab: _OpenTab, visit: Visit) -> None:
        """Sign in as the person who was signed in without a form, or before the recording began."""
        if visit.signed_in is None:
            return
        self._signed_in.add(_key_of(visit, visit.signed_in))
        person, address = self._known.person(visit.signed_in), visit.signed_in.page
        shown = Shown(address, self._known.look(address, self.language), self._known.suffix)
        form = shown.sign_in_form()
        if person is None or form is None:
            self._add(tab.tab, Verb.REMARK, text=f"Sign in at {address}: the recording does not show how.")
            return
        kinds = {one.attributes.get("name", ""): one.attributes.get("type", "text") for one in shown.controls(form)}
        username = next(name for name, kind in kinds.items() if kind in {"text", "email"})
        password = next(name for name, kind in kinds.items() if kind == "password")
        sent = ((username, person.username), (password, person.password))
        self._add(tab.tab, Verb.OPEN, text=address)
        tab.show(0, shown, address)
        self._send(tab, shown, form, replace(visit, method="POST", url=address, fields=sent, files=()))
        self._add(tab.tab, Verb.LEFT, text=address)
        tab.show(0, None, "")

    def _arrive(self, tab: _OpenTab, visit: Visit, sent_by: Element | None = None) -> None:
        """Show what a visit has brought in a tab, and expect it there. ``sent_by`` is the form that led to it."""
        if visit.leads_to:
            self._arriving[visit.browser] = tab
            return
        before, shown = tab.shown, self._shown.get(visit.number)
        if shown is None:
            return
        came_from = tab.address
        tab.show(visit.number, shown, visit.url)
        alerts, news = shown.messages("alert"), shown.messages("status")
        dialog = shown.dialog_heading
        if dialog and (before is None or before.dialog_heading != dialog):
            self._add(tab.tab, Verb.DIALOG, locator=Locator("heading", dialog, exact=True, in_dialog=True))
        elif shown.heading and (before is None or before.heading != shown.heading):
            self._add(tab.tab, Verb.HEADING, text=shown.heading)
        elif alerts:
            self._add(tab.tab, Verb.ALERT, text=alerts[0])
        elif news:
            self._add(tab.tab, Verb.STATUS, text=news[0])
        elif not is_same(came_from, visit.url) and "http" not in visit.url.partition("?")[2]:
            self._add(tab.tab, Verb.ADDRESS, text=_as_browsers_show(visit, sent_by))

    def _wait(self, until: datetime) -> None:
        """Let the clock go on, if it was moved, a job was done meanwhile or a minute has passed."""
        lag = (until - self._clock).total_seconds()
        if lag > 0 and (self._due or lag >= LONGEST_LAG):
            seconds = math.ceil(lag)
            self._clock += timedelta(seconds=seconds)
            if self._steps and self._steps[-1].verb == Verb.ADVANCE:
                seconds += int(self._steps.pop().text)
            self._add(None, Verb.ADVANCE, text=str(seconds))
            self._due = False

    def _at(self, browser: int, visit: int) -> _OpenTab | None:
        """The tab of a browser that shows what a visit has brought."""
        return next((tab for tab in self._tabs if tab.tab.browser == browser and tab.visit == visit), None)

    def _tab(self, visit: Visit) -> _OpenTab:
        """The tab of a browser in which an address is opened: the last one, unless somebody goes on there later."""
        there = [tab for tab in self._tabs if tab.tab.browser == visit.browser]
        if not there:
            return self._new_tab(visit.browser)
        same = [tab for tab in there if tab.shown is not None and is_same(tab.address, visit.url)]
        tab = max(same or there, key=lambda each: each.visit)
        needed = any(number > visit.number and source.visit == tab.visit for number, source in self._sources.items())
        own = self._sources.get(visit.number)
        if (
            needed
            and not same
            and tab.shown is not None
            and (own is None or self._at(visit.browser, own.visit) is None)
        ):
            return self._new_tab(visit.browser, "person")
        return tab

    def _new_tab(self, browser: int, opened_by: str = "") -> _OpenTab:
        tab = _OpenTab(Tab(browser=browser, number=len(self._tabs) + 1, opened_by=opened_by))
        self._tabs.append(tab)
        return tab

    @property
    def language(self) -> str:
        """The language of the first page."""
        return next((shown.language for shown in self._shown.values()), "en")

    def _add(self, tab: Tab | None, verb: Verb, **details: Any) -> None:
        there = next((each for each in self._tabs if each.tab == tab), None)
        page = there.address if there else ""
        heading = there.shown.heading if there and there.shown else ""
        self._steps.append(Step(verb=verb, tab=tab, page=page, heading=heading, **details))


def _as_browsers_show(visit: Visit, sent_by: Element | None) -> str:
    """The address of a visit. A form without fields adds an empty query (HTML, "mutate action URL")."""
    empty = sent_by is not None and visit.method == "GET" and "?" not in visit.url
    return f"{visit.url}?" if empty else visit.url


def _key_of(visit: Visit, signed_in: SignedIn) -> tuple[int, str, str]:
    return visit.browser, signed_in.company, signed_in.subject
