"""The texts of all sites are translated into each language. If one fails, ``make messages`` says what to translate."""

import ast
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, get_args

import flask_babel
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import ExtractMessages
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from mock_sites.control.demo_notes import DemoState
from mock_sites.control.shown_facts import NAMES, STATES
from mock_sites.guance.domain.mails import in_language
from mock_sites.huawei.conformance.phrases import said
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.web.language import LANGUAGES, translate, translate_markup
from mock_sites.web.texts import lazy
from mock_sites.world.translations import Language, texts_in

ROOT: Final = Path(__file__).parents[2]
TRANSLATIONS: Final = ROOT / "mock_sites" / "translations"

PLACEHOLDER: Final = re.compile(r"%\(\w+\)\w|\{[\w:]*\}")
"""``%(name)s`` of gettext, and ``{name}`` of a refusal's details."""


OTHER_WORDS: Final = {"zh": {"世界": "环境", "商家": "服务商"}}
"""Words that no text has, with the one that all texts have for the same thing."""


OF_CHINESE_AND_LATIN: Final = (
    re.compile(r"([\u4e00-\u9fff]{2})( ?)(?=([A-Za-z][\w.-]*))"),
    re.compile(r"(?<![\w.-])([A-Za-z][\w.-]*)( ?)(?=([\u4e00-\u9fff]{2}))"),
)
"""A term of Chinese and Latin letters: its parts, and what is between them."""

TWO_WORDS: Final = {"in to", "log in", "over all", "set up"}
"""Verbs and phrases of two words, where the same letters are another word too."""


BRITISH: Final = re.compile(
    r"licence|analys(?:e|ing)\b|(?:[aeio]l|thor|gan|gn|chron|tom|nim|rd)is(?:e|ing|ation)|catalogue|centre\b|"
    r"(?:behavi|col|hon|lab)our|\bgrey\b|programme\b",
    re.IGNORECASE,
)
"""Spellings that the documents do not use. Their labels Cancelled and My Favourites are as they have them."""


DIGIT_AT_CHINESE: Final = re.compile(r"(?<!区)(?<=[\u4e00-\u9fff])\d|\d(?=[\u4e00-\u9fff])")
"""Not in the documents' names of sites, such as 中国区1（杭州）."""

AFTER_A_TEXT: Final = {
    "a colon or comma of English": re.compile(r"\)[^{}]*}}(?:</\w+>)?[:,.;][ <]"),
    "another sentence": re.compile(r"\.'[^{}]*\) }}(?:{% \w+ %})?[ \n]+{{ _\("),
}
"""What stands in a template after a translated text, and what the other language would write in another way."""


TRANSLATING: Final[list[Callable[[str], object]]] = [translate, translate_markup, flask_babel.gettext, lazy]
"""What translates a text on a page."""


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


def test_every_language_of_a_world_has_a_name_on_pages() -> None:
    assert {*get_args(Language)} == LANGUAGES.keys()


def test_every_text_of_the_sites_has_a_translation(extracted: Catalog, translated: Catalog) -> None:
    missing = [message.id for message in _messages(extracted) if not _is_translated(translated, message)]
    assert not missing


def test_no_translation_is_left_of_texts_that_are_gone(extracted: Catalog, translated: Catalog) -> None:
    assert not translated.obsolete
    assert [message.id for message in _messages(translated) if not extracted.get(message.id, message.context)] == []


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


def test_a_term_has_one_translation(translated: Catalog, language: str) -> None:
    texts = [text for message in _messages(translated) for text in _forms(message.string)]
    assert [text for text in texts if any(word in text for word in OTHER_WORDS[language])] == []


def test_the_texts_of_a_company_have_a_term_with_a_blank_or_without_one(translated: Catalog) -> None:
    """The documents of the companies differ: Huawei Cloud's console has 账号ID, the pages of Guance have 账号 ID."""
    found = dict[tuple[str, str, str], dict[str, str]]()
    for message in _messages(translated):
        companies = {Path(file).parts[1] for file, _line in message.locations}
        for text in _forms(message.string):
            for pattern in OF_CHINESE_AND_LATIN:
                for first, blank, second in pattern.findall(PLACEHOLDER.sub("*", text)):
                    for company in companies:
                        found.setdefault((company, first, second), {})[blank] = text
    assert [ways for ways in found.values() if len(ways) > 1] == []


def test_a_number_has_blanks_around_it_among_chinese_letters(translated: Catalog) -> None:
    texts = [text for message in _messages(translated) for text in _forms(message.string)]
    assert [text for text in texts if DIGIT_AT_CHINESE.search(text)] == []


@pytest.mark.parametrize("found", AFTER_A_TEXT)
def test_what_stands_between_texts_is_translated_with_them(found: str) -> None:
    """Chinese has a colon of its own, and no blank between sentences: ``pair`` of ``facts.html`` writes both colons."""
    templates = [file for file in (ROOT / "mock_sites").rglob("*.html") if "templates" in file.parts]
    assert len(templates) > 100
    assert {
        f"{file.name}: {match.group()}"
        for file in templates
        for match in AFTER_A_TEXT[found].finditer(file.read_text("utf-8"))
    } == set()


def test_no_two_columns_of_a_table_have_one_heading(language: str) -> None:
    heading = re.compile(r"<th [^>]*>\{\{ (?:_\(|pgettext\('([^']*)', )'([^']*)'\) \}\}</th>")
    texts, seen = texts_in(language), 0
    for file in sorted((ROOT / "mock_sites").rglob("*.html")):
        for head in re.findall(r"<thead>.*?</thead>", file.read_text("utf-8"), re.DOTALL):
            found = [texts.pgettext(*one) if one[0] else texts.gettext(one[1]) for one in heading.findall(head)]
            seen += len(found)
            assert len(found) == len({*found}), (file.name, found)
    assert seen > 200


def test_texts_are_spelled_as_the_documents_are(extracted: Catalog) -> None:
    """Synchronize and License are the documents' words."""
    texts = {text for message in _messages(extracted) for text in _forms(message.id)}
    for path in [*(ROOT / "mock_sites").rglob("*.toml"), ROOT / "e2e" / "labels.toml"]:
        texts |= {*re.findall(r'\ben = "([^"]*)"', path.read_text("utf-8"))}
    assert [text for text in texts if BRITISH.search(text)] == []


def test_a_term_is_one_word_in_every_text_or_two(extracted: Catalog) -> None:
    texts = [
        [word[0].lower() + word[1:] for word in re.findall(r"[A-Za-z]+|[^A-Za-z ]", text)]
        for message in _messages(extracted)
        for text in _forms(message.id)
    ]
    there = {word for text in texts for word in text}
    pairs = {f"{one} {two}" for text in texts for one, two in pairwise(text) if len(one) > 1 and len(two) > 1}
    assert {pair for pair in pairs if pair.replace(" ", "") in there} == TWO_WORDS


@pytest.mark.parametrize("translating", TRANSLATING)
def test_on_a_page_an_empty_text_stays_empty(
    dispatcher: Dispatcher, language: str, translating: Callable[[str], object]
) -> None:
    """Under the empty text a catalog keeps facts about itself, such as who has translated it."""
    with dispatcher.control.apps["pages"].test_request_context(headers={"Accept-Language": language}):
        assert str(translating("Worlds")) != "Worlds"
        assert str(translating("")) == ""


def test_in_mails_and_reports_an_empty_text_stays_empty(language: str) -> None:
    assert in_language(language, "Hello,") != "Hello,"
    assert in_language(language, "") == said("", texts_in(language).gettext) == ""


def test_every_fact_has_a_name_in_the_timeline() -> None:
    sources = [path for path in (ROOT / "mock_sites").rglob("*.py") if "tests" not in path.parts]
    recording = {"record", "see", "_add_event"}
    calls = [
        node
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in recording
    ]
    names = {word.arg for call in calls for word in call.keywords if word.arg}
    assert len(names) > 80
    assert names - NAMES.keys() == set()
    assert {*DemoState} == STATES.keys()


def test_pages_fill_sentences_by_what_marks_foreign_words() -> None:
    """A template or a view that formats a text itself puts the words of others into it as if they were ours."""
    filling = re.compile(r"\b(_|gettext|translate\w*)\([^()]*\)\.format\(")
    folders = [ROOT / "mock_sites" / name for name in ("web", "huawei", "guance", "control", "mailbox")]
    paths = [path for folder in folders for kind in ("*.py", "*.html") for path in folder.rglob(kind)]
    found = [path.name for path in paths if filling.search(path.read_text(encoding="utf-8"))]
    assert sorted(found) == ["messages.py", "phrases.py"], "use filled(); messages and reports are plain text"


def test_what_follows_a_sentence_is_joined_as_the_language_of_the_page_does() -> None:
    """Chinese has no blank between sentences: templates write ``{{ gap() }}``, and views join by ``language.gap()``."""
    glued = re.compile(r"""[.!?:]'[^{}]*\}\}(\{%[^%]*%\})* +(\{%[^%]*%\})*(<[a-z][^>]*>)?\{\{""")
    folders = [ROOT / "mock_sites" / name for name in ("web", "huawei", "guance", "control", "mailbox")]
    pages = [(path, path.read_text(encoding="utf-8")) for folder in folders for path in folder.rglob("*.html")]
    assert sum(page.count("gap()") for _path, page in pages) > 20
    assert [(path.name, found[0]) for path, page in pages for found in glued.finditer(page)] == []


def test_the_currency_is_translated_wherever_it_is_written() -> None:
    folders = [ROOT / "mock_sites" / company for company in ("huawei", "guance")]
    pages = [(path, path.read_text(encoding="utf-8")) for folder in folders for path in folder.rglob("*.html")]
    views = [(path, path.read_text(encoding="utf-8")) for folder in folders for path in folder.rglob("*.py")]
    untranslated = [path.name for path, page in pages if "CNY" in re.sub(r"_\('[^'\n]*'", "", page)]
    untranslated += [path.name for path, view in views if re.search(r'\bf"[^"\n]*\bCNY\b', view)]
    assert untranslated == []


def test_nobody_else_reads_translations() -> None:
    reading = re.compile(r"^(import gettext|from gettext|from babel\.support)", re.MULTILINE)
    sources = [path for path in (ROOT / "mock_sites").rglob("*.py") if "tests" not in path.parts]
    assert [path.stem for path in sources if reading.search(path.read_text(encoding="utf-8"))] == ["translations"]


def _read(file: Path, language: str = "en") -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _is_translated(catalog: Catalog, message: Message) -> bool:
    found = catalog.get(message.id, message.context)
    return found is not None and bool(found.string) and all(_forms(found.string))


def _by_text(catalog: Catalog) -> dict[tuple[str | None, ...], tuple[str, ...]]:
    return {(message.context, *_forms(message.id)): _forms(message.string) for message in _messages(catalog)}


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text, or all forms of one that has a plural; the plural comes last."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_the_verb_of_signing_in_is_written_in_one_way() -> None:
    with (TRANSLATIONS / "zh/LC_MESSAGES/messages.po").open("rb") as file:
        texts = [str(message.id) for message in read_po(file)]
    assert [text for text in texts if re.search(r"\b(Sign|Log) In \w", text)] == []


def test_headings_and_paragraphs_mark_the_names_that_people_have_typed() -> None:
    """Within a sentence of a page a name is foreign text. A product's title is ours, and is translated; what an account
    is called is no words.
    """
    sentence = re.compile(r"<(?:h[12]|p)(?: [^>]*)?>\{\{ _\('[^'\n]*', (.*?)\) \}\}")
    name = re.compile(r"\b\w+=(?:\w+\.)+(?<!account\.)(?<!row\.)(?:name|path|real_name)(?=,|$)")
    folders = [ROOT / "mock_sites" / company for company in ("huawei", "guance")]
    pages = [path for folder in folders for path in folder.rglob("*.html")]
    found = [(path.name, filling) for path in pages for filling in sentence.findall(path.read_text(encoding="utf-8"))]
    assert len(found) > 50
    assert [(page, filling) for page, filling in found if name.search(filling)] == [], "add | foreign"
