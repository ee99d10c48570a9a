"""Finds the parts of a text that may differ from run to run, by their form or their place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from mock_sites.review.varying.times import EPOCH, RELATIVE, TIME


class Kind(StrEnum):
    """How two parts at the same place are compared.

    Times and ages by the time of their run; values one to one over the whole recording, and words likewise if they look
    random; numbers one to one, if something explains why they shifted.
    """

    TIME = "time"
    AGE = "age"
    VALUE = "value"
    WORD = "word"
    NUMBER = "number"


@dataclass(frozen=True)
class Part:
    """A part of a text.

    Attributes:
        label: what a number counts, such as ``order`` in ``/orders/49``, ``?order_id=49`` and ``Order 49``.
        in_address: whether a number follows its label as in an address.
    """

    kind: Kind
    text: str
    start: int
    label: str = ""
    in_address: bool = False

    @property
    def end(self) -> int:
        """Where the rest of the text begins."""
        return self.start + len(self.text)

    @property
    def placeholder(self) -> str:
        """What stands for it in a skeleton: the same for each part of its kind."""
        return f"\0{self.kind}\0"


@dataclass(frozen=True)
class Line:
    """A text, and its parts that may vary. ``skeleton``: the text with only the kind of each."""

    text: str
    parts: tuple[Part, ...]
    skeleton: str


_FIELDS: Final = (
    r"code|state|nonce|session_state|code_challenge|code_verifier|request_uri|login_challenge|login_verifier|"
    r"consent_challenge|consent_verifier|id_token_hint|interaction|ticket|"
    r"(?:j|php|asp|aspx|cf)?_?sess?(?:ion)?_?id|sid|s?ess_?id|connect\.sid|cftoken|"
    r"_?(?:csrf|xsrf)(?:_?-?token)?|csrf-?middleware-?token|authenticity_?token|__requestverificationtoken|_token|"
    r"v|ver|rev|hash|_|cb|cachebuster|cache_?buster|bust|rnd|rand|random|ts|t|build|timestamp"
)
"""Fields of an address, or of a path (``;jsessionid=``), whose value is often made for one run."""
_EXTENSIONS: Final = (
    "js|mjs|cjs|css|map|json|wasm|woff2?|ttf|otf|eot|png|jpe?g|gif|svg|webp|avif|ico|mp3|mp4|webm|webmanifest"
)
_MAKERS: Final = (
    "css|sc|jss|svelte|mui|radix|ember|ext-gen|react-aria|rc-tabs|rc_select_|ng-tns-c|cdk-overlay|downshift|popper|"
    "tippy|tooltip|popover|bs-select|select2-data|headlessui-[a-z-]+|mat-[a-z-]+|p-[a-z-]+|react-select|floating-ui"
)
"""Libraries that make ids and classes, by how these begin."""
_ID: Final = (
    r"(?::[rR][0-9a-zA-Z]{1,6}:|«r[0-9a-z]{1,6}»|(?<!\w)_r_[0-9a-z]{1,6}_|"
    rf"(?<![\w-])(?:{_MAKERS})[-_]?(?=[0-9a-zA-Z-]*\d)[0-9a-zA-Z]+(?:-\d+)*(?![\w])|"
    r"(?<=[.#])(?:css|sc|jss|svelte)-[0-9a-zA-Z]{5,}(?!\w))"
)
SHORTEST: Final = 6
"""The fewest characters of a random word."""
_HEX: Final = "[0-9a-fA-F]"
_UUID: Final = rf"(?<!\w){_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}(?!\w)"
_ULID: Final = r"(?<!\w)[0-7][0-9A-HJKMNP-TV-Z]{25}(?!\w)"
_MEMBERS: Final = "|".join(
    f"(?<=port{quote}:{blank}{before})" for quote in ('"', r"\\\"") for blank in ("", " ") for before in ("", quote)
)
"""What is before a port in JSON, which may be a text in JSON."""
_LOCAL: Final = (
    rf"(?:{_MEMBERS}|(?<=port=)|"
    r"(?<=localhost:)|(?<=localhost%3A)|(?<=127\.0\.0\.1:)|(?<=127\.0\.0\.1%3A)|(?<=\[::1\]:)|(?<=%5B%3A%3A1%5D%3A))"
    r"(?:\d{4,5}|«port-\d+»)(?!\d)"
)
_MADE: Final = "tmp[a-z0-9_]{8}"
_FOLDER: Final = rf"(?:(?<=/)(?:pytest-of-[\w.-]{{1,60}}/pytest-\d+|{_MADE})(?=/))"
"""Folders that are made for one run: of pytest's ``tmp_path``, and of Python's ``tempfile``."""
_HASHED: Final = (
    r"(?<=[.\-_/])[0-9A-Za-z_-]{6,64}(?=(?:\.(?:min|chunk|bundle|module|esm|async|lazy))?"
    rf"\.(?:{_EXTENSIONS})(?![\w.]))"
)
_PATTERN: Final = re.compile(
    rf"(?P<value>{_UUID}|{_ULID}|{_LOCAL}|{_ID}|{_FOLDER})"
    rf"|(?P<time>{TIME}|{EPOCH})|(?P<age>{RELATIVE})"
    rf"|(?P<field>(?i:[?&;#]|%26|%3F|%23)(?i:(?:{_FIELDS}))(?:=|%3D))"
    rf"|(?P<word>{_HASHED}|(?<![0-9A-Za-z_-])[0-9A-Za-z_-]{{16,}}(?![0-9A-Za-z_-]))"
    r"|(?P<label>(?<![\w/-])#|(?<![\w-])[A-Za-z][\w-]*/|[?&](?:\w*_)?id=|(?<![\w/-])(?<!- )[^\W\d_]{2,}(?:: | #?|-))"
    rf"(?!{TIME}|{EPOCH}|{RELATIVE}|{_UUID})(?P<number>\d{{1,12}})(?!\w|[.,:/-]\d|%)"
)
_CAN_VARY: Final = re.compile(
    rf"\d|now|ago|刚|[0-9A-Za-z_-]{{16}}|[?&;#](?:state|code|nonce)=|/{_MADE}/|\.(?:{_EXTENSIONS})\b"
)
_DIGEST: Final = re.compile(rf"binary {_HEX}+|{_HEX}{{64}}")
"""A text that is only the digest of a content: another one means another content."""
_VALUE: Final = re.compile(r"[^&#;\s\"'<>,)%]+")
_STATIC: Final = re.compile(rf"\.(?:{_EXTENSIONS})\?[^\s\"']*$")


@lru_cache(200_000)
def read_line(text: str) -> Line:
    """A line with its parts."""
    if not _CAN_VARY.search(text) or _DIGEST.fullmatch(text):
        return Line(text, (), text)
    parts: list[Part] = []
    place = 0
    while found := _PATTERN.search(text, place):
        part = _part(found)
        parts += [part] if part else []
        place = part.end if part else found.end()
    skeleton = replace_parts(text, [(part, part.placeholder) for part in parts])
    # YAML quotes some texts, such as numbers, and not others.
    return Line(text, tuple(parts), skeleton.replace("'", ""))


def replace_parts(text: str, parts: Iterable[tuple[Part, str]]) -> str:
    """A text with others in place of its parts, which are in order."""
    written: list[str] = []
    place = 0
    for part, other in parts:
        written += [text[place : part.start], other]
        place = part.end
    return "".join([*written, text[place:]])


def _part(found: re.Match[str]) -> Part | None:
    """The part that was found; None for a field without a value that can vary, or with a time."""
    name = found.lastgroup
    assert name
    if name == "field":
        value = _VALUE.match(found.string, found.end())
        if not value or re.fullmatch(f"{EPOCH}|{_UUID}", value[0]):
            return None
        is_of_file = _STATIC.search(found.string[: found.start() + 1])
        return Part(Kind.VALUE if is_of_file else Kind.WORD, value[0], found.end())
    if name == "number":
        label = found["label"].lower()
        return Part(Kind.NUMBER, found["number"], found.start("number"), _counted(label), label.endswith(("/", "=")))
    return Part(Kind(name), found[0], found.start())


@lru_cache(4096)
def _counted(label: str) -> str:
    """What a label counts, in one form: ``order`` for ``orders/``, ``?order_id=`` and ``order #``; ``#`` for none."""
    word = re.sub(r"(?:_id)?[=/]$", "", label.strip("?&: ").removesuffix("#").strip("- "))
    return re.sub(r"(?:es|s)$", "", word) or "#"


def look_random(before: str, after: str) -> bool:
    """Whether two words can be random: one is, and the other is, or is as long."""
    found = is_random(before), is_random(after)
    return all(found) or (any(found) and len(before) == len(after))


def is_random(word: str) -> bool:
    """Whether a word of at least six characters often changes between kinds of characters, or is a long number.

    ``SUMMER10``, ``checkout-step-2`` and ``getElementById`` do not. ``accordion_panel_b08691`` ends with one that does.
    """
    if len(word) < SHORTEST:
        return False
    if word.isdigit():
        return True
    if any(map(_is_hex, re.split("[_-]", word))):
        return True
    if re.fullmatch(rf"{_HEX}+", word):
        return False
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", word)
    return len(words) >= 3 and len(word) <= 3.2 * len(words)


def _is_hex(word: str) -> bool:
    """Whether a word is a hexadecimal number of at least six digits, some of which are letters and some are not."""
    is_number = len(word) >= SHORTEST and re.fullmatch(rf"{_HEX}+", word)
    return bool(is_number) and any(map(str.isalpha, word)) and any(map(str.isdigit, word))
