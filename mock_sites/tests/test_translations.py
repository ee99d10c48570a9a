"""The texts of all sites are translated into Chinese. If a test fails, ``make messages`` says what to translate."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import ExtractMessages
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).parents[2]
MESSAGES: Final = ROOT / "mock_sites" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"

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


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    return _read(MESSAGES)


def test_every_text_of_the_sites_has_a_translation(extracted: Catalog, chinese: Catalog) -> None:
    missing = [message.id for message in _messages(extracted) if not _is_translated(chinese, message)]
    assert not missing


def test_no_translation_is_left_of_texts_that_are_gone(extracted: Catalog, chinese: Catalog) -> None:
    assert not chinese.obsolete
    assert [message.id for message in _messages(chinese) if message.id not in extracted] == []


def test_no_translation_is_a_guess(chinese: Catalog) -> None:
    assert [message.id for message in _messages(chinese) if message.fuzzy] == []


def test_translations_have_the_placeholders_of_the_text(chinese: Catalog) -> None:
    differing = [
        message.id
        for message in _messages(chinese)
        for translation in _forms(message.string)
        if _placeholders(translation) != _placeholders(_forms(message.id)[-1])
    ]
    assert not differing


def test_what_is_served_is_compiled_from_the_translations(chinese: Catalog) -> None:
    with MESSAGES.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert _by_text(compiled) == _by_text(chinese)


def _read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale="zh")


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
