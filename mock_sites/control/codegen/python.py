"""Writes steps as a test in Python, with the fixtures of ``mock_sites.pytest_plugin``."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mock_sites.control.codegen.locators import Locator
from mock_sites.control.codegen.steps import Step, Tab, Verb
from mock_sites.control.codegen.values import Kind, Value
from mock_sites.world.recording import SentFile

_WIDTH: Final = 120
"""The longest line. Longer ones are broken in their brackets."""

_INDENT: Final = "    "
_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[()]')
"""Texts and brackets of a line."""

_LINES: Final = {
    Verb.OPEN: "{page}.goto({address})",
    Verb.RELOAD: "{page}.reload()",
    Verb.CLICK: "{where}.click()",
    Verb.ENTER: '{page}.keyboard.press("Enter")',
    Verb.ESCAPE: '{page}.keyboard.press("Escape")',
    Verb.FILL: "{where}.fill({value})",
    Verb.CHECK: "{where}.check()",
    Verb.UNCHECK: "{where}.uncheck()",
    Verb.SELECT: "{where}.select_option({text})",
    Verb.UPLOAD: "{where}.set_input_files({file})",
    Verb.ADVANCE: "mock_world.clock.advance({duration})",
    Verb.TURN_ON: "mock_world.turn_on({text}, {value})",
    Verb.TURN_OFF: "mock_world.turn_off({text}, {value})",
    Verb.HEADING: "expect({where}).to_be_visible()",
    Verb.DIALOG: "expect({where}).to_be_visible()",
    Verb.ADDRESS: "expect({page}).to_have_url({address})",
    Verb.LEFT: "expect({page}).not_to_have_url({address})",
    Verb.ALERT: 'expect({page}.get_by_role("alert").first).to_be_visible()',
    Verb.STATUS: "expect({page}.get_by_text({text}).first).to_be_visible()",
    Verb.TEXT: "expect({page}.get_by_text({text}).first).to_be_visible()",
    Verb.REMARK: "# {plain}",
}
"""The line of each verb."""


class _Names:
    """The names of the variables of a test."""

    def __init__(self, steps: Iterable[Step]) -> None:
        tabs = [tab for step in steps for tab in (step.tab, step.opens) if tab]
        self._browsers = sorted({tab.browser for tab in tabs})

    def page(self, tab: Tab) -> str:
        """The variable of a tab."""
        if tab.opened_by:
            return f"tab_{tab.number}"
        return "page" if tab.browser == self._browsers[0] else f"page_{self._browsers.index(tab.browser) + 1}"

    def context(self, tab: Tab) -> str:
        """The context of the browser of a tab."""
        first = self.page(Tab(browser=tab.browser, number=0))
        return f"{first}.context"


@dataclass(frozen=True)
class Line:
    """A line of a test, and what it finds, if it finds something.

    Attributes:
        text: the line, without its indentation.
        variable: the variable of the tab.
        page: the documented address of the page in it.
        heading: the heading of that page.
        locator: the expression that finds an element.
        role: the element's role. Empty: it is found by its label.
        name: its name, or its label.
        in_dialog: whether it is in a dialog.
        alone: whether no other element has this name.
    """

    text: str
    variable: str = ""
    page: str = ""
    heading: str = ""
    locator: str = ""
    role: str = ""
    name: str = ""
    in_dialog: bool = False
    alone: bool = False


def lines_of(steps: Sequence[Step]) -> list[Line]:
    """The lines of a test that takes these steps."""
    names = _Names(steps)
    body = list[Line]()
    opened = set[str]()
    for key in sorted({step.value.text for step in steps if step.value and _person(step.value)}):
        body.append(Line(f"{_variable(key)} = mock_people[{_literal(key)}]"))
    for step in steps:
        page = names.page(step.tab) if step.tab else ""
        if step.tab and page not in {"page", *opened}:
            opened.add(page)
            if step.tab.opened_by == "person":
                body.append(Line(f"{page} = {names.context(step.tab)}.new_page()"))
            elif not step.tab.opened_by:
                body.append(Line(f"{page} = new_context().new_page()"))
        if step.opens:
            opened.add(names.page(step.opens))
        body += [_line(text, step, page) for text in _lines(step, page, names)]
    return body


def _line(text: str, step: Step, page: str) -> Line:
    found = Locator("heading", step.text) if step.verb == Verb.HEADING else step.locator
    if found is None:
        return Line(text, page)
    return Line(
        text,
        page,
        page=step.page,
        heading=step.heading,
        locator=_where(step, page),
        role=found.role,
        name=found.name,
        in_dialog=found.in_dialog,
        alone=found.number is None,
    )


def source_of(steps: Sequence[Step], *, seed: str, language: str, file: str) -> str:
    """The source of a test that takes these steps in a new world of ``seed``, or in that of a ``file`` beside it."""
    body = [line.text for line in lines_of(steps)]
    return _file(body, seed=seed, language=language, file=file)


def _lines(step: Step, page: str, names: _Names) -> list[str]:
    """The lines of a step."""
    found = {
        "page": page,
        "where": _where(step, page),
        "text": _literal(step.text),
        "plain": step.text,
        "address": _address(step.text),
        "value": _value(step.value) if step.value else "",
        "file": _upload(step.file) if step.file else "",
        "duration": _duration(step.text) if step.verb == Verb.ADVANCE else "",
    }
    line = _LINES[step.verb].format_map(found)
    if step.opens is None:
        return [line]
    return [f"with {page}.expect_popup() as opening:", f"{_INDENT}{line}", f"{names.page(step.opens)} = opening.value"]


def _where(step: Step, page: str) -> str:
    """The expression that finds what a step is about."""
    if step.verb == Verb.HEADING:
        return f'{page}.get_by_role("heading", level=1, name={_literal(step.text)}, exact=True)'
    return _locator(page, step.locator) if step.locator else ""


def _upload(file: SentFile) -> str:
    """A file. Zeros are in place of what was left out."""
    zeros = f" + b'\\0' * {file.left_out}" if file.left_out else ""
    content = f"{file.content!r}{zeros}"
    return f'{{"name": {_literal(file.name)}, "mimeType": {_literal(file.kind)}, "buffer": {content}}}'


def _locator(page: str, locator: Locator) -> str:
    scope = f'{page}.get_by_role("dialog")' if locator.in_dialog else page
    exact = ", exact=True" if locator.exact else ""
    name = _literal(locator.name)
    number = f".nth({locator.number})" if locator.number is not None else ""
    if locator.role == "summary":
        return f"{scope}.get_by_text({name}{exact}){number}"
    if not locator.role:
        return f"{scope}.get_by_label({name}{exact}){number}"
    return f"{scope}.get_by_role({_literal(locator.role)}, name={name}{exact}){number}"


def _address(url: str) -> str:
    return f"mock_world.local({_literal(url)})"


def _person(value: Value) -> bool:
    return value.kind in {Kind.USERNAME, Kind.EMAIL, Kind.PASSWORD}


def _value(value: Value) -> str:
    """The expression of a value."""
    match value.kind:
        case Kind.TEXT:
            return _literal(value.text)
        case Kind.CODE:
            return f"mock_mailbox.latest_code({_literal(value.text)})"
        case Kind.NEW_PASSWORD:
            return f"mock_passwords({value.text})"
        case _:
            return f"{_variable(value.text)}.{value.kind}"


def _variable(key: str) -> str:
    """The variable of the person with this key."""
    return re.sub(r"\W", "_", key)


def _duration(text: str) -> str:
    """Arguments of ``Clock.advance`` for a number of seconds."""
    seconds = int(text)
    units = {"days": seconds // 86400, "hours": seconds % 86400 // 3600, "minutes": seconds % 3600 // 60}
    parts = [f"{unit}={number}" for unit, number in {**units, "seconds": seconds % 60}.items() if number]
    return ", ".join(parts)


def _literal(text: str) -> str:
    """A text in Python, in the quotes that formatters choose."""
    if not text.isprintable() or "\\" in text:
        return repr(text)
    return f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)


def _file(body: list[str], *, seed: str, language: str, file: str) -> str:
    """The whole file around the lines of the test."""
    text = "\n".join(body)
    parameters = {
        "mock_world": ("World", True),
        "mock_people": ("dict[str, Person]", "mock_people" in text),
        "mock_mailbox": ("Mailbox", "mock_mailbox." in text),
        "mock_passwords": ("Callable[[int], str]", "mock_passwords(" in text),
        "page": ("Page", True),
        "new_context": ("CreateContextCallback", "new_context()" in text),
    }
    used = {name: kind for name, (kind, is_used) in parameters.items() if is_used}
    classes = sorted(
        {re.sub(r"dict\[str, (\w+)\]", r"\1", used[name]) for name in used if name.startswith("mock_")}
        & {"Mailbox", "Person", "World"}
    )
    marks = [f"@pytest.mark.mock_world({f'file={_literal(file)}' if file else f'seed={_literal(seed)}'})"]
    if not language.startswith("en"):
        marks.append(f"@pytest.mark.browser_context_args(locale={_literal(language)})")
    parts = ['"""Written from a recording in a world of the mock sites."""', ""]
    if "Callable" in str(used):
        parts += ["from collections.abc import Callable", ""]
    parts += ["import pytest", f"from playwright.sync_api import Page{', expect' if 'expect(' in text else ''}"]
    if "new_context" in used:
        parts.append("from pytest_playwright.pytest_playwright import CreateContextCallback")
    parts += ["", f"from mock_sites.client import {', '.join(classes)}", "", "", *marks]
    parts += _signature([f"{name}: {kind}" for name, kind in used.items()])
    parts += [broken for line in body for broken in _broken(f"{_INDENT}{line}")] or [f"{_INDENT}pass"]
    return "\n".join([*parts, ""])


def _signature(parameters: Sequence[str]) -> list[str]:
    """The lines of the signature of the test: as few as fit."""
    begin, end = "def test_what_was_recorded(", ") -> None:"
    joined = ", ".join(parameters)
    if len(begin + joined + end) <= _WIDTH:
        return [begin + joined + end]
    if len(_INDENT + joined) <= _WIDTH:
        return [begin, _INDENT + joined, end]
    return [begin, *(f"{_INDENT}{parameter}," for parameter in parameters), end]


def _broken(line: str) -> list[str]:
    """A line, which is broken in its last brackets that have something in them if it is too long."""
    opening, closing = _last_brackets(line)
    if len(line) <= _WIDTH or line.lstrip().startswith("#") or closing == len(line):
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    inside = _broken(f"{indent}{_INDENT}{line[opening + 1 : closing]}")
    return [line[: opening + 1], *inside, f"{indent}{line[closing:]}"]


def _last_brackets(line: str) -> tuple[int, int]:
    """Where the last outermost brackets with something in them begin and end. Brackets in texts are no brackets."""
    found, opened = (len(line) - 1, len(line)), list[int]()
    for token in _TOKENS.finditer(line):
        if token[0] == "(":
            opened.append(token.start())
        elif token[0] == ")":
            begin = opened.pop()
            if not opened and token.start() > begin + 1:
                found = begin, token.start()
    return found
