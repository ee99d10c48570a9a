"""Which texts of the templates are on no page of a gallery."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from playwright.sync_api import Page

import mock_sites
from e2e.scenario.labels import LANGUAGES, Language

_CATALOGUE: Final = Path(mock_sites.__file__).parent / "translations/zh/LC_MESSAGES/messages.po"
"""Has each text in English with its translation and the files that have it."""

_UNSHOWN: Final = "not-shown.txt"
_LINES: Final = """() => {
  const named = ["aria-label", "alt", "title", "placeholder"].flatMap(name =>
    [...document.querySelectorAll(`[${name}]`)].map(one => one.getAttribute(name)))
  const typed = [...document.querySelectorAll("textarea")].map(one => one.value)
  return [document.title, ...[document.body.innerText, ...typed].flatMap(text => text.split(/[\\n\\t]/)), ...named]
}"""
_TAG: Final = re.compile("<[^>]+>")
_VARYING: Final = re.compile(r"%\(\w+\)[sd]|%%")

ShownLines = Mapping[Language, set[str]]
"""The lines of all pages in each language."""


def lines_of(page: Page) -> set[str]:
    """What a page shows, and the names of what has no text, line by line."""
    return {_plain(line) for line in page.evaluate(_LINES)}


def texts_of_templates() -> Catalog:
    """All texts that are translated, those of templates among them."""
    with _CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh")


def find_unshown(texts: Catalog, shown: ShownLines) -> tuple[dict[str, str], int]:
    """The texts of templates that no page shows in any language, each with its template, and the number of all."""
    together = {language: "\n".join(shown.get(language, ())) for language in LANGUAGES}
    unshown, number = dict[str, str](), 0
    for message in texts:
        template = next((file for file, _ in message.locations if file.endswith(".html")), "")
        if message.id and template:
            number += 1
            english, chinese = _forms_of(message.id), _forms_of(message.string)
            if not any(_is_in(text, together["en"]) for text in english) and not any(
                _is_in(text, together["zh"]) for text in chinese
            ):
                unshown[english[0]] = template
    return unshown, number


def _forms_of(text: str | Sequence[str] | None) -> list[str]:
    """A text, or its singular and plural. A text that is not translated has no form."""
    return list(filter(None, [text] if isinstance(text, str) else text or ()))


def _is_in(text: str, lines: str) -> bool:
    """Whether one of the lines has a text, in whose placeholders is anything."""
    parts = [_plain(part) for part in _VARYING.split(_TAG.sub("", text))]
    if not all(part in lines for part in parts):  # much faster than the pattern
        return False
    return len(parts) == 1 or bool(re.search(".*?".join(map(re.escape, parts)), lines))


def _plain(text: str) -> str:
    """A text in small letters, as a style may have capitals, without white space."""
    return "".join(text.lower().split())


def write_unshown(folder: Path, unshown: Mapping[str, str], number: int) -> str:
    """Write what ``find_unshown`` has found into the gallery's folder. Returns a sentence about it."""
    lines = (f"{template.removeprefix('mock_sites/')}: {text}\n" for text, template in unshown.items())
    (folder / _UNSHOWN).write_text("".join(sorted(lines)), encoding="utf-8", newline="\n")
    return f"{number - len(unshown):,} of {number:,} texts of the pages are shown; those that are not: {_UNSHOWN}"
