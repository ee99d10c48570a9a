"""Writes a test that was recorded with the page objects of ``e2e/pages``, where they have what the test uses.

``mock-sites worlds save-test`` writes locators of Playwright, with the labels in the language of the recording. Here
names of our page objects take their place.
"""

import inspect
import pkgutil
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final, cast

import e2e.pages
from e2e.scenario.labels import Labels, Language
from mock_sites.client import RecordedLine, RecordedTest

_INDENT: Final = "    "

_FORM_CONTROLS: Final = frozenset({"textbox", "radio", "checkbox", "combobox", "spinbutton"})
"""Roles that page objects find form controls by. A recorded test finds them by their labels."""

_TAB: Final = re.compile(r"(tab_\d+) = ")
"""A line that opens a tab."""

_GOTO: Final = re.compile(r'(\w+)\.goto\(mock_world\.local\("([^"]+)"\)\)')


_Found = tuple[str, tuple[Any, ...], dict[str, Any]]
"""One step of the way to an element: a method or property, with its arguments."""


class _Described:
    """Stands for a page or an element, and remembers how it was found."""

    def __init__(self, *path: _Found) -> None:
        self.path = path

    def __getattr__(self, name: str) -> "_Described":
        """A method that finds an element, or a property of one."""
        if name.startswith("__"):
            raise AttributeError(name)
        return _Described(*self.path, (name, (), {}))

    def __call__(self, *arguments: Any, **options: Any) -> "_Described":
        """What the method finds."""
        return _Described(*self.path[:-1], (self.path[-1][0], arguments, options))


class _Reader:
    """Stands for the actor of a page object."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.page = _Described()

    def labels(self, area: str) -> Labels:
        """The labels of a page area."""
        return Labels(area, self.language)


@dataclass(frozen=True)
class Control:
    """A control of a page object: its attribute, and by what it is found."""

    attribute: str
    role: str
    name: str | re.Pattern[str]
    exact: bool
    in_dialog: bool

    def is_found_by(self, line: RecordedLine) -> bool:
        """Whether it is the element of a line."""
        if self.in_dialog != line.in_dialog or not line.alone:
            return False
        if self.role != line.role and (line.role or self.role not in _FORM_CONTROLS):
            return False
        if isinstance(self.name, re.Pattern):
            return bool(self.name.search(line.name))
        return self.name == line.name


@dataclass(frozen=True)
class PageObject:
    """A class of ``e2e/pages`` with its controls. ``url`` is empty if the page has no address of its own."""

    module: str
    name: str
    url: str
    heading: str
    controls: tuple[Control, ...]

    def is_at(self, line: RecordedLine) -> bool:
        """Whether it is the page of a line: by its address, else by its heading."""
        return (
            self.url == line.page.partition("?")[0] if self.url else bool(self.heading) and self.heading == line.heading
        )


@cache
def page_objects(language: Language) -> tuple[PageObject, ...]:
    """The page objects whose controls are found with nothing but an actor."""
    found = list[PageObject]()
    for module in pkgutil.iter_modules(e2e.pages.__path__, "e2e.pages."):
        for name, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and list(inspect.signature(kind).parameters) == ["actor"]:
                make = cast("Callable[[_Reader], object]", kind)
                controls = tuple(_controls(make(_Reader(language))))
                heading = next((str(each.name) for each in controls if each.attribute == "heading"), "")
                found.append(PageObject(module.name, name, str(getattr(kind, "URL", "")), heading, controls))
    return tuple(found)


def _controls(made: object) -> Iterator[Control]:
    """The controls among the attributes of a page object."""
    for attribute, value in vars(made).items():
        if isinstance(value, _Described) and not attribute.startswith("_") and value.path:
            *scope, (verb, arguments, options) = value.path
            scopes = [(where, first[:1]) for where, first, _ in scope]
            role = arguments[0] if verb == "get_by_role" else ""
            name = options.get("name", "") if verb == "get_by_role" else arguments[0] if arguments else ""
            if verb in {"get_by_role", "get_by_label"} and name and scopes in ([], [("get_by_role", ("dialog",))]):
                yield Control(attribute, role, name, bool(options.get("exact")), bool(scopes))


class _Body:
    """The lines of a test with page objects."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.imports: defaultdict[str, set[str]] = defaultdict(set)
        """The names of classes, by module."""
        self.lines = list[str]()
        self._made = set[str]()
        self._add_reader("page")

    def add(self, line: RecordedLine) -> None:
        """Add a line, with a page object if one has what it finds."""
        text = line.text
        if text.endswith(" = new_context().new_page()"):
            self._add_reader(line.text.partition(" ")[0])
            return
        if goto := _GOTO.fullmatch(text):
            opened = next((each for each in page_objects(self.language) if each.url == goto[2]), None)
            text = f"{self._variable(opened, goto[1])}.open()" if opened else text
        elif line.locator and (found := self._control(line)):
            page, control = found
            text = text.replace(line.locator, f"{self._variable(page, line.variable)}.{control.attribute}")
        self.lines.append(text)
        if tab := _TAB.match(line.text):
            self.lines.append(f"{_reader(tab[1])} = {_reader('page')}.at({tab[1]})")

    def _add_reader(self, variable: str) -> None:
        reader = _reader(variable)
        self.lines.append(f'{reader} = Actor("buyer", mock_world, "{self.language}", open_browser)')
        self.lines.append(f"{variable} = {reader}.page")

    def _control(self, line: RecordedLine) -> tuple[PageObject, Control] | None:
        """The page object and its control that is the element of a line."""
        pages = [page for page in page_objects(self.language) if page.is_at(line)]
        found = [(page, control) for page in pages for control in page.controls if control.is_found_by(line)]
        return found[0] if found else None

    def _variable(self, page: PageObject, tab: str) -> str:
        """The variable of a page object in a tab, which is made at its first use."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", page.name).lower() + tab.removeprefix("page")
        if name not in self._made:
            self._made.add(name)
            self.imports[page.module].add(page.name)
            self.lines.append(f"{name} = {page.name}({_reader(tab)})")
        return name


def _reader(variable: str) -> str:
    """The variable of the actor at a tab."""
    return f"visitor{variable.removeprefix('page')}"


def with_page_objects(test: RecordedTest) -> str:
    """The source of a recorded test with our page objects and fixtures, formatted where ruff is installed."""
    body = _Body("zh" if test.language.startswith("zh") else "en")
    for line in test.lines:
        body.add(line)
    text = "\n".join(body.lines)
    parameters = {
        "mock_world": "World",
        "mock_people": "dict[str, Person]",
        "mock_mailbox": "Mailbox",
        "mock_passwords": "Callable[[int], str]",
    }
    used = [f"{name}: {kind}" for name, kind in parameters.items() if name in text]
    classes = [kind for kind in ("Mailbox", "Person", "World") if any(kind in each for each in used)]
    lines = ['"""Written from a recording in a world of the mock sites."""', ""]
    lines += ["from collections.abc import Callable", ""] if "mock_passwords" in text else []
    lines += ["import pytest", *(["from playwright.sync_api import expect"] if "expect(" in text else []), ""]
    lines += [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(body.imports.items())]
    lines += [
        "from e2e.scenario.actor import Actor, OpenBrowser",
        f"from mock_sites.client import {', '.join(classes)}",
    ]
    mark = f'file="{test.file}"' if test.file else f'seed="{test.seed}"'
    lines += ["", "", f"@pytest.mark.mock_world({mark})"]
    lines += [f"def test_what_was_recorded({', '.join(used)}, open_browser: OpenBrowser) -> None:"]
    return _formatted("\n".join([*lines, *(f"{_INDENT}{line}" for line in body.lines), ""]))


def _formatted(source: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length=120", "--quiet", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    return source if done.returncode else done.stdout
