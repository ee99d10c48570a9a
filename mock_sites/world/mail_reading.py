"""A stored mail, parsed with the standard library as any mail program would parse it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.parser import BytesHeaderParser
from email.policy import compat32, default
from typing import Final, NamedTuple

from mock_sites.world import records
from mock_sites.world.database import LARGEST_NUMBER
from mock_sites.world.shared_tables import StoredMail
from mock_sites.world.world import World

_HEADERS: Final = BytesHeaderParser(policy=compat32)
"""Reads headers as they are written."""

_CODE: Final = re.compile(r"(?<![A-Za-z0-9_.,#/=&-])[0-9]{6}(?![A-Za-z0-9_-]|[.,][0-9])")
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9][^\s<>\"'，。；）]*[^\s<>\"'，。；）.,;:!?)]")


class Piece(NamedTuple):
    """A part of a mail's text, with a link if it is an address."""

    text: str
    url: str


@dataclass(frozen=True)
class ParsedMail:
    """A mail as a person reads it."""

    number: int
    sender: str
    to: str
    subject: str
    sent_at: datetime
    text: str

    @property
    def codes(self) -> list[str]:
        """The separate six-digit numbers in the text, without repetitions, in order."""
        return list(dict.fromkeys(_CODE.findall(self.text)))

    def pieces(self, world: World) -> Iterator[Piece]:
        """The text in parts. Documented addresses link to the mock site, never to another machine."""
        end = 0
        for found in _ADDRESS.finditer(self.text):
            yield Piece(self.text[end : found.start()], "")
            url = world.local(found[0])
            yield Piece(found[0], url if world.hosts.is_local(url) else "")
            end = found.end()
        yield Piece(self.text[end:], "")


def read(message: StoredMail) -> ParsedMail:
    """Parse a stored mail. A recipient that is not a mail address is shown as it is in the envelope."""
    mail = message_from_bytes(message.source, policy=default)
    to = str(mail["To"])
    body = mail.get_body(("plain",))
    return ParsedMail(
        number=message.number,
        sender=str(mail["From"]),
        to=to if to.lower() == message.recipient else message.recipient,
        subject=str(mail["Subject"]),
        sent_at=message.sent_at,
        text=str(body.get_content()).replace("\r\n", "\n") if body else "",
    )


@dataclass(frozen=True)
class Envelope:
    """A mail in a list."""

    number: int
    sender: str
    to: str
    subject: str
    sent_at: datetime


def envelope(message: StoredMail) -> Envelope:
    """What a list shows of a mail. To parse the mails of a list takes longer than the rest of its page."""
    to = _HEADERS.parsebytes(message.source)["To"] or ""
    return Envelope(
        number=message.number,
        sender=message.sender,
        to=to if to.lower() == message.recipient else message.recipient,
        subject=message.subject,
        sent_at=message.sent_at,
    )


def find(world: World, number: int) -> StoredMail | None:
    """The mail with this number, if there is one."""
    if not 1 <= number <= LARGEST_NUMBER:
        return None
    return records.find(world, StoredMail, number)
