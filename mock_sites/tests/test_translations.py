"""The texts of all sites are translated into each language. If one fails, ``make messages`` says what to translate."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import ExtractMessages
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from mock_sites.web.language import LANGUAGES

ROOT: Final = Path(__file__).parents[2]
TRANSLATIONS: Final = ROOT / "mock_sites" / "translations"

PLACEHOLDER: Final = re.compile(r"%\(\w+\)\w|\{[\w:]*\}")
"""``%(name)s`` of gettext, and ``{name}`` of a refusal's details."""


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    # The command itself, because pybabel would change the logging of the whole process.
    command: Any = ExtractMessages()
    command.initialize_options()
    command.mapping_file, command.output_file = str(ROOT / "pyproject.toml"), str(template)
    command.input_paths = [str(ROOT / "mock_sites")]
    command.finalize_options()
    command.run()
    return _read(template)


@pytest.fixture(scope="module", params=sorted({*LANGUAGES} - {"en"}))
def language(request: pytest.FixtureRequest) -> str:
    """A language that the texts are translated to."""
    return request.param


@pytest.fixture(scope="module")
def file(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


@pytest.fixture(scope="module")
def translated(file: Path, language: str) -> Catalog:
    return _read(file, language)


def test_every_text_of_the_sites_has_a_translation(extracted: Catalog, translated: Catalog) -> None:
    missing = [message.id for message in _messages(extracted) if not _is_translated(translated, message)]
    assert not missing


def test_no_translation_is_left_of_texts_that_are_gone(extracted: Catalog, translated: Catalog) -> None:
    assert not translated.obsolete
    assert [message.id for message in _messages(translated) if message.id not in extracted] == []


def test_no_translation_is_a_guess(translated: Catalog) -> None:
    assert [message.id for message in _messages(translated) if message.fuzzy] == []


def test_translations_have_the_placeholders_of_the_text(translated: Catalog) -> None:
    differing = [
        message.id
        for message in _messages(translated)
        for translation in _forms(message.string)
        if _placeholders(translation) != _placeholders(_forms(message.id)[-1])
    ]
    assert not differing


def test_what_is_served_is_compiled_from_the_translations(file: Path, translated: Catalog) -> None:
    with file.with_suffix(".mo").open("rb") as opened:
        compiled = read_mo(opened)
    assert _by_text(compiled) == _by_text(translated)


def _read(file: Path, language: str = "en") -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _is_translated(catalog: Catalog, message: Message) -> bool:
    found = catalog.get(message.id, message.context)
    return found is not None and bool(found.string) and all(_forms(found.string))


def _by_text(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_forms(message.id): _forms(message.string) for message in _messages(catalog)}


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text, or all forms of one that has a plural; the plural comes last."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))
