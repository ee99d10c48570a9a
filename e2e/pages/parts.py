"""What repeats on many pages: fields, lists of facts, tables, messages."""

import re

from playwright.sync_api import Locator, Page


def field(scope: Page | Locator, label: str) -> Locator:
    """The form field with this label; a remark in brackets behind it, such as "(optional)", does not matter."""
    return scope.get_by_label(_with_remark(label))


def fact(scope: Page | Locator, term: str) -> Locator:
    """What a list of facts says about ``term``; a remark in brackets behind it does not matter.

    What is said bears the term as its label; as a role that takes no name, it is not found by one.
    """
    return scope.get_by_role("definition").and_(scope.get_by_label(_with_remark(term)))


def row(scope: Page | Locator, text: str) -> Locator:
    """The table row that holds ``text``."""
    return scope.get_by_role("row").filter(has_text=text)


class Form:
    """A form's answer, which looks the same on every page.

    Attributes:
        refusal: the summary of what is wrong; what is wrong with a field is also part of the field's description.
    """

    def __init__(self, scope: Page | Locator) -> None:
        """The form on a page or in a dialog."""
        self.refusal = scope.get_by_role("alert")


def _with_remark(label: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(label)}\s*([(（].*[)）]\s*)?$")
