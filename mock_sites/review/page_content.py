"""What a page shows or does besides its elements, as values that are the same in a recording and a baseline."""

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Dialog(NamedTuple):
    """A dialog of the browser.

    Attributes:
        kind: ``alert``, ``confirm``, ``prompt`` or ``beforeunload``.
        proposed: what a prompt proposes.
        answer: what the test did, ``accept`` or ``dismiss``; empty if that is not known.
    """

    kind: str
    message: str
    proposed: str = ""
    answer: str = ""


class TransferredFile(NamedTuple):
    """A file that was downloaded or uploaded.

    Attributes:
        name: as the site suggests it, or as it is on the disk, without folders.
        digest: the first digits of the SHA-256 of its content; empty if that is not known.
        size: bytes; None if that is not known, or its digest is.
    """

    name: str
    digest: str = ""
    size: int | None = None


class SocketMessage(NamedTuple):
    """A message of a WebSocket.

    Attributes:
        size: bytes.
        text: the message; the digest of a binary one.
    """

    url: str
    direction: Literal["sent", "received"]
    size: int
    text: str


class StoredItem(NamedTuple):
    """A cookie or an entry of the local storage.

    Attributes:
        site: the host of a cookie, or the origin of the storage.
        value: only a word that cannot be a secret; else empty.
        attributes: those of a cookie, such as ``HttpOnly``; None if it was not seen when it was set.
    """

    place: Literal["cookie", "local storage"]
    site: str
    name: str
    value: str = ""
    attributes: tuple[str, ...] | None = None


class SentForm(NamedTuple):
    """The names of the fields that a request sent, without their values."""

    method: str
    url: str
    fields: tuple[str, ...]


class StyleSheet(NamedTuple):
    """A style sheet that was loaded, or all styles that stand on a page itself, without an address."""

    url: str
    content: bytes


class Picture(NamedTuple):
    """A picture, a font or the like that was loaded.

    Attributes:
        kind: as browsers call it, such as ``image``.
        digest: the first digits of the SHA-1 of its content, by which a trace names it.
    """

    kind: str
    url: str
    digest: str


class Look(NamedTuple):
    """What gives an element of a page its look, besides its role.

    Attributes:
        name: what is written on it itself, or else its label.
        classes: those that a style sheet names, sorted.
        style: its own style without places and sizes, and the digest of a picture that stands in its address.
    """

    role: str
    name: str
    classes: str
    style: str


@dataclass(frozen=True)
class Passing:
    """What the page of a step showed after the last input, before its end. No values are taken from it.

    Attributes:
        styles: the style sheets on the page itself.
    """

    titles: frozenset[str] = frozenset()
    looks: frozenset[Look] = frozenset()
    styles: frozenset[StyleSheet] = frozenset()
