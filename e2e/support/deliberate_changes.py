"""The deliberate changes, grouped by what they change."""

from itertools import chain
from typing import Any, Final

from e2e.support.deliberate import Change, Deliberate
from e2e.support.sample import BUYER_CENTER, MARKETPLACE, SampleElement, SampleStep
from mock_sites.review.changes import Kind

WARNING: Final = "Refused to load the image"


def _element(steps: list[SampleStep], number: int, role: str, place: int = 0) -> SampleElement:
    """An element of the step with that number, by its role."""
    found: list[SampleElement] = []
    waiting = list(steps[number - 1].elements)
    while waiting:
        this = waiting.pop(0)
        found += [this] if this.role == role else []
        waiting = this.children + waiting
    return found[place]


def _lose(number: int, role: str) -> Change:
    def change(steps: list[SampleStep]) -> None:
        steps[number - 1].elements.remove(_element(steps, number, role))

    return change


def _put(number: int, place: int, element: SampleElement) -> Change:
    return lambda steps: steps[number - 1].elements.insert(place, element)


def _set(number: int, role: str, place: int = 0, /, **values: Any) -> Change:
    """Give an element other attributes."""

    def change(steps: list[SampleStep]) -> None:
        for name, value in values.items():
            setattr(_element(steps, number, role, place), name, value)

    return change


def _step(number: int, /, **values: Any) -> Change:
    """Give a step other attributes."""

    def change(steps: list[SampleStep]) -> None:
        for name, value in values.items():
            setattr(steps[number - 1], name, value)

    return change


def _edit(number: int, part: str, place: int, /, **values: Any) -> Change:
    """Change an entry in a list of a step, such as a call or a mail."""
    return lambda steps: getattr(steps[number - 1], part)[place].update(values)


def _rename_button(steps: list[SampleStep]) -> None:
    _element(steps, 2, "button").name = "Activate"
    _element(steps, 5, "button", 1).name = "Activate"


def _rename_status(steps: list[SampleStep]) -> None:
    row = _element(steps, 4, "row", 1)
    row.name = "Guance Active"
    row.children[1].name = "Active"


def _lead_elsewhere(steps: list[SampleStep]) -> None:
    steps[4].url = f"{BUYER_CENTER}/overview"
    steps[4].requests[-1] = ("GET", f"{BUYER_CENTER}/overview", 200)


def _split(steps: list[SampleStep]) -> None:
    whole = steps[2]
    steps.insert(
        2,
        SampleStep(
            "agrees",
            "Agree to the terms",
            f"{MARKETPLACE}/order",
            [SampleElement("heading", "Order", states="level=1")],
            whole.requests[:1],
        ),
    )
    whole.requests = whole.requests[1:]


def _join(steps: list[SampleStep]) -> None:
    first = steps.pop(0)
    steps[0].requests = first.requests + steps[0].requests
    steps[0].events = first.events + steps[0].events


def _new_step(steps: list[SampleStep]) -> None:
    page = [SampleElement("heading", "Costs", states="level=1")]
    steps.insert(3, SampleStep("looks_at_costs", "Look at the costs", f"{BUYER_CENTER}/costs", page, []))


FLOW: Final = [
    Deliberate("a step more", _new_step, Kind.FLOW, (4,), "step “Look at the costs” is new"),
    Deliberate("a step less", lambda s: s.pop(3), Kind.FLOW, (4,), "“Find the service in Purchased Services” is gone"),
    Deliberate("steps in another order", lambda s: s.insert(1, s.pop(3)), Kind.FLOW, (2,), "comes elsewhere"),
    Deliberate("a step renamed", _step(4, name="finds_it", title="Find it"), Kind.FLOW, (4,), "is now “Find it”"),
    Deliberate("a step split", _split, Kind.FLOW, (3,), "was split into “Agree to the terms” and “Agree to the"),
    Deliberate("two steps joined", _join, Kind.FLOW, (1,), "steps “Sign in” and “Open the product page” were joined"),
    Deliberate("another actor", _step(5, actor="employee"), Kind.FLOW, (5,), "done by employee instead of buyer"),
    Deliberate("a clause not shown", _step(3, clauses=["buy-3"]), Kind.FLOW, (3,), "shows buy-3 instead of buy-3"),
    Deliberate("a step that fails", _step(5, error="no button"), Kind.FLOW, (5,), "fails: no button"),
    Deliberate("another redirect", _lead_elsewhere, Kind.FLOW, (5,), f"ends on {BUYER_CENTER}/overview instead of"),
    Deliberate("another end", _step(2, url=f"{MARKETPLACE}/guance?offer=2"), Kind.FLOW, (2,), "?offer=2 instead"),
]
PAGES: Final = [
    Deliberate("a button renamed on two pages", _rename_button, Kind.TEXT, (2, 5), "“Subscribe Now” is now “Activate”"),
    Deliberate("a heading reworded", _set(3, "heading", name="Submitted"), Kind.TEXT, (3,), "is now “Submitted”"),
    Deliberate("a note reworded", _set(3, "note", text="Please wait."), Kind.TEXT, (3,), "is now “Please wait.”"),
    Deliberate("a note lost", _lose(3, "note"), Kind.STRUCTURE, (3,), "note “The seller is asked to open"),
    Deliberate("a paragraph lost", _lose(2, "paragraph"), Kind.STRUCTURE, (2,), "paragraph “Pay per use: nothing is"),
    Deliberate("a text more", _put(2, 3, SampleElement("text", text="Beta")), Kind.TEXT, (2,), "text “Beta” is new"),
    Deliberate("a heading lost", _lose(4, "heading"), Kind.STRUCTURE, (4,), "heading “Purchased Services” is gone"),
    Deliberate("a heading of another level", _set(2, "heading", states="level=2"), Kind.STRUCTURE, (2,), "level 2"),
    Deliberate("a field lost", _lose(5, "textbox"), Kind.STRUCTURE, (5,), "field “Email” is gone"),
    Deliberate(
        "a field more", _put(5, 3, SampleElement("textbox", "Phone")), Kind.STRUCTURE, (5,), "field “Phone” is new"
    ),
    Deliberate("a field filled in", _set(5, "textbox", text="li@x.cn"), Kind.TEXT, (5,), "“li@x.cn” and was empty"),
    Deliberate("another value", _set(3, "textbox", text="some"), Kind.TEXT, (3,), "holds “some” instead of “none”"),
    Deliberate("a value lost", _set(3, "textbox", text=""), Kind.TEXT, (3,), "field “Remark” is empty now"),
    Deliberate("a label renamed", _set(5, "textbox", name="Mail"), Kind.TEXT, (5,), "field “Email” is now “Mail”"),
    Deliberate("a button that works", _set(5, "button", states=""), Kind.STRUCTURE, (5,), "is no longer disabled"),
    Deliberate("a button that does not", _set(4, "button", states="disabled"), Kind.STRUCTURE, (4,), "is now disabled"),
    Deliberate("a box unticked", _set(3, "checkbox", states=""), Kind.STRUCTURE, (3,), "is no longer checked"),
    Deliberate("a link to elsewhere", _set(3, "link", 1, url="/all"), Kind.STRUCTURE, (3,), "/all instead of /orders"),
    Deliberate("a button made a link", _set(4, "button", role="link"), Kind.STRUCTURE, (4,), "is now a link"),
    Deliberate(
        "a list item more",
        lambda s: _element(s, 4, "list").children.append(SampleElement("listitem", text="Renew")),
        Kind.STRUCTURE, (4,), "list item “Renew” is new",
    ),
    Deliberate(
        "a list item less",
        lambda s: _element(s, 4, "list").children.pop(),
        Kind.STRUCTURE, (4,), "Release” is gone",
    ),
    Deliberate(
        "list items in another order",
        lambda s: _element(s, 4, "list").children.reverse(),
        Kind.STRUCTURE, (4,), "stands elsewhere",
    ),
    Deliberate("another status in a table", _rename_status, Kind.TEXT, (4,), "cell “Running” is now “Active”"),
    Deliberate("a table lost", _lose(4, "table"), Kind.STRUCTURE, (4,), "table “Services” is gone"),
]  # fmt: skip
LOOKS: Final = [
    Deliberate("a button moved", _set(4, "button", right=40), Kind.LAYOUT, (4,), "moved 40 pixels to the right"),
    Deliberate("a button widened", _set(2, "button", wider=50), Kind.LAYOUT, (2,), "is 123 × 24 instead of 73 × 24"),
    Deliberate("a button of another colour", _set(2, "button", colour="crimson"), Kind.PIXELS, (2,), "pixels differ"),
    Deliberate("a link of another colour", _set(1, "link", 1, colour="crimson"), Kind.PIXELS, (1,), "at (20, 70)"),
]
TRAFFIC: Final = [
    Deliberate(
        "a request more",
        lambda s: s[1].requests.append(("GET", f"{MARKETPLACE}/offers", 200)),
        Kind.REQUESTS, (2,), "/offers is made in addition",
    ),
    Deliberate("a request less", lambda s: s[0].requests.pop(0), Kind.REQUESTS, (1,), "/sign-in is no longer made"),
    Deliberate(
        "another status",
        lambda s: s[1].requests.__setitem__(0, ("GET", f"{MARKETPLACE}/guance", 500)),
        Kind.REQUESTS, (2,), "is answered with 500 instead of 200",
    ),
    Deliberate(
        "another address on the way",
        lambda s: s[2].requests.__setitem__(0, ("GET", f"{MARKETPLACE}/checkout", 200)),
        Kind.REQUESTS, (3,), "goes to https://marketplace.huaweicloud.com/checkout instead",
    ),
    Deliberate("requests in another order", lambda s: s[0].requests.reverse(), Kind.REQUESTS, (1,), "in another order"),
    Deliberate("a call that fails", _edit(3, "calls", 0, status=500), Kind.CALLS, (3,), "with 500 instead of 200"),
    Deliberate("a call less", lambda s: s[2].calls.clear(), Kind.CALLS, (3,), "/saas/produce is no longer made"),
    Deliberate("a call twice", lambda s: s[2].calls.append(s[2].calls[0]), Kind.CALLS, (3,), "is made in addition"),
]  # fmt: skip
WORLD: Final = [
    Deliberate("an event less", lambda s: s[2].events.pop(), Kind.JOURNAL, (3,), "“order paid” no longer happens"),
    Deliberate(
        "an event more",
        lambda s: s[4].events.append({"kind": "bill sent", "facts": {}}),
        Kind.JOURNAL, (5,), "“bill sent” happens in addition",
    ),
    Deliberate("events in another order", lambda s: s[2].events.reverse(), Kind.JOURNAL, (3,), "in another order"),
    Deliberate(
        "another amount",
        lambda s: s[2].events[0]["facts"].update(amount="9.90"),
        Kind.JOURNAL, (3,), 'tells amount "9.90" instead of "0.00"',
    ),
    Deliberate("a mail less", lambda s: s[3].mails.clear(), Kind.MAIL, (4,), "to li.wei@example.com is no longer sent"),
    Deliberate("a mail twice", lambda s: s[3].mails.append(s[3].mails[0]), Kind.MAIL, (4,), "is sent in addition"),
    Deliberate("a mail to somebody else", _edit(4, "mails", 0, to="x@y.cn"), Kind.MAIL, (4,), "goes to x@y.cn instead"),
    Deliberate("another subject", _edit(4, "mails", 0, subject="Open"), Kind.MAIL, (4,), "has the subject “Open”"),
    Deliberate(
        "another line in a mail",
        _edit(4, "mails", 0, text="Dear Li Wei,\nGuance is closed for you.\nHuawei Cloud\n"),
        Kind.MAIL, (4,), "says “Guance is closed for you.” instead of “Guance is open for you.”",
    ),
    Deliberate("an error in the console", _step(2, console=[WARNING]), Kind.CONSOLE, (2,), f"says “{WARNING}”"),
    Deliberate("a slower step", _step(2, seconds=9.0), Kind.TIME, (2,), "takes 9.0 instead of 1.0 seconds"),
]  # fmt: skip
CONTENT: Final = [
    Deliberate("another title", _step(2, document_title="Guance"), Kind.TEXT, (2,), "is “Guance” instead of"),
    Deliberate("another language", _step(2, document_language="zh"), Kind.STRUCTURE, (2,), "is zh instead of en"),
    Deliberate("a dialog less", lambda s: s[1].dialogs.clear(), Kind.DIALOGS, (2,), "page?” no longer opens"),
    Deliberate("a dialog more", _step(3, dialogs=[("alert", "Paid")]), Kind.DIALOGS, (3,), "“Paid” opens in addition"),
    Deliberate("a dialog's text", _step(2, dialogs=[("confirm", "Leave?")]), Kind.DIALOGS, (2,), "now says “Leave?”"),
    Deliberate("another dialog", _step(2, dialogs=[("alert", "Leave this page?")]), Kind.DIALOGS, (2,), "now an alert"),
    Deliberate("a download less", lambda s: s[1].downloads.clear(), Kind.FILES, (2,), "“prices.csv” no longer happens"),
    Deliberate("a file's name", _step(2, downloads=[("a.csv", "")]), Kind.FILES, (2,), "has the name “a.csv” now"),
    Deliberate("a file's content", _step(2, downloads=[("prices.csv", "77")]), Kind.FILES, (2,), "SHA-256 77… instead"),
]  # fmt: skip
CATALOGUE: Final = list(chain(FLOW, PAGES, LOOKS, TRAFFIC, WORLD, CONTENT))
