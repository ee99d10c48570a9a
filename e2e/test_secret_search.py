"""Texts are searched for secrets in time that grows with their size, and nothing that Python would find is missed."""

import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from time import process_time
from typing import Final
from urllib.parse import quote

import pytest

from e2e.support.planted import ENCODINGS, PLANTED, some
from mock_sites.redaction import search as searching
from mock_sites.redaction.search import Search
from mock_sites.redaction.shapes import find_secrets
from mock_sites.redaction.traces import text_of
from mock_sites.redaction.views import AROUND, views


def in_use() -> Iterator[tuple[str, Search]]:
    """All searches of the product, by module and name."""
    for module in pkgutil.iter_modules([Path(searching.__file__).parent]):
        for name, value in vars(import_module(f"{searching.__package__}.{module.name}")).items():
            if isinstance(value, Search):
                yield f"{module.name}.{name}", value


SEARCHES: Final = dict(in_use())
PATTERNS: Final = {
    **{f"{name}, {number}": each for name, search in SEARCHES.items() for number, each in enumerate(search.patterns)},
    "a border": re.compile(r"\bkey\b"),
    "what is around": re.compile(r"(?<![\w-])(?=a(?:b|c)*)[abc]{2,}(?![d(])"),
    "a group again": re.compile(r"""(?P<quote>["'])\w{2,30}(?P=quote)"""),
    "lines": re.compile(r"^\s{0,9}b\S+$", re.MULTILINE),
    "any case": re.compile(r"[^\s=]{1,3}=(?P<value>\w+)", re.IGNORECASE),
    "lazy": re.compile(r"<(?:[^>]|\n){0,2000}?>"),
    "possessive": re.compile(r"[ab]{1,4}+c"),
}
BITS: Final = [
    *"abcdKEY =:\"'<>\n\\&%.-_/+9é中😀\u00a0\u2028\ud83d",
    *(
        "key",
        "token=",
        "eyJ",
        "://",
        "Bearer ",
        "abcabc",
        "%C3%A9",
        "-----BEGIN PRIVATE KEY-----",
        "x" * 40,
        "a1_-" * 8 + ".abcdef." + "b" * 27,
    ),
]


def planted(encoding: str) -> str:
    examples = [example for examples in PLANTED.values() for example in examples]
    return "\n".join(text_of(ENCODINGS[encoding](example)) for example in examples)


def by_chance(length: int) -> str:
    return "".join(Random(length).choices(BITS, k=length))  # noqa: S311, no secret


def examples(pattern: re.Pattern[str]) -> list[str]:
    """What an expression finds, with what is around it, without the ends of long ones."""
    corpus = "\n".join([planted("plain"), planted("JSON"), SPACED, by_chance(2_000)])
    return [corpus[max(0, found.start() - 1) : found.end() + 1][:300] for found in pattern.finditer(corpus)]


SPACED: Final = (
    f"\n  bcd\npassword \t = \n'hunter2a1'; token:\"{some(20)}\" &pass={some(17)}& [api_key]={some(18)} "
    f'\\"pin\\": \\"123456\\"\n{some(20)}.{some(6)}.{some(27)} {some(40)}\n'
)
"""Secrets with blanks, in forms and signed."""

EVERY: Final = "".join(map(chr, [*range(0x2200), 0x3000, 0x4E2D, 0xD83D, 0xDCFF, 0xFF10, 0x1D7CE, 0x1F600, 0x10FFFF]))
"""Characters of all kinds: blanks, digits, letters with several forms, halves of some, and with up to four octets."""

ODD: Final = [
    *re.findall(r"\s", EVERY),
    *re.findall("[^\x00-\x7f]", "".join(re.findall("[a-z]", EVERY, re.IGNORECASE))),
    *"é中😀٣\ud83d\udcff\x00-.",
]
"""Blanks and forms of letters that RE2 does not know as such, and others."""


PARTS: Final = [
    *map(re.escape, map(chr, range(0x21, 0x7F))),
    *(".", r"\s", r"\w", r"\d", r"\S", r"\W", r"\D", "[a-z]", "[^a-z]", "[A-Z0-9+/]", r"[\s=]", r"[^\s=]"),
    *(r"[\w-]", r"[^\w-]", r"[\S]", r"[\d]", r"[^\d]", r"[\"ij]"),
]


@pytest.mark.parametrize("flags", [re.NOFLAG, re.IGNORECASE], ids=["as written", "any case"])
def test_a_part_of_an_expression_is_the_same_characters_for_both(flags: re.RegexFlag) -> None:
    patterns = [re.compile(part, flags) for part in PARTS]

    found = {pattern: [match[0] for match in Search(pattern)(EVERY)[0]] for pattern in patterns}

    assert found == {pattern: pattern.findall(EVERY) for pattern in patterns}


@pytest.mark.parametrize(
    "pattern",
    [
        r"[^\W_]",
        r"[a\x41]",
        r"\x41",
        "é",
        "(?i:a)",
        r"(a)\1",
        re.compile("a b", re.VERBOSE),
        re.compile("a", re.ASCII),
        r"[]a]",
    ],
)
def test_what_re2_may_read_otherwise_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="not known how RE2 reads"):
        Search(re.compile(pattern))


@pytest.mark.parametrize("name", PATTERNS)
def test_odd_characters_in_a_secret_make_no_difference(name: str) -> None:
    pattern = PATTERNS[name]
    search = Search(pattern)
    chance = Random(name)  # noqa: S311, no secret
    whole = examples(pattern)
    texts = set[str]()
    for _time in range(1_500):
        text = chance.choice(whole)
        place = chance.randrange(len(text))
        texts.add(text[:place] + chance.choice(ODD) + text[place + chance.randrange(2) :])

    found = {text: [match.span() for match in search(text)[0]] for text in texts}

    assert found == {text: [match.span() for match in pattern.finditer(text)] for text in texts}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_search_finds_what_python_finds(name: str) -> None:
    pattern = PATTERNS[name]
    search = Search(pattern)
    texts = [SPACED, *(planted(encoding) for encoding in ENCODINGS if encoding != "gzip")]
    texts += [by_chance(10 * n) for n in range(100)]

    found = [[match.span() for match in search(text)[0]] for text in texts]

    assert found == [[match.span() for match in pattern.finditer(text)] for text in texts]
    assert any(found)


def test_several_expressions_are_found_as_each_alone() -> None:
    text = "".join(planted(encoding) for encoding in ("plain", "JSON")) + by_chance(5_000)

    together = Search(*PATTERNS.values())(text)

    spans = [[match.span() for match in matches] for matches in together]
    assert spans == [[match.span() for match in pattern.finditer(text)] for pattern in PATTERNS.values()]


LONG_AND_SHORT: Final = Search(re.compile("[ab]{1,200}c"), re.compile("ab"))
"""One that may go on for long, each time that the other one matches."""


@pytest.mark.parametrize("name", [*SEARCHES, "long and short"])
def test_beginnings_of_secrets_cost_time_that_grows_with_the_size_alone(name: str) -> None:
    search = SEARCHES.get(name, LONG_AND_SHORT)
    shortest = [min(examples(pattern), key=len) for pattern in search.patterns]
    cut_off = {text[:length] + end for text in shortest for length in (6, 9, 12, 24, 200) for end in ("", "-")}
    cut_off |= {"token=", "a-token:", "ab"}

    assert [text for text in cut_off if grows(search, text)] == []


SMALL, LARGE = 2**13, 2**16
FASTER: Final = 4
"""How many times as fast as the size the time may seem to grow. With the square of the size it would be eight times."""


def grows(search: Search, text: str) -> bool:
    """Whether processor time grows faster than the size of a repeated text, however often it is measured."""
    return all(
        seconds(search, text, LARGE) > FASTER * LARGE / SMALL * max(seconds(search, text, SMALL), 0.002)
        for _time in range(5)
    )


def seconds(search: Search, text: str, size: int) -> float:
    """Processor time for a text that is repeated."""
    began = process_time()
    search(text * (size // len(text)))
    return process_time() - began


LAYERS: Final[dict[str, Callable[[str], str]]] = {
    "plain": lambda text: text,
    "address": lambda text: quote(text, safe=""),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text)),
    "JSON in JSON in an address": lambda text: quote(json.dumps(json.dumps({"a": text})), safe=""),
    "references in JSON": lambda text: json.dumps("".join(f"&#{ord(sign)};" for sign in text)),
    "Base64 in JSON in JSON": lambda text: json.dumps(json.dumps(text_of(ENCODINGS["Base64"](text)))),
}


@pytest.mark.parametrize("filling", ["x", "-x,", "\nword 'a' ", "<a href='/x?a=1&amp;b=2'>"])
@pytest.mark.parametrize("layer", LAYERS)
def test_a_secret_has_the_same_place_in_a_long_text(layer: str, filling: str) -> None:
    before = filling * (4 * AROUND // len(filling)) + ' "'
    for secret in (f"token={'a1' * AROUND}", 'api_key: "abcdefgh12345678"', "a=1;token=a1b2c3d4e5f6a7b8"):
        written = LAYERS[layer](secret)

        alone = [
            (len(before) + start, len(before) + end, found) for start, end, found in find_secrets(f"\n{written}\n")
        ]

        assert alone
        if layer not in {"references in JSON", "Base64 in JSON in JSON"}:
            assert [f"\n{written}"[start - len(before) : end - len(before)] for start, end, _found in alone][-1:] == [
                alone[-1][2].value
            ]
        assert [*find_secrets(f"{before}\n{written}\n{before}")] == alone


def test_parts_of_a_text_that_are_left_out_make_no_secret() -> None:
    word, long = "z" * (AROUND - 40), "z" * 9 * AROUND
    joined = f'{long} %41{word}{"z" * 50};token="{long}"a1b2c3d4e5f6a7b8"{word}%41 {long}'
    cut = f"%41 {long} {long}{'AKIA' + 'B' * 16}-{'z' * (AROUND - 21)}%41"

    assert [*find_secrets(joined), *find_secrets(cut)] == []


def test_what_is_far_from_escapes_is_decoded_in_no_layer() -> None:
    text = "function(a,b){return a*b};" * 10_000
    deep = quote(quote(quote(json.dumps(["a", "b"]))))

    assert sum(len(view.text) for view in views(text + deep + text)) < len(text) * 2 + 50 * AROUND
