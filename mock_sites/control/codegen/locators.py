"""How Playwright finds an element of a page: by what people read on it, and by its number where that is not enough."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mock_sites.web.markup import Element


@dataclass(frozen=True)
class Locator:
    """An element by its role and name, or by its label.

    Attributes:
        role: the role, such as "link". Empty: the element is found by its label; "summary": by its text.
        name: its accessible name, or its label.
        exact: whether the name is the whole one. Without it, it is a part of it.
        number: which of several such elements it is, from 0. None: it is the only one.
        in_dialog: whether it is in the dialog of the page.
    """

    role: str
    name: str
    exact: bool = False
    number: int | None = None
    in_dialog: bool = False


class Page:
    """The elements of a page, with their names."""

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements
        self._by_id = {one.attributes["id"]: one for one in reversed(elements) if "id" in one.attributes}
        self._labels: dict[str, Element] = {}
        for one in elements:
            if one.tag == "label":
                self._labels.setdefault(one.attributes.get("for", ""), one)

    def within(self, element: Element, tag: str) -> list[Element]:
        """The elements with this tag in ``element``."""
        return [one for one in self.elements if one.tag == tag and one is not element and element in one.around()]

    def label(self, element: Element) -> str:
        """What ``get_by_label`` finds the element by. Empty if there is nothing."""
        own = element.attributes
        if named := self._referred(own.get("aria-labelledby", "")):
            return named
        label = self._labels.get(own["id"]) if own.get("id") else None
        label = label or next((one for one in element.around() if one.tag == "label" and one is not element), None)
        return label.text if label and is_control(element) else own.get("aria-label", "")

    def name(self, element: Element) -> str:
        """What ``get_by_role`` finds a link, a button or a heading by."""
        own = element.attributes
        spoken = " ".join("".join(element.spoken).split())
        return (
            self._referred(own.get("aria-labelledby", ""))
            or own.get("aria-label", "")
            or own.get("value" if element.tag == "input" else "", "")
            or spoken
        )

    def labelled(self, element: Element) -> Locator | None:
        """How a form control is found. None: it has no label."""
        return self._only(element, "", self.label, self.elements)

    def with_role(self, element: Element) -> Locator | None:
        """How a link or a button is found. None: it has no name."""
        wanted, menu = role(element), closed_details(element) or menu_around(element)
        shown = [one for one in self.elements if role(one) == wanted and not is_hidden(one, menu)]
        return self._only(element, wanted, self.name, shown)

    def opener(self, element: Element) -> Locator | None:
        """What opens the menu or the closed details in which the element is. None: it is in none."""
        details = closed_details(element)
        if details is not None:
            summary = next(iter(self.within(details, "summary")), None)
            return self.with_role(summary) if summary else None
        menu = menu_around(element)
        key = menu.attributes.get("id") if menu else None
        found = next((one for one in self.elements if key and one.attributes.get("popovertarget") == key), None)
        return self.with_role(found) if found else None

    def _only(
        self, element: Element, role: str, naming: Callable[[Element], str], among: Iterable[Element]
    ) -> Locator | None:
        """The shortest way to find the element, and no other one."""
        name = " ".join(naming(element).split())
        if not name:
            return None
        dialog = dialog_around(element)
        names = [(one, " ".join(naming(one).split())) for one in among if dialog is None or dialog in one.around()]
        alike = [one for one, other in names if name.lower() in other.lower()]
        same = [one for one, other in names if name == other]
        number = same.index(element) if len(same) > 1 else None
        return Locator(role, name, exact=alike != [element], number=number, in_dialog=dialog is not None)

    def _referred(self, ids: str) -> str:
        return " ".join(self._by_id[key].text for key in ids.split() if key in self._by_id)


def role(element: Element) -> str:
    """The role of a link or a button (HTML AAM 1.0), or "summary". Others have an empty one."""
    own = element.attributes
    if own.get("role"):
        return own["role"]
    if element.tag == "a" and "href" in own:
        return "link"
    if element.tag == "summary":
        return "summary"
    submits = element.tag == "input" and own.get("type") in {"submit", "button", "image", "reset"}
    return "button" if element.tag == "button" or submits else ""


def is_control(element: Element) -> bool:
    """Whether a label can belong to the element (HTML, "labelable elements")."""
    return element.tag in {"input", "select", "textarea", "button", "output", "meter", "progress"}


def is_hidden(element: Element, opened: Element | None = None) -> bool:
    """Whether the element cannot be reached by its role, while the menu or the details ``opened`` are open."""
    details = closed_details(element)
    return (details is not None and details is not opened) or any(
        one is not opened
        and (
            "hidden" in one.attributes
            or "popover" in one.attributes
            or one.attributes.get("aria-hidden") == "true"
            or one.attributes.get("type") == "hidden"
            or (one.tag == "dialog" and "open" not in one.attributes)
        )
        for one in element.around()
    )


def closed_details(element: Element) -> Element | None:
    """The closed details in which the element is, unless it is what opens them."""
    inner = element
    for one in element.around():
        if one.tag == "details" and "open" not in one.attributes and inner.tag != "summary":
            return one if one is not element else None
        inner = one
    return None


def menu_around(element: Element) -> Element | None:
    """The menu in which the element is, which a button opens."""
    return next((one for one in element.around() if "popover" in one.attributes), None)


def dialog_around(element: Element) -> Element | None:
    """The dialog in which the element is."""
    return next((one for one in element.around() if one.tag == "dialog" and "open" in one.attributes), None)
