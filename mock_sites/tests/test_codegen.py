"""How a recorded page becomes lines of a test: what finds an element, and what is written of what was typed."""

import pytest

from mock_sites.control.codegen.locators import Locator, Page, closed_details, dialog_around, is_hidden
from mock_sites.control.codegen.shown import Shown, is_same
from mock_sites.control.codegen.values import Kind, Typed, Value, codes
from mock_sites.web.markup import Element, elements
from mock_sites.world.company import Person

LI = Person(
    key="verified-buyer",
    names={"en": "Li Wei"},
    role="",
    sign_in="",
    username="hw_liwei",
    password="Mock-2026-Pass",
    email="li.wei@example.com",
)
MEI = Person(
    key="workspace-owner",
    names={"en": "Mei"},
    role="",
    sign_in="",
    username="mei",
    password="Mock-2026-Pass",
    email="mei@x.example",
)
HERE = "https://shop.example/orders"


def page_of(body: str) -> Page:
    return Page(elements(f"<html lang='en'><body>{body}</body></html>"))


def by_id(page: Page, key: str = "it") -> Element:
    return next(one for one in page.elements if one.attributes.get("id") == key)


def shown(body: str) -> Shown:
    return Shown(HERE, f"<html lang='zh-CN'><body>{body}</body></html>", ".w1.localhost:8700")


@pytest.mark.parametrize(
    ("body", "locator"),
    [
        ("<a id=it href=/a>Orders</a><a>Orders</a>", Locator("link", "Orders")),
        ("<a id=it href=/a>Orders</a><a href=/b>My Orders</a>", Locator("link", "Orders", exact=True)),
        ("<a href=/b>Pay</a><a id=it href=/a>Pay</a>", Locator("link", "Pay", exact=True, number=1)),
        ("<a id=it href=/a aria-label='Pay order 7'>Pay</a>", Locator("link", "Pay order 7")),
        (
            "<button id=it><svg aria-hidden=true><title>x</title></svg> Go</button>",
            Locator("button", "Go"),
        ),
        ("<button hidden>Go</button><button id=it>Go</button>", Locator("button", "Go")),
        (
            "<button>Close</button><dialog open><button id=it>Close</button></dialog>",
            Locator("button", "Close", in_dialog=True),
        ),
        ("<div popover><a id=it href=/a>Renew</a></div>", Locator("link", "Renew")),
    ],
)
def test_a_link_or_a_button_is_found_by_the_shortest_way_that_finds_no_other(body: str, locator: Locator) -> None:
    page = page_of(body)

    assert page.with_role(by_id(page)) == locator


@pytest.mark.parametrize(
    ("body", "locator"),
    [
        ("<label for=it>Name <span>(optional)</span></label><input id=it>", Locator("", "Name (optional)")),
        (
            "<label for=it>Name</label><input id=it><label for=b>Full name</label><input id=b>",
            Locator("", "Name", exact=True),
        ),
        (
            "<label for=b>Name</label><input id=b><label for=it>Name</label><input id=it>",
            Locator("", "Name", exact=True, number=1),
        ),
        (
            "<section aria-label='Name of it'></section><label>Name<input id=it></label>",
            Locator("", "Name", exact=True),
        ),
    ],
)
def test_a_field_is_found_by_its_label(body: str, locator: Locator) -> None:
    page = page_of(body)

    assert page.labelled(by_id(page)) == locator


def test_what_is_in_a_menu_or_in_closed_details_is_reached_by_what_opens_it() -> None:
    menu = page_of("<button popovertarget=m>More</button><div popover id=m><a id=it href=/a>Renew</a></div>")
    details = page_of("<details><summary>Site: <b>China</b></summary><a id=it href=/a>Other</a></details>")

    assert menu.opener(by_id(menu)) == Locator("button", "More")
    assert details.opener(by_id(details)) == Locator("summary", "Site: China")
    assert closed_details(by_id(details)) is not None
    assert is_hidden(by_id(details))
    assert dialog_around(by_id(details)) is None
    assert page_of("<a id=it href=/a>Seen</a>").opener(by_id(menu)) is None


def test_addresses_are_the_same_whatever_their_fragments_and_escapes() -> None:
    assert is_same("https://a.example", "https://a.example/#top")
    assert is_same("https://a.example/x?b=%2F", "https://a.example/%78?b=/")
    assert not is_same("https://a.example/x?b=1", "https://a.example/x?b=2")


def test_the_form_and_the_button_that_were_used_are_found_among_others() -> None:
    page = shown(
        "<form method=post action='http://shop.example.w1.localhost:8700/pay'><input type=hidden name=n value=1>"
        "<button>One</button></form>"
        "<form method=post action=/pay><input type=hidden name=csrf_token value=a><input type=hidden name=n value=2>"
        "<input name=text value=was><button aria-hidden=true></button><button>Two</button>"
        "<button name=how value=later>Later</button><button formaction=/code>Code</button></form>"
        "<form action=/find><input name=search><button>Find</button></form>"
    )
    sent = [("csrf_token", "b"), ("n", "2"), ("text", "is")]
    form = page.form("POST", "https://shop.example/pay", sent)
    found = page.form("GET", "https://shop.example/find?search=x", [("search", "x")])

    assert form is not None
    assert found is not None
    assert [(each.verb, each.value, each.secret) for each in page.filled(form, sent)] == [("fill", "is", False)]
    assert named(page, page.button(form, "https://shop.example/pay", sent)) == "Two"
    assert named(page, page.button(form, "https://shop.example/pay", [*sent, ("how", "later")])) == "Later"
    assert named(page, page.button(form, "https://shop.example/code", sent)) == "Code"
    assert named(page, page.button(found, HERE, [])) == "Find"
    assert page.form("POST", "https://shop.example/pay", [("other", "1")]) is None
    assert page.form("GET", "https://shop.example/find", []) is None


def test_while_a_dialog_is_open_nothing_else_is_used() -> None:
    link, form = "<a href=/orders>Orders</a>", "<form method=post action=/pay><button>Pay</button></form>"
    page = shown(f"{link}{form}<dialog open data-leave=/orders><p>Really?</p></dialog>")
    inside = shown(f"{link}{form}<dialog open><a id=it href=/orders>Back</a>{form}</dialog>")
    found = inside.form("POST", "https://shop.example/pay", [])

    assert page.link("https://shop.example/orders") is None
    assert page.form("POST", "https://shop.example/pay", []) is None
    assert page.leads_back_to("https://shop.example/orders")
    assert not shown(link).leads_back_to("https://shop.example/orders")
    assert inside.link("https://shop.example/orders") is by_id(inside.page)
    assert found is not None
    assert dialog_around(found) is not None


def named(page: Shown, button: object) -> str:
    return next(page.page.name(one) for one in page.page.elements if one is button)


def test_every_kind_of_field_is_set_as_it_was_sent_and_left_if_it_was_not_touched() -> None:
    page = shown(
        "<form method=post><input type=checkbox name=a><input type=checkbox name=b value=y checked>"
        "<input type=checkbox name=same checked>"
        "<input type=radio name=r value=1 checked><input type=radio name=r value=2>"
        "<select name=s><option value=m>Minutes</option><option value=h>Hours</option></select>"
        "<select name=kept><option>One</option><option selected>Two</option></select>"
        "<textarea name=t>\na\nb</textarea><textarea name=u></textarea>"
        "<input type=password name=p><input name=gone disabled></form>"
    )
    form = next(one for one in page.page.elements if one.tag == "form")
    sent = [("a", "on"), ("same", "on"), ("r", "2"), ("s", "h"), ("kept", "Two")]
    sent += [("t", "a\r\nb"), ("u", "x\r\ny"), ("p", "Secret-1")]

    filled = [
        (each.element.attributes.get("name"), each.verb, each.value, each.secret) for each in page.filled(form, sent)
    ]

    assert filled == [
        ("a", "check", "", False),
        ("b", "uncheck", "", False),
        ("r", "check", "", False),
        ("s", "select", "Hours", False),
        ("u", "fill", "x\ny", False),
        ("p", "fill", "Secret-1", True),
    ]


def test_passwords_and_codes_are_never_written() -> None:
    typed = Typed([LI, MEI], codes([("a@example.com", "Your code: 123456."), ("b@example.com", "Order 1234567")]))

    assert typed.value(LI.username, secret=False) == Value(Kind.USERNAME, LI.key)
    assert typed.value(MEI.email, secret=False) == Value(Kind.EMAIL, MEI.key)
    assert typed.value("Mock-2026-Pass", secret=True, person=MEI) == Value(Kind.PASSWORD, MEI.key)
    assert typed.value("New-1-Password", secret=True) == Value(Kind.NEW_PASSWORD, "1")
    assert typed.value("Another-2", secret=True) == Value(Kind.NEW_PASSWORD, "2")
    assert typed.value("New-1-Password", secret=True) == Value(Kind.NEW_PASSWORD, "1")
    assert typed.value(" 123456 ", secret=False) == Value(Kind.CODE, "a@example.com")
    assert typed.value("1234567", secret=False) == Value(Kind.TEXT, "1234567")
