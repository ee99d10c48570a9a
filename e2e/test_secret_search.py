"""Long texts are searched for secrets quickly, and nothing that short ones show is missed in them."""

import json
import re
from collections.abc import Callable
from random import Random
from typing import Final
from urllib.parse import quote

import pytest

from e2e.support.planted import ENCODINGS, PLANTED
from mock_sites.redaction.search import Search
from mock_sites.redaction.secrets import SIGNED
from mock_sites.redaction.shapes import SHAPES, find_secrets
from mock_sites.redaction.traces import text_of
from mock_sites.redaction.views import AROUND, views

PATTERNS: Final = {
    **{shape.name: shape.pattern for shape in SHAPES},
    "signed": SIGNED,
    "a border": re.compile(r"\bkey\b"),
    "what is around": re.compile(r"(?<![\w-])(?=a(?:b|c)*)[abc]{2,}(?![d(])"),
    "a group again": re.compile(r"""(?P<quote>["'])\w{2,30}(?P=quote)"""),
    "lines": re.compile(r"^\s*b\S+$", re.MULTILINE),
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


@pytest.mark.parametrize("name", PATTERNS)
def test_a_search_finds_what_python_finds(name: str) -> None:
    pattern = PATTERNS[name]
    search = Search(pattern)
    texts = [planted(encoding) for encoding in ENCODINGS if encoding != "gzip"] + [
        by_chance(10 * n) for n in range(100)
    ]

    found = [[match.span() for match in search(text)[0]] for text in texts]

    assert found == [[match.span() for match in pattern.finditer(text)] for text in texts]
    assert any(found)


def test_several_expressions_are_found_as_each_alone() -> None:
    text = "".join(planted(encoding) for encoding in ("plain", "JSON")) + by_chance(5_000)

    together = Search(*PATTERNS.values())(text)

    spans = [[match.span() for match in matches] for matches in together]
    assert spans == [[match.span() for match in pattern.finditer(text)] for pattern in PATTERNS.values()]


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
