"""A page as somebody saw it, and what on it leads to the next one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from mock_sites.control.codegen.locators import Page, is_hidden, role
from mock_sites.web.markup import Element, elements
from mock_sites.web.site import CSRF_FIELD

_NOT_TYPED: Final = frozenset({"hidden", "submit", "button", "image", "reset"})
"""Types of inputs that nobody fills in."""

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

Fields = Sequence[tuple[str, str]]


class Target(NamedTuple):
    """Where a request goes."""

    method: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filled:
    """A control of a form, with what it was set to: "fill", "check", "uncheck", "select" or "upload"."""

    element: Element
    verb: str
    value: str
    secret: bool


class Shown:
    """A page at a documented address."""

    def __init__(self, url: str, text: str, suffix: str) -> None:
        """``suffix`` is what stands behind a documented host name in the addresses on it, with the port."""
        self.url = url
        self._text, self._suffix = text, suffix

    @cached_property
    def page(self) -> Page:
        """Its elements. It is read when it is first needed."""
        return Page(elements(self._text))

    @cached_property
    def _dialog(self) -> Element | None:
        """The dialog that is open. Nothing outside of it can be used (HTML, ``showModal``)."""
        return next((one for one in self.page.elements if one.tag == "dialog" and "open" in one.attributes), None)

    def _usable(self) -> list[Element]:
        """The elements that can be used."""
        dialog = self._dialog
        return [one for one in self.page.elements if dialog in one.around()] if dialog else self.page.elements

    def leads_back_to(self, url: str) -> bool:
        """Whether to close the dialog leads to ``url``."""
        dialog = self._dialog
        if dialog is None or "data-leave" not in dialog.attributes:
            return False
        return is_same(self._address(dialog, "data-leave"), url)

    @property
    def language(self) -> str:
        """The language of the page, such as "zh-CN"."""
        return next((one.attributes.get("lang", "") for one in self.page.elements if one.tag == "html"), "")

    @property
    def heading(self) -> str:
        """The heading of the page. Empty if it has none."""
        return next((self.page.name(one) for one in self.page.elements if one.tag == "h1" and not is_hidden(one)), "")

    @property
    def dialog_heading(self) -> str:
        """The heading of the dialog that is open. Empty if there is none, or if it has none."""
        headings = (one for one in self._usable() if one.tag in _HEADINGS) if self._dialog else ()
        return next(map(self.page.name, headings), "")

    def messages(self, role: str) -> list[str]:
        """The texts of its messages with this role, "alert" or "status"."""
        found = (one for one in self.page.elements if one.attributes.get("role") == role and not is_hidden(one))
        return [one.text for one in found]

    def refuses(self, field: Element) -> bool:
        """Whether the field that has the name of ``field`` here is marked as wrong."""
        name = field.attributes.get("name")
        found = (one for one in self.page.elements if one.attributes.get("name") == name)
        return any(one.attributes.get("aria-invalid") == "true" for one in found)

    @cached_property
    def links(self) -> dict[Target, Element]:
        """By where it leads, a link, one that is seen if there is one. Links to parts of the page itself open
        nothing.
        """
        found: dict[Target, Element] = {}
        for one in self._usable():
            if role(one) == "link" and not one.attributes["href"].startswith("#"):
                there = found.setdefault(target_of("GET", self._address(one, "href")), one)
                if is_hidden(there) and not is_hidden(one):
                    found[target_of("GET", self._address(one, "href"))] = one
        return found

    @cached_property
    def forms(self) -> dict[Target, list[Element]]:
        """By where they send it, the forms that send something there."""
        found: dict[Target, list[Element]] = {}
        for form in (one for one in self._usable() if one.tag == "form"):
            method = form.attributes.get("method", "get").upper()
            others = [self._address(one, "formaction") for one in self.controls(form) if "formaction" in one.attributes]
            for target in {form_target_of(method, action) for action in (self._action(form), *others)}:
                found.setdefault(target, []).append(form)
        return found

    def link(self, url: str) -> Element | None:
        """A link to ``url``."""
        return self.links.get(target_of("GET", url))

    def form(self, method: str, url: str, fields: Fields) -> Element | None:
        """The form that sends ``fields`` to ``url``: of several ones, that with the same hidden fields."""
        names = {name for name, _ in fields}
        found = list[tuple[int, Element]]()
        for form in self.forms.get(form_target_of(method, url), ()):
            own = self.controls(form)
            known = {one.attributes.get("name", "") for one in own}
            if names <= known and (method == "POST" or names >= _always_sent(own)):
                found.append((self._likeness(own, fields), form))
        return max(found, key=lambda each: each[0])[1] if found else None

    def sign_in_form(self) -> Element | None:
        """The form that asks for a password."""
        passwords = [one for one in self.page.elements if one.attributes.get("type") == "password"]
        around = [one for password in passwords for one in password.around()]
        return next((one for one in around if one.tag == "form"), None)

    def controls(self, form: Element) -> list[Element]:
        """The fields and buttons of a form."""
        return self._controls.get(form, [])

    @cached_property
    def _controls(self) -> dict[Element, list[Element]]:
        forms = {
            one.attributes["id"]: one for one in self.page.elements if one.tag == "form" and "id" in one.attributes
        }
        found: dict[Element, list[Element]] = {}
        for one in self.page.elements:
            if one.tag in {"input", "select", "textarea", "button"} and "disabled" not in one.attributes:
                named = one.attributes.get("form")
                form = forms.get(named) if named else next((each for each in one.around() if each.tag == "form"), None)
                if form is not None:
                    found.setdefault(form, []).append(one)
        return found

    def filled(self, form: Element, fields: Fields) -> Iterator[Filled]:
        """The controls that were not left as they came."""
        left = Counter(fields)
        values = dict(reversed(fields))
        for one in self.controls(form):
            name, kind = one.attributes.get("name", ""), one.attributes.get("type", "text")
            if one.tag == "button" or kind in _NOT_TYPED or not name:
                continue
            if kind in {"checkbox", "radio"}:
                checked = left[name, one.attributes.get("value", "on")] > 0
                if checked != ("checked" in one.attributes) and (checked or kind == "checkbox"):
                    yield Filled(one, "check" if checked else "uncheck", "", secret=False)
            elif one.tag == "select":
                yield from self._chosen(one, values.get(name, ""))
            elif kind != "file" and (value := _lines(values.get(name, ""))) != self._initial(one):
                yield Filled(one, "fill", value, secret=kind == "password")

    def button(self, form: Element, url: str, fields: Fields) -> Element | None:
        """The button that sent the form. None: it has none."""
        found = [one for one in self.controls(form) if role(one) == "button" and _submits(one) and not _is_unseen(one)]
        sent = [one for one in found if (one.attributes.get("name"), one.attributes.get("value", "")) in fields]
        led = [
            one for one in found if "formaction" in one.attributes and is_same(self._address(one, "formaction"), url)
        ]
        plain = [one for one in found if not one.attributes.get("name") and "formaction" not in one.attributes]
        return next(iter([*sent, *led, *plain, *found]), None)

    def _action(self, form: Element) -> str:
        """Where a form is sent: to the page's own address, if it says nothing else."""
        return self._address(form, "action") if form.attributes.get("action") else self.url

    def _address(self, element: Element, attribute: str) -> str:
        return urljoin(self.url, self._documented(element.attributes[attribute]))

    def _documented(self, url: str) -> str:
        scheme, _, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        name = host.removesuffix(self._suffix)
        return f"https://{name}{slash}{path}" if scheme == "http" and name != host else url

    def _likeness(self, controls: list[Element], fields: Fields) -> int:
        """How many of the hidden fields of a form were sent."""
        hidden = {
            (one.attributes.get("name", ""), one.attributes.get("value", ""))
            for one in controls
            if one.attributes.get("type") == "hidden"
        }
        return sum(pair in hidden and not pair[0].endswith(CSRF_FIELD) for pair in fields)

    def _chosen(self, select: Element, value: str) -> Iterator[Filled]:
        options = self.page.within(select, "option")
        initial = next((one for one in options if "selected" in one.attributes), options[0] if options else None)
        wanted = next((one for one in options if one.attributes.get("value", one.text) == value), None)
        if wanted is not None and wanted is not initial:
            yield Filled(select, "select", wanted.text, secret=False)

    def _initial(self, control: Element) -> str:
        if control.tag == "textarea":
            return _lines("".join(control.words)).removeprefix("\n")
        return control.attributes.get("value", "")


def is_same(url: str, other: str) -> bool:
    """Whether two addresses mean the same page, whatever their fragments."""
    return target_of("", url) == target_of("", other)


def target_of(method: str, url: str) -> Target:
    """Where a request goes. It is the same for addresses that mean the same page."""
    parts = urlsplit(url)
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    return Target(method, parts.netloc, unquote(parts.path) or "/", query)


def form_target_of(method: str, url: str) -> Target:
    """Where a form is sent. With GET its fields take the place of the query."""
    target = target_of(method, url)
    return target if method == "POST" else target._replace(query=())


def _always_sent(controls: list[Element]) -> set[str]:
    """The names of the fields that a form sends whatever is done in it."""
    return {
        one.attributes["name"]
        for one in controls
        if one.attributes.get("name")
        and one.tag != "button"
        and one.attributes.get("type") not in {"checkbox", "radio", "submit", "button", "image", "reset"}
    }


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _submits(button: Element) -> bool:
    return button.attributes.get("type", "submit") in {"submit", "image"}


def _is_unseen(button: Element) -> bool:
    """Whether it is there for the Enter key only."""
    return button.attributes.get("aria-hidden") == "true"
