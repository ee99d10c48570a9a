"""Parts of many pages: fields, lists of facts, tables, messages."""

import re
from typing import ClassVar, Self

from playwright.sync_api import Locator, Page

from e2e.scenario.actor import Actor


def field(scope: Page | Locator, label: str) -> Locator:
    """The form field with this label. A remark in brackets after the label, such as "(optional)", is ignored."""
    return scope.get_by_label(_with_remark(label))


def fact(scope: Page | Locator, term: str) -> Locator:
    """The value of ``term`` in a list of facts. A remark in brackets after the term is ignored.

    The value has the term as its label. Its role takes no name, so it cannot be found by role and name.
    """
    return scope.get_by_role("definition").and_(scope.get_by_label(_with_remark(term)))


def row(scope: Page | Locator, text: str) -> Locator:
    """The table row that contains ``text``."""
    return scope.get_by_role("row").filter(has_text=text)


class Form:
    """A form's answer, which looks the same on every page.

    Attributes:
        refusal: the summary of what is wrong; what is wrong with a field is also part of the field's description.
    """

    def __init__(self, scope: Page | Locator) -> None:
        """The form on a page or in a dialog."""
        self.refusal = scope.get_by_role("alert")


class AddressedPage:
    """A page with an address of its own."""

    URL: ClassVar[str]
    _actor: Actor

    def open(self) -> Self:
        """Open the page at its address."""
        self._actor.opens(self.URL)
        return self


def _with_remark(label: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(label)}\s*([(（].*[)）]\s*)?$")
